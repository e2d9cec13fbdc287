// SPDX-License-Identifier: GPL-2.0-only
/*
 * A storm on the hypervisor's allocator alone, in user space: how the time of a
 * build grows with the host.
 *
 *   native NODES DOMAINS SPREAD none|host|set
 *
 * Domains of 2 MiB are built until there are so many, 64 at a time: when all of
 * these have their claims in, they are populated, each on SPREAD nodes. Claimed
 * is nothing, or host-wide, or a set of these nodes. Prints the nanoseconds of
 * a claim and of populating a domain, each the least of what they took for 64
 * domains at a time, of the last ones.
 *
 * Linked with the bench of tools/tests/claims, for a tree with the series, or
 * without: that does all but "set".
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <xen/xen.h>
#include <xen/domctl.h>

#include "bench.h"

#define AT_A_TIME   64U
/* Chunks of a domain, each of so many pages. */
#define CHUNKS      64U
#define CHUNK_ORDER 3U
#define PAGES       (CHUNKS << CHUNK_ORDER)
/* Times that so many are built: the last ones count. */
#define LAST        8U
#define MAX_DOMAINS 20000U

static unsigned int nr_nodes, nr_domains, spread;
static void (*claim)(unsigned int domain);
static struct domain *domains[MAX_DOMAINS];

static void check(bool ok, const char *what)
{
    if ( ok )
        return;
    fprintf(stderr, "native: %s\n", what);
    exit(1);
}

static unsigned long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000UL + t.tv_nsec;
}

/* Twice the memory that the domains need. */
static void boot(void)
{
    static struct bench_range ranges[BENCH_NODES];
    struct bench_config config = { nr_nodes, nr_nodes, ranges };
    unsigned long pages = 2UL * PAGES * nr_domains / nr_nodes;
    unsigned int order = 12, node;

    while ( (1UL << order) < pages )
        order++;
    for ( node = 0; node < nr_nodes; node++ )
        ranges[node] = (struct bench_range){
            node, (unsigned long)(node + 1) << order, 1UL << order };
    bench_boot(&config);
}

/* The node of the domain's i-th entry. */
static unsigned int node_of(unsigned int domain, unsigned int i)
{
    return (domain + i) % nr_nodes;
}

static void claim_set(unsigned int domain)
{
#ifdef XEN_DOMCTL_claim_memory
    static memory_claim_t entries[BENCH_NODES];
    struct xen_domctl op = {
        .cmd = XEN_DOMCTL_claim_memory, .domain = domain + 1,
        .interface_version = XEN_DOMCTL_INTERFACE_VERSION,
        .u.claim_memory = { .nr_entries = spread,
                            .mode = XEN_DOMCTL_CLAIM_MEMORY_SET } };
    unsigned int i;

    for ( i = 0; i < spread; i++ )
        entries[i] = (memory_claim_t){
            .pages = PAGES / spread, .target = node_of(domain, i) };
    set_xen_guest_handle(op.u.claim_memory.claim_set, entries);
    check(!bench_domctl(&op), "the claim failed");
#else
    check(false, "this tree has no claim sets");
#endif
}

static void claim_host(unsigned int domain)
{
    check(!bench_legacy_claim(domains[domain], PAGES), "the claim failed");
}

static void claim_nothing(unsigned int domain)
{
}

static void populate(unsigned int domain)
{
    unsigned int i;

    for ( i = 0; i < CHUNKS; i++ )
        check(bench_alloc(domains[domain], CHUNK_ORDER,
                          bench_memf_node(node_of(domain, i % spread)) |
                          bench_exact_node), "populating failed");
}

static unsigned long time_all(void (*step)(unsigned int domain),
                              unsigned int first, unsigned int end)
{
    unsigned long start = now();
    unsigned int i;

    for ( i = first; i < end; i++ )
        step(i);

    return (now() - start) / (end - first);
}

int main(int argc, char **argv)
{
    unsigned long ns, claim_ns = ~0UL, populate_ns = ~0UL;
    unsigned int i, first, end;

    check(argc == 5, "needs NODES DOMAINS SPREAD none|host|set");
    nr_nodes = atoi(argv[1]);
    nr_domains = atoi(argv[2]);
    spread = atoi(argv[3]);
    claim = !strcmp(argv[4], "set") ? claim_set :
            !strcmp(argv[4], "host") ? claim_host : claim_nothing;
    check(nr_nodes && nr_nodes <= BENCH_NODES, "1 to 64 nodes");
    check(nr_domains >= AT_A_TIME && nr_domains <= MAX_DOMAINS,
          "64 to 20000 domains");
    check(spread && spread <= nr_nodes && !(CHUNKS % spread),
          "SPREAD: a power of two, of nodes");

    boot();
    for ( first = 0; first < nr_domains; first = end )
    {
        end = first + AT_A_TIME < nr_domains ? first + AT_A_TIME : nr_domains;
        for ( i = first; i < end; i++ )
            domains[i] = bench_create_domain(i + 1, ~0U);

        ns = time_all(claim, first, end);
        if ( end + LAST * AT_A_TIME >= nr_domains && ns < claim_ns )
            claim_ns = ns;
        ns = time_all(populate, first, end);
        if ( end + LAST * AT_A_TIME >= nr_domains && ns < populate_ns )
            populate_ns = ns;
    }

    printf("%lu %lu\n", claim_ns, populate_ns);

    return 0;
}
