/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Several CPUs at once.
 *
 *   test-threads [ROUNDS [SEED]]
 *
 * Each round lets all threads do random things to the same domains, then looks
 * at the host while all of them rest.  Builders have domains of their own: what
 * they claimed they must get.  In the end no page may be lost.
 */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include <xenctrl.h>

#include "test.h"

#define NR_THREADS  6U
#define NR_BUILDERS 2U                  /* of the threads, the first */
#define NR_NODES    4U
#define NR_SLOTS    6U
#define STEPS       2000U               /* of a thread in a round */
#define MAX_CHUNKS  256U
#define DIRTY_ORDER 3U
#define OFFLINE_TIMES 10000U            /* for each round */

struct worker {
    pthread_t thread;
    unsigned int cpu;
    uint64_t seed;
    unsigned int nr_chunks;
    struct {
        struct page_info *pg;
        unsigned int order;
    } chunks[MAX_CHUNKS];
};

static struct worker workers[NR_THREADS];
static struct domain *slots[NR_SLOTS];
static unsigned int slot_domids[NR_SLOTS], next_domid;
static unsigned long built, refused, boot_free;

/* Odd rounds take memory offline: claims may then be recalled. */
static bool offlining;

static unsigned int take_domid(void)
{
    unsigned int domid;

    do {
        domid = __atomic_add_fetch(&next_domid, 1, __ATOMIC_RELAXED);
        domid = domid % 0x7000 + 1;
    } while ( bench_domid_is_used(domid) );

    return domid;
}

static unsigned int below(struct worker *w, unsigned int n)
{
    return random_below(&w->seed, n);
}

static struct domain *pick(struct worker *w, unsigned int *slot)
{
    *slot = below(w, NR_SLOTS);
    return __atomic_load_n(&slots[*slot], __ATOMIC_ACQUIRE);
}

static unsigned int slot_domid(unsigned int slot)
{
    return __atomic_load_n(&slot_domids[slot], __ATOMIC_RELAXED);
}

static void free_last(struct worker *w)
{
    w->nr_chunks--;
    bench_free(w->chunks[w->nr_chunks].pg, w->chunks[w->nr_chunks].order);
}

static void allocate(struct worker *w)
{
    unsigned int slot, order = below(w, 4) ? below(w, 3) : below(w, 8);
    unsigned int memflags = 0;
    struct domain *d = below(w, 10) ? pick(w, &slot) : NULL;
    struct page_info *pg;

    if ( w->nr_chunks == MAX_CHUNKS )
        free_last(w);
    if ( below(w, 2) )
        memflags |= bench_memf_node(below(w, NR_NODES));
    if ( !below(w, 4) )
        memflags |= bench_exact_node;
    if ( !below(w, 10) )
        memflags |= bench_no_refcount;
    if ( !below(w, 10) )
        memflags |= bench_no_scrub;

    pg = bench_alloc(d, order, memflags);
    if ( pg )
    {
        w->chunks[w->nr_chunks].pg = pg;
        w->chunks[w->nr_chunks++].order = order;
    }
}

static int claim(unsigned int domid, const memory_claim_t *claims,
                 unsigned int nr)
{
    return xc_domain_claim_memory(test_xch(), domid, nr, claims) ? -errno : 0;
}

static void set(struct worker *w)
{
    unsigned int i, slot, nr = below(w, NR_NODES + 1) + 1;
    memory_claim_t claims[NR_NODES + 1] = {};
    int rc;

    pick(w, &slot);
    for ( i = 0; i < nr; i++ )
    {
        claims[i].target = i < NR_NODES ? i : XEN_DOMCTL_CLAIM_MEMORY_HOST;
        claims[i].pages = below(w, 8) ? below(w, 64) : below(w, 2000);
    }
    if ( !below(w, 4) )
    {
        claims[0] = (memory_claim_t){ .target = XEN_DOMCTL_CLAIM_MEMORY_HOST };
        nr = 1;
    }
    rc = claim(slot_domid(slot), claims, nr);
    if ( rc && rc != -ENOMEM && rc != -EINVAL && rc != -ESRCH )
        test_fail(__FILE__, __LINE__, "SET returned %d", rc);
}

static void get(struct worker *w)
{
    memory_claim_t claims[NR_NODES + 1];
    unsigned int i, slot, nr = NR_NODES + 1;

    pick(w, &slot);
    if ( xc_domain_get_claims(test_xch(), slot_domid(slot), &nr, claims) )
    {
        EQUAL(errno, ESRCH);
        return;
    }
    for ( i = 0; i < nr; i++ )
        CHECK(claims[i].pages && !claims[i].pad);
}

/* The page comes back, whoever had it. */
static void offline_and_online(struct worker *w)
{
    unsigned long mfn = (below(w, NR_NODES) + 1) * 0x1000 + below(w, 0x800);
    unsigned int status;

    /* What Xen itself uses for ever stays what it is. */
    if ( bench_offline(mfn, false, &status) )
        test_fail(__FILE__, __LINE__, "offlining failed");
    if ( bench_online(mfn, &status) )
        test_fail(__FILE__, __LINE__, "onlining failed");
}

static void kill_and_create(struct worker *w)
{
    unsigned int slot = below(w, NR_SLOTS), domid = take_domid();
    struct domain *d = __atomic_exchange_n(&slots[slot], NULL,
                                           __ATOMIC_ACQ_REL);

    if ( !d )
        return;
    bench_kill_domain(d);
    bench_put_domain(d);
    d = bench_create_domain(domid, below(w, 2) ? 1024 : UINT_MAX);
    __atomic_store_n(&slot_domids[slot], domid, __ATOMIC_RELAXED);
    __atomic_store_n(&slots[slot], d, __ATOMIC_RELEASE);
}

/* What a toolstack does: claim, populate, release. */
static void build(struct worker *w)
{
    unsigned int domid = take_domid(), node = below(w, NR_NODES), i, nr;
    struct domain *d = bench_create_domain(domid, 4096);
    struct page_info *pg[256] = {};
    memory_claim_t claims[2] = { { .target = node },
                                 { .target = XEN_DOMCTL_CLAIM_MEMORY_HOST } };
    int rc;

    nr = below(w, 128) + 1;
    claims[0].pages = nr;
    claims[1].pages = below(w, 128);
    rc = claim(domid, claims, 2);
    if ( rc == -ENOMEM )
        __atomic_add_fetch(&refused, 1, __ATOMIC_RELAXED);
    else
    {
        EQUAL(rc, 0);
        for ( i = 0; i < nr + claims[1].pages; i++ )
        {
            pg[i] = bench_alloc(d, 0, i < nr ? bench_memf_node(node) |
                                               bench_exact_node : 0);
            if ( !pg[i] && !offlining )
                test_fail(__FILE__, __LINE__, "d%u: page %u of %u + %u that "
                          "are claimed", domid, i, nr,
                          (unsigned int)claims[1].pages);
        }
        __atomic_add_fetch(&built, 1, __ATOMIC_RELAXED);
    }

    if ( below(w, 2) )
    {
        claims[0].pages = 0;
        EQUAL(claim(domid, claims, 1), 0);
    }
    bench_kill_domain(d);
    for ( i = 0; i < 256; i++ )
        if ( pg[i] )
            bench_free(pg[i], 0);
    bench_put_domain(d);
}

static void step(struct worker *w)
{
    unsigned int slot, n = below(w, 1000);
    unsigned long a, b;
    struct domain *d;

    if ( n < 420 )
        allocate(w);
    else if ( n < 720 )
    {
        if ( w->nr_chunks )
            free_last(w);
    }
    else if ( n < 860 )
        set(w);
    else if ( n < 900 )
        get(w);
    else if ( n < 920 )
    {
        bench_outstanding(&a, &b);
        CHECK(b <= a);
        bench_node_free(below(w, NR_NODES));
    }
    else if ( n < 940 )
        bench_scrub_some();
    else if ( n < 960 )
    {
        d = pick(w, &slot);
        if ( d )
            bench_legacy_claim(d, below(w, 500));
    }
    else if ( n < 970 )
    {
        d = pick(w, &slot);
        if ( d )
            bench_set_max_pages(d, below(w, 2) ? UINT_MAX
                                               : 100 + below(w, 900));
    }
    else if ( n < 980 )
        kill_and_create(w);
    else if ( offlining )
        offline_and_online(w);
}

static void *work(void *arg)
{
    struct worker *w = arg;
    unsigned int i;

    bench_enter_cpu(w->cpu);
    for ( i = 0; i < STEPS; i++ )
        if ( w->cpu <= NR_BUILDERS )
        {
            build(w);
            i += 49;
        }
        else
            step(w);

    return NULL;
}

/* What nobody owned is scrubbed when it is free. */
static unsigned long dirty_mfn;
static bool scrubbed_enough;

static void *make_dirty_and_scrub(void *unused)
{
    bench_enter_cpu(1);
    while ( !__atomic_load_n(&scrubbed_enough, __ATOMIC_RELAXED) )
    {
        struct page_info *pg = bench_alloc(NULL, DIRTY_ORDER, bench_no_scrub);

        CHECK(pg);
        __atomic_store_n(&dirty_mfn, bench_page_mfn(pg), __ATOMIC_RELAXED);
        bench_free(pg, DIRTY_ORDER);
        bench_scrub_some();
    }

    return NULL;
}

/* While a page is scrubbed it may go offline: it must stay there. */
static void offline_while_scrubbing(uint64_t seed, unsigned int times)
{
    unsigned int i, status, went_offline = 0;
    pthread_t scrubber;

    if ( pthread_create(&scrubber, NULL, make_dirty_and_scrub, NULL) )
        test_fail(__FILE__, __LINE__, "cannot create a thread");
    while ( !__atomic_load_n(&dirty_mfn, __ATOMIC_RELAXED) )
        sched_yield();

    for ( i = 0; i < times; i++ )
    {
        unsigned long mfn = __atomic_load_n(&dirty_mfn, __ATOMIC_RELAXED) +
                            random_below(&seed, 1U << DIRTY_ORDER);

        EQUAL(bench_offline(mfn, false, &status), 0);
        if ( status == PG_OFFLINE_OFFLINED )
        {
            went_offline++;
            CHECK(!bench_page_is_free(bench_mfn_page(mfn)));
        }
        EQUAL(bench_online(mfn, &status), 0);
    }

    __atomic_store_n(&scrubbed_enough, true, __ATOMIC_RELAXED);
    pthread_join(scrubber, NULL);
    printf("# %u of %u went offline\n", went_offline, times);
    CHECK(went_offline);
    CONSISTENT();
}

int main(int argc, char **argv)
{
    static const struct bench_range ranges[NR_NODES] = {
        { 0, 0x1000, 0x800 }, { 1, 0x2000, 0x800 },
        { 2, 0x3000, 0x800 }, { 3, 0x4000, 0x800 } };
    const struct bench_config config = { NR_NODES, NR_NODES, ranges,
                                         .dirty = true };
    unsigned int i, round, rounds = argc > 1 ? atoi(argv[1]) : 20;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
    struct bench_host_state host;

    /* What was done is told even if the rest hangs. */
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("# seed %#llx, %u rounds\n", (unsigned long long)seed, rounds);
    bench_boot(&config);
    bench_host_state(&host);
    boot_free = host.free;
    for ( i = 0; i < NR_THREADS; i++ )
    {
        workers[i].cpu = i + 1;
        workers[i].seed = seed * 2 + 1 + ((i + 1ULL) << 40);
        bench_enter_cpu(i + 1);         /* makes its per-CPU data */
    }
    bench_enter_cpu(0);
    for ( i = 0; i < NR_SLOTS; i++ )
    {
        slot_domids[i] = take_domid();
        slots[i] = bench_create_domain(slot_domids[i], UINT_MAX);
    }

    for ( round = 0; round < rounds; round++ )
    {
        offlining = round & 1;
        for ( i = 0; i < NR_THREADS; i++ )
            if ( pthread_create(&workers[i].thread, NULL, work, &workers[i]) )
                test_fail(__FILE__, __LINE__, "cannot create a thread");
        for ( i = 0; i < NR_THREADS; i++ )
            pthread_join(workers[i].thread, NULL);
        bench_reap_domains();
        CONSISTENT();
    }
    printf("ok 1 - invariants hold whenever all CPUs rest\n");

    printf("# %lu domains were built, %lu refused\n", built, refused);
    printf("%sok 2 - builders get what they claimed\n", built ? "" : "not ");

    for ( i = 0; i < NR_THREADS; i++ )
        while ( workers[i].nr_chunks )
            free_last(&workers[i]);
    for ( i = 0; i < NR_SLOTS; i++ )
        if ( slots[i] )
        {
            bench_kill_domain(slots[i]);
            bench_put_domain(slots[i]);
        }
    bench_reap_domains();
    CONSISTENT();
    offline_while_scrubbing(seed * 2 + 1, rounds * OFFLINE_TIMES);
    printf("ok 3 - what goes offline while it is scrubbed stays offline\n");

    bench_host_state(&host);
    EQUAL(host.claimed, 0);
    EQUAL(host.free, boot_free);
    printf("ok 4 - no page and no claim is lost\n1..4\n");

    return !built;
}
