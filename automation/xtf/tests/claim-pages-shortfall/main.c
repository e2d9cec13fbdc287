/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-pages-shortfall/main.c
 * @ref test-claim-pages-shortfall
 *
 * @page test-claim-pages-shortfall claim-pages-shortfall
 *
 * A claim that is smaller than the request is topped up from unclaimed memory.
 * By XENMEM_claim_pages alone, so that it can be seen on hypervisors that have
 * no use for such a claim.
 *
 * @see tests/claim-pages-shortfall/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>

const char test_title[] = "XENMEM_claim_pages: claims smaller than the request";

#define MAX_PAGES (1UL << 22)

#define ORDER_2M 9

void test_main(void)
{
    unsigned long request = 1UL << ORDER_2M, free;
    int a = domain_create(DOMAIN_PV, MAX_PAGES);
    int b = domain_create(DOMAIN_PV, MAX_PAGES);

    CHECK_EQ(claim_pages(a, 1), 0);
    free = host_free_pages();

    /* What is unclaimed is one page short ... */
    CHECK_EQ(claim_pages(b, free - 1 - (request - 2)), 0);
    CHECK_EQ(populate(a, 0, 1, ORDER_2M, 0), 0);
    CHECK_EQ(domain_outstanding_pages(a), 1);
    CHECK_EQ(claim_pages(b, 0), 0);

    /* ... or just enough, if the domain's own claim counts. */
    CHECK_EQ(claim_pages(b, free - 1 - (request - 1)), 0);
    CHECK_EQ(populate(a, 0, 1, ORDER_2M, 0), 1);
    CHECK_EQ(domain_outstanding_pages(a), 0);
    CHECK_EQ(host_free_pages(), host_outstanding_pages());

    CHECK_EQ(domain_destroy(a), 0);
    CHECK_EQ(domain_destroy(b), 0);
    CHECK_EQ(host_outstanding_pages(), 0);
    xtf_success(NULL);
}
