/* weave: before ^static bool __read_mostly first_node_initialised; */
/* SPDX-License-Identifier: GPL-2.0-only */
/*************************
 * MEMORY CLAIMS
 *
 * A claim reserves free memory for a domain until the domain allocates it:
 * either on a node (d->claims), or on any node of the host (that is, all of
 * d->outstanding_pages but d->node_claims).  No pages are set aside: the
 * allocator compares counts.
 *
 * The counts change under heap_lock.  Replacing the claims of a domain takes
 * its page_alloc_lock as well, and first: what it may claim depends on its
 * tot_pages, max_pages and is_dying.  Hence, while either lock is held,
 * d->claims does not change, and d->outstanding_pages can only decrease.
 */

/* Pages that all domains together claim on each node. */
static unsigned long node_outstanding_claims[MAX_NUMNODES];

/* The difference must not wrap if more is claimed than is free. */
static unsigned long unclaimed(unsigned long avail_pages, unsigned long claims)
{
    return avail_pages > claims ? avail_pages - claims : 0;
}

/* The claims of a domain that has no array of its own. */
static const struct node_claims no_node_claims;

static const struct node_claims *claims_on_nodes(const struct domain *d)
{
    return d->claims ?: &no_node_claims;
}

/*
 * For loops over many nodes: clearing the lowest bit of a word takes 5
 * instructions for each node, and for_each_node_mask() takes 14.
 */
static unsigned long nodes_word(const nodemask_t *mask)
{
    BUILD_BUG_ON(MAX_NUMNODES > BITS_PER_LONG);

    return nodemask_bits(mask)[0];
}

/* Has @node @request free pages that only the owner of @own may claim? */
static bool node_permits(const struct node_claims *own, unsigned int node,
                         unsigned long request)
{
    return request <= unclaimed(node_avail_pages[node],
                                node_outstanding_claims[node]) +
                      own->pages[node];
}

/* The slow path of claims_permit(): only @d's own claims can help. */
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
 * May @d (NULL: Xen itself) allocate @request pages from @node, without taking
 * memory that others claim?  If @node is NUMA_NO_NODE, the question is about
 * the whole host.  A claim that is smaller than the request is topped up from
 * unclaimed memory, so that a domain gets its superpages at the end of a build
 * too.
 *
 * The common case, in which unclaimed memory suffices, is inline: two loads, an
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

/* Take up to @pages off @d's claim on @node.  Returns how many it took. */
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
     * Pages came from a node without a claim.  Claims on other nodes have to be
     * reduced nevertheless: allocated and claimed pages together must stay
     * within max_pages.
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
 * two regions the pages would count both as claimed and as allocated, and
 * others would be refused memory that is free.
 *
 * Claims stay redeemed if alloc_domheap_pages() then can't assign the pages.
 * This is rare: alloc_domheap_pages() refuses requests beyond max_pages before.
 * There remain races with other requests, with max_pages being lowered, and
 * with the death of the domain.
 */
static inline void redeem_claims(struct domain *d, unsigned int node,
                                 unsigned long request, unsigned int memflags)
{
    if ( d && unlikely(d->outstanding_pages) &&
         !(memflags & MEMF_no_refcount) )
        redeem(d, node, request);
}

/* Release all claims of @d. */
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
        /* The array is kept for later claims, unless there can't be any. */
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

