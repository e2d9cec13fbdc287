/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/offline-broken/main.c
 * @ref test-offline-broken
 *
 * @page test-offline-broken offline-broken
 *
 * Two machine checks for the same free page, the first one of a free chunk of
 * 2 MiB.  The first takes the page offline, the second finds it offline.
 *
 * Hypervisors that leave the order of the chunk behind in the page take it for
 * the page's owner at the second one, and crash that "domain".
 *
 * @see tests/offline-broken/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/domain.h>
#include <helpers/machine_check.h>
#include <helpers/memory.h>
#include <helpers/offline.h>

const char test_title[] = "Two machine checks for one free page";

#define MAX_PAGES (1UL << 20)
#define NODE      1
#define ORDER     9

void test_main(void)
{
    int other = domain_create(DOMAIN_PV, MAX_PAGES);
    xen_pfn_t chunk;
    uint32_t status;

    if ( !machine_checks_enable() )
        return xtf_skip("Skip: this Xen does not see machine checks\n");

    /* The chunk is the only free memory of the node. */
    chunk = fill_node(other, NODE, ORDER);
    CHECK_EQ(decrease_reservation(other, &chunk, 1, ORDER), 1);
    CHECK_EQ(node_free_pages(NODE), 1UL << ORDER);

    for ( unsigned int i = 0; i < 2; i++ )
    {
        printk("Machine check %u for page %#lx\n", i + 1, chunk);
        CHECK_EQ(machine_check(chunk),
                 PG_OFFLINE_OFFLINED | PG_OFFLINE_BROKEN);
        CHECK_EQ(node_free_pages(NODE), (1UL << ORDER) - 1);
        CHECK_EQ(page_offline_status(chunk, &status), 0);
        CHECK_EQ(status, PG_OFFLINE_STATUS_OFFLINED | PG_OFFLINE_STATUS_BROKEN);
    }

    CHECK_EQ(domain_destroy(other), 0);
    xtf_success(NULL);
}
