/* SPDX-License-Identifier: GPL-2.0-only */
/* A 64-bit PV domain. */

#include <xtf/arch.h>
#include <xtf/compiler.h>
#include <xtf/hypercall.h>
#include <helpers/page.h>
#include <helpers/start_info.h>
#include <xtf/traps.h>

#include <xen/io/console.h>

void pv_main(const start_info_t *info) __noreturn;

void pv_main(const start_info_t *info)
{
    start_info = info;
    install_trap_table();
    page_unmap(NULL);

    xtf_main();
}

/* The console of a domU, NULL in dom0 and where there is none. */
static struct xencons_interface *console_ring(void)
{
    if ( is_dom0() || !start_info->console.domU.mfn )
        return NULL;

    return mfn_to_virt(start_info->console.domU.mfn);
}

void arch_console_write(const char *buf, size_t count)
{
    struct xencons_interface *ring = console_ring();
    evtchn_send_t send = { .port = start_info->console.domU.evtchn };
    XENCONS_RING_IDX prod;

    if ( !ring )
        return;

    prod = ring->out_prod;

    while ( count-- )
    {
        /* Nobody may be reading: drop the oldest rather than wait. */
        ring->out[MASK_XENCONS_IDX(prod++, ring->out)] = *buf++;
    }

    barrier();
    ring->out_prod = prod;
    hypercall_event_channel_op(EVTCHNOP_send, &send);
}

/* Xen's page is mapped in the place of this one. */
static uint8_t page[PAGE_SIZE] __aligned(PAGE_SIZE);

shared_info_t *arch_shared_info(void)
{
    static bool mapped;

    if ( !mapped )
        page_map_mfn(page, start_info->shared_info >> PAGE_SHIFT);
    mapped = true;

    return (shared_info_t *)page;
}

void arch_configure_domain(struct xen_domctl_createdomain *config)
{
    if ( config->flags & XEN_DOMCTL_CDF_hvm )
        config->arch.emulation_flags = XEN_X86_EMU_LAPIC;
}

/*
 * An RCU grace period ends when every CPU has been through Xen's softirqs; an
 * idle one without C-states sleeps until its next timer, up to a second. This
 * interrupts them all, and needs no more than dom0's privileges.
 */
void arch_wake_cpus(void)
{
    mmuext_op_t op = { .cmd = MMUEXT_FLUSH_CACHE_GLOBAL };

    hypercall_mmuext_op(&op, 1, NULL, DOMID_SELF);
}
