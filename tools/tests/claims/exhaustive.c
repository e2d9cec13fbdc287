/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls each function of the claims section of page_alloc.c from every state of
 * three nodes and three domains with small counts in which claims and free
 * memory agree, and compares results and counts with what claims promise.
 * As each call must end in such a state again, all sequences of calls with
 * such counts are covered.
 *
 * Domains differ in their place in the list of domains only.  Hence of states
 * that differ by an exchange of domains one is tried, and where the list is
 * looked at, with the list in every order.
 *
 *   test-exhaustive          all, about a minute
 *   test-exhaustive quick    smaller counts, about a second
 *   test-exhaustive fixed    chosen cases only
 */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exhaustive.h"
/* Not "...": it may be elsewhere, and then it is not the one that is here. */
#include <claims-section.c>

#define NR_DOMAINS  3

#define ARRAY_SIZE(x)   (sizeof(x) / sizeof(*(x)))
#define max(x, y)       ((x) > (y) ? (x) : (y))

/* All that the section may change, as counts that don't depend on others. */
struct state {
    unsigned int host[NR_DOMAINS], node[NR_DOMAINS][MAX_NUMNODES];
    bool array[NR_DOMAINS];         /* d->claims is not NULL */
    unsigned long free[MAX_NUMNODES];
};

/* What limits the claims of a domain. */
struct limits {
    bool is_dying;
    unsigned int tot_pages, max_pages;
};

static struct domain domains[NR_DOMAINS];
static struct node_claims arrays[NR_DOMAINS];
static unsigned long zones[MAX_NUMNODES][NR_ZONES];
static struct domain *first_domain;

/* What is being done, for messages. */
static const char *doing = "start";
static const struct state *from;
static struct {
    int domain;
    unsigned int node, memflags, host;
    unsigned long pages;
    struct node_claims set;
    struct limits limits;
} with;

enum { PERMIT, NEXT, REDEEM, SET, LEGACY, GET, RECALL, STEER, FAULT, NR_OPS };
static const char *const op_names[] = {
    "permit", "next", "redeem", "set", "legacy", "get", "recall", "steer",
    "fault",
};
static unsigned long nr_ops[NR_OPS], nr_states;

/*** Messages ***/

static void __attribute__((noreturn))
failed(const char *what, unsigned int line)
{
    unsigned int i;

    printf("FAILED: %s: line %u: %s\n", doing, line, what);
    printf("with domain %d node %u memflags %#x pages %lu, "
           "host %u nodes %u %u %u, dying %d tot %u max %u\n",
           with.domain, with.node, with.memflags, with.pages, with.host,
           with.set.pages[0], with.set.pages[1], with.set.pages[2],
           with.limits.is_dying, with.limits.tot_pages,
           with.limits.max_pages);
    for ( i = 0; from && i < NR_DOMAINS; i++ )
        printf("from domain %u: host %u nodes %u %u %u%s\n", i, from->host[i],
               from->node[i][0], from->node[i][1], from->node[i][2],
               from->array[i] ? "" : ", no array");
    if ( from )
        printf("from free: %lu %lu %lu\n", from->free[0], from->free[1],
               from->free[2]);

    exit(1);
}

#define CHECK(p) ((p) ? (void)0 : failed(#p, __LINE__))

/* Where an assertion has to fail. */
static jmp_buf *expected;

void assertion_failed(const char *what, unsigned int line)
{
    if ( expected )
        longjmp(*expected, 1);

    failed(what, line);
}

/*** The rules, in terms of struct state ***/

/* Claims on @node of all domains but @except. */
static unsigned long claimed_on(const struct state *s, unsigned int node,
                                int except)
{
    unsigned long sum = 0;
    int i;

    for ( i = 0; i < NR_DOMAINS; i++ )
        sum += i == except ? 0 : s->node[i][node];

    return sum;
}

static unsigned long claimed_host_wide(const struct state *s, int except)
{
    unsigned long sum = 0;
    int i;

    for ( i = 0; i < NR_DOMAINS; i++ )
        sum += i == except ? 0 : s->host[i];

    return sum;
}

static unsigned long claimed(const struct state *s, int except)
{
    unsigned long sum = claimed_host_wide(s, except);
    unsigned int node;

    for ( node = 0; node < MAX_NUMNODES; node++ )
        sum += claimed_on(s, node, except);

    return sum;
}

static unsigned long free_pages(const struct state *s)
{
    unsigned long sum = 0;
    unsigned int node;

    for ( node = 0; node < MAX_NUMNODES; node++ )
        sum += s->free[node];

    return sum;
}

static unsigned long node_claims_of(const struct state *s, int domain)
{
    unsigned long sum = 0;
    unsigned int node;

    for ( node = 0; node < MAX_NUMNODES; node++ )
        sum += s->node[domain][node];

    return sum;
}

/* Each claim can be served, whoever comes first. */
static bool promises_kept(const struct state *s)
{
    unsigned int node;

    for ( node = 0; node < MAX_NUMNODES; node++ )
        if ( claimed_on(s, node, -1) > s->free[node] )
            return false;

    return claimed(s, -1) <= free_pages(s);
}

/* What others than @domain claim leaves @pages, on @node or on the host. */
static bool is_left(const struct state *s, int domain, unsigned int node,
                    unsigned long pages)
{
    unsigned long left = node == NUMA_NO_NODE ? free_pages(s) : s->free[node];
    unsigned long others = node == NUMA_NO_NODE ? claimed(s, domain)
                                                : claimed_on(s, node, domain);

    return others <= left && pages <= left - others;
}

static void take_off(unsigned int *claim, unsigned long *pages)
{
    unsigned int taken = *pages < *claim ? *pages : *claim;

    *claim -= taken;
    *pages -= taken;
}

/* The claim on the node, the host-wide claim, claims on nodes from 0 on. */
static void redeemed(struct state *s, int domain, unsigned int node,
                     unsigned long pages)
{
    take_off(&s->node[domain][node], &pages);
    take_off(&s->host[domain], &pages);
    for ( node = 0; node < MAX_NUMNODES; node++ )
        take_off(&s->node[domain][node], &pages);
}

/*** The real counts ***/

/* How free pages are spread over zones makes no difference. */
static void put_free(unsigned int node, unsigned long pages)
{
    node_avail_pages[node] = pages;
    zones[node][0] = pages / 2;
    zones[node][1] = pages - pages / 2;
}

static void put(const struct state *s)
{
    unsigned int i, node;

    total_avail_pages = outstanding_claims = 0;

    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        put_free(node, s->free[node]);
        total_avail_pages += s->free[node];
        node_outstanding_claims[node] = 0;
        /* Nodes that never had memory have no array. */
        avail[node] = s->free[node] ? zones[node] : NULL;
    }

    for ( i = 0; i < NR_DOMAINS; i++ )
    {
        struct domain *d = &domains[i];

        arrays[i].nodes.bits = 0;
        d->node_claims = 0;
        for ( node = 0; node < MAX_NUMNODES; node++ )
        {
            unsigned int pages = s->node[i][node];

            arrays[i].pages[node] = pages;
            arrays[i].nodes.bits |= (unsigned long)!!pages << node;
            node_outstanding_claims[node] += pages;
            d->node_claims += pages;
        }
        d->claims = s->array[i] ? &arrays[i] : NULL;
        d->outstanding_pages = d->node_claims + s->host[i];
        outstanding_claims += d->outstanding_pages;
    }
}

static void check(const struct state *s, unsigned int line)
{
    unsigned long claims = 0, avail_pages = 0, wrong = 0;
    unsigned long node_sum[MAX_NUMNODES] = {};
    unsigned int i, node;

    for ( i = 0; i < NR_DOMAINS; i++ )
    {
        const struct domain *d = &domains[i];
        unsigned long sum = 0;

        if ( !d->claims != !s->array[i] )
            failed("d->claims", line);

        for ( node = 0; node < MAX_NUMNODES; node++ )
        {
            unsigned int pages = s->node[i][node];

            if ( d->claims )
                wrong |= (d->claims->pages[node] ^ pages) |
                         (nodemask_test(node, &d->claims->nodes) ^ !!pages);
            else
                wrong |= pages;
            node_sum[node] += pages;
            sum += pages;
        }
        if ( wrong )
            failed("a domain's claims on nodes", line);

        if ( d->node_claims != sum )
            failed("d->node_claims", line);
        if ( d->outstanding_pages != sum + s->host[i] )
            failed("d->outstanding_pages", line);
        claims += d->outstanding_pages;
    }

    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        if ( node_outstanding_claims[node] != node_sum[node] )
            failed("node_outstanding_claims[]", line);
        wrong |= (node_avail_pages[node] ^ s->free[node]) |
                 ((zones[node][0] + zones[node][1]) ^ s->free[node]);
        avail_pages += s->free[node];
    }

    if ( outstanding_claims != claims )
        failed("outstanding_claims", line);
    if ( wrong || total_avail_pages != avail_pages )
        failed("free pages", line);
}

#define CHECK_STATE(s) check(s, __LINE__)

static void take_free_pages(unsigned int node, unsigned long pages)
{
    put_free(node, node_avail_pages[node] - pages);
    total_avail_pages -= pages;
}

/*** What the section calls ***/

/*
 * Counts may be relied on only while their lock is held.  So others change them
 * just before a lock is taken: the state was @before, but is @now; and so do
 * limits.  The call has to leave @after, which stays only while the lock of the
 * domain is held.
 */
static const struct state *before, *now, *after;
static const struct limits *limits;
static struct domain *limited;
static unsigned int nr_locked;

/* Memory for arrays: as much as a call could want. */
static struct node_claims pool[2];
static unsigned int nr_allocated, nr_freed;
static bool out_of_memory;

static void put_limits(struct domain *d, struct limits to)
{
    d->is_dying = to.is_dying;
    d->tot_pages = to.tot_pages;
    d->max_pages = to.max_pages;
}

static struct limits other_limits(void)
{
    return (struct limits){ !limits->is_dying, ~limits->tot_pages,
                            ~limits->max_pages };
}

void spin_lock(spinlock_t *lock)
{
    CHECK(!lock->held);
    CHECK(!heap_lock.held);

    if ( lock == &heap_lock )
    {
        CHECK(!nr_locked++);
        CHECK_STATE(before);
        put(now);
    }
    else
    {
        CHECK(lock == &limited->page_alloc_lock);
        put_limits(limited, *limits);
    }

    lock->held = true;
}

void spin_unlock(spinlock_t *lock)
{
    CHECK(lock->held);

    if ( lock == &heap_lock )
    {
        CHECK_STATE(after);
        if ( !limited->page_alloc_lock.held )
            put(now = after = before);
    }
    else
    {
        CHECK(!heap_lock.held);
        CHECK(limited->is_dying == limits->is_dying);
        CHECK(limited->tot_pages == limits->tot_pages);
        CHECK(limited->max_pages == limits->max_pages);
        put_limits(limited, other_limits());
    }

    lock->held = false;
}

void rcu_read_lock(bool *lock)
{
    CHECK(!*lock);
    *lock = true;
}

void rcu_read_unlock(bool *lock)
{
    CHECK(*lock);
    *lock = false;
}

struct domain *domain_list(void)
{
    CHECK(domlist_read_lock);
    return first_domain;
}

void *zeroed_bytes(size_t size)
{
    CHECK(!heap_lock.held && !limited->page_alloc_lock.held);
    CHECK(size == sizeof(*pool));
    CHECK(nr_allocated < ARRAY_SIZE(pool));

    if ( out_of_memory )
        return NULL;

    return memset(&pool[nr_allocated++], 0, size);
}

void xfree(void *p)
{
    if ( !p )
        return;

    CHECK(!heap_lock.held);
    CHECK(!limited->page_alloc_lock.held);
    CHECK(p == &arrays[limited - domains] ||
          (p >= (void *)pool && p < (void *)&pool[nr_allocated]));
    /* Neither to be read nor to be freed again. */
    CHECK(((struct node_claims *)p)->nodes.bits != ~0UL);
    memset(p, 0xff, sizeof(struct node_claims));
    nr_freed++;
}

static char printed[160];

void printk(const char *format, ...)
{
    size_t used = strlen(printed);
    va_list args;

    CHECK(!heap_lock.held);
    va_start(args, format);
    vsnprintf(printed + used, sizeof(printed) - used, format, args);
    va_end(args);
}

/*
 * Before and after a call that takes locks.  Until it has the heap lock, others
 * claim nothing, nothing is left, and @domain claims @more on the host and,
 * with an array, on each node.
 */
static void begin(const struct state *s, struct state *other,
                  const struct state *result, int domain, bool array,
                  unsigned int more, const struct limits *real_limits)
{
    unsigned int node;

    /* Counts near the limits of their types have no more room. */
    if ( claimed(s, -1) > UINT_MAX / 2 )
        more = 0;

    memset(other, 0, sizeof(*other));
    other->array[domain] = array;
    other->host[domain] = s->host[domain] + more;
    other->free[0] = other->host[domain];
    for ( node = 0; array && node < MAX_NUMNODES; node++ )
    {
        other->node[domain][node] = s->node[domain][node] + more;
        other->free[node] += other->node[domain][node];
    }

    before = other;
    now = s;
    after = result;
    limits = real_limits;
    limited = &domains[domain];
    put(other);
    put_limits(limited, other_limits());
    nr_locked = nr_allocated = nr_freed = 0;
}

static void end(unsigned int line)
{
    unsigned int domain = limited - domains;

    check(nr_locked ? after : before, line);
    if ( limited->claims && limited->claims != &arrays[domain] &&
         (limited->claims < pool || limited->claims >= pool + nr_allocated) )
        failed("an array of somebody else", line);
    if ( heap_lock.held || limited->page_alloc_lock.held || domlist_read_lock )
        failed("a lock is still held", line);
    if ( nr_allocated + now->array[domain] != nr_freed + after->array[domain] )
        failed("an array was lost, or freed twice", line);
}

/* Around calls that need the heap lock. */
static void begin_locked(const struct state *s)
{
    put(s);
    heap_lock.held = true;
}

static void end_locked(const struct state *s, unsigned int line)
{
    check(s, line);
    if ( !heap_lock.held || domlist_read_lock )
        failed("a lock", line);
    if ( claims_fault() )
        failed(claims_fault(), line);
    heap_lock.held = false;
}

/*** One call each, from one state ***/

static void start(const struct state *s, unsigned int op, int domain)
{
    doing = op_names[op];
    from = s;
    with.domain = domain;
    nr_ops[op]++;
}

static struct domain *domain_of(int domain)
{
    return domain < 0 ? NULL : &domains[domain];
}

/* Whose claims a request may use. */
static int credit_of(int domain, unsigned int memflags)
{
    return memflags & MEMF_no_refcount ? -1 : domain;
}

/* What is refused would come out of what others claim, or isn't there. */
static bool try_permit(const struct state *s, int domain, unsigned int memflags,
                       unsigned int node, unsigned long pages)
{
    bool allowed = is_left(s, credit_of(domain, memflags), node, pages);

    start(s, PERMIT, domain);
    with.node = node;
    with.memflags = memflags;
    with.pages = pages;
    CHECK(claims_permit(domain_of(domain), node, pages, memflags) == allowed);

    return allowed;
}

/* Which node of each mask is tried after each of its nodes. */
static void try_next(const struct state *s, int domain, unsigned int memflags,
                     unsigned long pages)
{
    int credit = credit_of(domain, memflags);
    unsigned int node, first;
    nodemask_t mask;

    start(s, NEXT, domain);
    with.memflags = memflags;
    with.pages = pages;

    for ( mask.bits = 1; mask.bits < 1UL << MAX_NUMNODES; mask.bits++ )
        for_each_node_mask ( node, mask )
            for_each_node_mask ( first, mask )
            {
                unsigned int next = node;

                do {
                    next++;
                } while ( next < MAX_NUMNODES && next != first &&
                          !(nodemask_test(next, &mask) &&
                            is_left(s, credit, next, pages)) );
                if ( next == MAX_NUMNODES )
                    next = first_node(mask);

                with.node = node;
                CHECK(next_permitted(domain_of(domain), node, first, &mask,
                                     pages, memflags) == next);
            }
}

static void try_redeem(const struct state *s, int domain, unsigned int memflags,
                       unsigned int node, unsigned long pages)
{
    int credit = credit_of(domain, memflags);
    struct state result = *s;

    start(s, REDEEM, domain);
    with.node = node;
    with.memflags = memflags;
    with.pages = pages;

    result.free[node] -= pages;
    if ( credit >= 0 )
    {
        redeemed(&result, credit, node, pages);
        CHECK(claimed(s, -1) - claimed(&result, -1) ==
              min(pages, s->host[credit] + node_claims_of(s, credit)));
    }
    CHECK(promises_kept(&result));

    begin_locked(s);
    take_free_pages(node, pages);
    redeem_claims(domain_of(domain), node, pages, memflags);
    end_locked(&result, __LINE__);
}

/*
 * As the allocator does: asks for the host and for the node, and takes the
 * pages.  @s is what the counts are, and the heap lock is held.
 */
static void try_allocate(const struct state *s, int domain,
                         unsigned int memflags, unsigned int node,
                         unsigned long pages)
{
    bool allowed = try_permit(s, domain, memflags, NUMA_NO_NODE, pages);

    if ( try_permit(s, domain, memflags, node, pages) && allowed )
    {
        end_locked(s, __LINE__);
        try_redeem(s, domain, memflags, node, pages);
        begin_locked(s);
    }
}

/* What becomes of @s if @domain claims @host and @set, with which @result. */
static int rule_of_set(const struct state *s, struct state *result, int domain,
                       unsigned int host, const struct node_claims *set,
                       const struct limits *real)
{
    uint64_t node_sum = 0, sum;
    bool smaller = host <= s->host[domain];
    unsigned int node;
    struct state wanted = *s;

    *result = *s;
    wanted.host[domain] = host;
    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        wanted.node[domain][node] = set->pages[node];
        node_sum += set->pages[node];
        smaller &= set->pages[node] <= s->node[domain][node];
    }
    sum = node_sum + host;
    /* What once had claims on nodes has the array until it dies. */
    wanted.array[domain] = (node_sum || s->array[domain]) && !real->is_dying;

    if ( sum > UINT_MAX )
        return -EINVAL;
    if ( sum && real->is_dying )
        return -ESRCH;
    if ( sum && sum + real->tot_pages > real->max_pages )
        return -EINVAL;
    if ( !promises_kept(&wanted) ||
         (node_sum && !s->array[domain] && out_of_memory) )
    {
        /* A set that is nowhere larger than the old one is always possible. */
        CHECK(!smaller);
        return -ENOMEM;
    }

    *result = wanted;
    return 0;
}

static void try_set(const struct state *s, int domain, unsigned int host,
                    const struct node_claims *set, const struct limits *real)
{
    struct state result, other;
    int rc;

    start(s, SET, domain);
    with.host = host;
    with.set = *set;
    with.limits = *real;

    rc = rule_of_set(s, &result, domain, host, set, real);
    /* Between the two locks pages may be allocated, which redeems claims. */
    begin(s, &other, &result, domain, s->array[domain], 1, real);
    CHECK(domain_set_claims(&domains[domain], host, set) == rc);
    end(__LINE__);

    /* Only the first claims on nodes need memory. */
    CHECK(!nr_allocated || (set->nodes.bits && !s->array[domain]));
    CHECK(rc || nr_locked);
}

static void try_legacy(const struct state *s, int domain, unsigned long pages,
                       const struct limits *real)
{
    static const struct node_claims no_nodes;
    struct state result = *s, other;
    int rc = -EINVAL;

    start(s, LEGACY, domain);
    with.pages = pages;
    with.limits = *real;

    if ( !pages || (!real->is_dying && !s->host[domain] &&
                    !node_claims_of(s, domain) && pages > real->tot_pages &&
                    pages <= real->max_pages) )
        rc = rule_of_set(s, &result, domain,
                         pages ? pages - real->tot_pages : 0, &no_nodes, real);

    begin(s, &other, &result, domain, s->array[domain], 0, real);
    CHECK(domain_set_outstanding_pages(&domains[domain], pages) == rc);
    end(__LINE__);
    CHECK(!nr_allocated);
    CHECK(rc || nr_locked);
}

static void try_get(const struct state *s, int domain)
{
    static const struct limits real = { .max_pages = UINT_MAX };
    struct node_claims nodes;
    unsigned int host = ~0, node;
    struct state other;

    start(s, GET, domain);
    memset(&nodes, 0xff, sizeof(nodes));
    begin(s, &other, s, domain, !s->array[domain], 1, &real);
    domain_get_claims(&domains[domain], &host, &nodes);
    end(__LINE__);

    CHECK(nr_locked && !nr_allocated && !nr_freed);
    CHECK(host == s->host[domain]);
    CHECK(nodes.nodes.bits <= 7);
    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        CHECK(nodes.pages[node] == s->node[domain][node]);
        CHECK(nodemask_test(node, &nodes.nodes) == !!nodes.pages[node]);
    }
}

static void check_log(struct recalled_claim recalled)
{
    char expect[sizeof(printed)] = "";

    if ( recalled.domid != DOMID_INVALID )
        snprintf(expect, sizeof(expect), "warning: d%u: a page of its %s claim "
                 "recalled, MFN 1a2b offline\n", recalled.domid,
                 recalled.on_node ? "node" : "host-wide");

    printed[0] = '\0';
    log_recalled_claim(recalled, (mfn_t){ 0x1a2b });
    CHECK(!strcmp(printed, expect));
}

/* A page of @node goes offline, with the domains in the given order. */
static void try_recall(const struct state *s, unsigned int node,
                       const unsigned char *order)
{
    struct state offline = *s, result;
    struct recalled_claim recalled;
    unsigned int i, largest = 0, *victim;
    bool on_node;

    start(s, RECALL, -1);
    with.node = node;

    for ( i = 0; i < NR_DOMAINS; i++ )
        domains[order[i]].next_in_list =
            i + 1 < NR_DOMAINS ? &domains[order[i + 1]] : NULL;
    first_domain = &domains[order[0]];

    begin_locked(s);
    take_free_pages(node, 1);
    recalled = recall_claim(node);

    offline.free[node]--;
    result = offline;
    if ( promises_kept(&offline) )
        CHECK(recalled.domid == DOMID_INVALID);
    else
    {
        on_node = claimed_on(&offline, node, -1) > offline.free[node];
        CHECK(recalled.on_node == on_node);
        CHECK(recalled.domid < NR_DOMAINS);

        /* One page, of a domain than which none claims more there. */
        victim = on_node ? &result.node[recalled.domid][node]
                         : &result.host[recalled.domid];
        for ( i = 0; i < NR_DOMAINS; i++ )
            largest = max(largest, on_node ? s->node[i][node] : s->host[i]);
        CHECK(*victim == largest);
        --*victim;
        CHECK(promises_kept(&result));
    }
    end_locked(&result, __LINE__);
}

/* What a domain claims on other nodes stays what it is. */
static bool spares_others(const struct state *s, int domain, unsigned int node,
                          unsigned long pages)
{
    struct state result = *s;

    redeemed(&result, domain, node, pages);
    result.node[domain][node] = s->node[domain][node];

    return !memcmp(result.node, s->node, sizeof(s->node));
}

static void try_steer(const struct state *s, int domain, unsigned long pages,
                      unsigned long bits)
{
    nodemask_t mask = { bits };
    unsigned long claims = 0, nodes = 0;
    unsigned int node;

    start(s, STEER, domain);
    with.pages = pages;
    for ( node = 0; node < MAX_NUMNODES; node++ )
        if ( s->node[domain][node] )
        {
            claims |= 1UL << node;
            if ( spares_others(s, domain, node, pages) )
                nodes |= 1UL << node;
        }

    /* A single page can always be had where the domain claims. */
    CHECK(pages > 1 || nodes == claims);

    CHECK(steer_to_claims(&domains[domain], pages, &mask) == !!nodes);
    if ( !claims )
        CHECK(mask.bits == bits);
    else if ( bits & nodes )
        CHECK(mask.bits == (bits & nodes));
    else
        CHECK(mask.bits == nodes);
}

/*** All calls from one state ***/

/* How far to go: pages of a request, and of each target of a claim set. */
static unsigned int max_pages, max_set;

static const unsigned char orders[][NR_DOMAINS] = {
    { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
    { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 },
};

static void try_requests(const struct state *s)
{
    static const unsigned int flags[] = { 0, MEMF_no_refcount };
    unsigned int i, node;
    unsigned long pages;
    int domain;

    begin_locked(s);

    for ( domain = -1; domain < NR_DOMAINS; domain++ )
        for ( i = 0; i < ARRAY_SIZE(flags); i++ )
            for ( pages = 1; pages <= max_pages; pages++ )
            {
                for ( node = 0; node < MAX_NUMNODES; node++ )
                    try_allocate(s, domain, flags[i], node, pages);
                try_next(s, domain, flags[i], pages);
            }

    end_locked(s, __LINE__);
}

static void try_steering(const struct state *s)
{
    unsigned long bits, pages;
    int domain;

    begin_locked(s);

    for ( domain = 0; domain < NR_DOMAINS; domain++ )
        for ( pages = 1; pages <= max_pages; pages++ )
            for ( bits = 0; bits < 1UL << MAX_NUMNODES; bits++ )
                try_steer(s, domain, pages, bits);

    end_locked(s, __LINE__);
}

static void try_recalls(const struct state *s)
{
    unsigned int i, node;

    for ( node = 0; node < MAX_NUMNODES; node++ )
        for ( i = 0; s->free[node] && i < ARRAY_SIZE(orders); i++ )
            try_recall(s, node, orders[i]);
}

/* Sets are counted through like the digits of a number. */
static bool next_set(unsigned int *host, struct node_claims *set)
{
    unsigned int node;

    if ( (*host)++ < max_set )
        return true;
    *host = 0;

    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        if ( set->pages[node]++ < max_set )
        {
            set->nodes.bits |= 1UL << node;
            return true;
        }
        set->pages[node] = 0;
        set->nodes.bits &= ~(1UL << node);
    }

    return false;
}

static void try_sets(const struct state *s, int domain,
                     const struct limits *real)
{
    struct node_claims set = {};
    unsigned int host = 0;

    do {
        try_set(s, domain, host, &set, real);
    } while ( next_set(&host, &set) );
}

/* Every small limit, and none. */
static void try_limits(const struct state *s, int domain)
{
    struct limits real;
    unsigned long pages;

    for ( real.max_pages = 0; real.max_pages < 8; real.max_pages++ )
        for ( real.tot_pages = 0; real.tot_pages < 3; real.tot_pages++ )
            for ( real.is_dying = false; ; real.is_dying = true )
            {
                try_sets(s, domain, &real);
                for ( pages = 0; pages < 9; pages++ )
                    try_legacy(s, domain, pages, &real);
                if ( real.is_dying )
                    break;
            }
}

/*** That claims_fault() sees all that is wrong ***/

/* The same in plain words; by invariant of the design. */
static bool consistent(void)
{
    unsigned long claims = 0, free = 0, node_sum[MAX_NUMNODES] = {};
    unsigned int i, node;

    for ( i = 0; i < NR_DOMAINS; i++ )
    {
        const struct domain *d = &domains[i];
        unsigned long sum = 0;

        for ( node = 0; node < MAX_NUMNODES; node++ )
        {
            unsigned int pages = d->claims ? d->claims->pages[node] : 0;

            sum += pages;
            node_sum[node] += pages;
            if ( d->claims &&
                 (pages > 0) != nodemask_test(node, &d->claims->nodes) )
                return false;
        }
        claims += d->outstanding_pages;
        if ( d->node_claims != sum || sum > d->outstanding_pages )
            return false;
    }

    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        free += node_avail_pages[node];
        if ( node_sum[node] != node_outstanding_claims[node] ||
             node_sum[node] > node_avail_pages[node] ||
             node_avail_pages[node] !=
             (avail[node] ? zones[node][0] + zones[node][1] : 0) )
            return false;
    }

    return free == total_avail_pages && claims == outstanding_claims &&
           claims <= total_avail_pages;
}

/*
 * Add @n (1 or -1) to the count number @which, or to several that then agree
 * with each other, but perhaps not with the rest.  False: no such number.
 */
static bool spoil(unsigned int which, int n)
{
    unsigned int i = which % NR_DOMAINS, node = which % MAX_NUMNODES;
    unsigned int zone;

    /* Counts of a domain. */
    if ( which < NR_DOMAINS * (2 * MAX_NUMNODES + 4) )
    {
        struct domain *d = &domains[i];

        which /= NR_DOMAINS;
        node = which % MAX_NUMNODES;
        switch ( which / MAX_NUMNODES )
        {
        case 0:
            arrays[i].pages[node] += n;
            return true;

        case 1:
            arrays[i].nodes.bits ^= 1UL << node;
            return true;
        }

        switch ( which - 2 * MAX_NUMNODES )
        {
        case 0:
            d->node_claims += n;
            break;

        case 1:
            d->outstanding_pages += n;
            break;

        case 2: /* A host-wide claim. */
            d->outstanding_pages += n;
            outstanding_claims += n;
            break;

        case 3: /* The host-wide claim becomes one on a node. */
            d->node_claims += n;
            arrays[i].pages[0] += n;
            node_outstanding_claims[0] += n;
            break;
        }
        return true;
    }
    which -= NR_DOMAINS * (2 * MAX_NUMNODES + 4);

    /* Claims on a node. */
    if ( which < NR_DOMAINS * MAX_NUMNODES )
    {
        struct domain *d = &domains[which / MAX_NUMNODES];

        d->node_claims += n;
        d->outstanding_pages += n;
        arrays[d - domains].pages[node] += n;
        node_outstanding_claims[node] += n;
        outstanding_claims += n;
        return true;
    }
    which -= NR_DOMAINS * MAX_NUMNODES;

    /* Counts of a node. */
    node = which % MAX_NUMNODES;
    zone = which % NR_ZONES;
    switch ( which / MAX_NUMNODES )
    {
    case 0:
        node_outstanding_claims[node] += n;
        return true;

    case 1:
        node_avail_pages[node] += n;
        return true;

    case 2:
    case 3:
        zones[node][zone] += n;
        return true;

    case 4:
        zones[node][zone] += n;
        node_avail_pages[node] += n;
        return true;

    case 5:
        zones[node][zone] += n;
        node_avail_pages[node] += n;
        total_avail_pages += n;
        return true;
    }
    which -= 6 * MAX_NUMNODES;

    /* Counts of the host. */
    switch ( which )
    {
    case 0:
        total_avail_pages += n;
        return true;

    case 1:
        outstanding_claims += n;
        return true;
    }

    return false;
}

/* Spoil any one and any two counts. */
static void try_faults(const struct state *s)
{
    unsigned int i, j, signs;

    begin_locked(s);
    start(s, FAULT, -1);
    CHECK(consistent() && !claims_fault());

    for ( i = 0; spoil(i, 1); i++ )
    {
        put(s);
        for ( j = 0; j <= i; j++ )
            for ( signs = 0; signs < 4; signs++ )
            {
                nr_ops[FAULT]++;
                with.pages = i;
                with.node = j;
                with.memflags = signs;
                spoil(i, signs & 1 ? 1 : -1);
                spoil(j, signs & 2 ? 1 : -1);
                CHECK(consistent() == !claims_fault());
                put(s);
            }
    }

    end_locked(s, __LINE__);
}

/*** All states ***/

/* The claims of a domain. */
struct claims {
    unsigned int host, node[MAX_NUMNODES];
    bool array;
};

static unsigned int list_claims(struct claims *list, unsigned int max_claim)
{
    struct claims c = {};
    unsigned int nr = 0;

    for ( c.host = 0; c.host <= max_claim; c.host++ )
        for ( c.node[0] = 0; c.node[0] <= max_claim; c.node[0]++ )
            for ( c.node[1] = 0; c.node[1] <= max_claim; c.node[1]++ )
                for ( c.node[2] = 0; c.node[2] <= max_claim; c.node[2]++ )
                {
                    /* When all is redeemed, an empty array remains. */
                    c.array = c.node[0] || c.node[1] || c.node[2];
                    list[nr++] = c;
                    if ( !c.array )
                    {
                        c.array = true;
                        list[nr++] = c;
                    }
                }

    return nr;
}

static void set_claims(struct state *s, int domain, const struct claims *c)
{
    s->host[domain] = c->host;
    memcpy(s->node[domain], c->node, sizeof(c->node));
    s->array[domain] = c->array;
}

/*
 * Call @try for all states in which @nr_domains have claims, of up to
 * @max_claim pages each, and up to @max_spare more pages than claimed are free
 * on each node.
 */
static void for_each_state(unsigned int nr_domains, unsigned int max_claim,
                           unsigned int max_spare,
                           void (*try)(const struct state *s))
{
    static struct claims list[128];
    unsigned int nr = list_claims(list, max_claim), i, j, k, spare, node, rest;
    struct state s;

    for ( i = 0; i < nr; i++ )
        for ( j = 0; j <= i; j++ )
            for ( k = 0; k <= (nr_domains < 3 ? 0 : j); k++ )
            {
                set_claims(&s, 0, &list[i]);
                set_claims(&s, 1, &list[j]);
                set_claims(&s, 2, &list[k]);

                spare = (max_spare + 1) * (max_spare + 1) * (max_spare + 1);
                while ( spare-- )
                {
                    rest = spare;
                    for ( node = 0; node < MAX_NUMNODES; node++ )
                    {
                        s.free[node] = claimed_on(&s, node, -1) +
                                       rest % (max_spare + 1);
                        rest /= max_spare + 1;
                    }
                    if ( !promises_kept(&s) )
                        continue;

                    nr_states++;
                    try(&s);
                }
            }
}

static void try_all(const struct state *s)
{
    static const struct limits none = { .max_pages = UINT_MAX };
    unsigned long pages;
    int domain;

    try_requests(s);
    try_steering(s);
    try_recalls(s);

    for ( domain = 0; domain < NR_DOMAINS; domain++ )
    {
        try_get(s, domain);
        try_sets(s, domain, &none);
        for ( pages = 0; pages <= max_pages; pages++ )
            try_legacy(s, domain, pages, &none);
    }
}

static void try_all_limits(const struct state *s)
{
    int domain;

    for ( domain = 0; domain < NR_DOMAINS; domain++ )
    {
        try_limits(s, domain);
        out_of_memory = true;
        try_limits(s, domain);
        out_of_memory = false;
    }
}

/*** Chosen cases: counts near 2^32 and 2^64, and what must not be ***/

#define TWO_32  (1UL << 32)

static void fixed_requests(const struct state *s, const unsigned int *flags)
{
    static const unsigned long nears[] = {
        0, 1, 1UL << 18, 1UL << 31, UINT_MAX, TWO_32, 3 * TWO_32, 1UL << 63,
    };
    unsigned int i, node, edge;
    int domain;

    begin_locked(s);
    for ( domain = -1; domain < NR_DOMAINS; domain++ )
        for ( node = 0; node < MAX_NUMNODES; node++ )
            for ( i = 0; i < ARRAY_SIZE(nears); i++ )
                for ( edge = 0; edge < 6; edge++ )
                {
                    unsigned long pages = nears[i] + edge % 3 - 1;

                    /* Near what is left as well; no sum of counts wraps. */
                    if ( edge >= 3 )
                        pages += s->free[node] - claimed_on(s, node, domain);
                    if ( pages - 1 < ULONG_MAX - claimed(s, -1) )
                        try_allocate(s, domain, *flags, node, pages);
                }
    end_locked(s, __LINE__);
}

static void fixed_steering(const struct state *s)
{
    unsigned int i, edge;
    int domain;

    begin_locked(s);
    for ( domain = 0; domain < NR_DOMAINS; domain++ )
    {
        unsigned long nears[] = {
            1UL << 18, 1UL << 31, TWO_32, TWO_32 + (1UL << 18), 1UL << 63,
            s->host[domain] + 0UL, s->host[domain] + 0UL + s->node[domain][0],
            s->host[domain] + node_claims_of(s, domain),
        };

        for ( i = 0; i < ARRAY_SIZE(nears); i++ )
            for ( edge = 0; edge < 3; edge++ )
                if ( nears[i] + edge > 1 )
                    try_steer(s, domain, nears[i] + edge - 1, 7);
    }
    end_locked(s, __LINE__);
}

static void fixed_sets(const struct state *s)
{
    static const unsigned int counts[] = {
        0, 1, 1U << 30, 1U << 31, UINT_MAX - 1, UINT_MAX,
    };
    static const unsigned long legacy[] = {
        0, 1, 2, 1UL << 31, UINT_MAX - 1, UINT_MAX, TWO_32, TWO_32 + 1,
        3 * TWO_32, 1UL << 63, ULONG_MAX,
    };
    struct limits real = {};
    unsigned int i, n, limit;
    int domain;

    for ( domain = 0; domain < NR_DOMAINS; domain++ )
        for ( limit = 0; limit < 36; limit++ )
        {
            real.tot_pages = counts[limit % 6];
            real.max_pages = counts[limit / 6];

            for ( n = 0; n < 6 * 6 * 6 * 6; n++ )
            {
                unsigned int digits = n;
                struct node_claims set = {};

                for ( i = 0; i < MAX_NUMNODES; i++, digits /= 6 )
                {
                    set.pages[i] = counts[digits % 6];
                    set.nodes.bits |= (unsigned long)!!set.pages[i] << i;
                }
                try_set(s, domain, counts[digits], &set, &real);
            }
            for ( i = 0; i < ARRAY_SIZE(legacy); i++ )
                try_legacy(s, domain, legacy[i], &real);
        }
}

static void large_counts(void)
{
    static const unsigned int refcounted = 0, unclaimed = MEMF_no_refcount;
    static const struct state states[] = {
        /* Sums of claims beyond 2^32, of which all or nearly all is left. */
        { .node = { { UINT_MAX }, { UINT_MAX }, { UINT_MAX } },
          .array = { true, true, true }, .free = { 3UL * UINT_MAX } },
        { .node = { { UINT_MAX }, { UINT_MAX }, { 0, UINT_MAX } },
          .array = { true, true, true },
          .free = { 2UL * UINT_MAX + 1, UINT_MAX, 1 } },
        { .host = { UINT_MAX, UINT_MAX, UINT_MAX },
          .free = { UINT_MAX, UINT_MAX, UINT_MAX } },
        { .host = { UINT_MAX, 1, 1U << 31 }, .free = { TWO_32, 0, TWO_32 } },
        { .host = { 1U << 31 },
          .node = { { (1U << 30) - 1, 1U << 29, 1U << 29 } },
          .array = { true }, .free = { TWO_32, 1U << 29, 1U << 29 } },
        /* Room for all. */
        { .free = { 4 * TWO_32, 4 * TWO_32, 4 * TWO_32 } },
        { .array = { true, true, true }, .free = { ULONG_MAX } },
        { .node = { { UINT_MAX }, { UINT_MAX }, { UINT_MAX } },
          .array = { true, true, true }, .free = { ULONG_MAX } },
        /* What is claimed and what is asked for only meet beyond 2^31. */
        { .host = { 1U << 31, 5 },
          .node = { { 1U << 30, (1U << 30) - 1 }, { 1U << 30, 1U << 31 } },
          .array = { true, true },
          .free = { TWO_32, TWO_32, TWO_32 } },
        { .node = { { 1 }, { 0, 1 }, { 0, 0, 1 } },
          .array = { true, true, true },
          .free = { 1UL << 62, 1UL << 63, 1UL << 62 } },
    };
    unsigned int i;
    int domain;

    for ( i = 0; i < ARRAY_SIZE(states); i++ )
    {
        struct state s = states[i];

        /* What can't be summed up can't be. */
        if ( free_pages(&s) < s.free[1] )
            s.free[0]--;

        nr_states++;
        fixed_requests(&s, &refcounted);
        fixed_requests(&s, &unclaimed);
        fixed_steering(&s);
        fixed_sets(&s);
        try_recalls(&s);
        for ( domain = 0; domain < NR_DOMAINS; domain++ )
            try_get(&s, domain);
    }
}

/* What a domain claims and what is free differ: no difference may wrap. */
static void more_claimed_than_free(void)
{
    static const struct state s = {
        .host = { 1, 2 }, .node = { { 3 }, { 4, 1 } }, .array = { true, true },
        .free = { 5, 1, 4 },
    };
    unsigned long pages;
    unsigned int node;

    doing = "more claimed than free";
    from = &s;
    put(&s);
    heap_lock.held = true;
    CHECK(claims_fault());

    for ( pages = 1; pages < 20; pages++ )
        for ( node = 0; node < 2; node++ )
        {
            with.pages = pages;
            with.node = node;
            CHECK(!claims_permit(NULL, node, pages, 0));
            CHECK(!claims_permit(NULL, NUMA_NO_NODE, pages, 0));
            CHECK(!claims_permit(&domains[2], node, pages, 0));
            CHECK(!claims_permit(&domains[2], NUMA_NO_NODE, pages, 0));
            CHECK(!claims_permit(&domains[1], node, pages, MEMF_no_refcount));
            CHECK(claims_permit(&domains[1], node, pages, 0) ==
                  (pages <= s.node[1][node]));
            CHECK(claims_permit(&domains[1], NUMA_NO_NODE, pages, 0) ==
                  (pages <= 7));
        }

    heap_lock.held = false;
}

static void log_messages(void)
{
    doing = "log";
    check_log((struct recalled_claim){ .domid = 7 });
    check_log((struct recalled_claim){ .domid = 7, .on_node = true });
    check_log((struct recalled_claim){ .domid = DOMID_INVALID });
    check_log((struct recalled_claim){ DOMID_INVALID, true });
}

#define MUST_FAIL(call) do {                    \
    static jmp_buf here;                        \
                                                \
    doing = #call;                              \
    expected = &here;                           \
    if ( !setjmp(here) )                        \
    {                                           \
        call;                                   \
        expected = NULL;                        \
        failed("no assertion failed", __LINE__);\
    }                                           \
    expected = NULL;                            \
    domlist_read_lock = false;                  \
} while ( 0 )

static void assertions(void)
{
    static const struct state s = {
        .node = { { 2 }, { 0, 2 } }, .host = { 0, 2 }, .array = { true, true },
        .free = { 2, 4, 0 },
    };
#ifndef NDEBUG
    static const struct limits none = { .max_pages = UINT_MAX };
    static const struct state wrong = {
        .node = { { 2 } }, .array = { true }, .free = { 1, 9 },
    };
    struct node_claims nodes = {};
    nodemask_t mask = { 7 };
    struct state other;
    unsigned int sum;
#endif

    from = &s;
    put(&s);
    heap_lock.held = true;

    /* With what a release build looks at too. */
    outstanding_claims = 1;
    MUST_FAIL(redeem(&domains[0], 0, 2));

#ifndef NDEBUG
    put(&s);
    heap_lock.held = false;
    MUST_FAIL(claims_fault());
    MUST_FAIL(claims_permit(NULL, 0, 1, 0));
    MUST_FAIL(recall_claim(0));
    MUST_FAIL(steer_to_claims(&domains[0], 1, &mask));
    MUST_FAIL(drop_claims(&domains[0]));
    MUST_FAIL(check_claims(&domains[0], 1, &nodes, &sum));

    /* Pages were taken that others claim, on a node or on the host. */
    begin_locked(&s);
    take_free_pages(0, 1);
    total_avail_pages++;
    MUST_FAIL(redeem_claims(NULL, 0, 1, 0));
    begin_locked(&s);
    total_avail_pages--;
    MUST_FAIL(redeem_claims(NULL, 2, 1, 0));

    /* Claims on the node don't add up. */
    begin_locked(&s);
    domains[0].node_claims--;
    MUST_FAIL(reduce_node_claim(&domains[0], 0, 2));
    begin_locked(&s);
    node_outstanding_claims[0]--;
    MUST_FAIL(reduce_node_claim(&domains[0], 0, 2));
    begin_locked(&s);
    domains[0].outstanding_pages = 3;
    outstanding_claims = 7;
    total_avail_pages = 9;
    domains[0].node_claims = 3;
    MUST_FAIL(redeem(&domains[0], 0, 3));

    /* Nobody to recall from, and more than one page to recall. */
    begin_locked(&s);
    outstanding_claims = 9;
    domains[1].outstanding_pages = 2;
    MUST_FAIL(recall_claim(0));
    begin_locked(&s);
    take_free_pages(0, 2);
    MUST_FAIL(recall_claim(0));

    /* What was wrong before a call is seen after it. */
    heap_lock.held = false;
    begin(&wrong, &other, &wrong, 1, false, 0, &none);
    MUST_FAIL(domain_set_outstanding_pages(&domains[1], 0));
    heap_lock.held = false;
    domains[1].page_alloc_lock.held = false;
    begin(&wrong, &other, &wrong, 1, false, 0, &none);
    nodes.nodes.bits = 1;
    nodes.pages[0] = 1;
    MUST_FAIL(domain_set_claims(&domains[1], 0, &nodes));
#endif

    heap_lock.held = false;
    domains[1].page_alloc_lock.held = false;
}

/*** And so on ***/

static void fixed(void)
{
    log_messages();
    assertions();
    more_claimed_than_free();
    large_counts();
}

static void report(const char *what)
{
    unsigned long sum = 0;
    unsigned int i;

    for ( i = 0; i < NR_OPS; i++ )
        sum += nr_ops[i];
    printf("%s: %lu states, %lu calls:", what, nr_states, sum);
    for ( i = 0; i < NR_OPS; i++ )
        if ( nr_ops[i] )
            printf(" %s %lu", op_names[i], nr_ops[i]);
    printf("\n");
    fflush(stdout);

    nr_states = 0;
    memset(nr_ops, 0, sizeof(nr_ops));
}

int main(int argc, char *argv[])
{
    bool quick = argc == 2 && !strcmp(argv[1], "quick");
    unsigned int i, max_claim = quick ? 1 : 2, nr = quick ? 2 : 3;

    if ( argc > 2 || (argc == 2 && !quick && strcmp(argv[1], "fixed")) )
    {
        fprintf(stderr, "usage: %s [quick|fixed]\n", argv[0]);
        return 2;
    }

    for ( i = 0; i < NR_DOMAINS; i++ )
    {
        domains[i].domain_id = i;
        domains[i].next_in_list = i + 1 < NR_DOMAINS ? &domains[i + 1] : NULL;
    }
    first_domain = domains;

    fixed();
    report("chosen cases");
    if ( argc == 2 && !quick )
        return 0;

    max_pages = max_claim * 5;
    max_set = 2;
    for_each_state(3, max_claim, max_claim, try_all);
    report("small states");

    /* Of claims that are not all of the same size. */
    if ( quick )
    {
        for_each_state(2, 2, 1, try_recalls);
        report("recalls");
    }

    max_set = 1;
    for_each_state(nr, 1, 1, try_all_limits);
    report("with limits");

    for_each_state(nr, 1, 1, try_faults);
    report("spoilt");

    return 0;
}
