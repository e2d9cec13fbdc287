/* weave: before ^static bool __read_mostly first_node_initialised; */
/* SPDX-License-Identifier: GPL-2.0-only */
/*************************
 * MEMORY CLAIMS
 *
 * A claim keeps free memory for a domain until the domain allocates it: on a
 * node (d->claims), or on any node of the host (what of d->outstanding_pages
 * is not d->node_claims).  No page is set aside, the allocator compares counts.
 *
 * The counts change under heap_lock.  Replacing the claims of a domain takes
 * its page_alloc_lock as well, and first: what it may claim depends on its
 * tot_pages, max_pages and is_dying.  Hence d->claims stays what it is, and
 * d->outstanding_pages can only fall, while either lock is held.
 */

/* What all domains together claim on each node. */
static unsigned long node_outstanding_claims[MAX_NUMNODES];

/* A sum of claims above the free pages must not wrap to a huge number. */
static unsigned long unclaimed(unsigned long avail_pages, unsigned long claims)
{
    return avail_pages > claims ? avail_pages - claims : 0;
}

/* Those of a domain that has no array of its own. */
static const struct node_claims no_node_claims;

static const struct node_claims *claims_on_nodes(const struct domain *d)
{
    return d->claims ?: &no_node_claims;
}

/*
 * For loops over many nodes: to take the lowest bit off a word is 5
 * instructions for each node, where for_each_node_mask() is 14.
 */
static unsigned long nodes_word(const nodemask_t *mask)
{
    BUILD_BUG_ON(MAX_NUMNODES > BITS_PER_LONG);

    return nodemask_bits(mask)[0];
}

/* Are there @request pages on @node, besides what others than @own claim? */
static bool node_permits(const struct node_claims *own, unsigned int node,
                         unsigned long request)
{
    return request <= unclaimed(node_avail_pages[node],
                                node_outstanding_claims[node]) +
                      own->pages[node];
}

/* The rest of claims_permit(): only @d's own claims can make room. */
static noinline bool own_claims_permit(const struct domain *d,
                                       unsigned int node,
                                       unsigned long request,
                                       unsigned int memflags)
{
    if ( !d || (memflags & MEMF_no_refcount) )
        return false;

    if ( node != NUMA_NO_NODE )
        return node_permits(claims_on_nodes(d), node, request);

    return request <= unclaimed(total_avail_pages, outstanding_claims) +
                      d->outstanding_pages;
}

/*
 * May @d (NULL: Xen itself) allocate @request pages from @node, or from the
 * host where that is NUMA_NO_NODE, without touching what others claim?  A claim
 * that is smaller than the request is topped up from unclaimed memory, so that
 * a domain gets its superpages at the end of a build too.
 *
 * Inline is the common case, in which what is unclaimed suffices: two loads, an
 * addition and a comparison.  The sum can't wrap: both are counts of pages.
 */
static always_inline bool claims_permit(const struct domain *d,
                                        unsigned int node,
                                        unsigned long request,
                                        unsigned int memflags)
{
    bool host = node == NUMA_NO_NODE;

    ASSERT(spin_is_locked(&heap_lock));

    if ( likely(request + (host ? outstanding_claims
                                : node_outstanding_claims[node]) <=
                (host ? total_avail_pages : node_avail_pages[node])) )
        return true;

    return own_claims_permit(d, node, request, memflags);
}

/* Take up to @pages off @d's claim on @node.  Returns how many these were. */
static unsigned long reduce_node_claim(struct domain *d, unsigned int node,
                                       unsigned long pages)
{
    struct node_claims *claims = d->claims;

    pages = min_t(unsigned long, pages, claims->pages[node]);

    ASSERT(pages <= d->node_claims);
    ASSERT(pages <= node_outstanding_claims[node]);
    claims->pages[node] -= pages;
    if ( !claims->pages[node] )
        node_clear(node, claims->nodes);
    d->node_claims -= pages;
    node_outstanding_claims[node] -= pages;

    return pages;
}

static noinline void redeem(struct domain *d, unsigned int node,
                            unsigned long request)
{
    unsigned long host = d->outstanding_pages - d->node_claims;
    unsigned long left = min_t(unsigned long, request, d->outstanding_pages);

    BUG_ON(left > outstanding_claims);
    outstanding_claims -= left;
    d->outstanding_pages -= left;

    if ( !d->node_claims )
        return;

    left -= reduce_node_claim(d, node, left);
    left -= min(left, host);

    /*
     * The pages came from elsewhere than claimed.  Some claim has to go all
     * the same: allocated and claimed pages together stay within max_pages.
     */
    if ( unlikely(left) )
    {
        for_each_node_mask ( node, d->claims->nodes )
            left -= reduce_node_claim(d, node, left);
    }

    ASSERT(!left);
}

/*
 * Redeem @d's claims by @request pages that it allocated from @node: first the
 * claim on that node, then the host-wide one, then those on other nodes.
 *
 * To be called in the same locked region that lowers the free counts.  Between
 * two regions the pages would count as claimed and as allocated, and others
 * would be refused memory that is there.
 *
 * What is redeemed stays so where alloc_domheap_pages() can't assign the pages.
 * Requests beyond max_pages don't get here: see alloc_domheap_pages().  What is
 * left are races with those, with max_pages being lowered, and with death.
 */
static inline void redeem_claims(struct domain *d, unsigned int node,
                                 unsigned long request, unsigned int memflags)
{
    if ( d && unlikely(d->outstanding_pages) &&
         !(memflags & MEMF_no_refcount) )
        redeem(d, node, request);
}

/* Give up all that @d claims. */
static void drop_claims(struct domain *d)
{
    struct node_claims *claims = d->claims;

    ASSERT(spin_is_locked(&heap_lock));

    if ( d->node_claims )
    {
        unsigned long left = nodes_word(&claims->nodes);

        for ( ; left; left &= left - 1 )
        {
            unsigned int node = ffsl(left) - 1;

            node_outstanding_claims[node] -= claims->pages[node];
            claims->pages[node] = 0;
        }

        nodes_clear(claims->nodes);
        d->node_claims = 0;
    }

    outstanding_claims -= d->outstanding_pages;
    d->outstanding_pages = 0;
}

int domain_set_outstanding_pages(struct domain *d, unsigned long pages)
{
    struct node_claims *unused = NULL;
    int rc = 0;

    spin_lock(&d->page_alloc_lock);
    spin_lock(&heap_lock);

    if ( !pages )
    {
        drop_claims(d);
        /* The array stays for other claims, as long as there can be any. */
        if ( d->is_dying )
            SWAP(d->claims, unused);
    }
    /* Claims must not outlive domain_kill(), which releases them once. */
    else if ( d->is_dying || d->outstanding_pages ||
              pages <= domain_tot_pages(d) || pages > d->max_pages )
        rc = -EINVAL;
    else
    {
        pages -= domain_tot_pages(d);
        if ( pages > unclaimed(total_avail_pages, outstanding_claims) )
            rc = -ENOMEM;
        else
        {
            d->outstanding_pages = pages;
            outstanding_claims += pages;
        }
    }

    spin_unlock(&heap_lock);
    spin_unlock(&d->page_alloc_lock);

    xfree(unused);

    return rc;
}

