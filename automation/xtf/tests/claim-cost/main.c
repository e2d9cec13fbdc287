/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-cost/main.c
 * @ref test-claim-cost
 *
 * @page test-claim-cost claim-cost
 *
 * How many instructions it takes to allocate and free memory, and to claim it:
 * lines "cost NAME HUNDREDTHS", to be compared with those of another
 * hypervisor.  In an emulated host that counts instructions for time (QEMU's
 * -icount shift=0) they are exact, and the same again.  Of several runs the
 * cheapest counts: the others met a timer.
 *
 * Runs on any hypervisor: what one does not know is left out.
 *
 * @see tests/claim-cost/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/memory.h>
#include <helpers/offline.h>

const char test_title[] = "Instructions for allocations and claims";

#define MAX_PAGES (1UL << 20)
#define RUNS      6

#define NODE      50UL /* What is not about several nodes. */
#define FIRST     8UL  /* Nodes that can't serve, ... */
#define SKIPPED   40UL /* ... so many, ... */
#define LAST      48UL /* ... and one behind them that can. */

static bool knows_claims;

static unsigned long instructions(void)
{
    unsigned int low, high;

    __asm__ volatile ( "rdtsc" : "=a" (low), "=d" (high) );

    return low | ((unsigned long)high << 32);
}

/* The instructions of a statement, added to or compared with those before. */
#define COUNT(...)                              \
    ({                                          \
        unsigned long start_ = instructions();  \
                                                \
        __VA_ARGS__;                            \
        instructions() - start_;                \
    })
#define CHEAPEST(best, ...) ((best) = min(best, COUNT(__VA_ARGS__)))

static void report(const char *name, unsigned long instructions,
                   unsigned long operations)
{
    printk("cost %s %lu\n", name, instructions * 100 / operations);
}

/* A loop of two instructions, and this must be what they count as. */
static bool calibrate(void)
{
    unsigned long loops = 100000, best = ~0UL;

    for ( unsigned int i = 0; i < RUNS; i++ )
    {
        unsigned long left = loops;

        CHEAPEST(best, __asm__ volatile ( "1: dec %0; jnz 1b" : "+r" (left) ));
    }
    report("calibration", best, loops);

    return best >= 2 * loops && best <= 2 * loops + 20;
}

/* Extents that are allocated together, and then freed. */
static void extents(const char *name, domid_t d, unsigned int order,
                    unsigned int mem_flags)
{
    static xen_pfn_t frames[256];
    unsigned int nr = order ? 4 : ARRAY_SIZE(frames);
    unsigned long alloc = ~0UL, both = ~0UL;
    char text[40];

    for ( unsigned int i = 0; i < RUNS; i++ )
    {
        long populated, freed;
        unsigned long first, second;

        memset(frames, 0, sizeof(frames));
        first = COUNT(populated = populate_frames(d, frames, nr, order,
                                                  mem_flags));
        second = COUNT(freed = decrease_reservation(d, frames, nr, order));
        CHECK_EQ(populated, nr);
        CHECK_EQ(freed, nr);
        alloc = min(alloc, first);
        both = min(both, first + second);
    }

    snprintf(text, sizeof(text), "%s-alloc", name);
    report(text, alloc, nr);
    snprintf(text, sizeof(text), "%s-alloc-free", name);
    report(text, both, nr);
}

static void both_sizes(const char *what, domid_t d)
{
    unsigned int flags = XENMEMF_exact_node(NODE);
    char text[40];

    snprintf(text, sizeof(text), "4k%s", what);
    extents(text, d, 0, flags);
    snprintf(text, sizeof(text), "4k-any-node%s", what);
    extents(text, d, 0, 0);
    snprintf(text, sizeof(text), "2m%s", what);
    extents(text, d, 9, flags);
}

/* Without claims, with those of others, and with claims to redeem. */
static void cost_of_allocations(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    int other = domain_create(DOMAIN_PV, MAX_PAGES);
    memory_claim_t claims[MAX_CLAIMS - 1];

    both_sizes("", d);

    if ( knows_claims )
    {
        for ( unsigned int i = 0; i < ARRAY_SIZE(claims); i++ )
            claims[i] = (memory_claim_t)CLAIM(i, 100);
        CHECK_EQ(claims_set(other, claims, nr_nodes()), 0);
    }
    else
        CHECK_EQ(claim_pages(other, 100 * nr_nodes()), 0);
    both_sizes("-others-claim", d);

    CHECK_EQ(claim_pages(d, 100000), 0);
    extents("4k-redeem-host", d, 0, XENMEMF_exact_node(NODE));
    CHECK_EQ(claim_pages(d, 0), 0);

    if ( knows_claims )
    {
        CHECK_EQ(SET_CLAIMS(d, CLAIM(NODE, 4000)), 0);
        extents("4k-redeem-node", d, 0, XENMEMF_exact_node(NODE));
        CHECK_EQ(SET_CLAIMS(d, CLAIM(NODE, 4000)), 0);
        extents("4k-steered", d, 0, 0);
    }

    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(domain_destroy(other), 0);
}

/* A page from the last node, after trying so many that can't serve. */
static unsigned long skipping(domid_t d, unsigned long nr)
{
    unsigned long best = ~0UL;
    uint64_t affinity = 1UL << LAST | ((1UL << nr) - 1) << FIRST;

    CHECK_EQ(domain_set_node_affinity(d, affinity), 0);
    /* After this the search starts with the node behind the last. */
    CHECK_EQ(populate(d, 0, 1, 0, XENMEMF_exact_node(LAST)), 1);

    for ( unsigned int i = 0; i < RUNS; i++ )
    {
        xen_pfn_t frame = 0;
        unsigned long before = node_free_pages(LAST);
        long rc;

        CHEAPEST(best, rc = populate_frames(d, &frame, 1, 0, 0));
        CHECK_EQ(rc, 1);
        CHECK_EQ(node_free_pages(LAST), before - 1);
    }

    return best;
}

static unsigned long refused(domid_t d)
{
    unsigned long best = ~0UL;

    for ( unsigned int i = 0; i < RUNS; i++ )
    {
        xen_pfn_t frame = 0;
        long rc;

        CHEAPEST(best, rc = populate_frames(d, &frame, 1, 0,
                                            XENMEMF_exact_node(FIRST)));
        CHECK_EQ(rc, 0);
    }

    return best;
}

/* Nodes of which all is claimed, and then, all is allocated. */
static void cost_of_full_nodes(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    int other = domain_create(DOMAIN_PV, MAX_PAGES);
    memory_claim_t claims[SKIPPED];

    if ( knows_claims )
    {
        CHECK_EQ(SET_CLAIMS(other, CLAIM(NODE, 1)), 0);
        for ( unsigned int i = 0; i < SKIPPED; i++ )
            claims[i] = (memory_claim_t)CLAIM(FIRST + i,
                                              node_free_pages(FIRST + i));
        CHECK_EQ(claims_set(other, claims, SKIPPED), 0);
        report("refused-claimed", refused(d), 1);
        report("skip-claimed", skipping(d, SKIPPED) - skipping(d, 1),
               SKIPPED - 1);
        CHECK_EQ(claims_release(other), 0);
    }

    for ( unsigned int node = FIRST; node < FIRST + SKIPPED; node++ )
    {
        populate_all(other, 0, 9, XENMEMF_exact_node(node));
        populate_all(other, 0, 0, XENMEMF_exact_node(node));
    }
    report("refused-allocated", refused(d), 1);
    report("skip-allocated", skipping(d, SKIPPED) - skipping(d, 1),
           SKIPPED - 1);

    CHECK_EQ(domain_destroy(d), 0);
    CHECK_EQ(domain_destroy(other), 0);
}

static void cost_of_claims(void)
{
    static const unsigned int sizes[] = { 1, 2, 4, 16, 32, 64, 65 };
    int d = domain_create(DOMAIN_PV, MAX_PAGES);
    unsigned long claim = ~0UL, release = ~0UL;
    memory_claim_t claims[MAX_CLAIMS];
    char text[40];
    long rc;

    for ( unsigned int i = 0; i < RUNS; i++ )
    {
        CHEAPEST(claim, rc = claim_pages(d, 1000));
        CHECK_EQ(rc, 0);
        CHEAPEST(release, rc = claim_pages(d, 0));
        CHECK_EQ(rc, 0);
    }
    report("legacy-claim", claim, 1);
    report("legacy-release", release, 1);

    for ( unsigned int n = 0; knows_claims && n < ARRAY_SIZE(sizes); n++ )
    {
        unsigned long set = ~0UL, replace = ~0UL, get = ~0UL;
        uint32_t nr = sizes[n], got;

        for ( unsigned int i = 0; i < nr; i++ )
            claims[i] = (memory_claim_t)CLAIM(i < nr_nodes() ? i : HOST, 10);

        for ( unsigned int i = 0; i < RUNS; i++ )
        {
            CHEAPEST(set, rc = claims_set(d, claims, nr));
            CHECK_EQ(rc, 0);
            CHEAPEST(replace, rc = claims_set(d, claims, nr));
            CHECK_EQ(rc, 0);
            got = MAX_CLAIMS;
            CHEAPEST(get, rc = claim_memory(d, XEN_DOMCTL_CLAIM_MEMORY_GET,
                                            claims, &got));
            CHECK_EQ(rc, 0);
            CHECK_EQ(got, nr);
            CHEAPEST(release, rc = claims_release(d));
            CHECK_EQ(rc, 0);
        }

        snprintf(text, sizeof(text), "set-%u", nr);
        report(text, set, 1);
        snprintf(text, sizeof(text), "replace-%u", nr);
        report(text, replace, 1);
        snprintf(text, sizeof(text), "get-%u", nr);
        report(text, get, 1);
    }

    CHECK_EQ(domain_destroy(d), 0);
}

/* The same pages each time: what they leave of their chunk costs, too. */
static unsigned long offline_and_online(const xen_pfn_t *frames,
                                        unsigned int nr)
{
    unsigned long all = 0;
    uint32_t status;

    for ( unsigned int i = 0; i < nr; i++ )
    {
        all += COUNT(page_offline(frames[i], &status));
        CHECK_EQ(status, PG_OFFLINE_OFFLINED);
    }
    for ( unsigned int i = 0; i < nr; i++ )
        CHECK_EQ(page_online(frames[i], &status), 0);

    return all;
}

/* Pages go offline, in the end of a node that is claimed to the last one. */
static void cost_of_offlining(void)
{
    enum { PAGES = 8, DOMAINS = 100 };
    int helper = domain_create(DOMAIN_PV, MAX_PAGES), d[DOMAINS];
    unsigned long best = ~0UL, without;
    xen_pfn_t frames[PAGES] = {};
    char text[40];

    CHECK_EQ(populate_frames(helper, frames, PAGES, 0,
                             XENMEMF_exact_node(NODE)), PAGES);
    CHECK_EQ(decrease_reservation(helper, frames, PAGES, 0), PAGES);
    CHECK_EQ(domain_destroy(helper), 0);

    for ( unsigned int i = 0; i < RUNS; i++ )
        best = min(best, offline_and_online(frames, PAGES));
    report("offline", best, PAGES);

    if ( !knows_claims )
        return;

    for ( unsigned int nr = 0, goal = 1; goal <= DOMAINS; goal *= 10 )
    {
        for ( ; nr < goal; nr++ )
        {
            d[nr] = domain_create(DOMAIN_PV, MAX_PAGES);
            CHECK_EQ(SET_CLAIMS(d[nr], CLAIM(NODE, 1)), 0);
        }

        /*
         * What a page costs besides depends on the chunk that it is in, which
         * the domains' own memory may have come from.
         */
        best = without = ~0UL;
        for ( unsigned int i = 0; i < RUNS; i++ )
        {
            unsigned long all = node_free_pages(NODE) - (nr - 1);

            CHECK_EQ(SET_CLAIMS(d[0], CLAIM(NODE, all - PAGES)), 0);
            without = min(without, offline_and_online(frames, PAGES));
            CHECK_EQ(claimed_pages(d[0], NODE), all - PAGES);

            CHECK_EQ(SET_CLAIMS(d[0], CLAIM(NODE, all)), 0);
            best = min(best, offline_and_online(frames, PAGES));
            CHECK_EQ(claimed_pages(d[0], NODE), all - PAGES);
        }

        snprintf(text, sizeof(text), "recall-%u", nr);
        report(text, best - without, PAGES);
        CHECK_EQ(SET_CLAIMS(d[0], CLAIM(NODE, 1)), 0);
    }

    for ( unsigned int i = 0; i < DOMAINS; i++ )
        CHECK_EQ(domain_destroy(d[i]), 0);
}

void test_main(void)
{
    int d = domain_create(DOMAIN_PV, MAX_PAGES);

    if ( !calibrate() )
        return xtf_skip("time is no count of instructions here: use QEMU's "
                        "-icount shift=0\n");
    if ( nr_nodes() != MAX_CLAIMS - 1 )
        return xtf_skip("needs a host of 64 nodes\n");

    print_host_memory();
    knows_claims = !claims_release(d);
    CHECK_EQ(domain_destroy(d), 0);

    cost_of_allocations();
    cost_of_claims();
    cost_of_offlining();
    cost_of_full_nodes();

    xtf_success(NULL);
}
