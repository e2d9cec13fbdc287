/* SPDX-License-Identifier: GPL-2.0-only */
/* The control domain's hypercalls; the interface version is filled in. */
#ifndef HELPERS_DOMCTL_H
#define HELPERS_DOMCTL_H

#include <xtf/hypercall.h>

#include <xen/domctl.h>
#include <xen/sysctl.h>

static inline long hypercall_domctl(xen_domctl_t *domctl)
{
    domctl->interface_version = XEN_DOMCTL_INTERFACE_VERSION;

    return HYPERCALL1(long, __HYPERVISOR_domctl, domctl);
}

static inline long hypercall_sysctl(xen_sysctl_t *sysctl)
{
    sysctl->interface_version = XEN_SYSCTL_INTERFACE_VERSION;

    return HYPERCALL1(long, __HYPERVISOR_sysctl, sysctl);
}

#endif /* HELPERS_DOMCTL_H */
