/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The allocator, and what of the hypervisor it calls: domains, RCU's domain
 * list, page references.  All else aborts with its name (see the Makefile).
 */
#include <common/page_alloc.c>

#include <xen/guest_access.h>
#include <xen/hypercall.h>
#include <public/domctl.h>

#include "bench.h"

#if defined(rspin_lock_init) && !defined(BENCH_FAST) /* later versions */
#define spin_lock_recursive rspin_lock
#define spin_unlock_recursive rspin_unlock
#endif

/* What the architecture and other parts of Xen define. */
struct page_info *frame_table;
char *bench_directmap;
unsigned long max_page, total_pages;
nodeid_t *memnodemap;
unsigned long memnodemapsize;
struct node_data node_data[MAX_NUMNODES];
nodeid_t cpu_to_node[NR_CPUS];
cpumask_t node_to_cpumask[MAX_NUMNODES];
nodemask_t node_online_map;
cpumask_t cpu_online_map;
unsigned int nr_cpu_ids = NR_CPUS;
irq_cpustat_t irq_stat[NR_CPUS];
enum system_state system_state;
struct domain *domain_list, *hardware_domain, *dom_xen, *dom_io;
unsigned long __per_cpu_offset[NR_CPUS];
unsigned int memnode_shift;

#if __has_include(<asm-generic/percpu.h>)
unsigned long pfn_pdx_bottom_mask = ~0UL, pfn_top_mask, ma_top_mask;
unsigned long ma_va_bottom_mask = ~0UL;
unsigned int pfn_pdx_hole_shift;
#endif

#define BENCH_PERCPU __attribute__((__section__("bench_percpu")))
BENCH_PERCPU __typeof__(per_cpu____preempt_count) per_cpu____preempt_count;
BENCH_PERCPU __typeof__(per_cpu__rcu_lock_cnt) per_cpu__rcu_lock_cnt;
BENCH_PERCPU __typeof__(per_cpu__cpu_sibling_mask) per_cpu__cpu_sibling_mask;

/* A function as others have it: never in line. */
#define CALL(f) ({ __typeof__(&f) f_ = f; asm volatile ("" : "+r" (f_)); f_; })

static struct domain control_domain;
static struct vcpu control_vcpu;
static struct domain *domains[DOMID_FIRST_RESERVED];
static struct domain *dead_domains;

__thread struct vcpu *bench_vcpu = &control_vcpu;
__thread unsigned int bench_cpu;

#ifdef XEN_DOMCTL_claim_memory
const bool bench_has_claims = true;
#else
const bool bench_has_claims = false;
#define MEMF_claimed 0
#define MEMF_elsewhere 0
#endif

const unsigned int bench_no_refcount = MEMF_no_refcount;
const unsigned int bench_no_owner = MEMF_no_owner;
const unsigned int bench_exact_node = MEMF_exact_node;
const unsigned int bench_no_dma = MEMF_no_dma;
const unsigned int bench_no_scrub = MEMF_no_scrub;
const unsigned int bench_claimed = MEMF_claimed;
const unsigned int bench_elsewhere = MEMF_elsewhere;
#ifdef MEMF_keep_scrub
const unsigned int bench_unassigned = MEMF_no_scrub | MEMF_keep_scrub;
#else
const unsigned int bench_unassigned;
#define MEMF_keep_scrub 0
#endif

unsigned int bench_memf_node(unsigned int node)
{
    return MEMF_node(node);
}

unsigned int bench_memf_bits(unsigned int bits)
{
    return MEMF_bits(bits);
}

/* Booting. */

void bench_percpu_range(char **start, char **end)
{
    extern char __start_bench_percpu[], __stop_bench_percpu[];

    *start = __start_bench_percpu;
    *end = __stop_bench_percpu;
}

void bench_enter_cpu(unsigned int cpu)
{
    static bool known[NR_CPUS];
    char *start, *end;

    BUG_ON(cpu >= NR_CPUS);
    bench_cpu = cpu;

    if ( !cpu || known[cpu] )
        return;

    bench_percpu_range(&start, &end);
    __per_cpu_offset[cpu] = (char *)bench_map(end - start) - start;
    known[cpu] = true;
}

void bench_boot(const struct bench_config *config)
{
    unsigned long low = ~0UL;
    unsigned int i, node;

    for ( i = 0; i < config->nr_ranges; i++ )
    {
        const struct bench_range *r = &config->ranges[i];

        low = min(low, r->start);
        max_page = max(max_page, r->start + r->pages);
        total_pages += r->pages;
    }

    /*
     * Nothing is mapped for what lies far below the first page.  Buddies of
     * that one are looked at, and so is a pair of pages behind the last.
     */
    low &= -(2UL << MAX_ORDER);
    frame_table = bench_map((max_page + 2 - low) * sizeof(*frame_table));
    frame_table -= low;
    bench_directmap = bench_map((max_page - low) << PAGE_SHIFT);
    bench_directmap -= low << PAGE_SHIFT;
    memnodemapsize = max_page + 2;
    memnodemap = bench_map(memnodemapsize - low);
    memnodemap -= low;

    for ( node = 0; node < config->nr_nodes; node++ )
        node_set(node, node_online_map);
    for ( i = 0; i < NR_CPUS; i++ )
    {
        cpu_to_node[i] = i % config->nr_nodes;
        cpumask_set_cpu(i, &node_to_cpumask[cpu_to_node[i]]);
        cpumask_set_cpu(i, &cpu_online_map);
    }

    opt_bootscrub = config->dirty ? BOOTSCRUB_IDLE : BOOTSCRUB_OFF;
    dma_bitsize = config->dma_bits;

    for ( i = 0; i < config->nr_ranges; i++ )
    {
        const struct bench_range *r = &config->ranges[i];
        struct node_data *data = NODE_DATA(r->node);

        memset(memnodemap + r->start, r->node, r->pages);
        if ( !data->node_spanned_pages )
            data->node_start_pfn = r->start;
        data->node_spanned_pages = r->start + r->pages - data->node_start_pfn;
        init_boot_pages(pfn_to_paddr(r->start),
                        pfn_to_paddr(r->start + r->pages));
    }

    bench_lock_classify(&heap_lock, LOCK_HEAP);
    end_boot_allocator();
    heap_init_late();
    system_state = SYS_STATE_active;

    control_domain.is_privileged = true;
    control_domain.max_pages = UINT_MAX;
    control_domain.node_affinity = NODE_MASK_ALL;
    control_vcpu.domain = &control_domain;
    dom_xen = dom_io = NULL;
}

unsigned char __node_distance(nodeid_t a, nodeid_t b)
{
    return a == b ? 10 : 20;
}

int page_is_ram_type(unsigned long mfn, unsigned long type)
{
    unsigned int node = memnodemap[mfn];

    return mfn >= node_start_pfn(node) &&
           mfn < node_start_pfn(node) + node_spanned_pages(node);
}

/* What later versions ask instead. */
bool page_is_offlinable(mfn_t mfn)
{
    return page_is_ram_type(mfn_x(mfn), 0);
}

/* Domains. */

struct domain *bench_create_domain(unsigned int domid, unsigned int max_pages)
{
    struct domain *d = xzalloc(struct domain);

    BUG_ON(!d || domid >= DOMID_FIRST_RESERVED || domains[domid]);

    d->domain_id = domid;
    d->max_pages = max_pages;
    d->node_affinity = NODE_MASK_ALL;
    atomic_set(&d->refcnt, 1);
    bench_lock_classify(&d->page_alloc_lock, LOCK_PAGE_ALLOC);
    INIT_PAGE_LIST_HEAD(&d->page_list);
    INIT_PAGE_LIST_HEAD(&d->extra_page_list);
    INIT_PAGE_LIST_HEAD(&d->xenpage_list);
#ifdef XEN_DOMCTL_numa_op
    if ( num_online_nodes() > 1 )
    {
        d->node_pages = xzalloc_array(unsigned int, MAX_NUMNODES);
        BUG_ON(!d->node_pages);
    }
#endif

    /*
     * ThreadSanitizer knows nothing of RCU, but of locks: those who walk the
     * list have this one.
     */
    spin_lock(&heap_lock);
    d->next_in_list = domain_list;
    rcu_assign_pointer(domain_list, d);
    spin_unlock(&heap_lock);
    __atomic_store_n(&domains[domid], d, __ATOMIC_RELEASE);

    return d;
}

/* Of domain_kill() what is about memory, in the same order. */
void bench_kill_domain(struct domain *d)
{
    d->is_dying = DOMDYING_dying;
    domain_set_outstanding_pages(d, 0);
}

void bench_put_domain(struct domain *d)
{
    put_domain(d);
}

void domain_destroy(struct domain *d)
{
    struct domain **pd;

    BUG_ON(!d->is_dying);
    if ( atomic_cmpxchg(&d->refcnt, 0, DOMAIN_DESTROYED) != 0 )
        return;

    spin_lock(&heap_lock);
    for ( pd = &domain_list; *pd != d; pd = &(*pd)->next_in_list )
        ;
    rcu_assign_pointer(*pd, d->next_in_list);
    d->next_in_hashbucket = dead_domains;
    dead_domains = d;
    spin_unlock(&heap_lock);
    __atomic_store_n(&domains[d->domain_id], NULL, __ATOMIC_RELEASE);
}

bool bench_domid_is_used(unsigned int domid)
{
    return __atomic_load_n(&domains[domid], __ATOMIC_RELAXED);
}

/* The end of all RCU read-side critical sections. */
void bench_reap_domains(void)
{
    while ( dead_domains )
    {
        struct domain *d = dead_domains;

        dead_domains = d->next_in_hashbucket;
        BUG_ON(d->tot_pages || d->outstanding_pages);
#ifdef XEN_DOMCTL_claim_memory
        BUG_ON(d->claims);
#endif
#ifdef XEN_DOMCTL_numa_op
        xfree(d->node_pages);
#endif
        bench_lock_forget(&d->page_alloc_lock);
        xfree(d);
    }
}

struct domain *rcu_lock_domain_by_id(domid_t domid)
{
    struct domain *d = NULL;

    if ( domid < ARRAY_SIZE(domains) )
        d = __atomic_load_n(&domains[domid], __ATOMIC_ACQUIRE);
    if ( d )
        rcu_lock_domain(d);

    return d;
}

struct domain *rcu_lock_domain_by_any_id(domid_t domid)
{
    return domid == DOMID_SELF ? rcu_lock_current_domain()
                               : rcu_lock_domain_by_id(domid);
}

void __domain_crash(struct domain *d)
{
}

void bench_set_max_pages(struct domain *d, unsigned int max_pages)
{
    spin_lock_recursive(&d->page_alloc_lock);
    d->max_pages = max_pages;
    spin_unlock_recursive(&d->page_alloc_lock);
}

void bench_set_affinity(struct domain *d, unsigned long nodes)
{
    d->node_affinity.bits[0] = nodes;
}

void bench_set_privilege(bool on)
{
    control_domain.is_privileged = on;
}

void bench_domain_state(struct domain *d, struct bench_domain_state *s)
{
    memset(s, 0, sizeof(*s));
    s->tot_pages = d->tot_pages;
    s->max_pages = d->max_pages;
    s->outstanding = d->outstanding_pages;
    s->last_node = d->last_alloc_node;
    s->dying = d->is_dying;
    s->array_matches = true;
#ifdef XEN_DOMCTL_claim_memory
    s->node_claims = d->node_claims;
    s->has_array = d->claims;
    if ( d->claims )
    {
        unsigned int node;

        for ( node = 0; node < MAX_NUMNODES; node++ )
        {
            s->claims[node] = d->claims->pages[node];
            if ( !s->claims[node] != !nodemask_test(node, &d->claims->nodes) )
                s->array_matches = false;
        }
    }
#endif
#ifdef XEN_DOMCTL_numa_op
    s->counted = d->node_pages;
    if ( d->node_pages )
        memcpy(s->node_pages, d->node_pages, sizeof(s->node_pages));
#endif
}

/* The host. */

void bench_host_state(struct bench_host_state *s)
{
    unsigned int node, zone;

    memset(s, 0, sizeof(*s));
    s->free = total_avail_pages;
    s->claimed = outstanding_claims;

    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        for ( zone = 0; avail[node] && zone < NR_ZONES; zone++ )
            s->node_free[node] += avail[node][zone];
        s->need_scrub[node] = node_need_scrub[node];
#ifdef XEN_DOMCTL_claim_memory
        if ( s->node_free[node] != node_avail_pages[node] )
            s->free = ~0UL;
        s->node_claimed[node] = node_outstanding_claims[node];
#endif
    }
}

/* The counts alone, as they are. */
void bench_host_counts(struct bench_host_state *s, unsigned int nr_nodes)
{
    unsigned int node, zone;

    s->free = total_avail_pages;
    s->claimed = outstanding_claims;
    for ( node = 0; node < nr_nodes; node++ )
    {
#ifdef XEN_DOMCTL_claim_memory
        s->node_free[node] = node_avail_pages[node];
        s->node_claimed[node] = node_outstanding_claims[node];
#else
        s->node_free[node] = s->node_claimed[node] = 0;
        for ( zone = 0; avail[node] && zone < NR_ZONES; zone++ )
            s->node_free[node] += avail[node][zone];
#endif
    }
}

bool bench_has_chunk(unsigned int node, unsigned int zone_lo,
                     unsigned int zone_hi, unsigned int order, bool clean)
{
    const struct page_info *pg;
    unsigned int zone, i;

    for ( zone = zone_lo; avail[node] && zone < NR_ZONES && zone <= zone_hi;
          zone++ )
        for ( i = order; avail[node][zone] >> order && i <= MAX_ORDER; i++ )
            page_list_for_each ( pg, &heap(node, zone, i) )
                if ( !clean || pg->u.free.first_dirty == INVALID_DIRTY_IDX )
                    return true;

    return false;
}

bool bench_heap_is_locked(void)
{
    return spin_is_locked(&heap_lock);
}

const char *bench_claims_fault(void)
{
    const char *fault = NULL;

#ifdef XEN_DOMCTL_claim_memory
    spin_lock(&heap_lock);
    fault = claims_fault();
    spin_unlock(&heap_lock);
#endif

    return fault;
}

/* Dirty pages of a free chunk, as far as its first_dirty tells of them. */
static unsigned long dirty_pages(const struct page_info *pg, unsigned int order)
{
    unsigned long i, dirty = 0;

    for ( i = pg->u.free.first_dirty; i < 1UL << order; i++ )
        dirty += !!(pg[i].count_info & PGC_need_scrub);

    return dirty;
}

/* The free lists themselves, which claims_fault() takes for granted. */
static const char *lists_fault(void)
{
    unsigned int node, zone, order;

    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        unsigned long dirty = 0;

        for ( zone = 0; avail[node] && zone < NR_ZONES; zone++ )
        {
            unsigned long sum = 0;

            for ( order = 0; order <= MAX_ORDER; order++ )
            {
                const struct page_info *pg;

                page_list_for_each ( pg, &heap(node, zone, order) )
                {
                    if ( !page_state_is(pg, free) )
                        return "a page in use is on a free list";
                    if ( PFN_ORDER(pg) != order )
                        return "a free chunk is on the list of another order";
                    if ( page_to_pdx(pg) & ((1UL << order) - 1) )
                        return "a free chunk is not aligned";
                    if ( memnodemap[page_to_pdx(pg)] != node )
                        return "a free chunk is on another node's list";
                    sum += 1UL << order;
                    dirty += dirty_pages(pg, order);
                }
            }
            if ( sum != avail[node][zone] )
                return "the free chunks of a zone differ from its count";
        }
        if ( dirty != node_need_scrub[node] )
            return "a node's dirty free pages differ from their count";
    }

    return NULL;
}

/* The domain's pages on each node, counted as debug key 'u' does. */
static const char *node_pages_fault(const struct domain *d,
                                    const struct bench_domain_state *s)
{
    unsigned int nodes[MAX_NUMNODES] = {};
    const struct page_info *pg;

    page_list_for_each ( pg, &d->page_list )
        nodes[memnodemap[page_to_pdx(pg)]]++;

    return s->counted && memcmp(nodes, s->node_pages, sizeof(nodes))
           ? "a domain's pages are not counted on the nodes they are on" : NULL;
}

/*
 * The invariants once more, in other words than the hypervisor's, which a
 * mutation of it should not be able to change.
 */
const char *bench_fault(void)
{
    struct bench_host_state host;
    struct bench_domain_state s;
    unsigned long claimed = 0, node_claimed[MAX_NUMNODES] = {}, sum = 0;
    struct domain *d;
    unsigned int node;

    bench_host_state(&host);
    if ( host.free == ~0UL )
        return "a node's free pages are not those of its zones";

    for ( d = domain_list; d; d = d->next_in_list )
    {
        unsigned long nodes = 0;

        bench_domain_state(d, &s);
        for ( node = 0; node < MAX_NUMNODES; node++ )
        {
            nodes += s.claims[node];
            node_claimed[node] += s.claims[node];
        }
        if ( nodes != s.node_claims || nodes > s.outstanding )
            return "a domain's sum of node claims is wrong";
        if ( !s.array_matches )
            return "a domain's mask of nodes is wrong";
        if ( s.dying && s.outstanding )
            return "a dying domain has claims";
        if ( node_pages_fault(d, &s) )
            return node_pages_fault(d, &s);
        claimed += s.outstanding;
    }

    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        sum += host.node_free[node];
        if ( node_claimed[node] != host.node_claimed[node] )
            return "a node's sum of claims is wrong";
        if ( node_claimed[node] > host.node_free[node] )
            return "a node has more claims than free pages";
    }

    if ( sum != host.free )
        return "the host's sum of free pages is wrong";
    if ( claimed != host.claimed )
        return "the host's sum of claims is wrong";
    if ( claimed > host.free )
        return "the host has more claims than free pages";

    return lists_fault();
}

/* Memory. */

struct page_info *bench_alloc(struct domain *d, unsigned int order,
                              unsigned int memflags)
{
    return CALL(alloc_domheap_pages)(d, order, memflags);
}

int bench_assign(struct domain *d, struct page_info *pg, unsigned int order)
{
    unsigned int i;

    for ( i = 0; i < 1U << order; i++ )
        clear_bit(_PGC_need_scrub, &pg[i].count_info);

    return assign_page(pg, order, d, bench_unassigned);
}

/* The base has no such function, nor have versions that don't need it. */
void bench_free_unassigned(struct domain *d, struct page_info *pg,
                           unsigned int order)
{
#if defined(XEN_DOMCTL_claim_memory) && MEMF_keep_scrub
    CALL(free_unassigned_pages)(d, pg, order);
#else
    bench_free(pg, order);
#endif
}

/* Whole, which is what nobody else frees: what is measured is freeing it. */
void bench_free_chunk(struct page_info *pg, unsigned int order)
{
    unsigned int i;

    if ( page_get_owner(pg) )
        for ( i = 0; i < 1U << order; i++ )
            pg[i].count_info = 0;
    CALL(free_domheap_pages)(pg, order);
}

void bench_free(struct page_info *pg, unsigned int order)
{
    unsigned int i;

    /* As a domain's references to its pages are dropped. */
    if ( page_get_owner(pg) )
        for ( i = 0; i < 1U << order; i++ )
        {
            clear_bit(_PGC_allocated, &pg[i].count_info);
            put_page(&pg[i]);
        }
    else
        free_domheap_pages(pg, order);
}

void put_page(struct page_info *pg)
{
    unsigned long nx, x, y = pg->count_info;

    do {
        BUG_ON(!(y & PGC_count_mask));
        x = y;
        nx = x - 1;
    } while ( (y = cmpxchg(&pg->count_info, x, nx)) != x );

    if ( !(nx & PGC_count_mask) )
        free_domheap_page(pg);
}

struct domain *page_get_owner_and_reference(struct page_info *pg)
{
    unsigned long x, y = pg->count_info;

    do {
        x = y;
        if ( !(x & PGC_count_mask) || !page_get_owner(pg) )
            return NULL;
    } while ( (y = cmpxchg(&pg->count_info, x, x + 1)) != x );

    return page_get_owner(pg);
}

unsigned int bench_page_node(const struct page_info *pg)
{
    return memnodemap[page_to_pdx(pg)];
}

unsigned long bench_page_mfn(const struct page_info *pg)
{
    return page_to_pdx(pg);
}

struct page_info *bench_page_at(struct page_info *pg, unsigned long offset)
{
    return pg + offset;
}

struct page_info *bench_mfn_page(unsigned long mfn)
{
    return pdx_to_page(mfn);
}

bool bench_page_is_free(const struct page_info *pg)
{
    return page_state_is(pg, free);
}

void *bench_page_memory(const struct page_info *pg)
{
    return mfn_to_virt(page_to_pdx(pg));
}

/* Of release builds; debug builds write a pattern. */
void clear_domain_page(mfn_t mfn)
{
    clear_page(mfn_to_virt(mfn_x(mfn)));
}

bool bench_scrub_some(void)
{
    return scrub_free_pages();
}

void (*bench_on_alloc)(unsigned long mfn);

/* The last that the allocator does before it returns. */
void bench_flush_page(unsigned long mfn)
{
    if ( bench_on_alloc )
        bench_on_alloc(mfn);
}

int bench_offline(unsigned long mfn, bool broken, unsigned int *status)
{
    return offline_page(_mfn(mfn), broken, status);
}

int bench_online(unsigned long mfn, unsigned int *status)
{
    return online_page(_mfn(mfn), status);
}

/* Claims. */

int bench_legacy_claim(struct domain *d, unsigned long pages)
{
    return domain_set_outstanding_pages(d, pages);
}

#ifdef XEN_DOMCTL_claim_memory
int bench_set_claims(struct domain *d, unsigned int host,
                     const unsigned int *nodes)
{
    struct node_claims claims = {};
    unsigned int node;

    for ( node = 0; node < MAX_NUMNODES; node++ )
    {
        claims.pages[node] = nodes[node];
        if ( nodes[node] )
            node_set(node, claims.nodes);
    }

    return domain_set_claims(d, host, &claims);
}

unsigned long bench_get_claims(struct domain *d, unsigned int *nodes)
{
    struct node_claims claims;
    unsigned int host;

    domain_get_claims(d, &host, &claims);
    memcpy(nodes, claims.pages, sizeof(claims.pages));

    return host;
}
#else
int bench_set_claims(struct domain *d, unsigned int host,
                     const unsigned int *nodes)
{
    unsigned long sum = host;
    unsigned int node;

    for ( node = 0; node < MAX_NUMNODES; node++ )
        sum += nodes[node];

    return domain_set_outstanding_pages(d, sum ? d->tot_pages + sum : 0);
}

unsigned long bench_get_claims(struct domain *d, unsigned int *nodes)
{
    memset(nodes, 0, MAX_NUMNODES * sizeof(*nodes));
    return d->outstanding_pages;
}
#endif

void bench_outstanding(unsigned long *free, unsigned long *claimed)
{
    CALL(get_outstanding_claims)(free, claimed);
}

void bench_nodes(unsigned long *free, unsigned long *claimed)
{
#ifdef XEN_DOMCTL_claim_memory
    CALL(get_node_claims)(free, claimed);
#endif
}

unsigned long bench_node_free(unsigned int node)
{
    return CALL(avail_node_heap_pages)(node);
}

long bench_domctl(void *domctl)
{
    return do_domctl(guest_handle_from_ptr(domctl, xen_domctl_t));
}
