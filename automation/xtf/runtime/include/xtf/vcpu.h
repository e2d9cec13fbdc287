/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Code on further vCPUs of the test kernel itself (settings: vcpus=). The one
 * thing here that XTF lacks: what includes this can't be taken there.
 */
#ifndef XTF_VCPU_H
#define XTF_VCPU_H

#include <xtf/types.h>

#define MAX_VCPUS 8

/* Does the domain have this vCPU? */
bool xtf_has_vcpu(unsigned int vcpu);

/*
 * Runs fn(arg) on a vCPU other than 0. A vCPU whose function has returned can
 * be started again. Any failure ends the test.
 */
void xtf_start_vcpu(unsigned int vcpu, void (*fn)(void *arg), void *arg);

/* Has the function returned? */
bool xtf_vcpu_done(unsigned int vcpu);

/* Waits for that. */
void xtf_join_vcpu(unsigned int vcpu);

#endif /* XTF_VCPU_H */
