/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-set/main.c
 * @ref test-claim-set
 *
 * @page test-claim-set claim-set
 *
 * XEN_DOMCTL_claim_memory as a builder uses it when all goes well: install a
 * claim set, read it, replace it by smaller, larger and different ones,
 * release it.  Each change is seen in what GET returns, in the domain's and
 * the host's totals, and per node.
 *
 * @see tests/claim-set/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>

const char test_title[] = "Claim sets: install, read, replace, release";

#define MAX_PAGES (1UL << 20)

static void check_nodes(unsigned long node0, unsigned long node1,
                        unsigned long node2, unsigned long host)
{
    CHECK_EQ(node_claimed_pages(0), node0);
    CHECK_EQ(node_claimed_pages(1), node1);
    CHECK_EQ(node_claimed_pages(2), node2);
    CHECK_EQ(host_outstanding_pages(), node0 + node1 + node2 + host);
}

static void test_replace(domid_t a, domid_t b)
{
    CHECK_CLAIMS(a);

    /* Any order in, host first and nodes ascending out. */
    CHECK_EQ(SET_CLAIMS(a, CLAIM(2, 300), CLAIM(HOST, 50), CLAIM(0, 100)), 0);
    CHECK_CLAIMS(a, CLAIM(HOST, 50), CLAIM(0, 100), CLAIM(2, 300));
    check_nodes(100, 0, 300, 50);

    /* Of two domains each has its own. */
    CHECK_EQ(SET_CLAIMS(b, CLAIM(2, 7), CLAIM(1, 5)), 0);
    CHECK_CLAIMS(b, CLAIM(1, 5), CLAIM(2, 7));
    CHECK_CLAIMS(a, CLAIM(HOST, 50), CLAIM(0, 100), CLAIM(2, 300));
    check_nodes(100, 5, 307, 50);

    /* Smaller, larger, elsewhere, host-wide only, nodes only. */
    CHECK_EQ(SET_CLAIMS(a, CLAIM(2, 299), CLAIM(0, 1)), 0);
    CHECK_CLAIMS(a, CLAIM(0, 1), CLAIM(2, 299));
    CHECK_EQ(SET_CLAIMS(a, CLAIM(2, 2000), CLAIM(0, 3000)), 0);
    CHECK_CLAIMS(a, CLAIM(0, 3000), CLAIM(2, 2000));
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 40)), 0);
    CHECK_CLAIMS(a, CLAIM(1, 40));
    check_nodes(0, 45, 7, 0);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(HOST, 60)), 0);
    CHECK_CLAIMS(a, CLAIM(HOST, 60));
    check_nodes(0, 5, 7, 60);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 1)), 0);
    CHECK_CLAIMS(a, CLAIM(1, 1));

    /* The same set once more. */
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 1)), 0);
    CHECK_CLAIMS(a, CLAIM(1, 1));

    /* Entries of 0 pages beside others claim nothing. */
    CHECK_EQ(SET_CLAIMS(a, CLAIM(HOST, 0), CLAIM(1, 0), CLAIM(2, 9)), 0);
    CHECK_CLAIMS(a, CLAIM(2, 9));

    /* All 0: released, whatever the targets, with claims or without. */
    CHECK_EQ(SET_CLAIMS(a, CLAIM(0, 0), CLAIM(HOST, 0)), 0);
    CHECK_CLAIMS(a);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(3, 0)), 0);
    CHECK_EQ(claims_release(b), 0);
    CHECK_CLAIMS(b);
    check_nodes(0, 0, 0, 0);
}

/* Up to the last page of a node and of the host. */
static void test_all(domid_t a, domid_t b)
{
    unsigned long free = node_free_pages(1), host, all;

    /* The first node claim may take a page of Xen's heap for its counts. */
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 1)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(2, 1)), 0);
    free = node_free_pages(1);

    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, free)), 0);
    CHECK_CLAIMS(a, CLAIM(1, free));
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, 1)), -ENOMEM);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, free + 1)), -ENOMEM);
    CHECK_CLAIMS(a, CLAIM(1, free));

    /* What is claimed already counts as available to its owner. */
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, free)), 0);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, free - 1)), 0);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, free)), 0);

    all = host_free_pages();
    CHECK_EQ(SET_CLAIMS(b, CLAIM(2, 1)), 0);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, free), CLAIM(HOST, all - free - 1)), 0);
    CHECK_EQ(host_outstanding_pages(), all);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(2, 2)), -ENOMEM);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(HOST, 2)), -ENOMEM);

    /* On a host that is claimed to the last page a claim can move. */
    host = all - free - 1;
    CHECK_EQ(SET_CLAIMS(b, CLAIM(HOST, 1)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(2, 1)), 0);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, free - 5), CLAIM(2, 5),
                        CLAIM(HOST, host)), 0);
    CHECK_CLAIMS(a, CLAIM(HOST, host), CLAIM(1, free - 5), CLAIM(2, 5));
    CHECK_CLAIMS(b, CLAIM(2, 1));

    CHECK_EQ(claims_release(a), 0);
    CHECK_EQ(claims_release(b), 0);
    check_nodes(0, 0, 0, 0);
}

static void test_get(domid_t a)
{
    memory_claim_t claims[MAX_CLAIMS + 5], untouched;
    uint32_t nr;

    memset(&untouched, 0xa5, sizeof(untouched));

    nr = 0;
    CHECK_EQ(claim_memory(a, XEN_DOMCTL_CLAIM_MEMORY_GET, NULL, &nr), 0);
    CHECK_EQ(nr, 0);
    nr = 0;
    CHECK_EQ(claim_memory(a, XEN_DOMCTL_CLAIM_MEMORY_GET, claims, &nr), 0);
    CHECK_EQ(nr, 0);

    CHECK_EQ(SET_CLAIMS(a, CLAIM(3, 4), CLAIM(0, 1), CLAIM(HOST, 9)), 0);

    nr = 0;
    CHECK_EQ(claim_memory(a, XEN_DOMCTL_CLAIM_MEMORY_GET, NULL, &nr), 0);
    CHECK_EQ(nr, 3);

    for ( unsigned int room = 0; room < 3; room++ )
    {
        memset(claims, 0xa5, sizeof(claims));
        nr = room;
        CHECK_EQ(claim_memory(a, XEN_DOMCTL_CLAIM_MEMORY_GET, claims, &nr),
                 -ENOBUFS);
        CHECK_EQ(nr, 3);
        for ( unsigned int i = 0; i < ARRAY_SIZE(claims); i++ )
            CHECK(!memcmp(&claims[i], &untouched, sizeof(untouched)));
    }

    /* Just enough, more than enough, and more than there can be. */
    for ( unsigned int room = 3; room <= ARRAY_SIZE(claims); room++ )
    {
        memset(claims, 0xa5, sizeof(claims));
        nr = room;
        CHECK_EQ(claim_memory(a, XEN_DOMCTL_CLAIM_MEMORY_GET, claims, &nr), 0);
        CHECK_EQ(nr, 3);
        CHECK(claims[0].target == HOST && claims[0].pages == 9);
        CHECK(claims[1].target == 0 && claims[1].pages == 1);
        CHECK(claims[2].target == 3 && claims[2].pages == 4);
        CHECK(!claims[0].pad && !claims[1].pad && !claims[2].pad);
        CHECK(!memcmp(&claims[3], &untouched, sizeof(untouched)));
    }

    CHECK_EQ(claims_release(a), 0);
}

/* What a domain has does not count for its claims, only for its limit. */
static void test_allocated(void)
{
    int a = domain_create(DOMAIN_PV, 1000);

    CHECK_EQ(populate(a, 0, 600, 0, XENMEMF_exact_node(1)), 600);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 300), CLAIM(HOST, 100)), 0);
    CHECK_CLAIMS(a, CLAIM(HOST, 100), CLAIM(1, 300));
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 300), CLAIM(HOST, 101)), -EINVAL);
    CHECK_CLAIMS(a, CLAIM(HOST, 100), CLAIM(1, 300));
    CHECK_EQ(domain_destroy(a), 0);
}

void test_main(void)
{
    unsigned long before = host_free_pages();
    int a = domain_create(DOMAIN_PV, MAX_PAGES);
    int b = domain_create(DOMAIN_PVH, MAX_PAGES);

    if ( a < 0 || b < 0 )
        return xtf_error("Error: no domains: %d, %d\n", a, b);

    test_replace(a, b);
    test_all(a, b);
    test_get(a);
    test_allocated();

    /* A domain that runs, this one, may have claims like any other. */
    CHECK_EQ(claims_release(0), 0);
    CHECK_CLAIMS(0);

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
    CHECK_EQ(host_free_pages(), before);

    xtf_success(NULL);
}
