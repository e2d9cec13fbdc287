/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-shortfall/main.c
 * @ref test-claim-shortfall
 *
 * @page test-claim-shortfall claim-shortfall
 *
 * A claim that is smaller than the request is topped up from unclaimed memory,
 * on the node and on the host: so a domain gets its superpages at the end of a
 * build too.  Where unclaimed memory does not cover the rest, it is refused,
 * though the chunk is there.
 *
 * @see tests/claim-shortfall/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>

const char test_title[] = "Claim sets: claims smaller than the request";

#define MAX_PAGES (1UL << 22)

#define ORDER_2M 9
#define ORDER_1G 18

/*
 * 1 page claimed by a domain, and all but @unclaimed pages of the node claimed
 * by another one.
 */
static void test_node(unsigned int node, unsigned int order)
{
    unsigned long request = 1UL << order, free;
    int a = domain_create(DOMAIN_PVH, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);

    CHECK_EQ(SET_CLAIMS(a, CLAIM(node, 1)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(node, 1)), 0);
    free = node_free_pages(node);
    if ( free < request )
        return xtf_error("Error: node %u has only %lu pages\n", node, free);

    /* The rest is one page short ... */
    CHECK_EQ(SET_CLAIMS(b, CLAIM(node, free - 1 - (request - 2))), 0);
    CHECK_EQ(populate(a, 0, 1, order, XENMEMF_exact_node(node)), 0);
    CHECK_CLAIMS(a, CLAIM(node, 1));
    CHECK_EQ(node_free_pages(node), free);

    /* ... or just there. */
    CHECK_EQ(SET_CLAIMS(b, CLAIM(node, free - 1 - (request - 1))), 0);
    CHECK_EQ(populate(a, 0, 1, order, XENMEMF_exact_node(node)), 1);
    CHECK_CLAIMS(a);
    CHECK_EQ(node_free_pages(node), node_claimed_pages(node));

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
}

static void test_host(unsigned int node, unsigned int order)
{
    unsigned long request = 1UL << order, free;
    int a = domain_create(DOMAIN_PVH, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);

    CHECK_EQ(SET_CLAIMS(a, CLAIM(HOST, 1)), 0);
    free = host_free_pages();

    CHECK_EQ(SET_CLAIMS(b, CLAIM(HOST, free - 1 - (request - 2))), 0);
    CHECK_EQ(populate(a, 0, 1, order, XENMEMF_exact_node(node)), 0);
    CHECK_EQ(populate(a, 0, 1, order, 0), 0);
    CHECK_CLAIMS(a, CLAIM(HOST, 1));

    CHECK_EQ(SET_CLAIMS(b, CLAIM(HOST, free - 1 - (request - 1))), 0);
    CHECK_EQ(populate(a, 0, 1, order, XENMEMF_exact_node(node)), 1);
    CHECK_CLAIMS(a);
    CHECK_EQ(host_free_pages(), host_outstanding_pages());

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
}

/* The claim on the node and the host-wide one do not add up on the node. */
static void test_both(void)
{
    unsigned long free;
    int a = domain_create(DOMAIN_PV, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);

    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 100)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, 1)), 0);
    free = node_free_pages(1);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(1, free - 100)), 0);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(1, 100), CLAIM(HOST, 1000)), 0);

    CHECK_EQ(populate(a, 0, 1, ORDER_2M, XENMEMF_exact_node(1)), 0);
    CHECK_EQ(populate(a, 0, 101, 0, XENMEMF_exact_node(1)), 100);
    CHECK_CLAIMS(a, CLAIM(HOST, 1000));

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
}

void test_main(void)
{
    test_node(1, ORDER_2M);
    test_host(1, ORDER_2M);
    test_both();
    test_node(3, ORDER_1G);
    test_host(3, ORDER_1G);

    CHECK_EQ(host_outstanding_pages(), 0);
    xtf_success(NULL);
}
