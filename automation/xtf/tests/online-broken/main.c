/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/online-broken/main.c
 * @ref test-online-broken
 *
 * @page test-online-broken online-broken
 *
 * A free page with an error stays offline: to bring it online again is refused,
 * and the page remains what it is.
 *
 * Fails on hypervisors that free the page all the same.
 *
 * @see tests/online-broken/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/domain.h>
#include <helpers/machine_check.h>
#include <helpers/memory.h>
#include <helpers/offline.h>

const char test_title[] = "A broken page does not come online";

#define ORDER 9

void test_main(void)
{
    int d = domain_create(DOMAIN_PV, 1UL << ORDER);
    xen_pfn_t chunk = 0, page;
    unsigned long free;
    uint32_t status;

    if ( !machine_checks_enable() )
        return xtf_skip("Skip: this Xen does not see machine checks\n");

    CHECK_EQ(populate_frames(d, &chunk, 1, ORDER, XENMEMF_exact_node(1)), 1);
    CHECK_EQ(decrease_reservation(d, &chunk, 1, ORDER), 1);

    /* Not the first one of a chunk, for which there is offline-broken. */
    page = chunk + 1;
    free = host_free_pages();
    CHECK_EQ(machine_check(page), PG_OFFLINE_OFFLINED | PG_OFFLINE_BROKEN);
    CHECK_EQ(host_free_pages(), free - 1);

    for ( unsigned int i = 0; i < 2; i++ )
    {
        /* Xen extends this error with zeros. */
        CHECK_EQ(page_online(page, &status), -EINVAL);
        CHECK_EQ(status, PG_ONLINE_FAILED | PG_ONLINE_BROKEN);
        CHECK_EQ(page_offline_status(page, &status), 0);
        CHECK_EQ(status, PG_OFFLINE_STATUS_OFFLINED | PG_OFFLINE_STATUS_BROKEN);
        CHECK_EQ(host_free_pages(), free - 1);
    }

    CHECK_EQ(domain_destroy(d), 0);
    xtf_success(NULL);
}
