/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * printk(): to Xen's console, and in a domU also to the console that the
 * toolstack gave it (a release build of Xen drops what a domU writes).
 */

#include <xtf/lib.h>
#include <xtf/console.h>
#include <xtf/hypercall.h>
#include <xtf/spinlock.h>
#include <xtf/start_info.h>

#include <xen/io/console.h>

static void ring_write(const char *buf, size_t count)
{
    struct xencons_interface *ring = domu_console_ring();
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

void vprintk(const char *fmt, va_list args)
{
    static DEFINE_SPINLOCK(lock);
    static char buf[2048];
    size_t len;

    spin_lock(&lock);

    len = vsnprintf(buf, sizeof(buf), fmt, args);
    len = min(len, sizeof(buf) - 1);

    hypercall_console_write(buf, len);
    ring_write(buf, len);

    spin_unlock(&lock);
}

void printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vprintk(fmt, args);
    va_end(args);
}
