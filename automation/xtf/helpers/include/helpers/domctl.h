/* SPDX-License-Identifier: GPL-2.0-only */
/* The control domain's hypercalls; the interface version is filled in. */
#ifndef HELPERS_DOMCTL_H
#define HELPERS_DOMCTL_H

#include <xtf.h>

#include <xen/domctl.h>
#include <xen/sysctl.h>

static inline long domctl_op(xen_domctl_t *op)
{
    op->interface_version = XEN_DOMCTL_INTERFACE_VERSION;

    return HYPERCALL1(long, __HYPERVISOR_domctl, op);
}

static inline long sysctl_op(xen_sysctl_t *op)
{
    op->interface_version = XEN_SYSCTL_INTERFACE_VERSION;

    return hypercall_sysctl(op);
}

/* Ends the test as skipped where the domain has not the right to do this. */
void needs_dom0(void);

#endif /* HELPERS_DOMCTL_H */
