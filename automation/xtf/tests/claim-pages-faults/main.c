/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-pages-faults/main.c
 * @ref test-claim-pages-faults
 *
 * @page test-claim-pages-faults claim-pages-faults
 *
 * What hypervisors get wrong that redeem claims where pages are assigned, and
 * take claims for domains that are dying.  By XENMEM_claim_pages alone, so that
 * it can be seen on those.
 *
 * @see tests/claim-pages-faults/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/page.h>

const char test_title[] = "XENMEM_claim_pages: old faults";

/* Freeing pages must not raise the claim: the host might not have them. */
static void test_free(void)
{
    int d = domain_create(DOMAIN_PV, 1000);
    xen_pfn_t frames[10] = {};

    CHECK_EQ(claim_pages(d, 500), 0);
    CHECK_EQ(populate_frames(d, frames, ARRAY_SIZE(frames), 0, 0),
             ARRAY_SIZE(frames));
    CHECK_EQ(domain_outstanding_pages(d), 490);
    CHECK_EQ(decrease_reservation(d, frames, ARRAY_SIZE(frames), 0),
             ARRAY_SIZE(frames));
    CHECK_EQ(domain_outstanding_pages(d), 490);
    CHECK_EQ(host_outstanding_pages(), 490);
    CHECK_EQ(domain_destroy(d), 0);
}

/* A dead domain that can't go, for a page of it is mapped here. */
static void test_dead(void)
{
    static char page[PAGE_SIZE] __aligned(PAGE_SIZE);
    int d = domain_create(DOMAIN_PV, 1000);
    xen_pfn_t mfn = 0;

    CHECK_EQ(populate_frames(d, &mfn, 1, 0, 0), 1);
    page_map_foreign(page, d, mfn);
    CHECK_EQ(domain_kill(d), 0);
    CHECK_EQ(claim_pages(d, 500), -EINVAL);
    CHECK_EQ(host_outstanding_pages(), 0);
}

void test_main(void)
{
    test_free();
    test_dead();
    xtf_success(NULL);
}
