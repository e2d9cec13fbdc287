/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-dirty/main.c
 * @ref test-claim-dirty
 *
 * @page test-claim-dirty claim-dirty
 *
 * Superpages come from the claimed node although all its memory is dirty, as it
 * is after boot, and after domains were destroyed that filled it, while idle
 * CPUs scrub.  Without claims the allocator prefers clean memory elsewhere: on
 * a hypervisor that does not know claim sets, where the best that a toolstack
 * can do is to set the node affinity, the test fails and shows how many pages
 * are remote.
 *
 * @see tests/claim-dirty/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/start_info.h>

const char test_title[] = "Claim sets: dirty memory before remote memory";

#define MAX_PAGES (1UL << 20)
#define ORDER_2M  9

/* How many superpages the node has, by taking them; they are dirty then. */
static unsigned long fill_and_free(unsigned int node)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long nr = populate_all(d, 0, ORDER_2M, XENMEMF_exact_node(node));

    CHECK_EQ(domain_destroy(d), 0);

    return nr;
}

static void test_build(unsigned int node, unsigned long nr, const char *when)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long dirty = node_dirty_pages(node), before, local;
    long rc = SET_CLAIMS(d, CLAIM(node, nr << ORDER_2M));

    if ( rc == -ENOSYS )
        CHECK_EQ(domain_set_node_affinity(d, 1UL << node), 0);
    else
        CHECK_EQ(rc, 0);

    before = node_free_pages(node);
    CHECK_EQ(populate(d, 0, nr, ORDER_2M, 0), nr);
    local = (before - node_free_pages(node)) >> ORDER_2M;
    printk("%s, %lu pages dirty: %lu of %lu superpages from node %u\n", when,
           dirty, local, nr, node);
    CHECK_EQ(local, nr);
    /* Idle CPUs may have scrubbed the node. */
    if ( !strcmp(command_line(), "busy") )
        CHECK(dirty >= nr << ORDER_2M);

    CHECK_EQ(domain_destroy(d), 0);
}

void test_main(void)
{
    unsigned long nr;

    /* Some of the heap may be clean by now; the larger part is not. */
    test_build(2, 100, "After boot");

    for ( unsigned int node = 0; node < 4; node++ )
    {
        nr = fill_and_free(node);
        CHECK(nr > 50);
        test_build(node, nr - 1, "After destroying a domain");
    }

    xtf_success(NULL);
}
