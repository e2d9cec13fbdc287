/* SPDX-License-Identifier: GPL-2.0-only */
/* A 64-bit Arm domain. */

#include <xtf.h>
#include <helpers/arch.h>

/* It is booted as nothing else. */
bool is_dom0(void)
{
    return true;
}

void configure_domain(struct xen_domctl_createdomain *config)
{
    config->arch.gic_version = XEN_DOMCTL_CONFIG_GIC_NATIVE;
}

/* The host has one CPU, which comes by with every hypercall. */
void wake_cpus(void)
{
}
