/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-lifetime/main.c
 * @ref test-claim-lifetime
 *
 * @page test-claim-lifetime claim-lifetime
 *
 * Claims end with their domain, at once when it is killed, and can't be
 * installed after that, while releasing still works.  Lowering max_mem below
 * what a domain has and claims leaves the claims alone.
 *
 * @see tests/claim-lifetime/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/page.h>

const char test_title[] = "Claim sets: dying domains, lowered limits";

#define MAX_PAGES 100000UL

static void test_destroy(void)
{
    unsigned long before = host_free_pages();
    int d = domain_create(DOMAIN_PV, MAX_PAGES);

    CHECK_EQ(SET_CLAIMS(d, CLAIM(0, 100), CLAIM(2, 200), CLAIM(HOST, 7)), 0);
    CHECK_EQ(populate(d, 0, 50, 0, XENMEMF_exact_node(2)), 50);
    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(host_outstanding_pages(), 0);
    CHECK_EQ(node_claimed_pages(0), 0);
    CHECK_EQ(node_claimed_pages(2), 0);
    CHECK_EQ(host_free_pages(), before);
    CHECK(claims_consistent());

    d = domain_create(DOMAIN_PV, MAX_PAGES);
    CHECK_EQ(claim_pages(d, 1000), 0);
    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(host_outstanding_pages(), 0);
    CHECK_EQ(host_free_pages(), before);
}

/* A domain that is dead, and that its ID still finds. */
static void test_dying(void)
{
    static char page[PAGE_SIZE] __aligned(PAGE_SIZE);
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    struct xen_domctl_getdomaininfo info;
    xen_pfn_t mfn = 0;

    CHECK_EQ(populate_frames(d, &mfn, 1, 0, 0), 1);
    page_map_foreign(page, d, mfn);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 100), CLAIM(HOST, 7)), 0);

    CHECK_EQ(domain_kill(d), 0);
    CHECK_EQ(domain_info(d, &info), 0);
    CHECK(info.flags & XEN_DOMINF_dying);
    CHECK_EQ(host_outstanding_pages(), 0);

    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 1)), -ESRCH);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(HOST, 1)), -ESRCH);
    CHECK_EQ(claim_pages(d, MAX_PAGES), -EINVAL);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(LEGACY, MAX_PAGES)), -EINVAL);
    CHECK_CLAIMS(d);

    CHECK_EQ(claims_release(d), 0);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(LEGACY, 0)), 0);
    CHECK_CLAIMS(d);

    /* What is wrong with the set itself, or its sum, comes first ... */
    CHECK_EQ(SET_CLAIMS(d, CLAIM(64, 1)), -ENOENT);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, ~0UL)), -EINVAL);
    /* ... and the limits of the domain and of the host after. */
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, MAX_PAGES + 1)), -ESRCH);

    page_map_writable(page);
    CHECK_EQ(domain_destroy(d), -ESRCH);
    CHECK_EQ(domain_info(d, &info), -ESRCH);
    CHECK_EQ(host_outstanding_pages(), 0);
}

static void test_max_mem(void)
{
    int d = domain_create(DOMAIN_PV, 1000);

    CHECK_EQ(populate(d, 0, 300, 0, 0), 300);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 400), CLAIM(HOST, 300)), 0);

    /* Below allocated + claimed, below claimed, below allocated. */
    for ( unsigned long limit = 900; limit; limit -= limit > 300 ? 300 : limit )
    {
        CHECK_EQ(domain_set_max_pages(d, limit), 0);
        CHECK_CLAIMS(d, CLAIM(HOST, 300), CLAIM(1, 400));
        CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 400), CLAIM(HOST, 300)), -EINVAL);
        CHECK_CLAIMS(d, CLAIM(HOST, 300), CLAIM(1, 400));
    }

    /* No more pages than the limit, whatever is claimed. */
    CHECK_EQ(domain_set_max_pages(d, 310), 0);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 11)), -EINVAL);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 10)), 0);
    CHECK_EQ(populate(d, 300, 20, 0, XENMEMF_exact_node(1)), 10);
    CHECK_CLAIMS(d);

    CHECK_EQ(domain_set_max_pages(d, 2000), 0);
    CHECK_EQ(SET_CLAIMS(d, CLAIM(1, 400)), 0);
    CHECK_EQ(domain_set_max_pages(d, 100), 0);
    /* A page that it may not have redeems nothing. */
    CHECK_EQ(populate(d, 400, 1, 0, XENMEMF_exact_node(1)), 0);
    CHECK_CLAIMS(d, CLAIM(1, 400));
    CHECK_EQ(claims_release(d), 0);
    CHECK_CLAIMS(d);

    CHECK_EQ(domain_destroy(d), 0);
}

void test_main(void)
{
    test_destroy();
    test_dying();
    test_max_mem();
    CHECK_EQ(host_outstanding_pages(), 0);
    CHECK(claims_consistent());

    xtf_success(NULL);
}
