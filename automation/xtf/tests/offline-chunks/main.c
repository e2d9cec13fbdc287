/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/offline-chunks/main.c
 * @ref test-offline-chunks
 *
 * @page test-offline-chunks offline-chunks
 *
 * When one page of a free chunk is offlined, what is left goes back to the heap
 * as the largest aligned chunks there are.  A node is filled but for one 2 MiB
 * chunk; after offlining a page of it, extents of each order are populated from
 * the rest: as many as there must be, each aligned to its size.
 *
 * Fails on hypervisors in which the chunks behind the page are not aligned, or
 * those at the end are only half as large as they could be.
 *
 * @see tests/offline-chunks/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/offline.h>

const char test_title[] = "What is left of a chunk after offlining a page";

#define MAX_PAGES (1UL << 20)
#define NODE      1
#define ORDER     9
#define PAGES     (1UL << ORDER)

/* How many chunks of each order the pages beside the one at @gap make. */
static void count_chunks(unsigned long gap, unsigned long nr[ORDER])
{
    unsigned long at = 0;

    memset(nr, 0, ORDER * sizeof(*nr));
    while ( at < PAGES )
    {
        unsigned int order = 0;

        if ( at == gap )
        {
            at++;
            continue;
        }

        while ( !(at & ((2UL << order) - 1)) && at + (2UL << order) <= PAGES &&
                (gap < at || gap >= at + (2UL << order)) )
            order++;
        nr[order]++;
        at += 1UL << order;
    }
}

static void test_gap(int other, xen_pfn_t chunk, unsigned long gap)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long nr[ORDER], free = node_free_pages(NODE);
    static xen_pfn_t frames[PAGES];
    uint32_t status;

    CHECK_EQ(decrease_reservation(other, &chunk, 1, ORDER), 1);
    CHECK_EQ(node_free_pages(NODE), free + PAGES);
    CHECK_EQ(page_offline(chunk + gap, &status), 0);
    CHECK_EQ(status, PG_OFFLINE_OFFLINED);
    CHECK_EQ(node_free_pages(NODE), free + PAGES - 1);

    count_chunks(gap, nr);
    for ( int order = ORDER - 1; order >= 0; order-- )
    {
        CHECK_EQ(populate_frames(d, frames, nr[order], order,
                                 XENMEMF_exact_node(NODE)), nr[order]);
        for ( unsigned long i = 0; i < nr[order]; i++ )
        {
            if ( frames[i] & ((1UL << order) - 1) )
                xtf_failure("Failure: gap %lu: extent of order %d at %#lx\n",
                            gap, order, frames[i]);
            CHECK(frames[i] >= chunk && frames[i] < chunk + PAGES);
            CHECK(frames[i] > chunk + gap ||
                  frames[i] + (1UL << order) <= chunk + gap);
        }
    }
    CHECK_EQ(node_free_pages(NODE), free);

    /* Back to where it was. */
    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(page_online(chunk + gap, &status), 0);
    CHECK_EQ(node_free_pages(NODE), free + PAGES);
    frames[0] = 0;
    CHECK_EQ(populate_frames(other, frames, 1, ORDER,
                             XENMEMF_exact_node(NODE)), 1);
    CHECK_EQ(frames[0], chunk);
}

void test_main(void)
{
    static const unsigned long gaps[] = {
        0, 1, 2, 3, 100, 254, 255, 256, 257, 300, 510, 511,
    };
    int other = domain_create(DOMAIN_PV, MAX_PAGES);
    xen_pfn_t chunk = fill_node(other, NODE, ORDER);

    CHECK_EQ(node_free_pages(NODE), 0);

    for ( unsigned int i = 0; i < ARRAY_SIZE(gaps); i++ )
    {
        unsigned int failed = checks_failed();

        test_gap(other, chunk, gaps[i]);
        if ( checks_failed() != failed )
            return xtf_failure("Failure: gap %lu\n", gaps[i]);
    }

    CHECK_EQ(domain_destroy(other), 0);
    xtf_success(NULL);
}
