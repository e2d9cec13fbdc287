/* SPDX-License-Identifier: GPL-2.0-only */
/* A 64-bit PV domain. */

#include <xtf.h>

#include <private/arch.h>
#include <private/traps.h>

#include <xen/io/console.h>

xen_pv_start_info_t *pv_start_info;

/* Xen's page is mapped in the place of this one. */
shared_info_t shared_info __page_aligned_bss;

/* The page below the stack, from start.S. */
extern uint8_t stack_guard[];

void pv_main(xen_pv_start_info_t *info) __noreturn;

static void map(const void *va, uint64_t pte)
{
    long rc = hypercall_update_va_mapping(_u(va), pte, UVMF_INVLPG);

    if ( rc )
        panic("Cannot map %p: %ld\n", va, rc);
}

void pv_main(xen_pv_start_info_t *info)
{
    pv_start_info = info;
    install_trap_table();
    map(NULL, 0);
    map(stack_guard, 0);
    /* Present and writable; for a kernel in ring 3, a user page. */
    map(&shared_info, info->shared_info | 7);

    xtf_main();
}

/* The console of a domU, NULL in dom0 and where there is none. */
static struct xencons_interface *console_ring(void)
{
    if ( (pv_start_info->flags & SIF_INITDOMAIN) ||
         !pv_start_info->console.domU.mfn )
        return NULL;

    return mfn_to_virt(pv_start_info->console.domU.mfn);
}

void arch_console_write(const char *buf, size_t count)
{
    struct xencons_interface *ring = console_ring();
    evtchn_send_t send = { .port = pv_start_info->console.domU.evtchn };
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
