/* SPDX-License-Identifier: GPL-2.0-only */
/**
 * @file tests/claim-random/main.c
 * @ref test-claim-random
 *
 * @page test-claim-random claim-random
 *
 * Random calls of XEN_DOMCTL_claim_memory and XENMEM_claim_pages, right ones
 * and wrong ones, for several domains on a host with little free memory, while
 * these domains allocate and free pages, their limits change, they are
 * destroyed and made anew, and pages go offline and come back.  A small model
 * of what claims promise foretells each result.  Builds of Xen with debug=y
 * check all counts after each change, too.
 *
 * Arguments: seed=N for another sequence, calls=N for another length.
 *
 * @see tests/claim-random/main.c
 */
#include <xtf.h>
#include <helpers/check.h>
#include <helpers/claims.h>
#include <helpers/domain.h>
#include <helpers/domctl.h>
#include <helpers/memory.h>
#include <helpers/offline.h>
#include <helpers/page.h>
#include <helpers/random.h>
#include <helpers/start_info.h>
#include <helpers/string.h>

const char test_title[] = "Claim sets: random calls against a model";

#define NODES      4
#define DOMAINS    6
#define DYING      (DOMAINS - 1) /* Dead, but held by one of its pages. */
#define LEFT       1500UL        /* Pages of each node that take part. */
#define MAX_FRAMES 2048
#define MAX_GONE   16

static struct random dice;
/* What happened, to show that it is not always the same. */
static unsigned long calls_made, calls_worked, too_much, full, recalled, denied;

/* 0 to limit - 1, and whether the one in so many came up. */
#define ROLL(limit)  random_below(&dice, limit)
#define ONE_IN(odds) (!ROLL(odds))

/* The model: what each domain has and claims. */
static struct dom {
    int id;                     /* 0: Xen had no memory for another one. */
    bool dying;
    unsigned long max_pages, host, node[NODES];
    unsigned int nr_frames;     /* tot_pages */
    xen_pfn_t frames[MAX_FRAMES];
} doms[DOMAINS];

/* What is free, as Xen told before the call at hand. */
static unsigned long free[NODES];

static xen_pfn_t gone[MAX_GONE];
static unsigned int nr_gone;

static unsigned long sum_of(const unsigned long pages[NODES])
{
    return pages[0] + pages[1] + pages[2] + pages[3];
}

static unsigned long claims_of(const struct dom *d)
{
    return d->host + sum_of(d->node);
}

static unsigned long all_claims(void)
{
    unsigned long sum = 0;

    for ( unsigned int i = 0; i < DOMAINS; i++ )
        sum += claims_of(&doms[i]);

    return sum;
}

static unsigned long all_claims_on(unsigned int node)
{
    unsigned long sum = 0;

    for ( unsigned int i = 0; i < DOMAINS; i++ )
        sum += doms[i].node[node];

    return sum;
}

static void read_host(void)
{
    xen_sysctl_node_meminfo_t info[NODES];
    xen_sysctl_t op = {
        .cmd = XEN_SYSCTL_numa_meminfo,
        .u.numa_meminfo.max_nodes = NODES,
    };

    set_xen_guest_handle(op.u.numa_meminfo.meminfo, info);
    CHECK_EQ(sysctl_op(&op), 0);

    for ( unsigned int i = 0; i < NODES; i++ )
    {
        free[i] = info[i].free >> PAGE_SHIFT;
        CHECK_EQ(info[i].claimed >> PAGE_SHIFT, all_claims_on(i));
        CHECK(info[i].claimed <= info[i].free);
    }
}

/* What a set asks for, or why it is wrong in itself. */
struct set {
    unsigned long host, node[NODES];
    uint64_t sum;
    bool legacy;
};

static long parse(const memory_claim_t *claims, size_t readable, uint32_t nr,
                  struct set *set)
{
    uint64_t seen = 0;
    bool excess = false;

    *set = (struct set){};

    if ( !nr )
        return -EINVAL;
    if ( nr > MAX_CLAIMS )
        return -E2BIG;

    for ( unsigned int i = 0; i < nr; i++ )
    {
        const memory_claim_t *claim = &claims[i];
        unsigned int bit = claim->target;

        if ( readable < (i + 1) * sizeof(*claim) )
            return -EFAULT;
        if ( claim->pad )
            return -EINVAL;

        if ( claim->target == HOST )
        {
            set->host = claim->pages;
            bit = NODES;
        }
        else if ( claim->target == LEGACY && nr == 1 )
            set->legacy = true;
        else if ( claim->target & (HOST | LEGACY) )
            return -EINVAL;
        else if ( claim->target >= NODES )
            return -ENOENT;
        else
            set->node[claim->target] = claim->pages;

        if ( !set->legacy && (seen & (1U << bit)) )
            return -EINVAL;
        seen |= 1U << bit;

        excess |= __builtin_add_overflow(set->sum, claim->pages, &set->sum);
    }

    return excess || set->sum > UINT_MAX ? -EINVAL : 0;
}

/* Is there memory for the set if @less pages are gone from each node? */
static bool fits(const struct dom *d, const struct set *set,
                 unsigned long less)
{
    unsigned long own = claims_of(d);

    for ( unsigned int i = 0; i < NODES; i++ )
        if ( set->node[i] > d->node[i] &&
             set->node[i] + all_claims_on(i) - d->node[i] + less > free[i] )
            return false;

    return set->sum <= own ||
           set->sum + all_claims() - own + less <= sum_of(free);
}

/* What the domain may have; makes of the old kind of claim one of the new. */
static long check_limits(const struct dom *d, struct set *set)
{
    if ( !set->sum )
        return 0;

    if ( set->legacy )
    {
        if ( d->dying || claims_of(d) || set->sum <= d->nr_frames ||
             set->sum > d->max_pages )
            return -EINVAL;
        set->sum -= d->nr_frames;
        set->host = set->sum;
    }

    if ( d->dying )
        return -ESRCH;
    if ( set->sum + d->nr_frames > d->max_pages )
        return -EINVAL;

    return 0;
}

/* Judges and does in the model what Xen did with a set without other faults. */
static void judge(struct dom *d, const struct set *set, long rc)
{
    bool fit = fits(d, set, 0);
    /* Xen may need a page for the counts of a domain that had none on nodes. */
    bool needs_page = sum_of(set->node) && !sum_of(d->node);

    if ( set->sum && rc != (fit ? 0 : -ENOMEM) &&
         !(needs_page && fit && (!fits(d, set, 1) ||
                                 sum_of(free) <= all_claims())) )
        CHECK_EQ(rc, fit ? 0 : -ENOMEM);
    if ( !set->sum )
        CHECK_EQ(rc, 0);

    too_much += rc == -ENOMEM;
    if ( rc )
        return;

    calls_worked++;
    full += set->sum && all_claims() - claims_of(d) + set->sum == sum_of(free);
    d->host = set->host;
    memcpy(d->node, set->node, sizeof(d->node));
}

/* Now and then, one that is not there. */
static struct dom *any_dom(void)
{
    static struct dom nobody;

    return ONE_IN(128) ? &nobody : &doms[ROLL(DOMAINS)];
}

/* One that lives, or NULL. */
static struct dom *living_dom(void)
{
    struct dom *d = &doms[ROLL(DYING)];

    return d->id ? d : NULL;
}

static uint64_t random_pages(void)
{
    static const uint64_t huge[] = {
        UINT_MAX, 1UL << 32, 1UL << 52, 1UL << 63, ~0UL, ~0UL - 1,
    };

    switch ( ROLL(16) )
    {
    case 0:
        return ONE_IN(4) ? huge[ROLL(ARRAY_SIZE(huge))] : 0;

    case 1 ... 6:
        return ROLL(10);

    case 7 ... 13:
        return ROLL(300);

    default:
        return ROLL(2 * LEFT);
    }
}

/* As much as the domain can have on the target, nearly that, or too much. */
static uint64_t all_there_is(const struct dom *d, unsigned int node,
                             uint64_t others)
{
    uint64_t pages = node < NODES
                     ? free[node] - all_claims_on(node) + d->node[node]
                     : sum_of(free) - all_claims() + claims_of(d) - others;

    return pages + 1 - ROLL(ONE_IN(4) ? 20 : 3);
}

static void spoil(memory_claim_t *claim)
{
    static const uint32_t targets[] = {
        HOST | LEGACY, HOST | 1, LEGACY, LEGACY | 1, NODES, 63, 64, 255, 256,
        1U << 29, ~0U,
    };

    switch ( ROLL(3) )
    {
    case 0:
        claim->pad = 1U << ROLL(32);
        break;

    case 1:
        claim->target = targets[ROLL(ARRAY_SIZE(targets))];
        break;

    default:
        claim->target = random_u64(&dice);
        break;
    }
}

static uint32_t random_set(const struct dom *d,
                           memory_claim_t claims[MAX_CLAIMS + 1])
{
    static const uint32_t counts[] = {
        0, 6, 64, MAX_CLAIMS, MAX_CLAIMS + 1, 1U << 28, ~0U,
    };
    uint32_t nr = ONE_IN(32) ? counts[ROLL(ARRAY_SIZE(counts))]
                             : 1 + ROLL(NODES + 1);
    unsigned int filled = min(nr, MAX_CLAIMS + 1U), first = ROLL(NODES + 1);
    bool raw = ONE_IN(32), zero = ONE_IN(12), fill = ONE_IN(3);
    uint64_t sum = 0;

    for ( unsigned int i = 0; i < filled; i++ )
    {
        unsigned int node = (first + i) % (NODES + 1);

        claims[i] = (memory_claim_t){
            .target = node < NODES ? node : HOST,
            .pages = zero ? 0 : random_pages(),
        };
        if ( fill && i == filled - 1 )
            claims[i].pages = all_there_is(d, node, sum);
        sum += claims[i].pages;
        if ( ONE_IN(64) )
            spoil(&claims[i]);
        for ( unsigned int j = 0; raw && j < sizeof(*claims); j++ )
            ((uint8_t *)&claims[i])[j] = random_u64(&dice);
    }

    if ( nr == 1 && ONE_IN(3) )
        claims[0].target = LEGACY;

    return nr;
}

/*
 * Where to pass @size bytes: mostly where all of them can be accessed, or on a
 * page's end before an unmapped one.
 */
static void *random_buffer(void *buffer, size_t size, size_t *accessible)
{
    void *page = page_before_unmapped();

    *accessible = size;

    switch ( ROLL(32) )
    {
    case 0:
        *accessible = 0;
        return ONE_IN(2) ? NULL : UNMAPPED_ADDRESS;

    case 1 ... 2:
        *accessible = ROLL(size + 1);
        memcpy(page + PAGE_SIZE - *accessible, buffer, *accessible);
        return page + PAGE_SIZE - *accessible;

    default:
        return buffer;
    }
}

static domid_t random_domid(const struct dom *d)
{
    static const domid_t none[] = {
        DOMID_FIRST_RESERVED - 1, DOMID_SELF, DOMID_IO, DOMID_XEN, DOMID_COW,
        DOMID_INVALID,
    };

    return d->id ? d->id : none[ROLL(ARRAY_SIZE(none))];
}

static void call_set(void)
{
    struct dom *d = any_dom();
    memory_claim_t claims[MAX_CLAIMS + 1], *array;
    size_t readable;
    struct set set;
    uint32_t nr, mode = XEN_DOMCTL_CLAIM_MEMORY_SET;
    long rc, expected;

    read_host();
    nr = random_set(d, claims);
    array = random_buffer(claims, min(nr, MAX_CLAIMS + 1U) * sizeof(*claims),
                          &readable);
    if ( ONE_IN(64) )
        mode = 2 + ROLL(UINT_MAX - 1);

    expected = parse(claims, readable, nr, &set);
    if ( mode != XEN_DOMCTL_CLAIM_MEMORY_SET )
        expected = -EOPNOTSUPP;
    else if ( !d->id )
        expected = -ESRCH;
    else if ( !expected )
        expected = check_limits(d, &set);

    rc = claim_memory(random_domid(d), mode, array, &nr);
    if ( !d->id && rc == -ESRCH )
        return;
    if ( expected )
        CHECK_EQ(rc, expected);
    else
        judge(d, &set, rc);
}

static void call_claim_pages(void)
{
    struct dom *d = any_dom();
    xen_memory_reservation_t claim = {
        .nr_extents = ONE_IN(6) ? 0 : d->nr_frames + random_pages(),
        .domid = random_domid(d),
    };
    unsigned long cmd = XENMEM_claim_pages;
    struct set set = { .legacy = true };
    long rc, expected;
    size_t readable;
    void *arg;

    read_host();
    if ( ONE_IN(16) )
        claim.nr_extents = d->nr_frames + all_there_is(d, NODES, 0);
    if ( ONE_IN(64) )
        claim.extent_order = 1 + ROLL(UINT_MAX);
    if ( ONE_IN(64) )
        claim.mem_flags = 1U << ROLL(32);
    if ( ONE_IN(64) )
        set_xen_guest_handle(claim.extent_start, &claim.nr_extents);
    if ( ONE_IN(64) )
        cmd |= (1 + ROLL(1000)) << 6; /* The extent to start with. */
    set.sum = claim.nr_extents;
    arg = random_buffer(&claim, sizeof(claim), &readable);

    if ( cmd != XENMEM_claim_pages )
        expected = -EINVAL;
    else if ( readable < sizeof(claim) )
        expected = -EFAULT;
    else if ( claim.extent_order || claim.mem_flags || !d->id ||
              claim.extent_start.p )
        expected = -EINVAL;
    else
        expected = check_limits(d, &set);

    rc = hypercall_memory_op(cmd, arg);
    /* Xen 4.20 refuses even 0 pages for what is dying, and has no claims. */
    if ( d->dying && !expected && rc == -EINVAL )
        return;
    if ( expected )
        CHECK_EQ(rc, expected);
    else
        judge(d, &set, rc);
}

static void call_get(void)
{
    struct dom *d = any_dom();
    memory_claim_t claims[MAX_CLAIMS + 1], expected[NODES + 1], *array;
    unsigned int needed = 0;
    size_t writable;
    uint32_t room, nr;
    long rc;

    if ( d->host )
        expected[needed++] = (memory_claim_t)CLAIM(HOST, d->host);
    for ( unsigned int i = 0; i < NODES; i++ )
        if ( d->node[i] )
            expected[needed++] = (memory_claim_t)CLAIM(i, d->node[i]);

    room = ONE_IN(4) ? ROLL(NODES + 2) : ROLL(MAX_CLAIMS + 2);
    memset(claims, 0x5a, sizeof(claims));
    array = random_buffer(claims, room * sizeof(*claims), &writable);
    nr = room;
    rc = claim_memory(random_domid(d), XEN_DOMCTL_CLAIM_MEMORY_GET, array, &nr);

    if ( !d->id )
        CHECK_EQ(rc, -ESRCH);
    else if ( !array && !room )
        CHECK_EQ(rc, 0);
    else if ( !array )
        CHECK_EQ(rc, -EFAULT);
    else if ( room < needed )
        CHECK_EQ(rc, -ENOBUFS);
    else if ( writable < needed * sizeof(*claims) )
        CHECK_EQ(rc, -EFAULT);
    else
    {
        CHECK_EQ(rc, 0);
        CHECK(!memcmp(array, expected, needed * sizeof(*claims)));
        calls_worked++;
    }

    CHECK_EQ(nr, rc && rc != -ENOBUFS ? room : needed);
    /* Nothing behind what was asked for is written, nor anything in vain. */
    if ( array == claims )
        for ( unsigned int i = rc ? 0 : needed; i < ARRAY_SIZE(claims); i++ )
            CHECK(claims[i].target == 0x5a5a5a5a);
}

/* The node's claim first, then the host-wide one, then those of other nodes. */
static void redeem(struct dom *d, unsigned int node, unsigned long pages)
{
    unsigned long part = min(pages, d->node[node]);

    d->node[node] -= part;
    pages -= part;
    part = min(pages, d->host);
    d->host -= part;
    pages -= part;
    for ( unsigned int i = 0; i < NODES; i++ )
    {
        part = min(pages, d->node[i]);
        d->node[i] -= part;
        pages -= part;
    }
}

static bool permitted(const struct dom *d, unsigned int node,
                      unsigned long pages)
{
    unsigned long on_node = node < NODES ? free[node] - all_claims_on(node) +
                                           d->node[node] : ~0UL;

    return pages <= on_node &&
           pages <= sum_of(free) - all_claims() + claims_of(d);
}

static void populate_some(void)
{
    static const unsigned int orders[] = { 0, 0, 0, 0, 0, 0, 1, 3, 4, 9 };
    struct dom *d = living_dom();
    unsigned int order = orders[ROLL(ARRAY_SIZE(orders))];
    unsigned int node = ROLL(2 * NODES + 1), flags = 0;
    unsigned long nr = 1 + ROLL(order < 9 ? 16 : 2), pages = 1UL << order;
    xen_pfn_t frames[16] = {};
    long done;

    if ( !d || d->nr_frames + (nr << order) > MAX_FRAMES )
        return;

    /* On a node only, or rather there, or anywhere. */
    if ( node < NODES )
        flags = XENMEMF_exact_node(node);
    else if ( node < 2 * NODES )
        flags = XENMEMF_node(node - NODES);

    read_host();
    done = populate_frames(d->id, frames, nr, order, flags);

    for ( long i = 0; i < done; i++ )
    {
        unsigned int from = mfn_to_node(frames[i]);

        CHECK(d->nr_frames + pages <= d->max_pages);
        CHECK(permitted(d, from, pages));
        CHECK(node >= NODES || node == from);
        /* Single pages can always come from where they are claimed. */
        if ( !flags && !order && sum_of(d->node) )
            CHECK(d->node[from]);

        free[from] -= pages;
        redeem(d, from, pages);
        for ( unsigned long j = 0; j < pages; j++ )
            d->frames[d->nr_frames++] = frames[i] + j;
    }

    if ( done == (long)nr )
        return;

    denied++;
    CHECK(done >= 0);
    if ( d->nr_frames + pages > d->max_pages )
    {
        /* What max_pages forbids redeems nothing. */
        CHECK_EQ(claimed_pages(d->id, HOST), d->host);
        for ( unsigned int i = 0; i < NODES; i++ )
            CHECK_EQ(claimed_pages(d->id, i), d->node[i]);
    }
    else if ( !order )
        CHECK(!permitted(d, node, pages));
}

static void decrease_some(void)
{
    struct dom *d = living_dom();
    unsigned long nr;

    if ( !d || !d->nr_frames )
        return;

    nr = 1 + ROLL(min(d->nr_frames, 64U));
    d->nr_frames -= nr;
    CHECK_EQ(decrease_reservation(d->id, &d->frames[d->nr_frames], nr, 0), nr);
}

static void change_limit(void)
{
    struct dom *d = living_dom();

    if ( !d )
        return;

    d->max_pages = ONE_IN(8) ? ROLL(LEFT)
                             : d->nr_frames + claims_of(d) + ROLL(9 * LEFT);
    CHECK_EQ(domain_set_max_pages(d->id, d->max_pages), 0);
}

static void remake(struct dom *d)
{
    if ( d->id )
        CHECK_EQ(domain_destroy(d->id), 0);

    *d = (struct dom){ .max_pages = 2 * LEFT };
    d->id = domain_create(DOMAIN_PV, d->max_pages);
    if ( d->id > 0 )
        return;

    /* Xen has some tens of pages to find for a domain. */
    read_host();
    CHECK(sum_of(free) < all_claims() + 200);
    CHECK_EQ(d->id, -ENOMEM);
    d->id = 0;
}

static void recall(unsigned int node)
{
    bool on_node = all_claims_on(node) > free[node];
    struct dom *victim = NULL;
    unsigned long largest = 0;

    if ( !on_node && all_claims() <= sum_of(free) )
        return;

    for ( unsigned int i = 0; i < DOMAINS; i++ )
    {
        unsigned long pages = on_node ? doms[i].node[node] : doms[i].host;

        if ( pages > largest ||
             (pages && pages == largest && doms[i].id < victim->id) )
        {
            largest = pages;
            victim = &doms[i];
        }
    }

    recalled++;
    if ( CHECK(victim) )
        (*(on_node ? &victim->node[node] : &victim->host))--;
}

/* Somebody claims what nobody has yet, on the node or host-wide. */
static void claim_rest(unsigned int node)
{
    struct dom *d = living_dom();
    memory_claim_t claims[NODES + 1];
    unsigned long rest = sum_of(free) - all_claims();
    struct set set;
    long rc, expected;

    if ( !d )
        return;

    if ( node < NODES )
        rest = min(rest, free[node] - all_claims_on(node));
    for ( unsigned int i = 0; i <= NODES; i++ )
        claims[i] = (memory_claim_t){
            .target = i < NODES ? i : HOST,
            .pages = (i < NODES ? d->node[i] : d->host) +
                     (i == node ? rest : 0),
        };

    expected = parse(claims, sizeof(claims), ARRAY_SIZE(claims), &set);
    if ( !expected )
        expected = check_limits(d, &set);
    rc = claims_set(d->id, claims, ARRAY_SIZE(claims));
    if ( expected )
        CHECK_EQ(rc, expected);
    else
        judge(d, &set, rc);
}

/* A page that a domain just gave back is free, and goes. */
static void offline_one(domid_t helper)
{
    unsigned int node = ROLL(NODES);
    xen_pfn_t mfn = 0;
    uint32_t status;
    long rc;

    if ( nr_gone == MAX_GONE ||
         populate_frames(helper, &mfn, 1, 0, XENMEMF_exact_node(node)) != 1 )
        return;

    CHECK_EQ(decrease_reservation(helper, &mfn, 1, 0), 1);
    read_host();
    claim_rest(ONE_IN(2) ? node : NODES);
    read_host();
    rc = page_offline(mfn, &status);
    /* Memory that held Xen's own start is free by now, but has to stay. */
    if ( rc == -EPERM && (status & PG_OFFLINE_XENPAGE) )
        return;
    CHECK_EQ(rc, 0);
    CHECK_EQ(status, PG_OFFLINE_OFFLINED);
    gone[nr_gone++] = mfn;
    free[node]--;
    recall(node);
    read_host();
}

static void online_one(void)
{
    uint32_t status;

    if ( !nr_gone )
        return;

    CHECK_EQ(page_online(gone[--nr_gone], &status), 0);
    CHECK_EQ(status, PG_ONLINE_ONLINED);
}

static void one_step(domid_t helper)
{
    unsigned int kind = ROLL(4000);

    if ( kind < 1900 )
        call_set();
    else if ( kind < 2600 )
        call_get();
    else if ( kind < 3000 )
        call_claim_pages();
    else if ( kind < 3400 )
        populate_some();
    else if ( kind < 3800 )
        decrease_some();
    else if ( kind < 3960 )
        change_limit();
    else if ( kind < 3980 )
        offline_one(helper);
    else if ( kind < 3999 )
        online_one();
    else
        remake(&doms[ROLL(DYING)]);

    calls_made += kind < 3000;
}

/* Take what the test does not need, in superpages first. */
static int take_most(void)
{
    int d = domain_create(DOMAIN_PV, 1UL << 20);

    for ( unsigned int node = 0; node < NODES; node++ )
    {
        unsigned int flags = XENMEMF_exact_node(node);
        unsigned long nr;

        if ( node_free_pages(node) < LEFT )
            panic("Node %u is too small\n", node);

        populate(d, 0, (node_free_pages(node) - LEFT) >> 9, 9, flags);
        nr = node_free_pages(node) - LEFT;
        CHECK_EQ(populate(d, 0, nr, 0, flags), nr);
    }

    return d;
}

static char held_page[PAGE_SIZE] __aligned(PAGE_SIZE);

/* A domain of which a page is mapped is not gone when it is dead. */
static void make_dying(struct dom *d)
{
    d->id = domain_create(DOMAIN_PV, 2 * LEFT);
    d->max_pages = 2 * LEFT;
    CHECK_EQ(populate_frames(d->id, d->frames, 1, 0, 0), 1);
    d->nr_frames = 1;
    page_map_foreign(held_page, d->id, d->frames[0]);
    CHECK_EQ(domain_kill(d->id), 0);
    d->dying = true;
}

static unsigned long argument(const char *name, unsigned long otherwise)
{
    const char *text = strstr(command_line(), name);

    return text ? strtoul(text + strlen(name), NULL, 0) : otherwise;
}

void test_main(void)
{
    unsigned long seed = argument("seed=", 1);
    unsigned long calls = argument("calls=", 200000);
    unsigned long before = host_free_pages(), steps = 0;
    int ballast = take_most(), helper = domain_create(DOMAIN_PV, 1);

    printk("Seed %lu, %lu calls\n", seed, calls);
    dice.state = seed;
    make_dying(&doms[DYING]);
    for ( unsigned int i = 0; i < DYING; i++ )
        remake(&doms[i]);

    while ( calls_made < calls && !checks_failed() )
    {
        one_step(helper);
        if ( ++steps % 64 == 0 )
            CHECK_EQ(host_outstanding_pages(), all_claims());
        if ( steps % 100000 == 0 )
            CHECK(claims_consistent());
    }

    if ( checks_failed() )
        xtf_failure("Failure: seed %lu, step %lu\n", seed, steps);
    printk("In %lu steps %lu calls: %lu worked, %lu claimed too much, %lu to "
           "the last page; %lu allocations denied, %lu pages recalled\n", steps,
           calls_made, calls_worked, too_much, full, denied, recalled);
    CHECK(claims_consistent());

    /* Everything goes. */
    while ( nr_gone )
        online_one();
    page_map_writable(held_page);
    for ( unsigned int i = 0; i < DYING; i++ )
        if ( doms[i].id )
            CHECK_EQ(domain_destroy(doms[i].id), 0);
    CHECK_EQ(host_outstanding_pages(), 0);
    for ( unsigned int node = 0; node < NODES; node++ )
        CHECK_EQ(node_claimed_pages(node), 0);
    CHECK_EQ(domain_destroy(helper), 0);
    CHECK_EQ(domain_destroy(ballast), 0);
    CHECK_EQ(wait_for_free_pages(before), before);

    xtf_success(NULL);
}
