/* SPDX-License-Identifier: GPL-2.0-only */
/* The rules of claim sets, one behaviour a test. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <xenctrl.h>

#include "test.h"

#define MAX_NODES 4U
#define DOM 1U

static struct domain *dom, *other;

/* Nodes of that many pages, in different zones, and two domains. */
static void boot_with(const unsigned int *pages, unsigned int nr, bool dirty,
                      unsigned int dma_bits)
{
    struct bench_range ranges[MAX_NODES];
    struct bench_config config = { .nr_nodes = nr, .ranges = ranges,
                                   .dirty = dirty, .dma_bits = dma_bits };
    unsigned int i;

    for ( i = 0; i < nr; i++ )
        if ( pages[i] )
            ranges[config.nr_ranges++] =
                (struct bench_range){ i, 0x1000UL << i, pages[i] };

    bench_boot(&config);
    dom = bench_create_domain(DOM, 1U << 20);
    other = bench_create_domain(2, 1U << 20);
    CONSISTENT();
}

static void boot(unsigned int nr)
{
    static const unsigned int pages[MAX_NODES] = { 0x400, 0x400, 0x400, 0x400 };

    boot_with(pages, nr, false, 0);
}

/* Through libxc: 0 or a negative errno. */
static int set(unsigned int domid, const memory_claim_t *claims,
               unsigned int nr)
{
    int rc = xc_domain_claim_memory(test_xch(), domid, nr, claims);

    EQUAL(test_nr_buffers(), 0);
    return rc ? -errno : 0;
}

#define HOST(n) { .pages = (n), .target = XEN_DOMCTL_CLAIM_MEMORY_HOST }
#define NODE(id, n) { .pages = (n), .target = (id) }
#define LEGACY(n) { .pages = (n), .target = XEN_DOMCTL_CLAIM_MEMORY_LEGACY }
#define SET(domid, ...) ({ \
    const memory_claim_t claims_[] = { __VA_ARGS__ }; \
    set(domid, claims_, sizeof(claims_) / sizeof(*claims_)); \
})
#define RELEASE(domid) SET(domid, HOST(0))

static int get(unsigned int domid, memory_claim_t *claims, unsigned int *nr)
{
    int rc = xc_domain_get_claims(test_xch(), domid, nr, claims);

    EQUAL(test_nr_buffers(), 0);
    return rc ? -errno : 0;
}

/* What GET says about one target. */
static unsigned long claimed(unsigned int domid, unsigned int target)
{
    memory_claim_t claims[BENCH_NODES + 1];
    unsigned int i, nr = BENCH_NODES + 1;

    EQUAL(get(domid, claims, &nr), 0);
    for ( i = 0; i < nr; i++ )
        if ( claims[i].target == target )
            return claims[i].pages;

    return 0;
}

static unsigned long host_claim(unsigned int domid)
{
    return claimed(domid, XEN_DOMCTL_CLAIM_MEMORY_HOST);
}

static struct bench_domain_state state_of(struct domain *d)
{
    struct bench_domain_state s;

    bench_domain_state(d, &s);
    return s;
}

static struct bench_host_state host_state(void)
{
    struct bench_host_state s;

    bench_host_state(&s);
    return s;
}

static unsigned long free_pages(void)
{
    return host_state().free;
}

static unsigned long free_on(unsigned int node)
{
    return host_state().node_free[node];
}

/* The node that served the allocation, or -1. */
static int node_of(struct page_info *pg)
{
    CONSISTENT();
    return pg ? (int)bench_page_node(pg) : -1;
}

static int alloc(struct domain *d, unsigned int order, unsigned int memflags)
{
    return node_of(bench_alloc(d, order, memflags));
}

static int alloc_on(struct domain *d, unsigned int order, unsigned int node)
{
    return alloc(d, order, bench_memf_node(node) | bench_exact_node);
}

/* Lets domain 2 have all but @left pages of a node. */
static void fill(unsigned int node, unsigned long left)
{
    while ( free_on(node) > left )
        EQUAL(alloc_on(other, 0, node), node);
}

/* Gives back every second page of a full node, @pages from its middle on. */
static void wear(unsigned int node, unsigned long pages)
{
    unsigned long mfn = (0x1000UL << node) + 0x200;

    for ( ; pages--; mfn += 2 )
        bench_free(bench_mfn_page(mfn), 0);
}

static unsigned int lowest_free_mfn(unsigned int node)
{
    unsigned long mfn = 0x1000UL << node;

    while ( !bench_page_is_free(bench_mfn_page(mfn)) )
        mfn++;
    return mfn;
}

static void offline_one(unsigned int node)
{
    unsigned int status;

    EQUAL(bench_offline(lowest_free_mfn(node), false, &status), 0);
    CONSISTENT();
}

/* Installing. */

static void set_installs_host_and_node_claims(void)
{
    boot(2);
    EQUAL(SET(DOM, NODE(1, 20), HOST(10), NODE(0, 30)), 0);
    EQUAL(host_claim(DOM), 10);
    EQUAL(claimed(DOM, 0), 30);
    EQUAL(claimed(DOM, 1), 20);
    EQUAL(state_of(dom).outstanding, 60);
    EQUAL(state_of(dom).node_claims, 50);
    EQUAL(host_state().claimed, 60);
    EQUAL(host_state().node_claimed[1], 20);
    CONSISTENT();
}

static void set_claims_a_host_to_its_last_page(void)
{
    boot(2);
    EQUAL(SET(DOM, NODE(0, free_on(0)), NODE(1, free_on(1))), 0);
    CONSISTENT();
    EQUAL(SET(2, HOST(1)), -ENOMEM);
    EQUAL(SET(2, NODE(0, 1)), -ENOMEM);
}

static void set_takes_every_node_and_the_host(void)
{
    struct bench_range ranges[BENCH_NODES];
    const struct bench_config config = { .nr_nodes = BENCH_NODES,
                                         .nr_ranges = BENCH_NODES,
                                         .ranges = ranges };
    memory_claim_t claims[BENCH_NODES + 1];
    unsigned int i;

    for ( i = 0; i < BENCH_NODES; i++ )
    {
        ranges[i] = (struct bench_range){ i, 0x1000 + i * 0x100, 0x80 };
        claims[i] = (memory_claim_t)NODE(i, i + 1);
    }
    claims[BENCH_NODES] = (memory_claim_t)HOST(1000);
    bench_boot(&config);
    dom = bench_create_domain(DOM, 1U << 20);

    EQUAL(set(DOM, claims, BENCH_NODES + 1), 0);
    for ( i = 0; i < BENCH_NODES; i++ )
        EQUAL(claimed(DOM, i), i + 1);
    EQUAL(host_claim(DOM), 1000);
    CONSISTENT();

    claims[BENCH_NODES - 1].target = 0;
    EQUAL(set(DOM, claims, BENCH_NODES + 1), -EINVAL);
    EQUAL(claimed(DOM, 0), 1);
}

static void set_refuses_more_than_the_host_has(void)
{
    boot(2);
    EQUAL(SET(DOM, HOST(free_pages() + 1)), -ENOMEM);
    EQUAL(SET(DOM, HOST(free_pages())), 0);
}

static void set_refuses_more_than_a_node_has(void)
{
    boot(2);
    EQUAL(SET(DOM, NODE(1, free_on(1) + 1)), -ENOMEM);
    EQUAL(SET(DOM, NODE(1, free_on(1))), 0);
}

static void set_refuses_nodes_and_host_that_only_fit_apart(void)
{
    boot(2);
    EQUAL(SET(DOM, NODE(0, free_on(0)), HOST(free_on(1) + 1)), -ENOMEM);
    EQUAL(SET(DOM, NODE(0, free_on(0)), HOST(free_on(1))), 0);
}

static void set_changes_nothing_when_it_fails(void)
{
    boot(2);
    EQUAL(SET(DOM, NODE(0, 5), HOST(7)), 0);
    EQUAL(SET(DOM, NODE(0, 1), NODE(1, 5000)), -ENOMEM);
    EQUAL(SET(DOM, NODE(0, 1), NODE(9, 1)), -ENOENT);
    EQUAL(claimed(DOM, 0), 5);
    EQUAL(host_claim(DOM), 7);
    EQUAL(host_state().claimed, 12);
    CONSISTENT();
}

static void set_does_not_subtract_what_the_domain_has(void)
{
    boot(1);
    EQUAL(alloc(dom, 4, 0), 0);
    EQUAL(SET(DOM, HOST(10)), 0);
    EQUAL(host_claim(DOM), 10);
}

static void set_keeps_within_max_pages(void)
{
    boot(1);
    bench_set_max_pages(dom, 20);
    EQUAL(alloc(dom, 3, 0), 0);
    EQUAL(SET(DOM, HOST(13)), -EINVAL);
    EQUAL(SET(DOM, NODE(0, 6), HOST(7)), -EINVAL);
    EQUAL(SET(DOM, NODE(0, 6), HOST(6)), 0);
}

static void max_pages_below_allocated_does_not_wrap(void)
{
    boot(1);
    EQUAL(alloc(dom, 3, 0), 0);
    bench_set_max_pages(dom, 4);
    EQUAL(SET(DOM, HOST(1)), -EINVAL);
    EQUAL(RELEASE(DOM), 0);
}

static void set_ignores_entries_without_pages(void)
{
    boot(2);
    EQUAL(SET(DOM, NODE(0, 0), NODE(1, 3), HOST(0)), 0);
    EQUAL(claimed(DOM, 1), 3);
    EQUAL(state_of(dom).outstanding, 3);
}

/* Replacing. */

static void replacing_works_on_a_fully_claimed_host(void)
{
    boot(2);
    EQUAL(SET(2, NODE(0, free_on(0) - 100), NODE(1, free_on(1) - 100)), 0);
    EQUAL(SET(DOM, NODE(0, 100), NODE(1, 100)), 0);
    EQUAL(SET(DOM, NODE(0, 99), NODE(1, 100)), 0);      /* down */
    EQUAL(SET(DOM, NODE(0, 100), NODE(1, 100)), 0);     /* up again */
    EQUAL(SET(DOM, NODE(0, 101), NODE(1, 99)), -ENOMEM);
    EQUAL(SET(DOM, NODE(0, 100), HOST(100)), 0);        /* node to host */
    EQUAL(SET(DOM, NODE(1, 100), HOST(100)), 0);        /* across nodes */
    EQUAL(SET(DOM, HOST(200)), 0);
    EQUAL(SET(DOM, HOST(201)), -ENOMEM);
    EQUAL(SET(DOM, NODE(0, 100), NODE(1, 100)), 0);     /* host to nodes */
    EQUAL(host_state().claimed, free_pages());
    CONSISTENT();
}

static void replacing_leaves_other_domains_alone(void)
{
    boot(2);
    EQUAL(SET(2, NODE(0, 11), HOST(5)), 0);
    EQUAL(SET(DOM, NODE(0, 100), HOST(9)), 0);
    EQUAL(SET(DOM, NODE(1, 50)), 0);
    EQUAL(claimed(2, 0), 11);
    EQUAL(host_claim(2), 5);
    EQUAL(host_state().node_claimed[0], 11);
    CONSISTENT();
}

/* Releasing. */

static void release_drops_everything(void)
{
    unsigned long allocs;

    boot(2);
    allocs = bench_nr_allocs();
    EQUAL(SET(DOM, NODE(0, 5), NODE(1, 6), HOST(7)), 0);
    EQUAL(bench_nr_allocs(), allocs + 1);
    EQUAL(SET(DOM, NODE(0, 0), HOST(0)), 0);
    EQUAL(state_of(dom).outstanding, 0);
    EQUAL(host_state().claimed, 0);
    EQUAL(bench_nr_allocs(), allocs + 1);       /* until the domain dies */
    CONSISTENT();
}

static void release_without_claims_succeeds(void)
{
    boot(1);
    EQUAL(RELEASE(DOM), 0);
    EQUAL(SET(DOM, LEGACY(0)), 0);
    CONSISTENT();
}

static void release_and_get_allocate_nothing(void)
{
    boot(1);
    EQUAL(SET(DOM, NODE(0, 5)), 0);
    bench_fail_alloc(1);
    EQUAL(claimed(DOM, 0), 5);
    EQUAL(SET(DOM, NODE(0, 4)), 0);
    EQUAL(RELEASE(DOM), 0);
    EQUAL(SET(DOM, NODE(0, 5)), 0);
    EQUAL(SET(2, NODE(0, 5)), -ENOMEM);         /* the first ones do */
    EQUAL(SET(2, NODE(0, 5)), 0);
}

static void other_errors_before_those_of_allocation(void)
{
    boot(1);
    bench_fail_alloc(1);
    EQUAL(SET(DOM, NODE(0, state_of(dom).max_pages), HOST(1)), -EINVAL);
    EQUAL(SET(DOM, NODE(0, 1)), 0);
    bench_kill_domain(dom);
    bench_fail_alloc(1);
    EQUAL(SET(DOM, NODE(0, 1)), -ESRCH);
}

static void host_wide_claims_need_no_array(void)
{
    unsigned long allocs;

    boot(1);
    allocs = bench_nr_allocs();
    bench_fail_alloc(1);
    EQUAL(SET(DOM, HOST(5)), 0);
    EQUAL(SET(DOM, LEGACY(0)), 0);
    EQUAL(SET(DOM, HOST(5)), 0);
    EQUAL(bench_nr_allocs(), allocs);
    bench_fail_alloc(0);
    EQUAL(SET(DOM, NODE(0, 5)), 0);
    EQUAL(SET(DOM, HOST(5)), 0);
    EQUAL(bench_nr_allocs(), allocs + 1);
}

static void release_works_above_max_pages(void)
{
    boot(1);
    EQUAL(SET(DOM, NODE(0, 50)), 0);
    bench_set_max_pages(dom, 1);
    EQUAL(SET(DOM, NODE(0, 2)), -EINVAL);
    EQUAL(claimed(DOM, 0), 50);
    EQUAL(RELEASE(DOM), 0);
}

/* Reading. */

static void get_lists_host_first_then_nodes_in_order(void)
{
    memory_claim_t claims[8];
    unsigned int nr = 8;

    boot(4);
    memset(claims, 0xff, sizeof(claims));
    EQUAL(SET(DOM, NODE(3, 1), NODE(0, 2), HOST(3), NODE(2, 4)), 0);
    EQUAL(get(DOM, claims, &nr), 0);
    EQUAL(nr, 4);
    EQUAL(claims[0].target, XEN_DOMCTL_CLAIM_MEMORY_HOST);
    EQUAL(claims[0].pages, 3);
    EQUAL(claims[1].target, 0);
    EQUAL(claims[1].pages, 2);
    EQUAL(claims[2].target, 2);
    EQUAL(claims[2].pages, 4);
    EQUAL(claims[3].target, 3);
    EQUAL(claims[3].pages, 1);
    EQUAL(claims[3].pad, 0);
    EQUAL(claims[4].pad, ~0U);                  /* not written */
}

static void get_without_claims_returns_none(void)
{
    memory_claim_t claims[1];
    unsigned int nr = 1;

    boot(1);
    EQUAL(get(DOM, claims, &nr), 0);
    EQUAL(nr, 0);
}

static void get_counts_for_a_null_array(void)
{
    unsigned int nr = 0;

    boot(2);
    EQUAL(SET(DOM, NODE(1, 1), HOST(1)), 0);
    EQUAL(get(DOM, NULL, &nr), 0);
    EQUAL(nr, 2);
    EQUAL(get(DOM, NULL, &nr), -EFAULT);
}

static void get_believes_no_more_entries_than_fit(void)
{
    memory_claim_t claims[2] = { {}, { .pages = 99 } };
    unsigned int nr = 1;

    boot(1);
    EQUAL(SET(DOM, NODE(0, 7)), 0);
    test_add_entries = 1;
    EQUAL(get(DOM, claims, &nr), -ENOBUFS);
    test_add_entries = 0;
    EQUAL(nr, 2);
    EQUAL(claims[0].pages, 0);
    EQUAL(claims[1].pages, 99);
}

static void get_writes_nothing_into_too_small_an_array(void)
{
    memory_claim_t claims[2] = { { .pages = 99 } };
    unsigned int nr = 1;

    boot(2);
    EQUAL(SET(DOM, NODE(1, 1), HOST(1)), 0);
    EQUAL(get(DOM, claims, &nr), -ENOBUFS);
    EQUAL(nr, 2);
    EQUAL(claims[0].pages, 99);
    nr = 0;
    EQUAL(get(DOM, claims, &nr), -ENOBUFS);
    EQUAL(nr, 2);
    EQUAL(get(DOM, claims, &nr), 0);
    EQUAL(nr, 2);
    nr = UINT_MAX;
    EQUAL(get(77, claims, &nr), -ESRCH);
    EQUAL(nr, UINT_MAX);
}

/* Errors, and which of several is told. */

static void errors_of_the_set_as_a_whole(void)
{
    static memory_claim_t claims[BENCH_NODES + 2];
    unsigned int i;

    boot(1);
    EQUAL(set(DOM, claims, 0), -EINVAL);
    EQUAL(set(77, claims, 0), -ESRCH);
    for ( i = 0; i < BENCH_NODES + 2; i++ )
        claims[i].target = 1000;
    EQUAL(set(DOM, claims, BENCH_NODES + 2), -E2BIG);
    EQUAL(set(DOM, claims, BENCH_NODES + 1), -ENOENT);
    EQUAL(set(DOM, claims, UINT_MAX), -E2BIG);
    EQUAL(set(DOM, NULL, 1), -EFAULT);
}

static void errors_of_entries_come_in_their_order(void)
{
    const memory_claim_t padded = { .pages = 1, .target = 500, .pad = 1 };

    boot(2);
    EQUAL(SET(DOM, padded, NODE(500, 1)), -EINVAL);
    EQUAL(SET(DOM, NODE(500, 1), padded), -ENOENT);
    EQUAL(SET(DOM, NODE(1, 1), NODE(1, 1)), -EINVAL);
    EQUAL(SET(DOM, HOST(1), HOST(0)), -EINVAL);
    EQUAL(SET(DOM, NODE(2, 0)), -ENOENT);           /* not online */
    EQUAL(SET(DOM, NODE(63, 0)), -ENOENT);
    EQUAL(SET(DOM, NODE(64, 0)), -ENOENT);
    EQUAL(SET(DOM, NODE(0x3fffffff, 0)), -ENOENT);
    EQUAL(SET(DOM, NODE(0x80000001U, 1)), -EINVAL);
    EQUAL(SET(DOM, NODE(0xc0000000U, 1)), -EINVAL);
    EQUAL(SET(DOM, NODE(0x40000001U, 1)), -EINVAL);
    EQUAL(SET(DOM, LEGACY(1), NODE(500, 1)), -EINVAL);
    EQUAL(SET(DOM, NODE(500, 1), LEGACY(1)), -ENOENT);
    EQUAL(SET(DOM, NODE(0, 1), LEGACY(0)), -EINVAL);
}

static void errors_of_entries_come_before_those_of_the_sum(void)
{
    boot(2);
    EQUAL(SET(DOM, HOST(~0ULL), NODE(500, 1)), -ENOENT);
    EQUAL(SET(DOM, HOST(~0ULL), NODE(1, 1)), -EINVAL);
}

static void no_sum_wraps(void)
{
    boot(2);
    bench_set_max_pages(dom, UINT_MAX);
    EQUAL(SET(DOM, HOST(0x100000000ULL)), -EINVAL);
    EQUAL(SET(DOM, HOST(0xffffffffULL)), -ENOMEM);
    EQUAL(SET(DOM, HOST(0xffffffffULL), NODE(0, 1)), -EINVAL);
    EQUAL(SET(DOM, HOST(~0ULL), NODE(0, 1)), -EINVAL);
    EQUAL(SET(DOM, HOST(~0ULL), NODE(0, 2)), -EINVAL);
    EQUAL(SET(DOM, NODE(0, 1ULL << 63), NODE(1, 1ULL << 63)), -EINVAL);
    EQUAL(SET(DOM, NODE(0, 1ULL << 63), NODE(1, 1ULL << 63), HOST(1)), -EINVAL);
    EQUAL(SET(DOM, LEGACY(0x100000001ULL)), -EINVAL);
    CHECK(alloc(dom, 0, 0) >= 0);
    EQUAL(SET(DOM, HOST(0xffffffffULL)), -EINVAL);  /* with what it has */
    EQUAL(state_of(dom).outstanding, 0);
}

static void sizes_come_before_memory(void)
{
    boot(1);
    bench_set_max_pages(dom, 10);
    EQUAL(SET(DOM, HOST(100000)), -EINVAL);
    bench_kill_domain(dom);
    EQUAL(SET(DOM, HOST(100000)), -ESRCH);
}

static void unknown_modes_are_refused(void)
{
    struct xen_domctl op = { .cmd = XEN_DOMCTL_claim_memory, .domain = DOM,
        .interface_version = XEN_DOMCTL_INTERFACE_VERSION,
        .u.claim_memory.mode = 2 };

    boot(1);
    bench_guest_add(&op, sizeof(op));
    EQUAL(bench_domctl(&op), -EOPNOTSUPP);
    op.u.claim_memory.mode = ~0U;
    EQUAL(bench_domctl(&op), -EOPNOTSUPP);
    op.domain = 55;
    EQUAL(bench_domctl(&op), -ESRCH);
}

static void the_unprivileged_are_refused(void)
{
    memory_claim_t claims[1];
    unsigned int nr = 1;

    boot(1);
    bench_set_privilege(false);
    EQUAL(SET(DOM, HOST(1)), -EPERM);
    EQUAL(get(DOM, claims, &nr), -EPERM);
}

/* Protection. */

static void claimed_memory_is_kept_from_others(void)
{
    boot(2);
    EQUAL(SET(DOM, HOST(free_pages() - 4)), 0);
    EQUAL(alloc(other, 3, 0), -1);
    CHECK(alloc(other, 2, 0) >= 0);
    EQUAL(alloc(other, 0, 0), -1);
    EQUAL(alloc(NULL, 0, 0), -1);               /* Xen itself */
    CHECK(alloc(dom, 0, 0) >= 0);
}

static void claims_on_a_node_are_kept_from_others(void)
{
    boot(2);
    EQUAL(SET(DOM, NODE(0, free_on(0) - 4)), 0);
    EQUAL(alloc_on(other, 3, 0), -1);
    EQUAL(alloc_on(other, 2, 0), 0);
    EQUAL(alloc_on(other, 0, 0), -1);
    EQUAL(alloc(other, 0, bench_memf_node(0)), 1);  /* not exact: elsewhere */
    EQUAL(alloc_on(NULL, 0, 0), -1);
    EQUAL(alloc_on(dom, 9, 0), 0);
}

static void host_wide_claims_do_not_bind_a_node(void)
{
    boot(2);
    EQUAL(SET(DOM, HOST(free_on(0))), 0);
    EQUAL(alloc_on(other, 0, 0), 0);
    EQUAL(alloc_on(other, 0, 1), 1);
}

static void only_refcounted_allocations_may_use_claims(void)
{
    boot(1);
    EQUAL(SET(DOM, HOST(free_pages())), 0);
    EQUAL(alloc(dom, 0, bench_no_refcount), -1);
    EQUAL(alloc(dom, 0, bench_no_owner), -1);
    EQUAL(alloc(dom, 0, 0), 0);
    EQUAL(SET(DOM, NODE(0, free_pages())), 0);
    EQUAL(alloc_on(dom, 0, 0), 0);
    EQUAL(alloc(dom, 0, bench_no_refcount | bench_memf_node(0)), -1);
}

static void unrefcounted_allocations_do_not_redeem(void)
{
    boot(1);
    EQUAL(SET(DOM, HOST(10), NODE(0, 10)), 0);
    EQUAL(alloc(dom, 0, bench_no_refcount), 0);
    EQUAL(alloc(dom, 0, bench_no_owner), 0);
    EQUAL(state_of(dom).outstanding, 20);
}

static void a_claim_is_topped_up_from_unclaimed_memory(void)
{
    boot(1);
    EQUAL(SET(2, HOST(free_pages() - 8)), 0);
    EQUAL(SET(DOM, HOST(3)), 0);
    EQUAL(alloc(dom, 4, 0), -1);
    EQUAL(alloc(dom, 3, 0), 0);
    EQUAL(state_of(dom).outstanding, 0);
}

static void a_node_claim_is_topped_up_likewise(void)
{
    boot(2);
    EQUAL(SET(2, NODE(0, free_on(0) - 8)), 0);
    EQUAL(SET(DOM, NODE(0, 3)), 0);
    EQUAL(alloc_on(dom, 4, 0), -1);
    EQUAL(alloc_on(dom, 3, 0), 0);
    EQUAL(claimed(DOM, 0), 0);
}

static void claims_elsewhere_are_no_credit_on_a_node(void)
{
    boot(2);
    EQUAL(SET(2, NODE(0, free_on(0))), 0);
    EQUAL(SET(DOM, NODE(1, 10), HOST(5)), 0);
    EQUAL(alloc_on(dom, 0, 0), -1);
    EQUAL(alloc_on(dom, 0, 1), 1);
}

static void a_node_with_enough_is_not_affected_by_others(void)
{
    boot(2);
    EQUAL(SET(DOM, NODE(0, free_on(0))), 0);
    EQUAL(alloc_on(other, 9, 1), 1);
    EQUAL(alloc_on(other, 8, 1), 1);
}

/* Redeeming. */

static void redeeming_starts_on_the_node_that_served(void)
{
    boot(3);
    EQUAL(SET(DOM, NODE(0, 4), NODE(1, 4), HOST(4)), 0);
    EQUAL(alloc_on(dom, 0, 1), 1);
    EQUAL(claimed(DOM, 1), 3);
    EQUAL(claimed(DOM, 0), 4);
    EQUAL(host_claim(DOM), 4);
}

static void redeeming_goes_on_with_the_host_claim(void)
{
    boot(3);
    EQUAL(SET(DOM, NODE(0, 4), NODE(1, 4), HOST(4)), 0);
    EQUAL(alloc_on(dom, 1, 2), 2);
    EQUAL(host_claim(DOM), 2);
    EQUAL(alloc_on(dom, 2, 1), 1);
    EQUAL(claimed(DOM, 1), 0);
    EQUAL(host_claim(DOM), 2);
    EQUAL(claimed(DOM, 0), 4);
}

static void redeeming_ends_with_other_nodes_in_ascending_order(void)
{
    boot(4);
    EQUAL(SET(DOM, NODE(1, 3), NODE(2, 4), NODE(3, 2), HOST(1)), 0);
    EQUAL(alloc_on(dom, 3, 3), 3);              /* 2, then 1, 3 and 2 of 4 */
    EQUAL(claimed(DOM, 3), 0);
    EQUAL(host_claim(DOM), 0);
    EQUAL(claimed(DOM, 1), 0);
    EQUAL(claimed(DOM, 2), 2);
    EQUAL(state_of(dom).outstanding, 2);
}

static void redeeming_keeps_allocated_and_claimed_within_max_pages(void)
{
    boot(2);
    bench_set_max_pages(dom, 16);
    EQUAL(SET(DOM, NODE(0, 16)), 0);
    EQUAL(alloc_on(dom, 3, 1), 1);
    EQUAL(state_of(dom).tot_pages + state_of(dom).outstanding, 16);
}

static void a_request_beyond_max_pages_redeems_nothing(void)
{
    boot(2);
    EQUAL(SET(DOM, HOST(8)), 0);
    bench_set_max_pages(dom, 4);
    EQUAL(alloc(dom, 3, 0), -1);
    EQUAL(state_of(dom).outstanding, 8);
    EQUAL(alloc(dom, 2, 0) >= 0, true);
    EQUAL(alloc(dom, 0, 0), -1);
    EQUAL(state_of(dom).outstanding, 4);

    bench_set_max_pages(dom, 20);
    EQUAL(SET(DOM, NODE(1, 8), HOST(8)), 0);
    bench_set_max_pages(dom, 5);
    EQUAL(alloc(dom, 1, 0), -1);
    EQUAL(alloc_on(dom, 1, 1), -1);
    EQUAL(state_of(dom).outstanding, 16);
    /* Lower than what it has. */
    bench_set_max_pages(dom, 3);
    EQUAL(alloc(dom, 0, 0), -1);
    EQUAL(state_of(dom).outstanding, 16);
    /* What is not counted is not limited. */
    EQUAL(alloc(dom, 1, bench_no_refcount) >= 0, true);
    EQUAL(state_of(dom).outstanding, 16);
}

static void freeing_does_not_raise_a_claim(void)
{
    struct page_info *pg;

    boot(1);
    EQUAL(SET(DOM, HOST(8)), 0);
    pg = bench_alloc(dom, 2, 0);
    EQUAL(host_claim(DOM), 4);
    bench_free(pg, 2);
    EQUAL(host_claim(DOM), 4);
    CONSISTENT();
}

static void allocations_of_others_redeem_nothing(void)
{
    boot(1);
    EQUAL(SET(DOM, HOST(8), NODE(0, 8)), 0);
    EQUAL(alloc(other, 4, 0), 0);
    EQUAL(alloc(NULL, 4, 0), 0);
    EQUAL(state_of(dom).outstanding, 16);
}

/* Steering. */

static void requests_without_a_node_go_where_claims_are(void)
{
    unsigned int i;

    boot(4);
    EQUAL(SET(DOM, NODE(2, 8)), 0);
    for ( i = 0; i < 4; i++ )
        EQUAL(alloc(dom, 1, 0), 2);
    EQUAL(claimed(DOM, 2), 0);
}

static void steering_ends_with_the_claims(void)
{
    boot(4);
    EQUAL(SET(DOM, NODE(2, 1)), 0);
    EQUAL(alloc(dom, 0, 0), 2);
    EQUAL(alloc(dom, 0, 0), 3);                 /* the base's round */
    EQUAL(alloc(dom, 0, 0), 0);
}

/* When they are gone before the heap lock is taken, or the node is full. */
static void a_steered_request_is_served_on_claimed_nodes_only(void)
{
    boot(4);
    EQUAL(alloc(dom, 0, bench_claimed), -1);
    EQUAL(SET(DOM, HOST(3)), 0);
    EQUAL(alloc(dom, 0, bench_claimed), -1);
    EQUAL(SET(DOM, NODE(2, 1), HOST(3)), 0);
    EQUAL(alloc(dom, 0, bench_claimed), 2);
    EQUAL(alloc(dom, 0, bench_claimed), -1);
}

static void dirty_memory_comes_before_remote_memory(void)
{
    struct page_info *pg[8];
    static const unsigned int pages[] = { 0x400, 0x400 };
    unsigned int i, status;

    /* All memory dirty, then the second node clean. */
    boot_with(pages, 2, true, 0);
    bench_enter_cpu(1);
    while ( host_state().need_scrub[1] )
        bench_scrub_some();
    CHECK(host_state().need_scrub[0]);

    EQUAL(SET(DOM, NODE(0, 64)), 0);
    for ( i = 0; i < 8; i++ )
    {
        pg[i] = bench_alloc(dom, 3, 0);
        EQUAL(node_of(pg[i]), 0);
    }
    EQUAL(alloc(dom, 3, 0), 1);                 /* no claims left: clean */
    EQUAL(bench_offline(0x2000, false, &status), 0);
}

static void the_dma_zone_of_a_claimed_node_comes_before_other_nodes(void)
{
    static const unsigned int pages[] = { 0x400, 0x400 };

    /* Node 0 is all within 25 bits: below 0x2000 pages. */
    boot_with(pages, 2, false, 25);
    EQUAL(alloc(other, 0, 0), 1);               /* above the zone */
    EQUAL(SET(DOM, NODE(0, 8)), 0);
    EQUAL(alloc(dom, 3, 0), 0);
    EQUAL(alloc(dom, 3, 0), 1);
}

static void no_dma_keeps_steering_out_of_the_dma_zone(void)
{
    static const unsigned int pages[] = { 0x400, 0x400 };

    boot_with(pages, 2, false, 25);
    EQUAL(SET(DOM, NODE(0, 8)), 0);
    EQUAL(alloc(dom, 3, bench_no_dma), 1);
    EQUAL(claimed(DOM, 0), 0);                  /* the last step took it */
}

static void no_dma_gets_nothing_where_all_memory_is_for_dma(void)
{
    static const unsigned int pages[] = { 0x400 };

    /* 30 bits are 0x40000 pages: the zones above have no memory at all. */
    boot_with(pages, 1, false, 30);
    EQUAL(alloc(dom, 0, bench_no_dma), -1);
    EQUAL(alloc(dom, 0, 0), 0);
}

static void steering_obeys_affinity(void)
{
    boot(4);
    bench_set_affinity(dom, 1UL << 1 | 1UL << 3);
    EQUAL(SET(DOM, NODE(2, 4), NODE(3, 4)), 0);
    EQUAL(alloc(dom, 2, 0), 3);
    EQUAL(alloc(dom, 2, 0), 2);                 /* then the claims win */
}

static void named_nodes_are_not_steered(void)
{
    boot(4);
    EQUAL(SET(DOM, NODE(2, 8)), 0);
    EQUAL(alloc(dom, 0, bench_memf_node(1)), 1);
    EQUAL(claimed(DOM, 2), 7);
}

static void named_nodes_are_not_served_from_the_dma_zone_first(void)
{
    static const unsigned int pages[] = { 0x400, 0x400 };

    boot_with(pages, 2, false, 25);
    EQUAL(SET(DOM, NODE(1, 8)), 0);
    EQUAL(alloc(dom, 0, bench_memf_node(0)), 1);
}

static void unrefcounted_requests_are_not_steered(void)
{
    boot(4);
    EQUAL(SET(DOM, NODE(2, 8)), 0);
    EQUAL(alloc(dom, 0, bench_no_refcount), 1);
    EQUAL(claimed(DOM, 2), 8);
}

/* All that can be had as extents of the order, the rest as single pages. */
static void build(unsigned int order, unsigned long pages)
{
    while ( pages >= 1UL << order && alloc(dom, order, 0) >= 0 )
        pages -= 1UL << order;
    while ( pages-- )
        CHECK(alloc(dom, 0, 0) >= 0);
}

/* What is no longer free on the nodes. */
static void check_taken(const unsigned long *before, unsigned int line,
                        unsigned long n0, unsigned long n1, unsigned long n2,
                        unsigned long n3)
{
    const unsigned long expected[] = { n0, n1, n2, n3 };
    unsigned int node;

    for ( node = 0; node < 4; node++ )
        if ( before[node] - free_on(node) != expected[node] )
            test_fail(__FILE__, line, "%lu pages of node %u, not %lu",
                      before[node] - free_on(node), node, expected[node]);
}

#define BUILD(order, pages, n0, n1, n2, n3) do { \
    const struct bench_host_state before_ = host_state(); \
    \
    build(order, pages); \
    check_taken(before_.node_free, __LINE__, n0, n1, n2, n3); \
} while (0)

static void extents_take_no_more_of_a_node_than_is_claimed(void)
{
    boot(4);
    EQUAL(SET(DOM, NODE(0, 12), NODE(1, 12)), 0);
    BUILD(3, 24, 12, 12, 0, 0);
    EQUAL(SET(DOM, NODE(0, 6), NODE(1, 6), NODE(2, 6), NODE(3, 6)), 0);
    BUILD(3, 24, 6, 6, 6, 6);
    EQUAL(SET(DOM, NODE(1, 17), NODE(2, 31), NODE(3, 1)), 0);
    BUILD(4, 49, 0, 17, 31, 1);
    EQUAL(state_of(dom).outstanding, 0);
}

static void the_host_wide_claim_makes_up_for_a_node_s(void)
{
    boot(4);
    EQUAL(SET(DOM, NODE(1, 5), NODE(2, 4), HOST(4)), 0);
    EQUAL(alloc(dom, 3, 0), 1);                 /* 5, and 3 host-wide */
    EQUAL(claimed(DOM, 2), 4);
    EQUAL(host_claim(DOM), 1);
    EQUAL(alloc(dom, 3, 0), 2);                 /* all that is left */
    EQUAL(state_of(dom).outstanding, 0);
}

static void the_last_claim_is_topped_up_where_it_is(void)
{
    boot(4);
    EQUAL(SET(DOM, NODE(3, 9)), 0);
    EQUAL(alloc(dom, 3, 0), 3);
    EQUAL(alloc(dom, 3, 0), 3);
    EQUAL(state_of(dom).outstanding, 0);
    EQUAL(SET(DOM, NODE(3, 4), NODE(1, 1)), 0);
    EQUAL(alloc(dom, 3, 0), -1);                /* would take that of node 1 */
    EQUAL(alloc(dom, 2, 0), 3);
    EQUAL(alloc(dom, 3, 0), 1);
}

static void extents_that_a_claimed_node_lacks_fail(void)
{
    boot(4);
    /* 40 single pages, of which no two are neighbours. */
    fill(1, 0);
    wear(1, 40);
    EQUAL(SET(DOM, NODE(1, 40)), 0);
    EQUAL(alloc(dom, 3, 0), -1);
    EQUAL(alloc(dom, 1, 0), -1);
    EQUAL(claimed(DOM, 1), 40);
    BUILD(3, 40, 0, 40, 0, 0);
    EQUAL(SET(DOM, NODE(2, 8)), 0);
    EQUAL(alloc(dom, 3, 0), 2);
}

static void extents_may_be_allowed_to_come_from_elsewhere(void)
{
    boot(2);
    fill(0, 3);
    EQUAL(SET(DOM, NODE(0, 3)), 0);
    EQUAL(alloc(dom, 5, 0), -1);
    EQUAL(alloc(dom, 5, bench_elsewhere), 1);
    EQUAL(state_of(dom).outstanding, 0);
}

/* In reach are pages below 0x2000 only, and none of the node with claims. */
static void extents_don_t_fail_for_addresses_out_of_reach(void)
{
    boot(2);
    EQUAL(SET(DOM, NODE(1, 8)), 0);
    EQUAL(alloc(dom, 2, bench_memf_bits(25)), 0);
    EQUAL(claimed(DOM, 1), 4);
    EQUAL(alloc(dom, 0, bench_memf_bits(25)), 0);
    fill(1, 3);
    EQUAL(alloc(dom, 3, 0), -1);                /* but for lack of a chunk */
    EQUAL(alloc(dom, 3, bench_memf_bits(25)), 0);
}

/* Of two nodes with claims, one has single pages, the other is too high. */
static void extents_fail_for_single_pages_within_reach(void)
{
    boot(3);
    fill(0, 3);
    EQUAL(SET(DOM, NODE(0, 3), NODE(2, 8)), 0);
    EQUAL(alloc(dom, 3, bench_memf_bits(26)), -1);
    EQUAL(alloc(dom, 0, bench_memf_bits(26)), 0);
}

static void affinity_decides_among_nodes_with_enough_claims(void)
{
    boot(4);
    bench_set_affinity(dom, 1UL << 0 | 1UL << 1);
    EQUAL(SET(DOM, NODE(1, 7), NODE(2, 16), NODE(3, 9)), 0);
    EQUAL(alloc(dom, 3, 0), 2);                 /* too few on node 1 */
    EQUAL(alloc(dom, 3, 0), 3);
    EQUAL(alloc(dom, 0, 0), 1);
    EQUAL(alloc(dom, 0, 0), 1);
}

static void little_is_scrubbed_for_being_steered(void)
{
    static const unsigned int pages[] = { 0x800, 0x800 };
    struct page_info *pg;
    unsigned int i;

    boot_with(pages, 2, true, 0);
    pg = bench_alloc(other, 10, 0);             /* not steered, so it is */
    CHECK(pg);
    bench_free(pg, 10);
    bench_enter_cpu(1);
    while ( host_state().need_scrub[1] )
        bench_scrub_some();

    EQUAL(SET(DOM, NODE(0, 0x600)), 0);
    EQUAL(alloc(dom, 10, 0), -1);
    EQUAL(claimed(DOM, 0), 0x600);
    EQUAL(alloc(dom, 9, 0), 0);
    EQUAL(alloc(dom, 10, bench_no_scrub), 0);
    EQUAL(alloc(dom, 10, bench_elsewhere), 1);
    EQUAL(SET(DOM, NODE(1, 0x200)), 0);
    for ( i = 0; i < 2; i++ )
        EQUAL(alloc(dom, 8, 0), 1);
}

static void domains_without_claims_choose_nodes_as_before(void)
{
    boot(4);
    EQUAL(SET(DOM, NODE(2, 8)), 0);
    EQUAL(alloc(other, 0, 0), 1);
    EQUAL(alloc(other, 0, 0), 2);
    EQUAL(alloc(other, 0, 0), 3);
    EQUAL(alloc(other, 0, 0), 0);
}

/* Offlining. */

static void offlining_recalls_from_the_largest_claim_on_the_node(void)
{
    struct domain *third;

    boot(2);
    third = bench_create_domain(3, 1U << 20);
    EQUAL(SET(DOM, NODE(0, 10), HOST(50)), 0);
    EQUAL(SET(2, NODE(0, free_on(0) - 15)), 0);
    EQUAL(SET(3, NODE(0, 5), NODE(1, 200)), 0);
    offline_one(0);
    EQUAL(claimed(2, 0), free_on(0) - 15);
    EQUAL(claimed(DOM, 0), 10);
    EQUAL(claimed(3, 0), 5);
    EQUAL(host_claim(DOM), 50);
    CHECK(third);
}

static void offlining_recalls_from_the_largest_host_claim(void)
{
    boot(2);
    EQUAL(SET(DOM, HOST(10), NODE(1, 100)), 0);
    EQUAL(SET(2, HOST(free_pages() - 110)), 0);
    offline_one(0);
    EQUAL(host_claim(2), free_pages() - 110);
    EQUAL(host_claim(DOM), 10);
    EQUAL(claimed(DOM, 1), 100);
}

static void offlining_of_unclaimed_memory_recalls_nothing(void)
{
    boot(2);
    EQUAL(SET(DOM, HOST(free_pages() - 1)), 0);
    offline_one(0);
    EQUAL(state_of(dom).outstanding, free_pages());
    offline_one(1);
    EQUAL(state_of(dom).outstanding, free_pages());
}

static void recalling_a_whole_claim_works(void)
{
    boot(1);
    fill(0, 2);
    EQUAL(SET(DOM, NODE(0, 2)), 0);
    offline_one(0);
    EQUAL(claimed(DOM, 0), 1);
    offline_one(0);
    EQUAL(state_of(dom).outstanding, 0);
    EQUAL(RELEASE(DOM), 0);
    CONSISTENT();
}

static void offlining_memory_in_use_recalls_nothing(void)
{
    struct page_info *pg;
    unsigned int status;

    boot(1);
    pg = bench_alloc(other, 0, 0);
    EQUAL(SET(DOM, HOST(free_pages())), 0);
    EQUAL(bench_offline(bench_page_mfn(pg), false, &status), 0);
    EQUAL(host_claim(DOM), free_pages());
    bench_free(pg, 0);
    CONSISTENT();
    EQUAL(host_claim(DOM), free_pages());
}

static void onlining_makes_memory_claimable_again(void)
{
    unsigned long mfn;
    unsigned int status;

    boot(1);
    mfn = lowest_free_mfn(0);
    EQUAL(SET(DOM, NODE(0, free_on(0))), 0);
    EQUAL(bench_offline(mfn, false, &status), 0);
    EQUAL(SET(DOM, NODE(0, free_on(0) + 1)), -ENOMEM);
    EQUAL(bench_online(mfn, &status), 0);
    CONSISTENT();
    EQUAL(SET(DOM, NODE(0, free_on(0))), 0);
}

static void offline_it(unsigned long mfn)
{
    unsigned int status;

    bench_on_alloc = NULL;
    EQUAL(bench_offline(mfn, false, &status), 0);
    EQUAL(status & (PG_OFFLINE_FAILED | PG_OFFLINE_ANONYMOUS),
          PG_OFFLINE_FAILED | PG_OFFLINE_ANONYMOUS);
}

/* The one who tries to offline it is to try again. */
static void offlining_memory_on_its_way_to_a_domain_fails(void)
{
    const unsigned int flags[] = { 0, bench_no_refcount };
    unsigned long free;
    unsigned int i, status;

    boot(1);
    free = free_pages();
    for ( i = 0; i < 2; i++ )
    {
        struct page_info *pg;

        bench_on_alloc = offline_it;
        pg = bench_alloc(dom, 0, flags[i]);
        CHECK(pg && !bench_on_alloc);
        CONSISTENT();
        EQUAL(bench_offline(bench_page_mfn(pg), false, &status), 0);
        CHECK(status & PG_OFFLINE_PENDING);
        bench_free(pg, 0);
        EQUAL(free_pages(), free - 1);
        EQUAL(bench_online(bench_page_mfn(pg), &status), 0);
        EQUAL(free_pages(), free);
        CONSISTENT();
    }
}

static void the_rest_of_an_offlined_chunk_stays_in_large_chunks(void)
{
    unsigned int status, order = 10;

    boot(1);
    EQUAL(free_on(0), 1UL << order);
    EQUAL(bench_offline(lowest_free_mfn(0), false, &status), 0);
    while ( order-- )
        EQUAL(alloc_on(other, order, 0), 0);
    EQUAL(free_on(0), 0);
}

static void broken_memory_may_break_again_but_stays_offline(void)
{
    unsigned long mfn, free;
    unsigned int status, i;

    boot(1);
    mfn = lowest_free_mfn(0);
    free = free_on(0) - 1;
    for ( i = 0; i < 2; i++ )
    {
        EQUAL(bench_offline(mfn, true, &status), 0);
        EQUAL(status, PG_OFFLINE_OFFLINED | PG_OFFLINE_BROKEN);
        EQUAL(free_on(0), free);
    }
    for ( i = 0; i < 2; i++ )
    {
        EQUAL(bench_online(mfn, &status), -EINVAL);
        EQUAL(status, PG_ONLINE_FAILED | PG_ONLINE_BROKEN);
        EQUAL(free_on(0), free);
    }
    CONSISTENT();
}

/* What a domain that is gone left in a page that is, or is to go, offline. */
static void offlined_memory_is_as_dirty_as_it_was(void)
{
    unsigned int status, when;

    boot(2);
    for ( when = 0; when < 4; when++ )
    {
        struct domain *dying = bench_create_domain(3 + when, 1U << 20);
        struct page_info *pg = bench_alloc(dying, 0, bench_memf_node(0));
        unsigned long mfn = bench_page_mfn(pg);

        memset(bench_page_memory(pg), 0x5a, 1U << 12);
        if ( when & 1 )
            EQUAL(bench_offline(mfn, false, &status), 0);
        bench_kill_domain(dying);
        bench_free(pg, 0);
        EQUAL(host_state().need_scrub[0], when & 1 ? 0 : 1);
        if ( !(when & 1) )
            EQUAL(bench_offline(mfn, false, &status), 0);
        EQUAL(host_state().need_scrub[0], 0);
        CONSISTENT();
        CHECK(!bench_scrub_some());

        EQUAL(bench_online(mfn, &status), 0);
        EQUAL(host_state().need_scrub[0], 1);
        CONSISTENT();
        if ( when & 2 )
        {
            CHECK(!bench_scrub_some());
            EQUAL(host_state().need_scrub[0], 0);
        }

        /* All of the node, so the page is among it. */
        CHECK(bench_page_is_free(pg));
        fill(0, 0);
        CHECK(*(unsigned char *)bench_page_memory(pg) != 0x5a);
        EQUAL(host_state().need_scrub[0], 0);
        bench_free(pg, 0);
        bench_put_domain(dying);
        bench_reap_domains();
    }
}

/* It never was dirty, or has been scrubbed. */
static void offlined_memory_is_as_clean_as_it_was(void)
{
    unsigned int status, pages = 0x400, i;

    boot_with(&pages, 1, true, 0);
    while ( host_state().need_scrub[0] )
        bench_scrub_some();
    for ( i = 0; i < 2; i++ )
    {
        struct page_info *pg = bench_mfn_page(lowest_free_mfn(0));

        if ( i )
            pg = bench_alloc(dom, 0, 0);
        EQUAL(bench_offline(bench_page_mfn(pg), false, &status), 0);
        if ( i )
            bench_free(pg, 0);
        EQUAL(host_state().need_scrub[0], 0);
        EQUAL(bench_online(bench_page_mfn(pg), &status), 0);
        CHECK(bench_page_is_free(pg));
        EQUAL(host_state().need_scrub[0], 0);
        CONSISTENT();
    }
}

/* The warning of low memory. */

static void claimed_memory_is_not_free_for_the_low_memory_warning(void)
{
    unsigned long virqs = bench_low_mem_virqs;
    unsigned int status, i;

    boot(4);
    EQUAL(alloc_on(dom, 0, 0), 0);
    EQUAL(bench_low_mem_virqs, virqs);

    EQUAL(SET(DOM, NODE(0, free_on(0)), HOST(free_pages() - free_on(0))), 0);
    for ( i = 0; i < 3; i++ )
    {
        EQUAL(alloc_on(dom, 0, 0), 0);
        EQUAL(bench_low_mem_virqs, ++virqs);
        EQUAL(bench_offline(lowest_free_mfn(0), false, &status), 0);
    }

    EQUAL(RELEASE(DOM), 0);
    EQUAL(alloc_on(dom, 0, 0), 0);
    EQUAL(bench_low_mem_virqs, virqs);
}

/* Dying. */

static void dying_releases_all_claims(void)
{
    unsigned long allocs;

    boot(2);
    allocs = bench_nr_allocs();
    EQUAL(SET(DOM, NODE(0, 5), NODE(1, 6), HOST(7)), 0);
    bench_kill_domain(dom);
    EQUAL(host_state().claimed, 0);
    EQUAL(bench_nr_allocs(), allocs);
    CONSISTENT();
    EQUAL(SET(DOM, HOST(1)), -ESRCH);
    EQUAL(SET(DOM, LEGACY(1)), -EINVAL);
    EQUAL(RELEASE(DOM), 0);
    bench_put_domain(dom);
    bench_reap_domains();
    EQUAL(SET(DOM, HOST(1)), -ESRCH);
}

/* The legacy claim. */

static void legacy_claims_are_absolute(void)
{
    boot(1);
    EQUAL(alloc(dom, 2, 0), 0);
    EQUAL(SET(DOM, LEGACY(10)), 0);
    EQUAL(host_claim(DOM), 6);
    EQUAL(RELEASE(DOM), 0);
    EQUAL(SET(DOM, LEGACY(4)), -EINVAL);
    EQUAL(SET(DOM, LEGACY(3)), -EINVAL);
    EQUAL(SET(DOM, LEGACY(5)), 0);
    EQUAL(host_claim(DOM), 1);
}

static void legacy_claims_are_refused_beside_others(void)
{
    boot(1);
    EQUAL(SET(DOM, LEGACY(10)), 0);
    EQUAL(SET(DOM, LEGACY(10)), -EINVAL);
    EQUAL(SET(DOM, NODE(0, 10)), 0);
    EQUAL(SET(DOM, LEGACY(10)), -EINVAL);
    EQUAL(bench_legacy_claim(dom, 10), -EINVAL);
    EQUAL(claimed(DOM, 0), 10);
}

static void a_legacy_zero_releases_node_claims_too(void)
{
    boot(1);
    EQUAL(SET(DOM, NODE(0, 10), HOST(3)), 0);
    EQUAL(bench_legacy_claim(dom, 0), 0);
    EQUAL(host_state().claimed, 0);
    CONSISTENT();
}

static void legacy_claims_know_their_limits(void)
{
    boot(1);
    bench_set_max_pages(dom, 100);
    EQUAL(bench_legacy_claim(dom, 101), -EINVAL);
    EQUAL(bench_legacy_claim(dom, 100), 0);
    EQUAL(bench_legacy_claim(other, free_pages() - 99), -ENOMEM);
    EQUAL(bench_legacy_claim(other, free_pages() - 100), 0);
    CONSISTENT();
}

static void legacy_claims_take_a_whole_64_bit_count(void)
{
    boot(1);
    EQUAL(bench_legacy_claim(dom, 1UL << 32), -EINVAL);
    EQUAL(bench_legacy_claim(dom, (1UL << 32) + 5), -EINVAL);
    EQUAL(bench_legacy_claim(dom, ~0UL), -EINVAL);
}

/* Hosts of any shape. */

static void nodes_without_memory_have_nothing_to_claim(void)
{
    static const unsigned int pages[] = { 0x400, 0, 0x400 };

    boot_with(pages, 3, false, 0);
    EQUAL(SET(DOM, NODE(1, 1)), -ENOMEM);
    EQUAL(SET(DOM, NODE(1, 0)), 0);
    EQUAL(alloc_on(dom, 0, 1), -1);
    EQUAL(alloc(dom, 0, bench_memf_node(1)), 2);
    EQUAL(SET(DOM, NODE(2, 4), NODE(0, 4)), 0);
    EQUAL(alloc(dom, 0, bench_memf_node(1)), 2);
}

static void queries_agree_with_the_free_lists(void)
{
    unsigned long node_free[BENCH_NODES], node_claims[BENCH_NODES];
    unsigned long free, claims;

    boot(2);
    EQUAL(SET(DOM, NODE(1, 7)), 0);
    EQUAL(alloc(dom, 0, 0), 1);
    bench_outstanding(&free, &claims);
    EQUAL(free, free_on(0) + free_on(1));
    EQUAL(claims, 6);
    EQUAL(bench_node_free(0), free_on(0));
    EQUAL(bench_node_free(1), free_on(1));
    EQUAL(bench_node_free(2), 0);

    bench_nodes(node_free, node_claims);
    EQUAL(node_free[0], free_on(0));
    EQUAL(node_free[1], free_on(1));
    EQUAL(node_free[BENCH_NODES - 1], 0);
    EQUAL(node_claims[0], 0);
    EQUAL(node_claims[1], 6);
    EQUAL(node_claims[BENCH_NODES - 1], 0);
}

static void a_chunk_that_is_freed_at_once_is_counted_on_its_node(void)
{
    struct page_info *pg;

    boot(2);
    pg = bench_alloc(dom, 3, bench_memf_node(1) | bench_exact_node);
    EQUAL(node_of(pg), 1);
    EQUAL(alloc_on(dom, 0, 1), 1);
    EQUAL(state_of(dom).node_pages[1], 9);
    bench_free_chunk(pg, 3);
    EQUAL(state_of(dom).node_pages[1], 1);
    EQUAL(state_of(dom).tot_pages, 1);
}

/*
 * Pages on their way to the domain, which it does not get.  Only where memory
 * is assigned after it was scrubbed.
 */

static struct page_info *take(struct domain *d, unsigned int order,
                              unsigned int node)
{
    struct page_info *pg = bench_alloc(d, order, bench_unassigned |
                                       bench_memf_node(node) |
                                       bench_exact_node);

    EQUAL(node_of(pg), node);
    return pg;
}

static void give_back(struct domain *d, struct page_info *pg,
                      unsigned int order)
{
    bench_free_unassigned(d, pg, order);
    CONSISTENT();
}

static void pages_not_assigned_are_claimed_again_where_they_were(void)
{
    struct page_info *pg;

    boot(2);
    EQUAL(SET(DOM, NODE(0, 7), NODE(1, free_on(1)), HOST(10)), 0);
    pg = take(dom, 9, 1);
    EQUAL(claimed(DOM, 1), free_on(1));
    give_back(dom, pg, 9);
    EQUAL(claimed(DOM, 1), free_on(1));
    EQUAL(claimed(DOM, 0), 7);
    EQUAL(host_claim(DOM), 10);
    EQUAL(alloc_on(other, 0, 1), -1);
    EQUAL(take(dom, 9, 1) == pg, 1);
}

static void pages_not_assigned_are_claimed_again_host_wide(void)
{
    boot(2);
    EQUAL(SET(DOM, HOST(512)), 0);
    give_back(dom, take(dom, 9, 1), 9);
    EQUAL(host_claim(DOM), 512);
    EQUAL(state_of(dom).node_claims, 0);
}

static void what_other_nodes_lost_is_claimed_again_host_wide(void)
{
    struct page_info *pg;

    boot(3);
    EQUAL(SET(DOM, NODE(0, 100), NODE(1, 20), NODE(2, 5), HOST(30)), 0);
    pg = take(dom, 6, 1);
    EQUAL(claimed(DOM, 1), 0);
    EQUAL(host_claim(DOM), 0);
    EQUAL(claimed(DOM, 0), 86);
    give_back(dom, pg, 6);
    EQUAL(claimed(DOM, 0), 86);
    EQUAL(claimed(DOM, 1), 20);
    EQUAL(claimed(DOM, 2), 5);
    EQUAL(host_claim(DOM), 30 + 14);
}

static void what_was_topped_up_is_not_claimed(void)
{
    struct page_info *pg;

    boot(2);
    EQUAL(SET(DOM, NODE(1, 5)), 0);
    pg = take(dom, 3, 1);
    EQUAL(state_of(dom).outstanding, 0);
    /* The claims are used up, and those of others there are none. */
    give_back(dom, take(dom, 3, 1), 3);
    give_back(other, take(other, 3, 1), 3);
    EQUAL(host_state().claimed, 0);
    give_back(dom, pg, 3);
    EQUAL(claimed(DOM, 1), 5);
    EQUAL(host_state().claimed, 5);
}

static void pages_that_were_assigned_are_not_claimed_again(void)
{
    struct page_info *pg;

    boot(2);
    EQUAL(SET(DOM, NODE(1, 8)), 0);
    pg = take(dom, 3, 1);
    EQUAL(bench_assign(dom, pg, 3), 0);
    EQUAL(state_of(dom).tot_pages, 8);
    bench_free(pg, 3);
    CONSISTENT();
    EQUAL(host_state().claimed, 0);
}

static void pages_that_can_t_be_assigned_are_claimed_again(void)
{
    struct page_info *pg;

    boot(2);
    EQUAL(SET(DOM, NODE(1, 8)), 0);
    pg = take(dom, 3, 1);
    bench_set_max_pages(dom, 7);
    CHECK(bench_assign(dom, pg, 3));
    give_back(dom, pg, 3);
    EQUAL(claimed(DOM, 1), 8);
}

static void claims_that_came_later_are_not_raised(void)
{
    struct page_info *pg;

    boot(2);
    EQUAL(SET(DOM, NODE(1, 8)), 0);
    pg = take(dom, 3, 1);
    EQUAL(SET(DOM, NODE(0, 7)), 0);
    give_back(dom, pg, 3);
    EQUAL(claimed(DOM, 0), 7);
    EQUAL(host_state().claimed, 7);

    pg = take(dom, 2, 0);
    EQUAL(RELEASE(DOM), 0);
    give_back(dom, pg, 2);
    EQUAL(host_state().claimed, 0);

    EQUAL(bench_legacy_claim(dom, 4), 0);
    pg = take(dom, 2, 0);
    EQUAL(bench_legacy_claim(dom, 3), 0);
    give_back(dom, pg, 2);
    EQUAL(host_claim(DOM), 3);
    EQUAL(host_state().claimed, 3);

    /* Those of the last set are. */
    give_back(dom, take(dom, 1, 1), 1);
    EQUAL(host_claim(DOM), 3);
}

static void the_dying_claim_nothing_again(void)
{
    struct page_info *pg;

    boot(2);
    EQUAL(SET(DOM, NODE(1, 16)), 0);
    pg = take(dom, 3, 1);
    bench_kill_domain(dom);
    give_back(dom, pg, 3);
    EQUAL(host_state().claimed, 0);
}

static void what_goes_offline_is_not_claimed_again(void)
{
    unsigned int status, pages;
    struct page_info *pg;

    boot(2);
    pages = free_on(1);
    EQUAL(SET(DOM, NODE(1, pages)), 0);
    pg = take(dom, 3, 1);
    EQUAL(bench_offline(bench_page_mfn(pg) + 5, false, &status), 0);
    give_back(dom, pg, 3);
    EQUAL(free_on(1), pages - 1);
    EQUAL(claimed(DOM, 1), pages - 1);
}

static void locks_that_are_not_held_are_told(void)
{
    /* A check of the bench: it fails if spin_is_locked() means nothing. */
    boot(1);
    CHECK(!bench_heap_is_locked());
}

#define TEST(name) { #name, name }
static const struct test tests[] = {
    TEST(set_installs_host_and_node_claims),
    TEST(set_claims_a_host_to_its_last_page),
    TEST(set_takes_every_node_and_the_host),
    TEST(set_refuses_more_than_the_host_has),
    TEST(set_refuses_more_than_a_node_has),
    TEST(set_refuses_nodes_and_host_that_only_fit_apart),
    TEST(set_changes_nothing_when_it_fails),
    TEST(set_does_not_subtract_what_the_domain_has),
    TEST(set_keeps_within_max_pages),
    TEST(max_pages_below_allocated_does_not_wrap),
    TEST(set_ignores_entries_without_pages),
    TEST(replacing_works_on_a_fully_claimed_host),
    TEST(replacing_leaves_other_domains_alone),
    TEST(release_drops_everything),
    TEST(release_without_claims_succeeds),
    TEST(release_and_get_allocate_nothing),
    TEST(other_errors_before_those_of_allocation),
    TEST(host_wide_claims_need_no_array),
    TEST(release_works_above_max_pages),
    TEST(get_lists_host_first_then_nodes_in_order),
    TEST(get_without_claims_returns_none),
    TEST(get_counts_for_a_null_array),
    TEST(get_believes_no_more_entries_than_fit),
    TEST(get_writes_nothing_into_too_small_an_array),
    TEST(errors_of_the_set_as_a_whole),
    TEST(errors_of_entries_come_in_their_order),
    TEST(errors_of_entries_come_before_those_of_the_sum),
    TEST(no_sum_wraps),
    TEST(sizes_come_before_memory),
    TEST(unknown_modes_are_refused),
    TEST(the_unprivileged_are_refused),
    TEST(claimed_memory_is_kept_from_others),
    TEST(claims_on_a_node_are_kept_from_others),
    TEST(host_wide_claims_do_not_bind_a_node),
    TEST(only_refcounted_allocations_may_use_claims),
    TEST(unrefcounted_allocations_do_not_redeem),
    TEST(a_claim_is_topped_up_from_unclaimed_memory),
    TEST(a_node_claim_is_topped_up_likewise),
    TEST(claims_elsewhere_are_no_credit_on_a_node),
    TEST(a_node_with_enough_is_not_affected_by_others),
    TEST(redeeming_starts_on_the_node_that_served),
    TEST(redeeming_goes_on_with_the_host_claim),
    TEST(redeeming_ends_with_other_nodes_in_ascending_order),
    TEST(redeeming_keeps_allocated_and_claimed_within_max_pages),
    TEST(a_request_beyond_max_pages_redeems_nothing),
    TEST(freeing_does_not_raise_a_claim),
    TEST(allocations_of_others_redeem_nothing),
    TEST(requests_without_a_node_go_where_claims_are),
    TEST(steering_ends_with_the_claims),
    TEST(a_steered_request_is_served_on_claimed_nodes_only),
    TEST(dirty_memory_comes_before_remote_memory),
    TEST(the_dma_zone_of_a_claimed_node_comes_before_other_nodes),
    TEST(no_dma_keeps_steering_out_of_the_dma_zone),
    TEST(no_dma_gets_nothing_where_all_memory_is_for_dma),
    TEST(steering_obeys_affinity),
    TEST(named_nodes_are_not_steered),
    TEST(named_nodes_are_not_served_from_the_dma_zone_first),
    TEST(unrefcounted_requests_are_not_steered),
    TEST(extents_take_no_more_of_a_node_than_is_claimed),
    TEST(the_host_wide_claim_makes_up_for_a_node_s),
    TEST(the_last_claim_is_topped_up_where_it_is),
    TEST(extents_that_a_claimed_node_lacks_fail),
    TEST(extents_may_be_allowed_to_come_from_elsewhere),
    TEST(extents_don_t_fail_for_addresses_out_of_reach),
    TEST(extents_fail_for_single_pages_within_reach),
    TEST(affinity_decides_among_nodes_with_enough_claims),
    TEST(little_is_scrubbed_for_being_steered),
    TEST(domains_without_claims_choose_nodes_as_before),
    TEST(offlining_recalls_from_the_largest_claim_on_the_node),
    TEST(offlining_recalls_from_the_largest_host_claim),
    TEST(offlining_of_unclaimed_memory_recalls_nothing),
    TEST(recalling_a_whole_claim_works),
    TEST(offlining_memory_in_use_recalls_nothing),
    TEST(onlining_makes_memory_claimable_again),
    TEST(offlining_memory_on_its_way_to_a_domain_fails),
    TEST(the_rest_of_an_offlined_chunk_stays_in_large_chunks),
    TEST(broken_memory_may_break_again_but_stays_offline),
    TEST(offlined_memory_is_as_dirty_as_it_was),
    TEST(offlined_memory_is_as_clean_as_it_was),
    TEST(claimed_memory_is_not_free_for_the_low_memory_warning),
    TEST(dying_releases_all_claims),
    TEST(legacy_claims_are_absolute),
    TEST(legacy_claims_are_refused_beside_others),
    TEST(a_legacy_zero_releases_node_claims_too),
    TEST(legacy_claims_know_their_limits),
    TEST(legacy_claims_take_a_whole_64_bit_count),
    TEST(nodes_without_memory_have_nothing_to_claim),
    TEST(queries_agree_with_the_free_lists),
    TEST(a_chunk_that_is_freed_at_once_is_counted_on_its_node),
    TEST(locks_that_are_not_held_are_told),
#define NR_TESTS_OF_UNASSIGNED 9
    TEST(pages_not_assigned_are_claimed_again_where_they_were),
    TEST(pages_not_assigned_are_claimed_again_host_wide),
    TEST(what_other_nodes_lost_is_claimed_again_host_wide),
    TEST(what_was_topped_up_is_not_claimed),
    TEST(pages_that_were_assigned_are_not_claimed_again),
    TEST(pages_that_can_t_be_assigned_are_claimed_again),
    TEST(claims_that_came_later_are_not_raised),
    TEST(the_dying_claim_nothing_again),
    TEST(what_goes_offline_is_not_claimed_again),
};

int main(int argc, char **argv)
{
    unsigned int nr = sizeof(tests) / sizeof(*tests);

    if ( !bench_unassigned )
    {
        nr -= NR_TESTS_OF_UNASSIGNED;
        printf("# Memory is scrubbed first: without %u tests\n",
               NR_TESTS_OF_UNASSIGNED);
    }

    return run_tests(tests, nr, argv + 1);
}
