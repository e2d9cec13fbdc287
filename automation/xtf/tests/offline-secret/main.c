/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/offline-secret/main.c
 * @ref test-offline-secret
 *
 * @page test-offline-secret offline-secret
 *
 * A domain leaves a secret in a page, and dies.  The page goes offline, in the
 * first round after the domain died, in the second one before, comes back, and
 * is given to another domain.  On hypervisors that bring a dirty page back as a
 * clean one, the secret is still there.
 *
 * @see tests/offline-secret/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/offline.h>
#include <helpers/page.h>

const char test_title[] = "A page that was offline shows nobody's secrets";

#define MAX_PAGES (1UL << 20)
#define NODE      2
#define SECRET    0x5ec12e75ec12e75eUL

static volatile uint64_t memory[PAGE_SIZE / sizeof(uint64_t)]
    __aligned(PAGE_SIZE);

static xen_pfn_t mfn;

static unsigned int count_secrets(void)
{
    unsigned int found = 0;

    for ( unsigned int i = 0; i < ARRAY_SIZE(memory); i++ )
        found += memory[i] == SECRET;

    return found;
}

static void offline(uint32_t expected)
{
    uint32_t status;

    CHECK_EQ(page_offline(mfn, &status), 0);
    CHECK_EQ(status & PG_OFFLINE_FLAGS, expected);
}

/* Gives it to the reader, who gets what else is free of the node as well. */
static bool read_page(domid_t reader)
{
    xen_pfn_t frame = 0;

    while ( frame != mfn )
        if ( populate_frames(reader, &frame, 1, 0, XENMEMF_exact_node(NODE)) !=
             1 )
            return false;

    page_map_foreign((void *)memory, reader, mfn);

    return true;
}

/* The page is the only free one of the node. */
static void test_page(domid_t owner, domid_t reader, bool offline_while_owned)
{
    uint32_t status;

    CHECK_EQ(node_free_pages(NODE), 1);
    CHECK_EQ(populate(owner, 0, 1, 0, XENMEMF_exact_node(NODE)), 1);
    page_map_foreign((void *)memory, owner, 0);
    for ( unsigned int i = 0; i < ARRAY_SIZE(memory); i++ )
        memory[i] = SECRET;
    page_unmap((void *)memory);

    if ( offline_while_owned )
        offline(PG_OFFLINE_OWNED | PG_OFFLINE_PENDING);
    CHECK_EQ(domain_destroy(owner), 0);
    if ( !offline_while_owned )
        offline(PG_OFFLINE_OFFLINED);
    CHECK(!read_page(reader));

    CHECK_EQ(page_online(mfn, &status), 0);
    CHECK_EQ(status, PG_ONLINE_ONLINED);
    CHECK(read_page(reader));
    CHECK_EQ(count_secrets(), 0);
    page_unmap((void *)memory);
    CHECK_EQ(decrease_reservation(reader, &mfn, 1, 0), 1);
}

void test_main(void)
{
    /* What these take of the node they take before it is full. */
    int reader = domain_create(DOMAIN_PV, MAX_PAGES);
    int first = domain_create(DOMAIN_PVH, MAX_PAGES);
    int second = domain_create(DOMAIN_PVH, MAX_PAGES);

    CHECK_EQ(populate_frames(reader, &mfn, 1, 0, XENMEMF_exact_node(NODE)), 1);
    for ( int order = 9; order >= 0; order-- )
        populate_all(reader, 0, order, XENMEMF_exact_node(NODE));
    CHECK_EQ(decrease_reservation(reader, &mfn, 1, 0), 1);

    test_page(first, reader, false);
    test_page(second, reader, true);

    CHECK_EQ(domain_destroy(reader), 0);
    xtf_success(NULL);
}
