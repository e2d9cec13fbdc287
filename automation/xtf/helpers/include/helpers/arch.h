/* SPDX-License-Identifier: GPL-2.0-only */
/* What differs between architectures. */
#ifndef HELPERS_ARCH_H
#define HELPERS_ARCH_H

#include <xtf.h>

#include <xen/domctl.h>

/* Is this the control domain? */
bool is_dom0(void);

/* Completes what is the same for domains of all architectures. */
void configure_domain(struct xen_domctl_createdomain *config);

/* Gets all CPUs through Xen's softirqs, for RCU grace periods to end soon. */
void wake_cpus(void);

#endif /* HELPERS_ARCH_H */
