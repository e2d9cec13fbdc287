/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-deferred/main.c
 * @ref test-claim-deferred
 *
 * @page test-claim-deferred claim-deferred
 *
 * Since 4.22, Xen scrubs the memory of a domain that is being built in steps,
 * and assigns it to the domain afterwards.  Between two steps another vCPU asks
 * for a page of another size and node, so that Xen drops what it has scrubbed,
 * or lowers max_pages, so that it can't be assigned.  Nothing of the claims is
 * lost thereby, and nobody else can claim the memory.
 *
 * @see tests/claim-deferred/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <xtf/vcpu.h>
#include <xen/version.h>

const char test_title[] = "Claim sets: memory that is scrubbed in steps";

#define MAX_PAGES (1UL << 20)
#define NODE      1
#define ORDER     16
#define PAGES     (1UL << ORDER)

static domid_t target, other;
static unsigned long free_before;
static bool populated;

/* Did the other vCPU's hypercall come between two steps? */
static bool is_between;

/* Returns false if the extent is the domain's already. */
static bool wait_for_scrubbing(void)
{
    while ( !ACCESS_ONCE(populated) && node_free_pages(NODE) == free_before )
        hypercall_yield();

    return !ACCESS_ONCE(populated) && !domain_tot_pages(target);
}

static void ask_for_another(void *unused)
{
    if ( !wait_for_scrubbing() )
        return;

    CHECK_EQ(populate(target, PAGES, 1, 0, XENMEMF_exact_node(0)), 1);
    is_between = domain_tot_pages(target) == 1;
    CHECK_EQ(SET_CLAIMS(other, CLAIM(NODE, free_before - PAGES + 1)), -ENOMEM);
}

static void lower_max_pages(void *unused)
{
    if ( wait_for_scrubbing() )
        is_between = !domain_set_max_pages(target, PAGES - 1);
}

/* Returns how many extents were populated, while the other vCPU runs fn(). */
static long build(void (*fn)(void *arg))
{
    xen_pfn_t frame = 0;
    long rc;

    target = domain_create(DOMAIN_PV, MAX_PAGES);
    other = domain_create(DOMAIN_PV, MAX_PAGES);
    CHECK_EQ(SET_CLAIMS(target, CLAIM(HOST, 10), CLAIM(0, 100),
                        CLAIM(NODE, PAGES)), 0);

    free_before = node_free_pages(NODE);
    CHECK(node_dirty_pages(NODE) >= PAGES);
    populated = is_between = false;

    xtf_start_vcpu(1, fn, NULL);
    rc = populate_frames(target, &frame, 1, ORDER, XENMEMF_exact_node(NODE));
    ACCESS_ONCE(populated) = true;
    xtf_join_vcpu(1);

    return rc;
}

static void destroy(void)
{
    CHECK_EQ(domain_destroy(target), 0);
    CHECK_EQ(domain_destroy(other), 0);
}

/* So that no chunk of the node is clean that the allocator would prefer. */
static void make_dirty(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);

    CHECK(populate_all(d, 0, ORDER, XENMEMF_exact_node(NODE)) >= 1);
    CHECK_EQ(domain_destroy(d), 0);
}

void test_main(void)
{
    long version = hypercall_xen_version(XENVER_version, NULL);
    bool in_steps = version >= (4 << 16 | 22);

    make_dirty();
    CHECK_EQ(build(ask_for_another), 1);
    CHECK_EQ(is_between, in_steps);
    CHECK_EQ(domain_tot_pages(target), PAGES + is_between);
    CHECK_CLAIMS(target, CLAIM(HOST, 10), CLAIM(0, 100 - is_between));
    destroy();

    make_dirty();
    CHECK_EQ(build(lower_max_pages), !in_steps);
    CHECK_EQ(is_between, in_steps);
    CHECK_EQ(domain_tot_pages(target), in_steps ? 0 : PAGES);
    if ( in_steps )
        CHECK_CLAIMS(target, CLAIM(HOST, 10), CLAIM(0, 100),
                     CLAIM(NODE, PAGES));
    else
        CHECK_CLAIMS(target, CLAIM(HOST, 10), CLAIM(0, 100));
    destroy();

    CHECK_EQ(host_outstanding_pages(), 0);

    xtf_success(NULL);
}
