/* SPDX-License-Identifier: GPL-2.0-only */
/* What the claims section needs of Xen, with three nodes. */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_NUMNODES        3
#define NUMA_NO_NODE        0xff
#define NR_ZONES            2
#define DOMID_INVALID       0x7ff4U
#define MEMF_no_refcount    (1U << 4)
#define XENLOG_G_WARNING    "warning: "
#define PRI_mfn             "lx"

#define noinline            __attribute__((noinline))
#define always_inline       inline __attribute__((always_inline))
#define ACCESS_ONCE(x) (*(volatile __typeof__(x) *)&(x))
#define likely(x)           __builtin_expect(!!(x), true)
#define unlikely(x)         __builtin_expect(!!(x), false)
#define ffsl                        __builtin_ffsl
#define llc_coloring_enabled        false
#define BITS_PER_LONG               64
#define BUILD_BUG_ON(p)             _Static_assert(!(p), #p)
#define min(x, y)           ((x) < (y) ? (x) : (y))
#define min_t(type, x, y)   min((type)(x), (type)(y))
#define SWAP(x, y) \
    do { typeof(x) x_ = (x); (x) = (y); (y) = x_; } while ( 0 )

void assertion_failed(const char *what, unsigned int line);
#define BUG_ON(p) \
    ((p) ? assertion_failed("BUG_ON(" #p ")", __LINE__) : (void)0)
#ifdef NDEBUG
#define ASSERT(p)           do { if ( 0 && (p) ) {} } while ( 0 )
#else
#define ASSERT(p)           BUG_ON(!(p))
#endif
#define ASSERT_UNREACHABLE() ASSERT(false)

typedef struct { unsigned long bits; } nodemask_t;
#define nodemask_bits(mask)         (&(mask)->bits)
#define nodemask_test(node, mask)   (((mask)->bits >> (node)) & 1)
#define node_clear(node, mask)      ((mask).bits &= ~(1UL << (node)))
#define node_set(node, mask)        ((mask).bits |= 1UL << (node))
#define first_node(mask)            ((unsigned int)ffsl((mask).bits) - 1)
#define nodes_clear(mask)           ((mask).bits = 0)
#define nodes_empty(mask)           (!(mask).bits)
#define for_each_node_mask(node, mask) \
    for ( (node) = 0; (node) < MAX_NUMNODES; (node)++ ) \
        if ( nodemask_test(node, &(mask)) )

typedef unsigned short domid_t;
typedef struct { unsigned long mfn; } mfn_t;
typedef struct { bool held; } spinlock_t;
#define mfn_x(m)                    ((m).mfn)

/* Later versions have a recursive page_alloc_lock. */
#define spin_is_locked(lock)        ((lock)->held)
#define rspin_is_locked             spin_is_locked
#define nrspin_lock                 spin_lock
#define nrspin_unlock               spin_unlock
void spin_lock(spinlock_t *lock);
void spin_unlock(spinlock_t *lock);
void rcu_read_lock(bool *lock);
void rcu_read_unlock(bool *lock);

void *zeroed_bytes(size_t size);
void xfree(void *p);
#define xzalloc(type)               ((type *)zeroed_bytes(sizeof(type)))
void printk(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

struct node_claims {
    nodemask_t nodes;
    unsigned int pages[MAX_NUMNODES];
};
struct domain {
    domid_t domain_id;
    bool is_dying;
    spinlock_t page_alloc_lock;
    unsigned int tot_pages, max_pages, outstanding_pages, node_claims;
    struct node_claims *claims;
    unsigned int claim_sets;            /* of versions that scrub in steps */
    struct domain *next_in_list;
};
#define domain_tot_pages(d)         ((d)->tot_pages)
#define for_each_domain(d) \
    for ( (d) = domain_list(); (d); (d) = (d)->next_in_list )
struct domain *domain_list(void);
int domain_set_outstanding_pages(struct domain *d, unsigned long pages);

/* Likewise; the functions about that are the unit tests' to try. */
#define MAX_ORDER                   20
struct page_info {
    struct { unsigned int next, prev; } list;
};
#pragma GCC diagnostic ignored "-Wunused-function"

static bool domlist_read_lock;
static spinlock_t heap_lock;
static unsigned long total_avail_pages, node_avail_pages[MAX_NUMNODES];
static unsigned long outstanding_claims, *avail[MAX_NUMNODES];
