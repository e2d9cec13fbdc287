/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What operations on memory cost.
 *
 *   test-speed list               the workloads
 *   test-speed NAME [ROUNDS]      one of them: prints how many operations a
 *                                 round has, and the nanoseconds of one
 *
 * Built for the tree with claim sets and for the one without.  Under callgrind,
 * with --toggle-collect for the hypervisor's functions, what is collected is
 * theirs alone: what stands before run() is discarded.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <xen/xen.h>
#include <xen/domctl.h>

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_ZERO_STATS ((void)0)
#endif

#include "bench.h"

#define ARRAY_SIZE(x) (sizeof(x) / sizeof(*(x)))
#define MAX_BATCH 4096U

static struct domain *dom;
static struct page_info *batch[MAX_BATCH];
static unsigned int no_claims[BENCH_NODES];

static void check(bool ok, const char *what)
{
    if ( ok )
        return;
    fprintf(stderr, "test-speed: %s\n", what);
    exit(1);
}

/* Nodes of 2^@order pages, as aligned, from page @start on. */
static void boot_at(unsigned long start, unsigned int nodes, unsigned int order)
{
    static struct bench_range ranges[BENCH_NODES];
    struct bench_config config = { nodes, nodes, ranges };
    unsigned int node;

    for ( node = 0; node < nodes; node++ )
        ranges[node] = (struct bench_range){
            node, start + ((unsigned long)node << order), 1UL << order };
    bench_boot(&config);
    dom = bench_create_domain(1, ~0U);
}

static void boot(unsigned int nodes, unsigned int order)
{
    boot_at(1UL << order, nodes, order);
}

static struct domain *claiming_domain(unsigned int domid, unsigned int host,
                                      unsigned int pages, unsigned int nodes)
{
    struct domain *d = bench_create_domain(domid, ~0U);
    unsigned int claims[BENCH_NODES] = {}, node;

    for ( node = 0; node < nodes; node++ )
        claims[node] = pages;
    check(!bench_set_claims(d, host, claims), "cannot claim");

    return d;
}

static void allocate(unsigned int nr, unsigned int order, unsigned int memflags)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
    {
        batch[i] = bench_alloc(dom, order, memflags);
        check(batch[i], "cannot allocate");
    }
}

static void release(unsigned int nr, unsigned int order)
{
    unsigned int i;

    for ( i = 0; i < nr; i++ )
        bench_free_chunk(batch[i], order);
}

/* (a), (b): allocating and freeing. */

static void boot_4(void)
{
    boot(4, 16);
}

/*
 * An allocation looks at all zones above the highest one that has memory.  A
 * zone is the highest bit of the address: the more memory, the fewer zones.
 */
#define BOOT_HIGH(what, bit) \
    static void boot_4_at_##what(void) \
    { \
        boot_at(1UL << ((bit) - 12), 4, 16); \
    }
BOOT_HIGH(4g, 32)
BOOT_HIGH(64g, 36)
BOOT_HIGH(512g, 39)
BOOT_HIGH(8t, 43)

static void boot_4_big(void)
{
    boot(4, 19);
}

static void others_claim(void)
{
    unsigned int i;

    for ( i = 0; i < 8; i++ )
        claiming_domain(2 + i, 16, 16, 4);
}

static void boot_4_claimed(void)
{
    boot_4();
    others_claim();
}

static void boot_4_big_claimed(void)
{
    boot_4_big();
    others_claim();
}

static void order_0(unsigned int n)
{
    allocate(n, 0, 0);
    release(n, 0);
}

static void order_9(unsigned int n)
{
    allocate(n, 9, 0);
    release(n, 9);
}

static void order_18(unsigned int n)
{
    allocate(n, 18, 0);
    release(n, 18);
}

/* Memory of Xen itself. */
static void anonymous(unsigned int n)
{
    struct domain *d = dom;

    dom = NULL;
    allocate(n, 0, 0);
    release(n, 0);
    dom = d;
}

/* (c): populating what is claimed. */

static void boot_host_claim(void)
{
    boot_4_claimed();
    check(!bench_set_claims(dom, 64 << 9, no_claims), "cannot claim");
}

static void boot_node_claim(void)
{
    unsigned int claims[BENCH_NODES] = { [1] = 64 << 9 };

    boot_4_claimed();
    check(!bench_set_claims(dom, 0, claims), "cannot claim");
}

static void populate_0(unsigned int n)
{
    allocate(n, 0, 0);
}

static void populate_9(unsigned int n)
{
    allocate(n, 9, 0);
}

static void populate_0_on_node(unsigned int n)
{
    allocate(n, 0, bench_memf_node(1) | bench_exact_node);
}

static void populate_9_on_node(unsigned int n)
{
    allocate(n, 9, bench_memf_node(1) | bench_exact_node);
}

/* (d): most nodes are full. */

static void boot_full(void)
{
    struct domain *other;
    unsigned int node, order;

    boot(64, 12);
    other = bench_create_domain(2, ~0U);
    for ( node = 0; node < 64; node++ )
        for ( order = 13; node != 40 && order-- > 0; )
            while ( bench_alloc(other, order, bench_memf_node(node) |
                                              bench_exact_node) )
                ;
}

/* (e): the node that is wanted can't serve. */

static void boot_refusing(void)
{
    struct domain *other;
    unsigned int claims[BENCH_NODES] = {}, order;

    boot_4();
    other = bench_create_domain(2, ~0U);
    if ( bench_has_claims )
    {
        claims[1] = bench_node_free(1);
        check(!bench_set_claims(other, 0, claims), "cannot claim");
    }
    else
        for ( order = 17; order-- > 0; )
            while ( bench_alloc(other, order, bench_memf_node(1) |
                                              bench_exact_node) )
                ;
}

static void refused(unsigned int n)
{
    while ( n-- )
        check(!bench_alloc(dom, 0, bench_memf_node(1) | bench_exact_node),
              "not refused");
}

/* (f), (g): the domctl. */

static void boot_64(void)
{
    boot(64, 12);
}

#ifdef XEN_DOMCTL_claim_memory

static memory_claim_t entries[BENCH_NODES + 1];

static void claim_memory(unsigned int domid, unsigned int mode, unsigned int nr)
{
    struct xen_domctl op = {
        .cmd = XEN_DOMCTL_claim_memory, .domain = domid,
        .interface_version = XEN_DOMCTL_INTERFACE_VERSION,
        .u.claim_memory = { .nr_entries = nr, .mode = mode } };

    set_xen_guest_handle(op.u.claim_memory.claim_set, entries);
    check(!bench_domctl(&op), "the domctl failed");
}

/* Every node, and then the host. */
static void set_entries(unsigned int pages)
{
    unsigned int i;

    for ( i = 0; i <= BENCH_NODES; i++ )
        entries[i] = (memory_claim_t){
            .pages = pages,
            .target = i < BENCH_NODES ? i : XEN_DOMCTL_CLAIM_MEMORY_HOST };
}

/* One SET for each of the domains from 2 on. */
static void set_each(unsigned int n, unsigned int nr, unsigned int pages)
{
    set_entries(pages);
    while ( n-- )
        claim_memory(2 + n, XEN_DOMCTL_CLAIM_MEMORY_SET, nr);
}

static void boot_sets(void)
{
    unsigned int i;

    boot(64, 12);
    for ( i = 0; i < 1000; i++ )
        bench_create_domain(2 + i, ~0U);
}

#define SET_OF(nr) \
    static void boot_replace_##nr(void) \
    { \
        boot_sets(); \
        set_each(1000, nr, 1); \
    } \
    static void boot_get_##nr(void) \
    { \
        boot_64(); \
        set_entries(5); \
        claim_memory(1, XEN_DOMCTL_CLAIM_MEMORY_SET, nr); \
    } \
    static void set_##nr(unsigned int n) \
    { \
        set_each(n, nr, 1); \
    } \
    static void replace_##nr(unsigned int n) \
    { \
        set_each(n, nr, 2); \
    }
SET_OF(1)
SET_OF(4)
SET_OF(65)

static void release_all(unsigned int n)
{
    set_each(n, 1, 0);
}

static void get(unsigned int n)
{
    while ( n-- )
        claim_memory(1, XEN_DOMCTL_CLAIM_MEMORY_GET, BENCH_NODES + 1);
}

static void reset_4(unsigned int n)
{
    set_entries(2);
    while ( n-- )
        claim_memory(1, XEN_DOMCTL_CLAIM_MEMORY_SET, 4);
}

static void boot_many(unsigned int nr)
{
    unsigned int i;

    boot_64();
    for ( i = 0; i < nr; i++ )
        bench_create_domain(2 + i, ~0U);
    /* Some of them claim. */
    for ( i = 0; i < 10; i++ )
        claiming_domain(20000 + i, 1, 1, 64);
}

static void boot_10(void)
{
    boot_many(10);
}

static void boot_1000(void)
{
    boot_many(1000);
}

static void boot_10000(void)
{
    boot_many(10000);
}

#endif

/* (h): how much is free, and claimed. */

static void query_host(unsigned int n)
{
    unsigned long free, claims;

    while ( n-- )
        bench_outstanding(&free, &claims);
}

static void query_node(unsigned int n)
{
    while ( n-- )
        bench_node_free(n % 64);
}

static const struct workload {
    const char *name;
    void (*boot)(void);
    void (*run)(unsigned int n);
    unsigned int ops;
    bool once;                          /* leaves another state than it found */
} workloads[] = {
    { "a-order-0", boot_4, order_0, 1024 },
    { "a-order-0-at-4-gib", boot_4_at_4g, order_0, 1024 },
    { "a-order-0-at-64-gib", boot_4_at_64g, order_0, 1024 },
    { "a-order-0-at-512-gib", boot_4_at_512g, order_0, 1024 },
    { "a-order-0-at-8-tib", boot_4_at_8t, order_0, 1024 },
    { "a-order-0-of-xen", boot_4, anonymous, 1024 },
    { "a-order-0-of-xen-at-8-tib", boot_4_at_8t, anonymous, 1024 },
    { "a-order-9-at-8-tib", boot_4_at_8t, order_9, 64 },
    { "a-order-9", boot_4, order_9, 64 },
    { "a-order-18", boot_4_big, order_18, 4 },
    { "b-order-0", boot_4_claimed, order_0, 1024 },
    { "b-order-0-of-xen", boot_4_claimed, anonymous, 1024 },
    { "b-order-9", boot_4_claimed, order_9, 64 },
    { "b-order-18", boot_4_big_claimed, order_18, 4 },
    { "c-order-0-host-claim", boot_host_claim, populate_0, 1024, true },
    { "c-order-9-host-claim", boot_host_claim, populate_9, 64, true },
    { "c-order-0-node-claim", boot_node_claim, populate_0_on_node, 1024, true },
    { "c-order-9-node-claim", boot_node_claim, populate_9_on_node, 64, true },
    { "c-order-0-steered", boot_node_claim, populate_0, 1024, true },
    { "c-order-9-steered", boot_node_claim, populate_9, 64, true },
    { "d-63-of-64-nodes-full", boot_full, populate_0, 1024, true },
    { "e-refused-on-exact-node", boot_refusing, refused, 1024 },
#ifdef XEN_DOMCTL_claim_memory
    { "f-set-1", boot_sets, set_1, 1000, true },
    { "f-set-4", boot_sets, set_4, 1000, true },
    { "f-set-65", boot_sets, set_65, 1000, true },
    { "f-replace-1", boot_replace_1, replace_1, 1000, true },
    { "f-replace-4", boot_replace_4, replace_4, 1000, true },
    { "f-replace-65", boot_replace_65, replace_65, 1000, true },
    { "f-release-1", boot_replace_1, release_all, 1000, true },
    { "f-release-4", boot_replace_4, release_all, 1000, true },
    { "f-release-65", boot_replace_65, release_all, 1000, true },
    { "f-get-1", boot_get_1, get, 1000 },
    { "f-get-4", boot_get_4, get, 1000 },
    { "f-get-65", boot_get_65, get, 1000 },
    { "g-set-4-of-10-domains", boot_10, reset_4, 1000 },
    { "g-set-4-of-1000-domains", boot_1000, reset_4, 1000 },
    { "g-set-4-of-10000-domains", boot_10000, reset_4, 1000 },
#endif
    { "h-host-free-and-claimed", boot_64, query_host, 1000 },
    { "h-node-free", boot_64, query_node, 1000 },
};

static unsigned long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000UL + t.tv_nsec;
}

int main(int argc, char **argv)
{
    unsigned int i, round, rounds = argc > 2 ? atoi(argv[2]) : 1;
    const struct workload *w = NULL;
    unsigned long best = ~0UL;

    for ( i = 0; i < ARRAY_SIZE(workloads); i++ )
        if ( argc > 1 && !strcmp(argv[1], "list") )
            printf("%s\n", workloads[i].name);
        else if ( argc > 1 && !strcmp(argv[1], workloads[i].name) )
            w = &workloads[i];
    if ( argc > 1 && !strcmp(argv[1], "list") )
        return 0;
    check(w, "which workload?  See test-speed list");

    w->boot();
    for ( round = 0; round < rounds; round++ )
    {
        unsigned long start = now(), took;

        CALLGRIND_ZERO_STATS;
        w->run(w->ops);
        took = now() - start;
        if ( took < best )
            best = took;
        if ( w->once )
            break;
    }
    printf("%u %.1f\n", w->ops, (double)best / w->ops);

    return 0;
}
