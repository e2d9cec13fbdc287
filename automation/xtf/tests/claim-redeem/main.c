/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-redeem/main.c
 * @ref test-claim-redeem
 *
 * @page test-claim-redeem claim-redeem
 *
 * An allocation of 2^n pages redeems as many claimed pages, or all that there
 * are: of the claim on the node that served it, then of the host-wide one, then
 * of those on other nodes in ascending order.  Nothing else does: neither
 * allocations that are not reference-counted, nor freeing pages, nor those of
 * another domain.
 *
 * @see tests/claim-redeem/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>

const char test_title[] = "Claim sets: redemption";

#define MAX_PAGES (1UL << 20)

static xen_pfn_t next_gfn;

static long take(domid_t domid, unsigned int node, unsigned long nr,
                 unsigned int order)
{
    long rc = populate(domid, next_gfn, nr, order, XENMEMF_exact_node(node));

    next_gfn += nr << order;

    return rc;
}

static void test_steps(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);

    next_gfn = 0;
    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 100), CLAIM(1, 1000), CLAIM(2, 600),
                        CLAIM(HOST, 50)), 0);

    /* 1: the node's claim. */
    CHECK_EQ(take(d, 1, 10, 0), 10);
    CHECK_CLAIMS(d, CLAIM(HOST, 50), CLAIM(0, 100), CLAIM(1, 990),
                 CLAIM(2, 600));
    CHECK_EQ(take(d, 1, 1, 9), 1);
    CHECK_CLAIMS(d, CLAIM(HOST, 50), CLAIM(0, 100), CLAIM(1, 478),
                 CLAIM(2, 600));

    /* 2: the host-wide claim, where the node has none ... */
    CHECK_EQ(take(d, 3, 20, 0), 20);
    CHECK_CLAIMS(d, CLAIM(HOST, 30), CLAIM(0, 100), CLAIM(1, 478),
                 CLAIM(2, 600));
    /* ... or too small a one: 478 of the node, 30 host-wide, 4 of node 0. */
    CHECK_EQ(take(d, 1, 1, 9), 1);
    CHECK_CLAIMS(d, CLAIM(0, 96), CLAIM(2, 600));

    /* 3: other nodes, ascending: 96 of node 0, 416 of node 2. */
    CHECK_EQ(take(d, 3, 1, 9), 1);
    CHECK_CLAIMS(d, CLAIM(2, 184));
    CHECK_EQ(node_claimed_pages(0), 0);
    CHECK_EQ(node_claimed_pages(2), 184);

    /* All that is left, and no more. */
    CHECK_EQ(take(d, 2, 1, 9), 1);
    CHECK_CLAIMS(d);
    CHECK_EQ(take(d, 2, 1, 9), 1);
    CHECK_CLAIMS(d);

    CHECK_EQ(domain_destroy(d), 0);
}

/* A claim set that is redeemed to the last page equals one that never was. */
static void test_whole_build(void)
{
    int d = domain_create(DOMAIN_PVH, MAX_PAGES);

    next_gfn = 0;
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 2048), CLAIM(2, 1024), CLAIM(HOST, 1)), 0);
    CHECK_EQ(take(d, 1, 4, 9), 4);
    CHECK_EQ(take(d, 2, 1024, 0), 1024);
    CHECK_CLAIMS(d, CLAIM(HOST, 1));
    CHECK_EQ(take(d, 0, 1, 0), 1);
    CHECK_CLAIMS(d);
    CHECK_EQ(domain_tot_pages(d), 2048 + 1024 + 1);

    /* And another set can follow. */
    CHECK_EQ(SET_CLAIMS(d, CLAIM(2, 8)), 0);
    CHECK_EQ(take(d, 2, 3, 0), 3);
    CHECK_CLAIMS(d, CLAIM(2, 5));

    CHECK_EQ(domain_destroy(d), 0);
}

static void test_not_redeeming(void)
{
    int a = domain_create(DOMAIN_PVH, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);
    xen_pfn_t gfns[64];

    next_gfn = 0;
    CHECK_EQ(take(a, 1, 64, 0), 64);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 700), CLAIM(HOST, 30)), 0);

    /* Pages of Xen for the domain. */
    CHECK_EQ(domain_set_paging_pool(a, PAGING_POOL_DEFAULT * 2), 0);
    CHECK_CLAIMS(a, CLAIM(HOST, 30), CLAIM(1, 700));

    /* Those of another domain. */
    CHECK_EQ(take(b, 1, 100, 0), 100);
    CHECK_CLAIMS(a, CLAIM(HOST, 30), CLAIM(1, 700));

    /* Giving pages back, which must not raise a claim either. */
    for ( unsigned int i = 0; i < ARRAY_SIZE(gfns); i++ )
        gfns[i] = i;
    CHECK_EQ(decrease_reservation(a, gfns, ARRAY_SIZE(gfns), 0),
             ARRAY_SIZE(gfns));
    CHECK_EQ(domain_tot_pages(a), 0);
    CHECK_CLAIMS(a, CLAIM(HOST, 30), CLAIM(1, 700));

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
}

/*
 * A populate that is refused redeems nothing, not even where max_pages forbids
 * it; one cut short its part.
 */
static void test_failures(void)
{
    int d = domain_create(DOMAIN_PV, 1000);

    next_gfn = 0;
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 600)), 0);
    CHECK_EQ(populate(d, 0, 1, 18, XENMEMF_exact_node(1)), 0);
    CHECK_CLAIMS(d, CLAIM(1, 600));
    CHECK_EQ(take(d, 1, 1, 9), 1);
    CHECK_CLAIMS(d, CLAIM(1, 88));
    CHECK_EQ(take(d, 1, 1, 9), 0);
    CHECK_EQ(populate(d, 0, 1, 9, 0), 0);
    CHECK_CLAIMS(d, CLAIM(1, 88));
    CHECK_EQ(domain_set_max_pages(d, 500), 0);
    CHECK_EQ(populate(d, 0, 1, 0, 0), 0);
    CHECK_CLAIMS(d, CLAIM(1, 88));
    CHECK_EQ(claim_pages(d, 0), 0);
    CHECK_EQ(domain_set_max_pages(d, 1000), 0);
    CHECK_EQ(claim_pages(d, 600), 0);
    CHECK_EQ(populate(d, 0, 1, 9, 0), 0);
    CHECK_CLAIMS(d, CLAIM(HOST, 88));
    CHECK_EQ(claims_release(d), 0);
    CHECK_EQ(take(d, 1, 4, 7), 3);
    CHECK_CLAIMS(d);
    CHECK_EQ(domain_destroy(d), 0);
}

void test_main(void)
{
    unsigned long before = host_free_pages();

    test_steps();
    test_whole_build();
    test_not_redeeming();
    test_failures();

    CHECK_EQ(host_outstanding_pages(), 0);
    CHECK_EQ(host_free_pages(), before);

    xtf_success(NULL);
}
