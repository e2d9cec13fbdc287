/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-protect/main.c
 * @ref test-claim-protect
 *
 * @page test-claim-protect claim-protect
 *
 * Claimed memory is kept: on a node from requests for that node, host-wide from
 * all.  Kept from other domains, with claims of their own or without, and from
 * Xen (creating a domain, enlarging the pool of page tables for a PVH domain);
 * also from requests of the claiming domain itself that are not
 * reference-counted.  The domain itself is served to the last page.
 *
 * @see tests/claim-protect/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>

const char test_title[] = "Claim sets: claimed memory is kept";

#define MAX_PAGES (1UL << 22)

static void test_node(void)
{
    int owner = domain_create(DOMAIN_PV, MAX_PAGES);
    int other = domain_create(DOMAIN_PV, MAX_PAGES);
    int third = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long taken;

    CHECK_EQ(SET_CLAIMS(owner, CLAIM(1, 788)), 0);
    CHECK_EQ(SET_CLAIMS(third, CLAIM(2, 10), CLAIM(HOST, 10)), 0);

    /* All but 788, in superpages and then single pages. */
    taken = populate_all(other, 0, 9, XENMEMF_exact_node(1)) * 512;
    taken += populate_all(other, 0, 0, XENMEMF_exact_node(1));
    CHECK(taken > 10000);
    CHECK_EQ(node_free_pages(1), 788);
    CHECK_CLAIMS(owner, CLAIM(1, 788));

    /* A host-wide claim is no claim on the node, one on another neither. */
    CHECK_EQ(populate(third, 0, 1, 0, XENMEMF_exact_node(1)), 0);
    CHECK_CLAIMS(third, CLAIM(HOST, 10), CLAIM(2, 10));

    /* No node named, or the node only preferred: the request goes elsewhere. */
    CHECK_EQ(populate(other, 0, 10, 0, 0), 10);
    CHECK_EQ(populate(other, 0, 10, 0, XENMEMF_node(1)), 10);
    CHECK_EQ(node_free_pages(1), 788);

    /* The owner, to the last page. */
    CHECK_EQ(populate(owner, 0, 788, 0, XENMEMF_exact_node(1)), 788);
    CHECK_EQ(node_free_pages(1), 0);
    CHECK_EQ(populate(owner, 1000, 1, 0, XENMEMF_exact_node(1)), 0);
    CHECK_CLAIMS(owner);

    CHECK_EQ(domain_destroy(owner), 0);
    CHECK_EQ(domain_destroy(other), 0);
    CHECK_EQ(domain_destroy(third), 0);
}

static void test_host(void)
{
    int owner = domain_create(DOMAIN_PVH, MAX_PAGES);
    int other = domain_create(DOMAIN_PVH, MAX_PAGES);
    unsigned long all;
    int created;

    /* Headroom for the page tables, whose pages no claim covers. */
    CHECK_EQ(domain_set_paging_pool(owner, 16UL << 20), 0);
    CHECK_EQ(SET_CLAIMS(owner, CLAIM(0, 1), CLAIM(HOST, 1)), 0);

    all = host_free_pages();
    CHECK_EQ(SET_CLAIMS(owner, CLAIM(0, 100), CLAIM(1, 200),
                        CLAIM(HOST, all - 300)), 0);
    CHECK_EQ(host_outstanding_pages(), all);

    /* Nothing for another domain, wherever it looks. */
    for ( unsigned int node = 0; node < 4; node++ )
        CHECK_EQ(populate(other, 0, 1, 0, XENMEMF_exact_node(node)), 0);
    CHECK_EQ(populate(other, 0, 1, 0, 0), 0);
    CHECK_EQ(populate(other, 0, 1, 9, 0), 0);

    /* Nothing for Xen. */
    created = domain_create_bare(DOMAIN_PV);
    CHECK_EQ(created, -ENOMEM);
    if ( created > 0 )
        domain_destroy(created);
    CHECK_EQ(domain_set_paging_pool(other, 64UL << 20), -ENOMEM);
    /* Not even for the owner: these pages are not what it claimed. */
    CHECK_EQ(domain_set_paging_pool(owner, 64UL << 20), -ENOMEM);
    CHECK_EQ(host_outstanding_pages(), all);
    CHECK_EQ(host_free_pages(), all);

    /* Reading and releasing need no memory. */
    CHECK_CLAIMS(owner, CLAIM(HOST, all - 300), CLAIM(0, 100), CLAIM(1, 200));

    /* The owner is served, of all that it claimed. */
    CHECK_EQ(populate(owner, 0, 200, 0, XENMEMF_exact_node(1)), 200);
    CHECK_EQ(populate(owner, 512, 20, 9, 0), 20);
    CHECK_EQ(domain_tot_pages(owner), 200 + 20 * 512);
    CHECK_EQ(host_outstanding_pages(), all - 200 - 20 * 512);
    CHECK_EQ(host_free_pages(), host_outstanding_pages());

    CHECK_EQ(claims_release(owner), 0);
    CHECK_EQ(populate(other, 0, 1, 9, 0), 1);

    CHECK_EQ(domain_destroy(owner), 0);
    CHECK_EQ(domain_destroy(other), 0);
}

/* The last pages are shared out as claimed, whoever comes first. */
static void test_two_owners(void)
{
    int a = domain_create(DOMAIN_PV, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long free;

    CHECK_EQ(SET_CLAIMS(a, CLAIM(3, 1)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(3, 1)), 0);
    free = node_free_pages(3);
    CHECK_EQ(SET_CLAIMS(a, CLAIM(3, free / 3)), 0);
    CHECK_EQ(SET_CLAIMS(b, CLAIM(3, free - free / 3)), 0);

    CHECK_EQ(populate_all(b, 0, 0, XENMEMF_exact_node(3)), free - free / 3);
    CHECK_EQ(populate_all(a, 0, 0, XENMEMF_exact_node(3)), free / 3);
    CHECK_CLAIMS(a);
    CHECK_CLAIMS(b);

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
}

void test_main(void)
{
    unsigned long before = host_free_pages();

    test_node();
    test_host();
    test_two_owners();

    CHECK_EQ(host_outstanding_pages(), 0);
    CHECK_EQ(host_free_pages(), before);

    xtf_success(NULL);
}
