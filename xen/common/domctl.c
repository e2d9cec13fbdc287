/* weave: before ^long do_domctl( */
/* SPDX-License-Identifier: GPL-2.0-only */
static int set_memory_claims(struct domain *d,
                             const struct xen_domctl_claim_memory *op)
{
    memory_claim_t claims[MAX_NUMNODES + 1];
    struct node_claims nodes;   /* Pages are set for nodes in its mask only. */
    unsigned long offline = ~nodemask_bits(&node_online_map)[0];
    unsigned long seen = offline;
    bool host_seen = false, legacy = false;
    uint64_t all_bits = 0, least = UINT_MAX;
    unsigned int i, left, readable, host = 0;

    BUILD_BUG_ON(MAX_NUMNODES > BITS_PER_LONG);

    if ( !op->nr_entries )
        return -EINVAL;

    if ( op->nr_entries > ARRAY_SIZE(claims) )
        return -E2BIG;

    if ( guest_handle_is_null(op->claim_set) )
        return -EFAULT;

    /* Errors of entries before the first unreadable one come first. */
    left = copy_from_guest(claims, op->claim_set, op->nr_entries);
    readable = op->nr_entries - DIV_ROUND_UP(left, sizeof(*claims));

    for ( i = 0; i < readable; i++ )
    {
        const memory_claim_t *claim = &claims[i];

        if ( claim->pad )
            return -EINVAL;

        /* Too many pages are reported after all errors of entries. */
        all_bits |= claim->pages;

        if ( claim->target < MAX_NUMNODES )
        {
            unsigned int node = array_index_nospec(claim->target,
                                                   MAX_NUMNODES);

            if ( seen & (1UL << node) )
                return node_online(node) ? -EINVAL : -ENOENT;
            seen |= 1UL << node;

            nodes.pages[node] = claim->pages;
            least = min(least, claim->pages);
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

    if ( readable < op->nr_entries )
        return -EFAULT;

    if ( all_bits > UINT_MAX )
        return -EINVAL;

    /* It is the only entry. */
    if ( legacy )
        return domain_set_outstanding_pages(d, all_bits);

    nodemask_bits(&nodes.nodes)[0] = seen & ~offline;

    /* Entries of 0 pages claim nothing. */
    if ( unlikely(!least) )
    {
        for_each_node_mask ( i, nodes.nodes )
            if ( !nodes.pages[i] )
                node_clear(i, nodes.nodes);
    }

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

/* Claims have locks of their own, and don't need the domctl lock. */
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

