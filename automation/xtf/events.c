/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf/compiler.h>
#include <xtf/events.h>
#include <xtf/hypercall.h>
#include <xtf/lib.h>
#include <xtf/page.h>
#include <xtf/start_info.h>

#define BITS_PER_LONG 64

/* Xen's page is mapped in the place of this one. */
static uint8_t page[PAGE_SIZE] __aligned(PAGE_SIZE);

static shared_info_t *shared_info(void)
{
    static bool mapped;

    if ( !mapped )
        page_map_mfn(page, start_info->shared_info >> PAGE_SHIFT);
    mapped = true;

    return (shared_info_t *)page;
}

evtchn_port_t bind_virq(unsigned int virq)
{
    evtchn_bind_virq_t bind = { .virq = virq };
    long rc = hypercall_event_channel_op(EVTCHNOP_bind_virq, &bind);

    if ( rc )
        panic("Cannot bind VIRQ %u: %ld\n", virq, rc);

    return bind.port;
}

bool test_and_clear_event(evtchn_port_t port)
{
    unsigned long bit = 1UL << (port % BITS_PER_LONG);
    xen_ulong_t *word = &shared_info()->evtchn_pending[port / BITS_PER_LONG];

    return __atomic_fetch_and(word, ~bit, __ATOMIC_SEQ_CST) & bit;
}
