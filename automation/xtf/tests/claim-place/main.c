/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-place/main.c
 * @ref test-claim-place
 *
 * @page test-claim-place claim-place
 *
 * A builder that asks for extents of 1 GiB, then 2 MiB, then single pages, and
 * names no node, gets from each node the very number of pages that it claimed
 * there: where claims are no multiples of the extents, where the node has few
 * large chunks left, and into the cache of populate-on-demand.  An extent that
 * can't be had that way fails, without a line in Xen's log.  Others than
 * populate_physmap's, and those with addresses out of reach, go elsewhere.
 *
 * The host has two large nodes, the second above 4 GiB, and two small ones.
 *
 * @see tests/claim-place/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/debug_keys.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/string.h>

const char test_title[] = "Claim sets: the place of every page";

#define MAX_PAGES (1UL << 21)
#define NODES     4
#define ORDER_2M  9
#define ORDER_1G  18

/* How many extents of each order the last build() got. */
static unsigned long extents[ORDER_1G + 1];

static void build(domid_t domid, unsigned long pages)
{
    static const unsigned int orders[] = { ORDER_1G, ORDER_2M, 0 };
    xen_pfn_t gfn = 0;

    for ( unsigned int i = 0; i < ARRAY_SIZE(orders); i++ )
    {
        unsigned int order = orders[i];
        long rc = populate(domid, gfn, pages >> order, order, 0);

        CHECK(rc >= 0);
        extents[order] = rc;
        gfn += rc << order;
        pages -= rc << order;
    }

    CHECK_EQ(pages, 0);
}

/* What is free on each node, and what was before. */
struct snapshot {
    unsigned long free[NODES];
};

static struct snapshot look(void)
{
    struct snapshot s;

    for ( unsigned int i = 0; i < NODES; i++ )
        s.free[i] = node_free_pages(i);

    return s;
}

static void check_taken(unsigned int line, struct snapshot before,
                        unsigned long n0, unsigned long n1, unsigned long n2,
                        unsigned long n3)
{
    static const char *const what[NODES] = {
        "pages from node 0", "pages from node 1", "pages from node 2",
        "pages from node 3",
    };
    const unsigned long expected[NODES] = { n0, n1, n2, n3 };

    for ( unsigned int i = 0; i < NODES; i++ )
        CHECK_EQ_AT(before.free[i] - node_free_pages(i), expected[i], what[i],
                    __FILE__, line);
}
#define CHECK_TAKEN(...) check_taken(__LINE__, __VA_ARGS__)

/* Builds a PV domain, whose memory is all of the host's that it takes. */
#define CHECK_BUILD(n0, n1, n2, n3, ...)                                \
    ({                                                                  \
        int d_ = domain_create(DOMAIN_PV, MAX_PAGES);                   \
        struct snapshot before_ = look();                               \
                                                                        \
        CHECK_EQ(SET_CLAIMS(d_, __VA_ARGS__), 0);                       \
        build(d_, (n0) + (n1) + (n2) + (n3));                           \
        CHECK_TAKEN(before_, n0, n1, n2, n3);                           \
        CHECK_CLAIMS(d_);                                               \
        CHECK_EQ(domain_destroy(d_), 0);                                \
    })

static void test_sizes(void)
{
    unsigned long gib = 1UL << ORDER_1G;

    /* First of all, while memory is clean: half of 3 GiB on each node. */
    CHECK_BUILD(gib + gib / 2, gib + gib / 2, 0, 0, CLAIM(0, gib + gib / 2),
                CLAIM(1, gib + gib / 2));
    /* What Xen boots with need not leave 1 GiB in one piece on each. */
    CHECK(extents[ORDER_1G] >= 1);
    CHECK_EQ(extents[ORDER_1G] * 512 + extents[ORDER_2M], 3 * 512);
    CHECK_EQ(extents[0], 0);

    /* Each of them is smaller than 1 GiB, and one not in steps of 2 MiB. */
    CHECK_BUILD(gib / 2 + 3, gib - 1, 0, 0, CLAIM(0, gib / 2 + 3),
                CLAIM(1, gib - 1));
    CHECK_EQ(extents[ORDER_1G], 0);
    CHECK_EQ(extents[ORDER_2M], 256 + 511);

    CHECK_BUILD(768, 768, 0, 0, CLAIM(0, 768), CLAIM(1, 768));
    CHECK_EQ(extents[ORDER_2M], 2);
    CHECK_BUILD(384, 384, 384, 384, CLAIM(0, 384), CLAIM(1, 384),
                CLAIM(2, 384), CLAIM(3, 384));
    CHECK_EQ(extents[ORDER_2M], 0);
    CHECK_BUILD(1, 511, 513, 5000, CLAIM(0, 1), CLAIM(1, 511), CLAIM(2, 513),
                CLAIM(3, 5000));
    CHECK_EQ(extents[ORDER_2M], 1 + 9);
}

/* What a node's claim lacks, the host-wide claim has, or the end of a build. */
static void test_topped_up(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    struct snapshot before = look();

    CHECK_EQ(SET_CLAIMS(d, CLAIM(2, 300), CLAIM(3, 100), CLAIM(HOST, 212)), 0);
    CHECK_EQ(populate(d, 0, 1, ORDER_2M, 0), 1);
    CHECK_TAKEN(before, 0, 0, 512, 0);
    CHECK_CLAIMS(d, CLAIM(3, 100));
    CHECK_EQ(populate(d, 512, 1, ORDER_2M, 0), 1);
    CHECK_TAKEN(before, 0, 0, 512, 512);
    CHECK_CLAIMS(d);

    CHECK_EQ(domain_destroy(d), 0);
}

/* Nodes that have single pages only, of which no two are neighbours. */
static int wear_small_nodes(void)
{
    int other = domain_create(DOMAIN_PV, MAX_PAGES);

    for ( unsigned int node = 2; node < NODES; node++ )
        CHECK(wear_node(other, node, ORDER_2M) >= 2048);

    return other;
}

static void test_worn(void)
{
    int other = wear_small_nodes();

    CHECK_BUILD(0, 0, 1900, 0, CLAIM(2, 1900));
    CHECK_EQ(extents[ORDER_2M], 0);
    CHECK_BUILD(1100, 0, 200, 1900, CLAIM(0, 1100), CLAIM(2, 200),
                CLAIM(3, 1900));

    CHECK_EQ(domain_destroy(other), 0);
}

static void test_failing_extents(void)
{
    int other = wear_small_nodes();
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    struct snapshot before = look();

    CHECK_EQ(SET_CLAIMS(d, CLAIM(2, 1900)), 0);
    xen_console();
    CHECK_EQ(populate(d, 0, 1, ORDER_1G, 0), 0);
    CHECK_EQ(populate(d, 0, 4, ORDER_2M, 0), 0);
    CHECK(!strstr(xen_console(), "Could not allocate"));
    CHECK_TAKEN(before, 0, 0, 0, 0);
    CHECK_CLAIMS(d, CLAIM(2, 1900));

    /* Its callers don't try smaller ones: from elsewhere. */
    CHECK_EQ(increase_reservation(d, 1, ORDER_2M, 0), 1);
    CHECK_EQ(node_free_pages(2), before.free[2]);
    CHECK_CLAIMS(d, CLAIM(2, 1900 - 512));

    build(d, 1900 - 512);
    CHECK_EQ(before.free[2] - node_free_pages(2), 1900 - 512);

    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(domain_destroy(other), 0);
}

static void test_addresses(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    struct snapshot before = look();

    CHECK_EQ(SET_CLAIMS(d, CLAIM(3, 4096)), 0);
    CHECK_EQ(populate(d, 0, 2, ORDER_2M, XENMEMF_address_bits(32)), 2);
    CHECK_TAKEN(before, 1024, 0, 0, 0);
    CHECK_CLAIMS(d, CLAIM(3, 3072));

    CHECK_EQ(domain_destroy(d), 0);
}

static void test_populate_on_demand(void)
{
    int d = domain_create(DOMAIN_PVH, MAX_PAGES);
    xen_pod_target_t target = { .target_pages = 1536, .domid = d };
    struct snapshot before;

    CHECK_EQ(populate(d, 0, 8, ORDER_2M, XENMEMF_populate_on_demand), 8);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 768), CLAIM(3, 768)), 0);
    before = look();
    CHECK_EQ(hypercall_memory_op(XENMEM_set_pod_target, &target), 0);
    CHECK_EQ(domain_tot_pages(d), 1536);
    CHECK_TAKEN(before, 0, 768, 0, 768);
    CHECK_CLAIMS(d);

    CHECK_EQ(domain_destroy(d), 0);
}

void test_main(void)
{
    test_sizes();
    test_topped_up();
    test_worn();
    test_failing_extents();
    test_addresses();
    test_populate_on_demand();

    CHECK_EQ(host_outstanding_pages(), 0);

    xtf_success(NULL);
}
