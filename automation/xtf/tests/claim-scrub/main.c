/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-scrub/main.c
 * @ref test-claim-scrub
 *
 * @page test-claim-scrub claim-scrub
 *
 * The longest time for which one hypercall scrubs.  The allocator takes dirty
 * chunks when it finds no clean ones, and scrubs them at once: an extent of
 * 1 GiB, for who names a node of which all memory is dirty.  Claims steer a
 * request to dirty memory though another node has clean memory, and must not
 * have that price: more than 2 MiB are refused, and the builder asks for less.
 *
 * Of a domain that has run, for some hypervisors scrub the memory of others
 * bit by bit.  One CPU, so that no idle one scrubs meanwhile.
 *
 * @see tests/claim-scrub/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/domctl.h>
#include <helpers/memory.h>

const char test_title[] = "Claim sets: the longest scrub";

#define MAX_PAGES (1UL << 20)
#define NODE      1
#define ORDER_2M  9
#define ORDER_1G  18

static unsigned long now(void)
{
    unsigned int low, high;

    __asm__ volatile ( "lfence; rdtsc" : "=a" (low), "=d" (high) );

    return low | (unsigned long)high << 32;
}

static int create_running_domain(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    xen_domctl_t op = { .cmd = XEN_DOMCTL_unpausedomain, .domain = d };

    CHECK_EQ(domctl_op(&op), 0);

    return d;
}

/* Ticks of a populate that finds dirty memory only. */
static unsigned long time_populate(int d, unsigned int order,
                                   unsigned int mem_flags, long expected)
{
    unsigned long start;

    CHECK(node_dirty_pages(NODE) >= 1UL << ORDER_1G);
    start = now();
    CHECK_EQ(populate(d, 0, 1, order, mem_flags), expected);

    return now() - start;
}

static unsigned long time_named(void)
{
    int d = create_running_domain();
    unsigned long ticks;

    ticks = time_populate(d, ORDER_1G, XENMEMF_exact_node(NODE), 1);
    CHECK_EQ(domain_destroy(d), 0);

    return ticks;
}

void test_main(void)
{
    unsigned long named, refused, steered;
    int d;

    /* The first makes all of it dirty for the others. */
    time_named();
    named = min(time_named(), time_named());

    d = create_running_domain();
    CHECK_EQ(SET_CLAIMS(d, CLAIM(NODE, 1UL << ORDER_1G)), 0);
    refused = time_populate(d, ORDER_1G, 0, 0);
    CHECK_CLAIMS(d, CLAIM(NODE, 1UL << ORDER_1G));
    steered = time_populate(d, ORDER_2M, 0, 1);
    CHECK_CLAIMS(d, CLAIM(NODE, (1UL << ORDER_1G) - (1UL << ORDER_2M)));
    CHECK_EQ(domain_destroy(d), 0);

    printk("Ticks: %lu for 1 GiB where named; where claimed %lu, refused; "
           "%lu for 2 MiB\n", named, refused, steered);
    CHECK(refused <= named / 256);
    CHECK(steered <= named / 256);

    xtf_success(NULL);
}
