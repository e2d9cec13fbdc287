/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-scrub/main.c
 * @ref test-claim-scrub
 *
 * @page test-claim-scrub claim-scrub
 *
 * The longest time for which one hypercall scrubs: a 1 GiB extent, all of it
 * dirty.  The allocator takes dirty chunks, when it finds no clean ones, and
 * scrubs them at once.  Preferring dirty memory on a claimed node to clean
 * memory elsewhere makes this more frequent, but must not make it longer than
 * it is where dirty memory is all that there is, for a request that names the
 * node.  One CPU, so that no idle one scrubs meanwhile.
 *
 * @see tests/claim-scrub/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>

const char test_title[] = "Claim sets: the longest scrub";

#define MAX_PAGES (1UL << 20)
#define NODE      1
#define ORDER_1G  18

static unsigned long now(void)
{
    unsigned int low, high;

    __asm__ volatile ( "lfence; rdtsc" : "=a" (low), "=d" (high) );

    return low | (unsigned long)high << 32;
}

/* Ticks of a populate of 1 GiB that finds dirty memory only. */
static unsigned long time_populate(bool claimed)
{
    int d = domain_create(DOMAIN_PVH, MAX_PAGES);
    unsigned long start;

    if ( claimed )
        CHECK_EQ(SET_CLAIMS(d, CLAIM(NODE, 1UL << ORDER_1G)), 0);

    CHECK(node_dirty_pages(NODE) >= 1UL << ORDER_1G);
    start = now();
    CHECK_EQ(populate(d, 0, 1, ORDER_1G,
                      claimed ? 0 : XENMEMF_exact_node(NODE)), 1);
    start = now() - start;
    CHECK_CLAIMS(d);
    CHECK_EQ(domain_destroy(d), 0);

    return start;
}

void test_main(void)
{
    unsigned long named, steered;

    /* The first makes all of it dirty for the others. */
    time_populate(false);
    named = time_populate(false);
    steered = time_populate(true);
    named = min(named, time_populate(false));
    steered = min(steered, time_populate(true));

    printk("1 GiB, all dirty: %lu ticks where named, %lu where claimed\n",
           named, steered);
    CHECK(steered <= named + named / 4);

    xtf_success(NULL);
}
