/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/offline-pv-page/main.c
 * @ref test-offline-pv-page
 *
 * @page test-offline-pv-page offline-pv-page
 *
 * A page that a PV domain has is marked to go offline, does so when it is
 * freed, and comes back.  Hypervisors that look for it in a PoD cache, which PV
 * domains don't have, corrupt a lock on the way.
 *
 * @see tests/offline-pv-page/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/offline.h>

const char test_title[] = "Offlining a page of a PV domain";

void test_main(void)
{
    unsigned long before = host_free_pages();
    int d = domain_create(DOMAIN_PV, 100);
    xen_pfn_t mfn = 0;
    uint32_t status;

    CHECK_EQ(populate_frames(d, &mfn, 1, 0, XENMEMF_exact_node(1)), 1);
    CHECK_EQ(page_offline(mfn, &status), 0);
    CHECK(status & PG_OFFLINE_PENDING);
    CHECK_EQ(status >> PG_OFFLINE_OWNER_SHIFT, d);
    CHECK_EQ(domain_destroy(d), 0);

    CHECK_EQ(page_offline_status(mfn, &status), 0);
    CHECK_EQ(status, PG_OFFLINE_STATUS_OFFLINED);
    CHECK_EQ(host_free_pages(), before - 1);
    CHECK_EQ(page_online(mfn, &status), 0);
    CHECK_EQ(host_free_pages(), before);

    xtf_success(NULL);
}
