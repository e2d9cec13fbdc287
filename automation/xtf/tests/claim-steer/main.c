/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-steer/main.c
 * @ref test-claim-steer
 *
 * @page test-claim-steer claim-steer
 *
 * A populate that names no node takes a domain's pages from the nodes on which
 * it has claims, as many as are claimed there: from memory below the DMA limit
 * too, which the allocator leaves for last, and whatever the node affinity is.
 * Where there are only smaller chunks, it fails.
 * A named node, MEMF_exact_node, and domains without claims on nodes are not
 * affected.
 *
 * The host is made such that nodes 0 and 1 are below 4 GiB, which is the DMA
 * limit, and nodes 2 and 3 are above.
 *
 * @see tests/claim-steer/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>

const char test_title[] = "Claim sets: pages come from where they are claimed";

#define MAX_PAGES (1UL << 20)
#define NODES     4
#define ALL_NODES 0xf

static int dom;
static xen_pfn_t gfn;
static unsigned long before[NODES];

static void remember(void)
{
    for ( unsigned int i = 0; i < NODES; i++ )
        before[i] = node_free_pages(i);
}

static long take(unsigned long nr, unsigned int order, unsigned int mem_flags)
{
    long rc = populate(dom, gfn, nr, order, mem_flags);

    gfn += nr << order;

    return rc;
}

static void check_taken(unsigned int line, unsigned long n0, unsigned long n1,
                        unsigned long n2, unsigned long n3)
{
    static const char *const what[NODES] = {
        "pages from node 0", "pages from node 1", "pages from node 2",
        "pages from node 3",
    };
    const unsigned long expected[NODES] = { n0, n1, n2, n3 };

    for ( unsigned int i = 0; i < NODES; i++ )
        CHECK_EQ_AT(before[i] - node_free_pages(i), expected[i], what[i],
                    __FILE__, line);
    remember();
}
#define CHECK_TAKEN(...) check_taken(__LINE__, __VA_ARGS__)

/* One node, then the next, as much of each as is claimed there. */
static void test_counts(unsigned int order)
{
    unsigned long pages = 1UL << order;

    for ( unsigned int node = 0; node < NODES; node++ )
    {
        unsigned long n[NODES] = {};

        CHECK_EQ(SET_CLAIMS(dom, CLAIM(node, 8 * pages)), 0);
        remember();
        CHECK_EQ(take(8, order, 0), 8);
        n[node] = 8 * pages;
        CHECK_TAKEN(n[0], n[1], n[2], n[3]);
        CHECK_CLAIMS(dom);
    }

    CHECK_EQ(SET_CLAIMS(dom, CLAIM(0, 3 * pages), CLAIM(1, 10 * pages),
                        CLAIM(3, 5 * pages), CLAIM(HOST, 2 * pages)), 0);
    remember();
    CHECK_EQ(take(18, order, 0), 18);
    CHECK_TAKEN(3 * pages, 10 * pages, 0, 5 * pages);
    CHECK_CLAIMS(dom, CLAIM(HOST, 2 * pages));
    CHECK_EQ(claims_release(dom), 0);
}

static void test_affinity(void)
{
    /* Where the two overlap; only the claim there is used up that way, ... */
    CHECK_EQ(domain_set_node_affinity(dom, 0x6), 0);
    CHECK_EQ(SET_CLAIMS(dom, CLAIM(0, 100), CLAIM(1, 100), CLAIM(3, 100)), 0);
    remember();
    CHECK_EQ(take(100, 0, 0), 100);
    CHECK_TAKEN(0, 100, 0, 0);
    CHECK_CLAIMS(dom, CLAIM(0, 100), CLAIM(3, 100));
    /* ... after which they are disjoint: the claims win. */
    CHECK_EQ(take(200, 0, 0), 200);
    CHECK_TAKEN(100, 0, 0, 100);
    CHECK_CLAIMS(dom);

    CHECK_EQ(domain_set_node_affinity(dom, 0x8), 0);
    CHECK_EQ(SET_CLAIMS(dom, CLAIM(1, 64)), 0);
    remember();
    CHECK_EQ(take(64, 0, 0), 64);
    CHECK_TAKEN(0, 64, 0, 0);

    CHECK_EQ(domain_set_node_affinity(dom, ALL_NODES), 0);
}

static void test_named(void)
{
    CHECK_EQ(SET_CLAIMS(dom, CLAIM(1, 1000)), 0);
    remember();
    CHECK_EQ(take(10, 0, XENMEMF_exact_node(2)), 10);
    CHECK_TAKEN(0, 0, 10, 0);
    CHECK_EQ(take(10, 0, XENMEMF_node(3)), 10);
    CHECK_TAKEN(0, 0, 0, 10);
    /* Preferred, but below the DMA limit: the next node above it. */
    CHECK_EQ(take(10, 0, XENMEMF_node(0)), 10);
    CHECK_TAKEN(0, 0, 10, 0);
    CHECK_CLAIMS(dom, CLAIM(1, 970));

    /* An address limit that no page of the node meets. */
    CHECK_EQ(SET_CLAIMS(dom, CLAIM(3, 1000)), 0);
    remember();
    CHECK_EQ(take(4, 0, XENMEMF_address_bits(32)), 4);
    CHECK_EQ(node_free_pages(3), before[3]);
    CHECK_CLAIMS(dom, CLAIM(3, 996));
    CHECK_EQ(claims_release(dom), 0);
}

/* The claimed node has no chunk of the order: only single pages are there. */
static void test_no_chunk(void)
{
    int other = domain_create(DOMAIN_PV, MAX_PAGES);

    CHECK_EQ(SET_CLAIMS(dom, CLAIM(1, 500)), 0);
    populate_all(other, 0, 9, XENMEMF_exact_node(1));
    CHECK(node_free_pages(1) >= 500);
    remember();
    CHECK_EQ(take(1, 9, 0), 0);
    CHECK_CLAIMS(dom, CLAIM(1, 500));
    CHECK_TAKEN(0, 0, 0, 0);
    CHECK_EQ(take(500, 0, 0), 500);
    CHECK_TAKEN(0, 500, 0, 0);
    CHECK_CLAIMS(dom);
    CHECK_EQ(domain_destroy(other), 0);
}

/* Host-wide claims steer nowhere: as without claims, above the DMA limit. */
static void test_not_steered(void)
{
    remember();
    CHECK_EQ(take(100, 0, 0), 100);
    CHECK_EQ(take(10, 9, 0), 10);
    CHECK_EQ(node_free_pages(0) + node_free_pages(1), before[0] + before[1]);

    CHECK_EQ(SET_CLAIMS(dom, CLAIM(HOST, 10000)), 0);
    remember();
    CHECK_EQ(take(100, 0, 0), 100);
    CHECK_EQ(take(10, 9, 0), 10);
    CHECK_EQ(node_free_pages(0) + node_free_pages(1), before[0] + before[1]);
    CHECK_EQ(claims_release(dom), 0);
}

void test_main(void)
{
    dom = domain_create(DOMAIN_PV, MAX_PAGES);
    if ( dom < 0 )
        return xtf_error("Error: no domain: %d\n", dom);

    test_counts(0);
    test_counts(9);
    test_affinity();
    test_named();
    test_no_chunk();
    test_not_steered();

    CHECK_EQ(domain_destroy(dom), 0);
    CHECK_EQ(host_outstanding_pages(), 0);

    xtf_success(NULL);
}
