/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A hypervisor's memory in user space: page_alloc.c and domctl.c of this tree,
 * on the architecture in arch/.
 *
 * hyp.c is compiled with the hypervisor's headers, all other files with those
 * of the C library.  This header is what both understand.
 */
#ifndef BENCH_H
#define BENCH_H

#define BENCH_NODES 64U
#define BENCH_ANY_NODE (~0U)

struct domain;
struct page_info;

/* Memory of one node: a node may have several ranges, with holes between. */
struct bench_range {
    unsigned int node;
    unsigned long start, pages;
};

/* How to boot. */
struct bench_config {
    unsigned int nr_nodes;              /* those without a range are empty */
    unsigned int nr_ranges;
    const struct bench_range *ranges;
    unsigned int dma_bits;              /* width of the DMA zone, 0: none */
    bool dirty;                         /* free memory has to be scrubbed */
};

void bench_boot(const struct bench_config *config);

/* Is there what the series adds, or only what the base has? */
extern const bool bench_has_claims;

/* Bits of memflags, by name: they are the tree's. */
extern const unsigned int bench_no_refcount, bench_no_owner, bench_exact_node,
    bench_no_dma, bench_no_scrub, bench_claimed, bench_elsewhere;
/* Allocate what is scrubbed and assigned later; 0 if the tree does not. */
extern const unsigned int bench_unassigned;
unsigned int bench_memf_node(unsigned int node);
unsigned int bench_memf_bits(unsigned int bits);

/* Domains. */
struct domain *bench_create_domain(unsigned int domid, unsigned int max_pages);
bool bench_domid_is_used(unsigned int domid);
void bench_kill_domain(struct domain *d);      /* sets is_dying, drops claims */
void bench_put_domain(struct domain *d);       /* pages keep it as well */
void bench_reap_domains(void);                 /* frees those that are gone */
void bench_set_max_pages(struct domain *d, unsigned int max_pages);
void bench_set_affinity(struct domain *d, unsigned long nodes);
void bench_set_privilege(bool on);

struct bench_domain_state {
    unsigned int tot_pages, max_pages, outstanding, node_claims, last_node;
    unsigned int claims[BENCH_NODES];
    bool has_array, array_matches, dying;
    bool counted;                       /* node_pages[] is: several nodes */
    unsigned int node_pages[BENCH_NODES];
};
void bench_domain_state(struct domain *d, struct bench_domain_state *state);

/* The host. */
struct bench_host_state {
    unsigned long free, claimed;
    unsigned long node_free[BENCH_NODES], node_claimed[BENCH_NODES];
    unsigned long need_scrub[BENCH_NODES];
};
void bench_host_state(struct bench_host_state *state);
void bench_host_counts(struct bench_host_state *state, unsigned int nr_nodes);

/* NULL if all invariants hold, and free chunks are what the counts say. */
const char *bench_fault(void);
/* The hypervisor's own check: claims_fault(). */
const char *bench_claims_fault(void);

extern unsigned long bench_low_mem_virqs;       /* counts them */

bool bench_heap_is_locked(void);                /* by this thread */

/* Memory. */
struct page_info *bench_alloc(struct domain *d, unsigned int order,
                              unsigned int memflags);
/* What was allocated with bench_unassigned: as the domain's, or not. */
int bench_assign(struct domain *d, struct page_info *pg, unsigned int order);
void bench_free_unassigned(struct domain *d, struct page_info *pg,
                           unsigned int order);
void bench_free_chunk(struct page_info *pg, unsigned int order);
void bench_free(struct page_info *pg, unsigned int order);
unsigned int bench_page_node(const struct page_info *pg);
unsigned long bench_page_mfn(const struct page_info *pg);
struct page_info *bench_page_at(struct page_info *pg, unsigned long offset);
struct page_info *bench_mfn_page(unsigned long mfn);
bool bench_page_is_free(const struct page_info *pg);
void *bench_page_memory(const struct page_info *pg);
bool bench_scrub_some(void);
int bench_offline(unsigned long mfn, bool broken, unsigned int *status);
int bench_online(unsigned long mfn, unsigned int *status);
/* Called for each page that was taken off the heap and has no owner yet. */
extern void (*bench_on_alloc)(unsigned long mfn);
/* Is there a free chunk, or, if @clean, one of which nothing is dirty? */
bool bench_has_chunk(unsigned int node, unsigned int zone_lo,
                     unsigned int zone_hi, unsigned int order, bool clean);

/* Claims by function call. */
int bench_legacy_claim(struct domain *d, unsigned long pages);
int bench_set_claims(struct domain *d, unsigned int host,
                     const unsigned int *nodes);
unsigned long bench_get_claims(struct domain *d, unsigned int *nodes);
void bench_outstanding(unsigned long *free, unsigned long *claimed);
void bench_nodes(unsigned long *free, unsigned long *claimed);  /* of each */
unsigned long bench_node_free(unsigned int node);

/* The hypercall, from the guest handle down: 0 or a negative errno. */
long bench_domctl(void *domctl);

/* Guest memory: what is not registered can't be accessed. */
void bench_guest_add(const void *start, unsigned long size);
void bench_guest_remove(const void *start);
/* Access to bytes @from to @to of a registered area faults. */
void bench_guest_fault(const void *from, const void *to);
extern unsigned long bench_guest_copies;        /* counts them */

/* Allocations of Xen: let the nth from now fail (0: none), and count them. */
void bench_fail_alloc(unsigned long nth);
unsigned long bench_nr_allocs(void);            /* not freed yet */

/* Threads: each is a CPU of its own. */
void bench_enter_cpu(unsigned int cpu);

/* What the hypervisor does not survive.  The default prints it and aborts. */
extern void (*bench_on_bug)(const char *what, const char *file, int line);

/* printk() goes nowhere unless this is set. */
extern bool bench_verbose;

/* Between hyp.c and host.c. */
void *bench_map(unsigned long size);
enum bench_lock { LOCK_OTHER, LOCK_PAGE_ALLOC, LOCK_HEAP };
void bench_lock_classify(void *lock, enum bench_lock class);
void bench_lock_forget(void *lock);
void bench_percpu_range(char **start, char **end);
extern unsigned long __per_cpu_offset[];

#endif
