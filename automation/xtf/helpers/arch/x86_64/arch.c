/* SPDX-License-Identifier: GPL-2.0-only */
/* A 64-bit PV domain. */

#include <xtf.h>
#include <helpers/arch.h>
#include <helpers/start_info.h>

bool is_dom0(void)
{
    return pv_start_info->flags & SIF_INITDOMAIN;
}

const char *command_line(void)
{
    return (const char *)pv_start_info->cmd_line;
}

void configure_domain(struct xen_domctl_createdomain *config)
{
    if ( config->flags & XEN_DOMCTL_CDF_hvm )
        config->arch.emulation_flags = XEN_X86_EMU_LAPIC;
}

/*
 * An RCU grace period ends when every CPU has been through Xen's softirqs; an
 * idle one without C-states sleeps until its next timer, up to a second. This
 * interrupts them all, and needs no more than dom0's privileges.
 */
void wake_cpus(void)
{
    mmuext_op_t op = { .cmd = MMUEXT_FLUSH_CACHE_GLOBAL };

    hypercall_mmuext_op(&op, 1, NULL, DOMID_SELF);
}
