/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/events.h>
#include <helpers/spinlock.h>

evtchn_port_t bind_virq(unsigned int virq)
{
    evtchn_bind_virq_t bind = { .virq = virq };
    long rc = hypercall_event_channel_op(EVTCHNOP_bind_virq, &bind);

    if ( rc )
        panic("Cannot bind VIRQ %u: %ld\n", virq, rc);

    return bind.port;
}

evtchn_port_t dom_exc_port(void)
{
    static DEFINE_SPINLOCK(lock);
    static evtchn_port_t port;

    spin_lock(&lock);

    if ( !port )
        port = bind_virq(VIRQ_DOM_EXC);

    spin_unlock(&lock);

    return port;
}

bool test_and_clear_event(evtchn_port_t port)
{
    unsigned long bit = 1UL << (port % BITS_PER_LONG);
    xen_ulong_t *pending = shared_info.evtchn_pending;

    return __atomic_fetch_and(&pending[port / BITS_PER_LONG], ~bit,
                              __ATOMIC_SEQ_CST) & bit;
}
