/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/offline-unassigned/main.c
 * @ref test-offline-unassigned
 *
 * @page test-offline-unassigned offline-unassigned
 *
 * While one vCPU gives a chunk of 2 MiB to a domain, the other one offlines a
 * page of it, a little earlier or later.  At times the page is no longer free
 * then, but has no owner yet: Xen says that it can't be offlined, and the
 * domain gets it.  What went offline comes back after each round.
 *
 * Debug builds of hypervisors that don't expect this panic.
 *
 * @see tests/offline-unassigned/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/offline.h>
#include <helpers/random.h>
#include <xtf/vcpu.h>

const char test_title[] = "Offlining a page on its way to a domain";

#define MAX_PAGES  (1UL << 20)
#define NODE       2
#define ORDER      9
#define PAGES      (1UL << ORDER)
#define UNASSIGNED (PG_OFFLINE_ANONYMOUS | PG_OFFLINE_FAILED)

#define ENOUGH     100          /* times that the page had no owner */
#define ROUNDS     2000         /* but not for ever */

static xen_pfn_t page;
static unsigned int round, rounds_done;
static unsigned int unassigned, owned, was_free;

static void offline(void)
{
    static struct random dice = RANDOM(1);
    uint32_t status;

    for ( unsigned long i = random_below(&dice, 20000); i; i-- )
        barrier();

    CHECK_EQ(page_offline(page, &status), 0);
    if ( status & PG_OFFLINE_OFFLINED )
        was_free++;
    else if ( status & PG_OFFLINE_OWNED )
        owned++;
    else
    {
        CHECK_EQ(status & UNASSIGNED, UNASSIGNED);
        unassigned++;
    }
}

/* Once in each round, until there are no more. */
static void second_vcpu(void *unused)
{
    unsigned int done = 0, now;

    while ( (now = ACCESS_ONCE(round)) <= ROUNDS )
        if ( now != done )
        {
            offline();
            ACCESS_ONCE(rounds_done) = done = now;
        }
}

/* Page by page, whatever chunks it is in, and back as one chunk. */
static void merge_chunk(int domid)
{
    static xen_pfn_t gfns[PAGES];

    CHECK_EQ(populate(domid, 0, PAGES, 0, XENMEMF_exact_node(NODE)), PAGES);
    for ( unsigned long i = 0; i < PAGES; i++ )
        gfns[i] = i;
    CHECK_EQ(decrease_reservation(domid, gfns, PAGES, 0), PAGES);
}

void test_main(void)
{
    int other = domain_create(DOMAIN_PV, MAX_PAGES);
    int d = domain_create(DOMAIN_PVH, MAX_PAGES);
    xen_pfn_t gfn = 0;

    /* The chunk is the only free memory of the node. */
    page = fill_node(other, NODE, ORDER);
    CHECK_EQ(decrease_reservation(other, &page, 1, ORDER), 1);
    CHECK_EQ(node_free_pages(NODE), PAGES);

    xtf_start_vcpu(1, second_vcpu, NULL);

    while ( round < ROUNDS && unassigned < ENOUGH && !checks_failed() )
    {
        uint32_t status;
        long populated;

        ACCESS_ONCE(round) = round + 1;
        populated = populate(d, 0, 1, ORDER, XENMEMF_exact_node(NODE));
        while ( ACCESS_ONCE(rounds_done) != round )
            hypercall_yield();
        CHECK_EQ(page_online(page, &status), 0);

        if ( populated == 1 )
            CHECK_EQ(decrease_reservation(d, &gfn, 1, ORDER), 1);
        else
            merge_chunk(d);
        CHECK_EQ(node_free_pages(NODE), PAGES);
    }

    printk("%u rounds; the page was free %u times, owned %u, neither %u\n",
           round, was_free, owned, unassigned);
    ACCESS_ONCE(round) = ROUNDS + 1;
    xtf_join_vcpu(1);
    CHECK(unassigned);
    CHECK(claims_consistent());

    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(domain_destroy(other), 0);
    xtf_success(NULL);
}
