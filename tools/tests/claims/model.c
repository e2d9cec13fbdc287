/* SPDX-License-Identifier: GPL-2.0-only */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"

#define MAX_DOMAINS 8U
#define MAX_CHUNKS  8192U
#define NONE        (~0U)

#define min(a, b) ((a) < (b) ? (a) : (b))

/* The model: what each domain has, what it may still claim, what is free. */
struct model_domain {
    struct domain *d;                   /* NULL: there is none */
    unsigned int domid, tot, extra, max;
    bool dying;
    uint64_t affinity;
    unsigned int host, node[BENCH_NODES];
    unsigned int pages[BENCH_NODES];    /* of tot, by the node they are on */
};

static struct model_domain domains[MAX_DOMAINS];
static unsigned long free_on[BENCH_NODES], free_at_boot[BENCH_NODES];

/* Memory that is allocated. */
static struct chunk {
    struct page_info *pg;
    unsigned int order, owner;          /* index of the domain, or NONE */
    bool extra;
} chunks[MAX_CHUNKS];
static unsigned int nr_chunks;

/* Pages that are, or are to go, offline. */
enum { ONLINE, PENDING, OFFLINE, BROKEN };
static unsigned char *offline;

static unsigned int nr_nodes, nr_ranges, dma_bits, next_domid;
static struct bench_range ranges[2 * BENCH_NODES];

static char message[256];

#define DIFFER(...) \
    (snprintf(message, sizeof(message), __VA_ARGS__), (const char *)message)

static uint64_t online_nodes(void)
{
    return nr_nodes == 64 ? ~0UL : (1UL << nr_nodes) - 1;
}

static unsigned long node_sum(const struct model_domain *m)
{
    unsigned long sum = 0;
    unsigned int node;

    for ( node = 0; node < nr_nodes; node++ )
        sum += m->node[node];

    return sum;
}

static unsigned long claims_of(const struct model_domain *m)
{
    return node_sum(m) + m->host;
}

static unsigned long host_free(void)
{
    unsigned long sum = 0;
    unsigned int node;

    for ( node = 0; node < nr_nodes; node++ )
        sum += free_on[node];

    return sum;
}

/* What all domains but @but claim. */
static unsigned long claimed_by_others(const struct model_domain *but)
{
    unsigned long sum = 0;
    unsigned int i;

    for ( i = 0; i < MAX_DOMAINS; i++ )
        if ( domains[i].d && &domains[i] != but )
            sum += claims_of(&domains[i]);

    return sum;
}

static unsigned long claimed_on_node(const struct model_domain *but,
                                     unsigned int node)
{
    unsigned long sum = 0;
    unsigned int i;

    for ( i = 0; i < MAX_DOMAINS; i++ )
        if ( domains[i].d && &domains[i] != but )
            sum += domains[i].node[node];

    return sum;
}

/* The pages that are there for @m (NULL: for anybody without claims). */
static unsigned long available_to(const struct model_domain *m)
{
    unsigned long others = claimed_by_others(m), all = host_free();

    return all > others ? all - others : 0;
}

static unsigned long available_on_node(const struct model_domain *m,
                                       unsigned int node)
{
    unsigned long others = claimed_on_node(m, node);

    return free_on[node] > others ? free_on[node] - others : 0;
}

/* Redeem by @pages that @node served. */
static void model_redeem(struct model_domain *m, unsigned int node,
                         unsigned int pages)
{
    unsigned int n, part;

    part = min(pages, m->node[node]);
    m->node[node] -= part;
    pages -= part;

    part = min(pages, m->host);
    m->host -= part;
    pages -= part;

    for ( n = 0; n < nr_nodes; n++ )
    {
        part = min(pages, m->node[n]);
        m->node[n] -= part;
        pages -= part;
    }
}

/*
 * SET of which only @readable entries can be read: 0 and the new claims in
 * @new, or the error.
 */
static int model_set_of(const struct model_domain *m,
                        const memory_claim_t *claims, unsigned int nr,
                        unsigned int readable, struct model_domain *new)
{
    uint64_t seen = 0;
    bool host_seen = false, legacy = false, excess = false;
    unsigned __int128 sum = 0;
    unsigned int i;

    if ( !m )
        return -ESRCH;
    if ( !nr )
        return -EINVAL;
    if ( nr > BENCH_NODES + 1 )
        return -E2BIG;

    *new = *m;
    new->host = 0;
    memset(new->node, 0, sizeof(new->node));

    for ( i = 0; i < nr; i++ )
    {
        unsigned int target;

        if ( i >= readable )
            return -EFAULT;
        target = claims[i].target;
        if ( claims[i].pad )
            return -EINVAL;
        sum += claims[i].pages;

        if ( target == XEN_DOMCTL_CLAIM_MEMORY_HOST )
        {
            if ( host_seen )
                return -EINVAL;
            host_seen = true;
            new->host = claims[i].pages;
        }
        else if ( target == XEN_DOMCTL_CLAIM_MEMORY_LEGACY )
        {
            if ( nr > 1 )
                return -EINVAL;
            legacy = true;
        }
        else if ( target >> 30 )
            return -EINVAL;
        else if ( target >= nr_nodes )
            return -ENOENT;
        else if ( seen & 1UL << target )
            return -EINVAL;
        else
        {
            seen |= 1UL << target;
            new->node[target] = claims[i].pages;
        }
    }

    excess = sum > UINT_MAX;
    if ( excess )
        return -EINVAL;

    if ( legacy && sum )
    {
        if ( m->dying || claims_of(m) || sum <= m->tot || sum > m->max )
            return -EINVAL;
        new->host = sum -= m->tot;
    }

    if ( !sum )
        return 0;
    if ( m->dying )
        return -ESRCH;
    if ( sum + m->tot > m->max )
        return -EINVAL;
    if ( sum > available_to(m) )
        return -ENOMEM;
    for ( i = 0; i < nr_nodes; i++ )
        if ( new->node[i] > available_on_node(m, i) )
            return -ENOMEM;

    return 0;
}

static int model_set(const struct model_domain *m, const memory_claim_t *claims,
                     unsigned int nr, struct model_domain *new)
{
    return model_set_of(m, claims, nr, nr, new);
}

/* What GET has to return, and how many entries these are. */
static unsigned int model_get(const struct model_domain *m,
                              memory_claim_t *expected)
{
    unsigned int i, nr = 0;

    memset(expected, 0, (BENCH_NODES + 1) * sizeof(*expected));
    if ( m->host )
        expected[nr++] = (memory_claim_t){
            .pages = m->host, .target = XEN_DOMCTL_CLAIM_MEMORY_HOST };
    for ( i = 0; i < nr_nodes; i++ )
        if ( m->node[i] )
            expected[nr++] = (memory_claim_t){ .pages = m->node[i],
                                               .target = i };

    return nr;
}

/* Compare. */

static const char *compare_domain(const struct model_domain *m)
{
    struct bench_domain_state s;
    unsigned int node;

    bench_domain_state(m->d, &s);
    if ( s.tot_pages != m->tot + m->extra )
        return DIFFER("d%u has %u pages, not %u", m->domid, s.tot_pages,
                      m->tot + m->extra);
    if ( s.outstanding != claims_of(m) )
        return DIFFER("d%u claims %u pages, not %lu", m->domid, s.outstanding,
                      claims_of(m));
    if ( s.node_claims != node_sum(m) )
        return DIFFER("d%u claims %u pages on nodes, not %lu", m->domid,
                      s.node_claims, node_sum(m));
    for ( node = 0; s.node_claims && node < nr_nodes; node++ )
        if ( s.claims[node] != m->node[node] )
            return DIFFER("d%u claims %u pages on node %u, not %u", m->domid,
                          s.claims[node], node, m->node[node]);
    for ( node = 0; s.counted && node < nr_nodes; node++ )
        if ( s.node_pages[node] != m->pages[node] )
            return DIFFER("d%u has %u pages on node %u, not %u", m->domid,
                          s.node_pages[node], node, m->pages[node]);
    return NULL;
}

static const char *compare(void)
{
    struct bench_host_state h;
    unsigned long claims = 0;
    unsigned int i, node;
    const char *fault;

    for ( i = 0; i < MAX_DOMAINS; i++ )
        if ( domains[i].d )
        {
            fault = compare_domain(&domains[i]);
            if ( fault )
                return fault;
            claims += claims_of(&domains[i]);
        }

    bench_host_counts(&h, nr_nodes);
    if ( h.free != host_free() )
        return DIFFER("%ld pages are free, not %lu", h.free, host_free());
    if ( h.claimed != claims || claims > h.free )
        return DIFFER("%lu pages are claimed, not %lu, %ld are free",
                      h.claimed, claims, h.free);
    for ( node = 0; node < nr_nodes; node++ )
    {
        claims = claimed_on_node(NULL, node);
        if ( h.node_free[node] != free_on[node] )
            return DIFFER("%lu pages of node %u are free, not %lu",
                          h.node_free[node], node, free_on[node]);
        if ( h.node_claimed[node] != claims || claims > free_on[node] )
            return DIFFER("%lu pages of node %u are claimed, not %lu",
                          h.node_claimed[node], node, claims);
    }

    return NULL;
}

const char *model_check_all(void)
{
    const char *fault = compare();

    if ( !fault )
        fault = bench_fault();
    if ( !fault )
        fault = bench_claims_fault();
    return fault;
}

/* Booting. */

static unsigned int new_domain(unsigned int i, unsigned int max)
{
    struct model_domain *m = &domains[i];

    memset(m, 0, sizeof(*m));
    m->domid = ++next_domid & 0x3fff ?: ++next_domid & 0x3fff;
    m->max = max;
    m->affinity = ~0UL;
    m->d = bench_create_domain(m->domid, max);

    return i;
}

void model_boot(uint64_t seed)
{
    static const unsigned int few[] = { 1, 2, 2, 3, 4, 4, 5, 8 };
    struct bench_config config = { .ranges = ranges };
    struct bench_host_state h;
    unsigned long at = 0x800;
    unsigned int node, i;

    seed = seed * 2 + 1;
    for ( i = 0; i < 8; i++ )
        random_next(&seed);

    nr_nodes = random_below(&seed, 50) ? few[random_below(&seed, 8)] : 64;
    for ( node = 0; node < nr_nodes; node++ )
    {
        unsigned int pages = nr_nodes > 8 ? 32 : 64 << random_below(&seed, 6);

        switch ( random_below(&seed, 6) )
        {
        case 0:                                     /* not a round size */
            pages -= random_below(&seed, pages / 2);
            break;
        case 1:                                     /* empty */
            if ( node )
                continue;
            break;
        case 2:                                     /* with a hole */
            ranges[nr_ranges++] = (struct bench_range){ node, at, pages };
            at += pages + 1 + random_below(&seed, 100);
            break;
        }
        ranges[nr_ranges++] = (struct bench_range){ node, at, pages };
        at += pages;
        if ( random_below(&seed, 2) )
            at = (at | 0x3ff) + 1;
        else if ( random_below(&seed, 2) )
            at += random_below(&seed, 64);
    }

    dma_bits = random_below(&seed, 3) ? 0 : 24 + random_below(&seed, 3);
    config.nr_nodes = nr_nodes;
    config.nr_ranges = nr_ranges;
    config.dma_bits = dma_bits;
    config.dirty = !random_below(&seed, 3);
    bench_boot(&config);
    offline = calloc(at, 1);

    bench_host_state(&h);
    for ( node = 0; node < nr_nodes; node++ )
        free_on[node] = free_at_boot[node] = h.node_free[node];
    for ( i = 0; i < 4; i++ )
        new_domain(i, 1 << (8 + random_below(&seed, 6)));
}

/* Steps.  Each returns what is different, or NULL. */

static struct model_domain *pick_domain(unsigned int n)
{
    unsigned int i;

    for ( i = 0; i < MAX_DOMAINS; i++ )
        if ( domains[(n + i) % MAX_DOMAINS].d )
            return &domains[(n + i) % MAX_DOMAINS];

    return NULL;
}

static const char *step_create(const struct step *s)
{
    unsigned int i;

    for ( i = 0; i < MAX_DOMAINS; i++ )
        if ( !domains[i].d )
        {
            new_domain(i, s->a % 8 ? 1 << (4 + s->a % 11) : UINT_MAX);
            break;
        }

    return NULL;
}

/*
 * What a dying domain, or Xen, leaves in memory: nobody is to find it there.
 * What a domain frees while it lives it has to clear itself.
 */
#define SECRET 0x5ec12e75ec12e7UL

static unsigned long *secret_in(unsigned long mfn)
{
    return bench_page_memory(bench_mfn_page(mfn));
}

static bool shows_secret(unsigned long mfn, unsigned int order)
{
    unsigned long p;

    for ( p = mfn; p < mfn + (1UL << order); p++ )
        if ( *secret_in(p) == SECRET )
            return true;

    return false;
}

/* By its new owner, who asked for it as it is. */
static void clear_secrets(unsigned long mfn, unsigned int order)
{
    unsigned long p;

    for ( p = mfn; p < mfn + (1UL << order); p++ )
        *secret_in(p) = 0;
}

/* Frees the first or second half, or all, of a chunk. */
static void free_chunk(unsigned int i, unsigned int part)
{
    struct chunk *c = &chunks[i], freed = *c;
    unsigned long p, mfn;
    struct model_domain *m = c->owner == NONE ? NULL : &domains[c->owner];

    if ( part && c->order && nr_chunks < MAX_CHUNKS )
    {
        freed.order = --c->order;
        if ( part == 1 )
            c->pg = bench_page_at(c->pg, 1UL << c->order);
        else
            freed.pg = bench_page_at(c->pg, 1UL << c->order);
    }
    else
        *c = chunks[--nr_chunks];

    mfn = bench_page_mfn(freed.pg);
    for ( p = mfn; p < mfn + (1UL << freed.order); p++ )
    {
        if ( !m || m->dying )
            *secret_in(p) = SECRET;
        if ( offline[p] == PENDING )
            offline[p] = OFFLINE;
        else if ( offline[p] != BROKEN )
            free_on[bench_page_node(freed.pg)]++;
    }
    if ( m )
        *(freed.extra ? &m->extra : &m->tot) -= 1U << freed.order;
    if ( m && !freed.extra )
        m->pages[bench_page_node(freed.pg)] -= 1U << freed.order;
    bench_free(freed.pg, freed.order);
}

static const char *step_kill(const struct step *s)
{
    struct model_domain *m = pick_domain(s->a);
    unsigned int i;

    if ( !m )
        return NULL;

    if ( !m->dying )
    {
        bench_kill_domain(m->d);
        m->dying = true;
        m->host = 0;
        memset(m->node, 0, sizeof(m->node));
        if ( s->b % 4 )
            return NULL;        /* its memory goes later */
    }

    for ( i = nr_chunks; i-- > 0; )
        if ( chunks[i].owner == m - domains )
            free_chunk(i, 0);
    if ( m->tot || m->extra )
        return DIFFER("d%u has %u pages left", m->domid, m->tot + m->extra);
    bench_put_domain(m->d);
    bench_reap_domains();
    m->d = NULL;

    return NULL;
}

/* Counts that matter, in relation to what there is. */
static uint64_t pick_pages(const struct model_domain *m, unsigned int node,
                           unsigned int n)
{
    unsigned long all = node == NONE ? available_to(m)
                                     : available_on_node(m, node);

    switch ( n % 16 )
    {
    case 0:
        return 0;
    case 1:
        return all;
    case 2:
        return all + 1;
    case 3:
        return all / 2;
    case 4:
        return m->max > m->tot ? m->max - m->tot : 0;
    case 5:
        return all ? (n >> 4) % all : 1;
    case 6:
        return (uint64_t)(n >> 4) << (n >> 8) % 37;
    default:
        return (n >> 4) % 48;
    }
}

static const char *set_and_compare(struct model_domain *m, unsigned int domid,
                                   const memory_claim_t *claims,
                                   unsigned int nr)
{
    struct model_domain new;
    int expected = model_set(m, claims, nr, &new);
    int rc = xc_domain_claim_memory(test_xch(), domid, nr, claims) ? -errno : 0;

    if ( rc != expected )
        return DIFFER("d%u: SET of %u entries returned %d, not %d", domid, nr,
                      rc, expected);
    if ( !rc )
        *m = new;

    return NULL;
}

static const char *step_set(const struct step *s)
{
    struct model_domain *m = pick_domain(s->a);
    memory_claim_t claims[BENCH_NODES + 1];
    unsigned int i, nr = 0, node = s->b % nr_nodes;
    unsigned int entries = min(s->c % 4 + 1, nr_nodes);
    uint64_t seed = (uint64_t)s->d << 32 | s->c | 1;

    if ( !m )
        return NULL;

    if ( s->b >> 8 & 1 )
        claims[nr++] = (memory_claim_t){
            .pages = pick_pages(m, NONE, random_next(&seed) >> 32),
            .target = XEN_DOMCTL_CLAIM_MEMORY_HOST };
    if ( !nr || s->b >> 9 & 1 )
        for ( i = 0; i < entries; i++ )
        {
            claims[nr++] = (memory_claim_t){
                .pages = pick_pages(m, node, random_next(&seed) >> 32),
                .target = node };
            node = (node + 1) % nr_nodes;
        }

    return set_and_compare(m, m->domid, claims, nr);
}

static const char *step_set_any(const struct step *s)
{
    static const unsigned int targets[] = {
        XEN_DOMCTL_CLAIM_MEMORY_HOST, XEN_DOMCTL_CLAIM_MEMORY_LEGACY,
        0xc0000000U, 0x80000001U, 0x40000040U, 0x3fffffffU, 64, ~0U };
    struct model_domain *m = pick_domain(s->a);
    memory_claim_t claims[BENCH_NODES + 2];
    unsigned int i, nr = s->b % 8 < 7 ? s->b % 5 : BENCH_NODES + s->b / 8 % 3;
    uint64_t seed = (uint64_t)s->d << 32 | s->c | 1;

    for ( i = 0; i < nr; i++ )
    {
        unsigned int n = random_next(&seed) >> 32;

        claims[i] = (memory_claim_t){
            .pages = m ? pick_pages(m, NONE, random_next(&seed) >> 32) : n,
            .target = n % 3 ? (n >> 8) % (nr_nodes + 2) : targets[n / 3 % 8],
            .pad = n >> 20 & 15 ? 0 : n };
    }

    if ( s->b >> 16 & 15 )
        return m ? set_and_compare(m, m->domid, claims, nr) : NULL;
    return set_and_compare(NULL, 0x7fef, claims, nr);
}

static const char *step_get(const struct step *s)
{
    struct model_domain *m = pick_domain(s->a);
    memory_claim_t claims[BENCH_NODES + 1], expected[BENCH_NODES + 1];
    unsigned int i, nr, room, n;
    int rc, want;

    if ( !m )
        return NULL;

    nr = model_get(m, expected);
    room = n = s->b % 3 ? BENCH_NODES + 1 : s->b / 3 % (nr + 2);
    memset(claims, 0x5a, sizeof(claims));
    rc = xc_domain_get_claims(test_xch(), m->domid, &n, claims) ? -errno : 0;
    want = room < nr ? -ENOBUFS : 0;
    if ( rc != want || n != nr )
        return DIFFER("d%u: GET with room for %u returned %d and %u, not %d "
                      "and %u", m->domid, room, rc, n, want, nr);
    if ( !rc && memcmp(claims, expected, nr * sizeof(*claims)) )
        return DIFFER("d%u: GET returned other claims", m->domid);
    for ( i = rc ? 0 : nr; i < BENCH_NODES + 1; i++ )
        if ( claims[i].pad != 0x5a5a5a5aU )
            return DIFFER("d%u: GET wrote entry %u", m->domid, i);

    return NULL;
}

/*
 * The domctl as a guest makes it: any number, any mode, and of the array as
 * much as there is, which then is what can be read or written.
 */
const char *model_domctl(unsigned int domain, unsigned int mode,
                         unsigned int nr, void *array, size_t size)
{
    struct model_domain *m = domain < MAX_DOMAINS ? &domains[domain] : NULL;
    struct model_domain new;
    memory_claim_t expected[BENCH_NODES + 1], claims[BENCH_NODES + 1];
    struct xen_domctl op = {
        .cmd = XEN_DOMCTL_claim_memory, .domain = 0x7fef,
        .interface_version = XEN_DOMCTL_INTERFACE_VERSION,
        .u.claim_memory = { .nr_entries = nr, .mode = mode } };
    unsigned int readable = array ? size / sizeof(*claims) : 0, n = 0;
    int rc, want;

    if ( m && !m->d )
        m = NULL;
    if ( m )
        op.domain = m->domid;
    set_xen_guest_handle_raw(op.u.claim_memory.claim_set, array);

    if ( !m )
        want = -ESRCH;
    else if ( mode == XEN_DOMCTL_CLAIM_MEMORY_SET )
    {
        if ( array )
            memcpy(claims, array,
                   min(readable, BENCH_NODES + 1) * sizeof(*claims));
        want = model_set_of(m, claims, nr, readable, &new);
    }
    else if ( mode == XEN_DOMCTL_CLAIM_MEMORY_GET )
    {
        n = model_get(m, expected);
        want = nr && !array ? -EFAULT : !nr && !array ? 0
               : nr < n ? -ENOBUFS : readable < n ? -EFAULT : 0;
    }
    else
        want = -EOPNOTSUPP;

    bench_guest_add(&op, sizeof(op));
    if ( array )
        bench_guest_add(array, size);
    rc = bench_domctl(&op);
    if ( array )
        bench_guest_remove(array);
    bench_guest_remove(&op);

    if ( rc != want )
        return DIFFER("mode %u of %u entries, %zu bytes, returned %d, not %d",
                      mode, nr, size, rc, want);
    if ( mode == XEN_DOMCTL_CLAIM_MEMORY_SET && !rc )
        *m = new;
    if ( mode == XEN_DOMCTL_CLAIM_MEMORY_GET && (!rc || rc == -ENOBUFS) )
    {
        if ( op.u.claim_memory.nr_entries != n )
            return DIFFER("GET returned %u entries, not %u",
                          op.u.claim_memory.nr_entries, n);
        if ( !rc && array && memcmp(array, expected, n * sizeof(*expected)) )
            return "GET returned other claims";
    }
    else if ( op.u.claim_memory.nr_entries != nr )
        return "the number of entries was changed";

    return compare();
}

static const char *step_legacy(const struct step *s)
{
    struct model_domain *m = pick_domain(s->a), new;
    memory_claim_t claim = { .target = XEN_DOMCTL_CLAIM_MEMORY_LEGACY };
    int rc, expected;

    if ( !m )
        return NULL;

    if ( s->b % 3 )
        claim.pages = pick_pages(m, NONE, s->c) + m->tot;
    expected = model_set(m, &claim, 1, &new);
    rc = bench_legacy_claim(m->d, claim.pages);
    if ( rc != expected )
        return DIFFER("d%u: claiming %lu pages returned %d, not %d", m->domid,
                      (unsigned long)claim.pages, rc, expected);
    if ( !rc )
        *m = new;

    return NULL;
}

/* A request for memory, in the model's words. */
struct request {
    struct model_domain *m;             /* who asks, NULL: Xen */
    const struct model_domain *credit;  /* whose claims may be used */
    unsigned int order, memflags, node, zone_lo, zone_hi;
    bool exact;
};

static bool can_serve(const struct request *r, unsigned int node, bool clean)
{
    return 1UL << r->order <= available_on_node(r->credit, node) &&
           bench_has_chunk(node, r->zone_lo, r->zone_hi, r->order, clean);
}

static bool node_can_serve(const struct request *r, unsigned int node)
{
    return can_serve(r, node, false);
}

/* Nodes that may serve it at all. */
static uint64_t allowed_nodes(const struct request *r)
{
    if ( r->node != NONE )
        return r->exact ? 1UL << r->node : online_nodes();
    if ( !r->exact )
        return online_nodes();

    /*
     * Exact, but no node: those of the affinity.  Without a domain, what a CPU
     * is on is where it starts, so that all are.
     */
    return r->m ? r->m->affinity & online_nodes() : online_nodes();
}

/* What the domain claims on other nodes is the same after the request. */
static bool spares_other_nodes(const struct request *r, unsigned int node,
                               unsigned int order)
{
    struct model_domain after = *r->credit;

    model_redeem(&after, node, 1U << order);
    after.node[node] = r->credit->node[node];

    return !memcmp(after.node, r->credit->node, sizeof(after.node));
}

/*
 * Nodes that have to serve it, or smaller requests, if one of them can: all of
 * the pages have been promised to come from there.
 */
static uint64_t steered_nodes(const struct request *r, unsigned int order)
{
    uint64_t nodes = 0;
    unsigned int node;

    if ( !r->credit || r->node != NONE || r->exact || r->zone_lo > r->zone_hi )
        return 0;

    for ( node = 0; node < nr_nodes; node++ )
        if ( r->credit->node[node] && spares_other_nodes(r, node, order) )
            nodes |= 1UL << node;

    return nodes & r->m->affinity ? nodes & r->m->affinity : nodes;
}

/*
 * Which of these nodes serves it: one with clean memory, or if none has, unless
 * that is too much to scrub, one with dirty memory.  They take turns.
 */
static unsigned int node_steered_to(const struct request *r, uint64_t nodes,
                                    unsigned int last_node)
{
    bool any_state = !r->order || r->memflags & bench_no_scrub;
    unsigned int i, clean;

    for ( clean = !any_state; clean + 1; clean-- )
    {
        if ( !clean && !any_state && r->order > 9 )
            break;
        for ( i = 1; i <= BENCH_NODES; i++ )
        {
            unsigned int node = (last_node + i) % BENCH_NODES;

            if ( nodes & 1UL << node && can_serve(r, node, clean) )
                return node;
        }
    }

    return NONE;
}

/* Are there single pages where the domain claims? */
static bool smaller_will_do(const struct request *r)
{
    struct request single = *r;
    uint64_t nodes = steered_nodes(r, 0);
    unsigned int node;

    single.order = 0;
    for ( node = 0; node < nr_nodes; node++ )
        if ( nodes & 1UL << node && node_can_serve(&single, node) )
            return true;

    return false;
}

static bool some_can_serve(const struct request *r, uint64_t nodes)
{
    unsigned int node;

    for ( node = 0; node < nr_nodes; node++ )
        if ( nodes & 1UL << node && node_can_serve(r, node) )
            return true;

    return false;
}

/* The node that serves a single page, whatever the zones and their state. */
static unsigned int single_page_node(const struct request *r,
                                     unsigned int last_node, unsigned int cpu)
{
    uint64_t preferred = online_nodes(), all = preferred;
    unsigned int i, n, pass;

    if ( r->m )
        preferred &= r->m->affinity;

    if ( r->node != NONE )
    {
        if ( node_can_serve(r, r->node) || r->exact )
            return r->node;
        n = r->node;
    }
    else if ( r->m )
    {
        n = last_node;
        do {
            n = (n + 1) % BENCH_NODES;
        } while ( !(preferred & 1UL << n) );
        n = (n + BENCH_NODES - 1) % BENCH_NODES;    /* one before the first */
    }
    else
        n = (cpu % nr_nodes + BENCH_NODES - 1) % BENCH_NODES;

    for ( pass = 0; pass < 2; pass++ )
    {
        if ( r->node != NONE && !pass && !(preferred & 1UL << r->node) )
            n = BENCH_NODES - 1;
        for ( i = 0; i < BENCH_NODES; i++ )
        {
            n = (n + 1) % BENCH_NODES;
            if ( preferred & 1UL << n && node_can_serve(r, n) )
                return n;
        }
        preferred = all & ~preferred;
        n = BENCH_NODES - 1;
    }

    return NONE;
}

static const char *step_alloc(const struct step *s)
{
    static const unsigned char orders[64] = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1,
        1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3,
        4, 4, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8, 8, 9, 9 };
    struct request r = { .node = NONE, .zone_lo = 1, .zone_hi = ~0U };
    struct bench_domain_state before;
    unsigned int node, expected = NONE, bits = 0, cpu = s->d % nr_nodes;
    uint64_t steered;
    struct page_info *pg;
    bool permitted, fits, shrinks = false;

    if ( nr_chunks == MAX_CHUNKS )
        return NULL;

    r.m = s->a % 16 ? pick_domain(s->a / 16) : NULL;
    r.order = s->b >> 8 & 1023 ? orders[s->b % 64] : 10 + s->b % 9;
    if ( !(s->c & 7) )
        r.memflags |= bench_no_refcount;
    if ( !(s->c >> 3 & 15) )
        r.memflags |= bench_no_owner;
    if ( !(s->c >> 7 & 7) )
        r.memflags |= bench_no_scrub;
    if ( !(s->c >> 10 & 3) )
    {
        r.memflags |= bench_exact_node;
        r.exact = true;
    }
    if ( !(s->c >> 12 & 7) )
        r.memflags |= bench_no_dma;
    if ( s->c >> 15 & 1 )
    {
        r.node = (s->c >> 16) % nr_nodes;
        r.memflags |= bench_memf_node(r.node);
    }
    if ( !(s->d >> 8 & 15) )
    {
        bits = 23 + (s->d >> 12) % 5;
        r.memflags |= bench_memf_bits(bits);
        r.zone_hi = bits - 12;
    }
    if ( s->d >> 16 & 1 )
        r.memflags |= bench_elsewhere;
    if ( dma_bits && r.memflags & bench_no_dma )
        r.zone_lo = dma_bits - 12 + 1;
    if ( r.m && !(r.memflags & (bench_no_refcount | bench_no_owner)) )
        r.credit = r.m;
    if ( r.m )
        bench_domain_state(r.m->d, &before);
    if ( r.m && !r.m->affinity )
        return "the affinity is empty";

    bench_enter_cpu(cpu);
    permitted = 1UL << r.order <= available_to(r.credit);
    steered = steered_nodes(&r, r.order);
    if ( permitted && steered )
        expected = node_steered_to(&r, steered, before.last_node);
    if ( permitted && expected == NONE && r.order &&
         !(r.memflags & bench_elsewhere) )
        shrinks = smaller_will_do(&r);
    if ( permitted && !r.order && !dma_bits && !bits && !steered )
        expected = single_page_node(&r, r.m ? before.last_node : 0, cpu);
    fits = !r.m || r.memflags & bench_no_owner ||
           (!r.m->dying && (!r.credit || r.m->tot + (1UL << r.order) <=
                                         r.m->max));

    pg = bench_alloc(r.m ? r.m->d : NULL, r.order, r.memflags);

    if ( !pg )
    {
        if ( !permitted || shrinks || !some_can_serve(&r, allowed_nodes(&r)) )
            return NULL;
        if ( fits )
            return DIFFER("d%d: no memory of order %u with flags %#x",
                          r.m ? (int)r.m->domid : -1, r.order, r.memflags);
        return NULL;
    }

    node = bench_page_node(pg);
    if ( !permitted )
        return DIFFER("d%d: 2^%u pages that others claim",
                      r.m ? (int)r.m->domid : -1, r.order);
    if ( 1UL << r.order > available_on_node(r.credit, node) )
        return DIFFER("d%d: 2^%u pages of node %u that others claim",
                      r.m ? (int)r.m->domid : -1, r.order, node);
    if ( !(allowed_nodes(&r) & 1UL << node) )
        return DIFFER("node %u for flags %#x", node, r.memflags);
    if ( !fits )
        return DIFFER("d%u got 2^%u pages beyond its limit", r.m->domid,
                      r.order);
    if ( expected != NONE && node != expected )
        return DIFFER("a page of node %u, not of node %u", node, expected);
    if ( shrinks )
        return DIFFER("d%u got 2^%u pages of node %u that it claims elsewhere",
                      r.m->domid, r.order, node);

    if ( r.memflags & bench_no_scrub )
        clear_secrets(bench_page_mfn(pg), r.order);
    else if ( shows_secret(bench_page_mfn(pg), r.order) )
        return DIFFER("memory of node %u that was not scrubbed", node);

    free_on[node] -= 1UL << r.order;
    if ( r.credit )
        model_redeem(r.m, node, 1U << r.order);
    chunks[nr_chunks] = (struct chunk){ pg, r.order, NONE };
    if ( r.m && !(r.memflags & bench_no_owner) )
    {
        chunks[nr_chunks].owner = r.m - domains;
        chunks[nr_chunks].extra = !r.credit;
        *(r.credit ? &r.m->tot : &r.m->extra) += 1U << r.order;
        if ( r.credit )
            r.m->pages[node] += 1U << r.order;
    }
    nr_chunks++;

    return NULL;
}

/* How full the host is to be, in per cent: it is not to stay empty. */
static unsigned int pressure = 50;

static const char *step_pressure(const struct step *s)
{
    static const unsigned char levels[] = { 0, 50, 90, 95, 98, 99, 100, 100 };

    pressure = levels[s->a % 8];

    return NULL;
}

static const char *step_free(const struct step *s)
{
    unsigned long all = 0;
    unsigned int node;

    for ( node = 0; node < nr_nodes; node++ )
        all += free_at_boot[node];
    if ( 100 * (all - min(all, host_free())) < pressure * all )
        return step_alloc(s);

    if ( nr_chunks )
        free_chunk(s->a % nr_chunks, s->b % 8 < 6 ? 0 : s->b % 8 - 5);

    return NULL;
}

static const char *step_free_many(const struct step *s)
{
    unsigned int n = s->a % 64;

    while ( n-- && nr_chunks )
        free_chunk((s->b + n * 7) % nr_chunks, 0);

    return NULL;
}

static const char *step_max_pages(const struct step *s)
{
    struct model_domain *m = pick_domain(s->a);

    if ( !m )
        return NULL;
    m->max = s->b % 8 ? m->tot + s->c % 2048 : s->c % (m->tot + 1);
    if ( !(s->d % 16) )
        m->max = UINT_MAX;
    bench_set_max_pages(m->d, m->max);

    return NULL;
}

static const char *step_affinity(const struct step *s)
{
    struct model_domain *m = pick_domain(s->a);
    uint64_t nodes = s->b & s->c;

    if ( !m )
        return NULL;
    /* Never without an online node: what calls this sees to it. */
    if ( !(nodes & online_nodes()) )
        nodes = s->b & 1 ? ~0UL : 1UL << s->c % nr_nodes;
    m->affinity = nodes;
    bench_set_affinity(m->d, nodes);

    return NULL;
}

static unsigned long pick_mfn(const struct step *s)
{
    const struct bench_range *r = &ranges[s->a % nr_ranges];

    return r->start + s->b % r->pages;
}

/* Which claims are to lose a page, of all that are the largest. */
static const char *recall(unsigned int node)
{
    bool on_node = claimed_on_node(NULL, node) > free_on[node];
    unsigned int i, largest = 0;

    if ( !on_node && claimed_by_others(NULL) <= host_free() )
        return NULL;

    for ( i = 0; i < MAX_DOMAINS; i++ )
        if ( domains[i].d )
        {
            unsigned int n = on_node ? domains[i].node[node] : domains[i].host;

            if ( n > largest )
                largest = n;
        }
    if ( !largest )
        return "nothing to recall";

    for ( i = 0; i < MAX_DOMAINS; i++ )
    {
        unsigned int *n = on_node ? &domains[i].node[node] : &domains[i].host;

        if ( !domains[i].d || *n != largest )
            continue;
        --*n;
        if ( !compare_domain(&domains[i]) )
            return NULL;
        ++*n;
    }

    return "a page was not recalled from a largest claim";
}

static const char *step_offline(const struct step *s)
{
    unsigned long mfn = pick_mfn(s);
    struct page_info *pg = bench_mfn_page(mfn);
    unsigned int status, node = bench_page_node(pg);
    bool was_free = bench_page_is_free(pg), broken = !(s->c % 8);
    int rc;

    /* Heap metadata is in use for ever; a broken page crashes its domain. */
    if ( offline[mfn] != ONLINE )
        return NULL;

    rc = bench_offline(mfn, broken && was_free, &status);
    if ( rc )
        return DIFFER("offlining returned %d", rc);
    if ( !was_free )
    {
        offline[mfn] = PENDING;
        return NULL;
    }

    offline[mfn] = broken ? BROKEN : OFFLINE;
    free_on[node]--;
    return recall(node);
}

static const char *step_online(const struct step *s)
{
    unsigned long mfn = pick_mfn(s);
    unsigned int status, i;
    const struct bench_range *r = &ranges[s->a % nr_ranges];
    int rc;

    /* Few are offline: look for one. */
    for ( i = 0; i < r->pages && offline[mfn] == ONLINE; i++ )
        mfn = mfn + 1 == r->start + r->pages ? r->start : mfn + 1;

    /* Released versions of Xen free a broken page, and die of that. */
    if ( offline[mfn] == BROKEN )
        return NULL;

    rc = bench_online(mfn, &status);
    if ( rc )
        return DIFFER("onlining returned %d", rc);
    if ( offline[mfn] == OFFLINE )
        free_on[bench_page_node(bench_mfn_page(mfn))]++;
    offline[mfn] = ONLINE;

    return NULL;
}

static const char *step_scrub(const struct step *s)
{
    unsigned int n = s->b % 8;

    bench_enter_cpu(s->a % nr_nodes);
    do {
        bench_scrub_some();
    } while ( n-- );

    return NULL;
}

static const struct kind {
    const char *name;
    const char *(*run)(const struct step *step);
    unsigned int weight;
} kinds[] = {
    { "alloc", step_alloc, 420 },
    { "free", step_free, 330 },
    { "set", step_set, 100 },
    { "get", step_get, 30 },
    { "set-any", step_set_any, 30 },
    { "legacy", step_legacy, 20 },
    { "max-pages", step_max_pages, 15 },
    { "scrub", step_scrub, 15 },
    { "offline", step_offline, 10 },
    { "online", step_online, 10 },
    { "affinity", step_affinity, 5 },
    { "create", step_create, 5 },
    { "kill", step_kill, 5 },
    { "free-many", step_free_many, 3 },
    { "pressure", step_pressure, 2 },
};

const unsigned int nr_step_kinds = sizeof(kinds) / sizeof(*kinds);

const char *step_name(unsigned int kind)
{
    return kinds[kind].name;
}

struct step model_random_step(uint64_t *seed)
{
    struct step s = {};
    unsigned int n = random_below(seed, 1000);

    while ( n >= kinds[s.kind].weight )
        n -= kinds[s.kind++].weight;
    s.a = random_next(seed) >> 32;
    s.b = random_next(seed) >> 32;
    s.c = random_next(seed) >> 32;
    s.d = random_next(seed) >> 32;

    return s;
}

const char *model_step(const struct step *s)
{
    const char *fault = kinds[s->kind].run(s);

    return fault ?: compare();
}

/* Ends everything but the host, and starts anew on it. */
const char *model_restart(void)
{
    const char *fault = model_end();
    unsigned int i, status;
    unsigned long mfn;

    for ( i = 0; i < nr_ranges && !fault; i++ )
        for ( mfn = ranges[i].start; mfn < ranges[i].start + ranges[i].pages;
              mfn++ )
        {
            if ( offline[mfn] != ONLINE && offline[mfn] != BROKEN )
            {
                if ( offline[mfn] == OFFLINE )
                {
                    free_on[bench_page_node(bench_mfn_page(mfn))]++;
                    free_at_boot[bench_page_node(bench_mfn_page(mfn))]++;
                }
                offline[mfn] = ONLINE;
                bench_online(mfn, &status);
            }
        }

    next_domid = 0;
    pressure = 50;
    for ( i = 0; i < 4; i++ )
        new_domain(i, 1 << (8 + i));

    return fault ?: compare();
}

const char *model_end(void)
{
    const struct step kill = {};
    unsigned int i, node;
    unsigned long mfn;
    const char *fault = NULL;

    while ( nr_chunks )
        free_chunk(nr_chunks - 1, 0);
    for ( i = 0; i < MAX_DOMAINS && !fault; i++ )
        if ( domains[i].d )
        {
            fault = step_kill(&kill);
            if ( !fault && domains[i].d )
                fault = step_kill(&kill);
        }
    if ( fault )
        return fault;

    for ( i = 0; i < nr_ranges; i++ )
        for ( mfn = ranges[i].start; mfn < ranges[i].start + ranges[i].pages;
              mfn++ )
            if ( offline[mfn] == OFFLINE || offline[mfn] == BROKEN )
                free_at_boot[bench_page_node(bench_mfn_page(mfn))]--;

    for ( node = 0; node < nr_nodes; node++ )
        if ( free_on[node] != free_at_boot[node] )
            return DIFFER("node %u has %lu free pages in the end, not %lu",
                          node, free_on[node], free_at_boot[node]);

    return model_check_all();
}
