/* weave: before ^long do_domctl( */
/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Read up to @nr entries from @first on.  Returns how many are readable: what
 * is wrong with these is to be told before that the next one is not.
 */
static unsigned int read_memory_claims(const struct xen_domctl_claim_memory *op,
                                       unsigned int first, unsigned int nr,
                                       memory_claim_t *claims)
{
    unsigned int i = 0;

    nr = min(nr, op->nr_entries - first);

    if ( !copy_from_guest_offset(claims, op->claim_set, first, nr) )
        return nr;

    while ( i < nr &&
            !copy_from_guest_offset(&claims[i], op->claim_set, first + i, 1) )
        i++;

    return i;
}

static int set_memory_claims(struct domain *d,
                             const struct xen_domctl_claim_memory *op)
{
    struct node_claims nodes = {};
    memory_claim_t chunk[16];
    nodemask_t seen;            /* Nodes that may not be claimed on (again). */
    bool host_seen = false, legacy = false;
    uint64_t sum = 0, all_bits = 0;
    unsigned int i, readable = 0, host = 0;

    if ( !op->nr_entries )
        return -EINVAL;

    if ( op->nr_entries > MAX_NUMNODES + 1 )
        return -E2BIG;

    if ( guest_handle_is_null(op->claim_set) )
        return -EFAULT;

    nodes_complement(seen, node_online_map);

    for ( i = 0; i < op->nr_entries; i++ )
    {
        const memory_claim_t *claim = &chunk[i % ARRAY_SIZE(chunk)];

        if ( claim == chunk )
            readable = i + read_memory_claims(op, i, ARRAY_SIZE(chunk), chunk);

        if ( i == readable )
            return -EFAULT;

        if ( claim->pad )
            return -EINVAL;

        /* Too many pages are an error behind all those of entries. */
        sum += claim->pages;
        all_bits |= claim->pages;

        if ( claim->target < MAX_NUMNODES )
        {
            unsigned int node = array_index_nospec(claim->target,
                                                   MAX_NUMNODES);

            if ( node_test_and_set(node, seen) )
                return node_online(node) ? -EINVAL : -ENOENT;

            nodes.pages[node] = claim->pages;
            if ( claim->pages )
                node_set(node, nodes.nodes);
        }
        else if ( claim->target == XEN_DOMCTL_CLAIM_MEMORY_HOST )
        {
            if ( host_seen )
                return -EINVAL;
            host_seen = true;
            host = claim->pages;
        }
        else if ( claim->target == XEN_DOMCTL_CLAIM_MEMORY_LEGACY )
        {
            if ( op->nr_entries != 1 )
                return -EINVAL;
            legacy = true;
        }
        else
            return claim->target & (XEN_DOMCTL_CLAIM_MEMORY_HOST |
                                    XEN_DOMCTL_CLAIM_MEMORY_LEGACY)
                   ? -EINVAL : -ENOENT;
    }

    /* No count is above UINT_MAX, so that the sum of so few did not wrap. */
    if ( all_bits > UINT_MAX || sum > UINT_MAX )
        return -EINVAL;

    if ( legacy )
        return domain_set_outstanding_pages(d, sum);

    return domain_set_claims(d, host, &nodes);
}

static bool put_memory_claim(const struct xen_domctl_claim_memory *op,
                             unsigned int i, unsigned int target,
                             unsigned int pages)
{
    const memory_claim_t claim = { .pages = pages, .target = target };

    return !copy_to_guest_offset(op->claim_set, i, &claim, 1);
}

static int get_memory_claims(const struct domain *d,
                             struct xen_domctl_claim_memory *op)
{
    struct node_claims nodes;
    unsigned int host, node, i = 0, room = op->nr_entries;

    if ( room && guest_handle_is_null(op->claim_set) )
        return -EFAULT;

    domain_get_claims(d, &host, &nodes);

    op->nr_entries = !!host + nodes_weight(nodes.nodes);

    if ( !room && guest_handle_is_null(op->claim_set) )
        return 0;

    if ( room < op->nr_entries )
        return -ENOBUFS;

    if ( host && !put_memory_claim(op, i++, XEN_DOMCTL_CLAIM_MEMORY_HOST,
                                   host) )
        return -EFAULT;

    for_each_node_mask ( node, nodes.nodes )
        if ( !put_memory_claim(op, i++, node, nodes.pages[node]) )
            return -EFAULT;

    return 0;
}

/* What claims are made of has locks of its own: no need for the domctl lock. */
static int claim_memory(struct domain *d, struct xen_domctl_claim_memory *op)
{
    switch ( op->mode )
    {
    case XEN_DOMCTL_CLAIM_MEMORY_SET:
        return set_memory_claims(d, op);

    case XEN_DOMCTL_CLAIM_MEMORY_GET:
        return get_memory_claims(d, op);

    default:
        return -EOPNOTSUPP;
    }
}

