/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/offline-dirty/main.c
 * @ref test-offline-dirty
 *
 * @page test-offline-dirty offline-dirty
 *
 * The only CPU is busy while a domain dies, and its pages go offline: they are
 * dirty.  Then the CPU may idle, and scrubs, until Xen counts no dirty page
 * (debug key 'H').  On hypervisors that still count those that are offline, it
 * never comes to rest.  When they come back they are to be scrubbed, and are,
 * too.
 *
 * @see tests/offline-dirty/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/offline.h>

const char test_title[] = "Nobody waits for dirty pages that are offline";

#define MAX_PAGES (1UL << 20)
#define NODE      1
#define NR        32U

static unsigned long system_time(void)
{
    const volatile struct vcpu_time_info *t =
        &shared_info.vcpu_info[0].time;
    unsigned int version, low, high;
    unsigned long ticks, time;

    do {
        version = t->version;
        barrier();
        __asm__ volatile ( "rdtsc" : "=a" (low), "=d" (high) );
        ticks = ((unsigned long)high << 32 | low) - t->tsc_timestamp;
        ticks = t->tsc_shift < 0 ? ticks >> -t->tsc_shift
                                 : ticks << t->tsc_shift;
        time = t->system_time +
               ((unsigned __int128)ticks * t->tsc_to_system_mul >> 32);
        barrier();
    } while ( version & 1 || version != t->version );

    return time;
}

/* Lets the CPU idle for so many nanoseconds. */
static void nap(unsigned long ns)
{
    struct sched_poll poll = { .timeout = system_time() + ns };

    CHECK_EQ(hypercall_sched_op(SCHEDOP_poll, &poll), 0);
}

/* How many dirty pages of the node are left when they no longer get fewer. */
static unsigned long dirty_in_the_end(unsigned int node)
{
    unsigned long before, now = node_dirty_pages(node);

    for ( unsigned int same = 0; now && same < 10; )
    {
        before = now;
        nap(100000000);
        now = node_dirty_pages(node);
        same = now == before ? same + 1 : 0;
    }

    return now;
}

static xen_pfn_t frames[NR];

static void offline_all(uint32_t expected)
{
    uint32_t status;

    for ( unsigned int i = 0; i < NR; i++ )
    {
        CHECK_EQ(page_offline(frames[i], &status), 0);
        CHECK_EQ(status & PG_OFFLINE_FLAGS, expected);
    }
}

/* With the pages as the only free ones of the node. */
static void test_pages(domid_t d, domid_t other, bool offline_while_owned)
{
    unsigned long dirty;
    uint32_t status;

    populate_all(other, 0, 0, XENMEMF_exact_node(NODE));
    CHECK_EQ(decrease_reservation(other, frames, NR, 0), NR);
    CHECK_EQ(node_dirty_pages(NODE), 0);
    CHECK_EQ(populate(d, 0, NR, 0, XENMEMF_exact_node(NODE)), NR);

    if ( offline_while_owned )
        offline_all(PG_OFFLINE_OWNED | PG_OFFLINE_PENDING);
    CHECK_EQ(domain_destroy(d), 0);
    if ( !offline_while_owned )
    {
        /* With pages of its own, beside those of its guest. */
        dirty = node_dirty_pages(NODE);
        CHECK(dirty >= NR);
        offline_all(PG_OFFLINE_OFFLINED);
        CHECK_EQ(node_dirty_pages(NODE), dirty - NR);
    }
    CHECK_EQ(dirty_in_the_end(NODE), 0);

    for ( unsigned int i = 0; i < NR; i++ )
        CHECK_EQ(page_online(frames[i], &status), 0);
    CHECK_EQ(node_dirty_pages(NODE), NR);
    CHECK_EQ(dirty_in_the_end(NODE), 0);
}

void test_main(void)
{
    /* What these take of the node they take before it is full. */
    int other = domain_create(DOMAIN_PV, MAX_PAGES);
    int first = domain_create(DOMAIN_PVH, MAX_PAGES);
    int second = domain_create(DOMAIN_PVH, MAX_PAGES);
    xen_pfn_t superpage = 0;

    /* No superpage has memory of Xen's image, which can't go offline. */
    CHECK_EQ(populate_frames(other, &superpage, 1, 9, XENMEMF_exact_node(NODE)),
             1);
    for ( unsigned int i = 0; i < NR; i++ )
        frames[i] = superpage + i;
    CHECK_EQ(dirty_in_the_end(0), 0);
    CHECK_EQ(dirty_in_the_end(NODE), 0);

    test_pages(first, other, false);
    test_pages(second, other, true);

    CHECK_EQ(domain_destroy(other), 0);
    xtf_success(NULL);
}
