# SPDX-License-Identifier: GPL-2.0-only

# May miss: before 4.22 pages are scrubbed when they are allocated.
/^    d->claim_sets++;$/,/^}$/{
    /^}$/a\
\
/*\
 * What pages redeemed that were allocated with MEMF_keep_scrub.  It is kept in\
 * the first of them until they are assigned or freed: in its list entry, for\
 * pages that nobody owns are on no list.\
 */\
struct redeemed {\
    uint64_t pages:MAX_ORDER + 1;       /* of all claims */\
    uint64_t on_node:MAX_ORDER + 1;     /* of the claim on their node */\
    uint64_t claim_sets:62 - 2 * MAX_ORDER; /* which claims these were */\
};\
\
static struct redeemed *redeemed_by(struct page_info *pg)\
{\
    BUILD_BUG_ON(sizeof(struct redeemed) > sizeof(pg->list));\
\
    return (struct redeemed *)&pg->list;\
}\
\
/* To be called before redeem_claims(): it takes what this finds. */\
static void note_redeemed(const struct domain *d, struct page_info *pg,\
                          unsigned int node, unsigned long request,\
                          unsigned int memflags)\
{\
    unsigned long pages = memflags & MEMF_no_refcount\
                          ? 0 : min(request, d->outstanding_pages + 0UL);\
\
    *redeemed_by(pg) = (struct redeemed){\
        .pages = pages,\
        .on_node = min(pages, claims_on_nodes(d)->pages[node] + 0UL),\
        .claim_sets = d->claim_sets,\
    };\
}\
\
/*\
 * Claim again for @d what pages redeemed that have become free on @node: what\
 * was claimed on that node there, all else host-wide, because other nodes have\
 * no more free memory than before.  To be called in the same locked region.\
 */\
static void credit_claims(struct domain *d, unsigned int node,\
                          struct redeemed redeemed)\
{\
    const struct redeemed now = { .claim_sets = d->claim_sets };\
    unsigned long pages, on_node;\
\
    /* A set that came later is what @d claims, or that it claims nothing. */\
    if ( redeemed.claim_sets != now.claim_sets )\
        return;\
\
    /* Some of the pages may have gone offline. */\
    pages = min(redeemed.pages + 0UL,\
                unclaimed(total_avail_pages, outstanding_claims));\
    on_node = min(min(pages, redeemed.on_node + 0UL),\
                  unclaimed(node_avail_pages[node],\
                            node_outstanding_claims[node]));\
\
    if ( on_node )\
    {\
        d->claims->pages[node] += on_node;\
        node_set(node, d->claims->nodes);\
        d->node_claims += on_node;\
        node_outstanding_claims[node] += on_node;\
    }\
\
    d->outstanding_pages += pages;\
    outstanding_claims += pages;\
}
}

# May miss: as above.
/^static void free_heap_pages_locked(/,/^}$/{
    /^}$/a\
\
static void free_heap_pages_on_node(\
    struct page_info *pg, unsigned int node, unsigned int order,\
    bool need_scrub)\
{\
    spin_lock(&heap_lock);\
    free_heap_pages_locked(pg, node, order, need_scrub);\
    spin_unlock(&heap_lock);\
}\
\
void free_unassigned_pages(struct domain *d, struct page_info *pg,\
                           unsigned int order)\
{\
    unsigned int node = page_to_nid(pg);\
    struct redeemed redeemed = {};\
\
    ASSERT_ALLOC_CONTEXT();\
    ASSERT(!page_get_owner(pg));\
\
    /* Coloured pages are not from the heap that claims are about. */\
    if ( !(pg->count_info & PGC_colored) )\
        redeemed = *redeemed_by(pg);\
\
    spin_lock(&heap_lock);\
\
    free_heap_pages_locked(pg, node, order, true);\
    credit_claims(d, node, redeemed);\
    ASSERT(!claims_fault());\
\
    spin_unlock(&heap_lock);\
}
}
