/* SPDX-License-Identifier: GPL-2.0-only */
/* What the runtime needs of an architecture, beside its hypercalls. */
#ifndef XTF_ARCH_H
#define XTF_ARCH_H

#include <xtf/compiler.h>
#include <xtf/types.h>

#include <xen/xen.h>
#include <xen/domctl.h>

/* Where an architecture goes when it is set up. */
void xtf_main(void) __noreturn;

/* To the domain's own console, where it has one beside Xen's. */
void arch_console_write(const char *buf, size_t count);

shared_info_t *arch_shared_info(void);

/* Completes what is the same for domains of all architectures. */
void arch_configure_domain(struct xen_domctl_createdomain *config);

/* Gets all CPUs through Xen's softirqs, for RCU grace periods to end soon. */
void arch_wake_cpus(void);

#endif /* XTF_ARCH_H */
