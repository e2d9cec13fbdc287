/* weave: before ^long do_domctl( */
/* SPDX-License-Identifier: GPL-2.0-only */
static int set_memory_claims(struct domain *d,
                             const struct xen_domctl_claim_memory *op)
{
    struct node_claims nodes = {};
    nodemask_t seen = NODE_MASK_NONE;
    bool host_seen = false, legacy = false, excess = false;
    uint64_t sum = 0;
    unsigned int i, host = 0;

    if ( !op->nr_entries )
        return -EINVAL;

    if ( op->nr_entries > MAX_NUMNODES + 1 )
        return -E2BIG;

    if ( guest_handle_is_null(op->claim_set) )
        return -EFAULT;

    for ( i = 0; i < op->nr_entries; i++ )
    {
        memory_claim_t claim;

        if ( copy_from_guest_offset(&claim, op->claim_set, i, 1) )
            return -EFAULT;

        if ( claim.pad )
            return -EINVAL;

        /* Go on after an excess: the errors of the entries come first. */
        if ( claim.pages > UINT_MAX - sum )
            excess = true;
        else
            sum += claim.pages;

        if ( claim.target == XEN_DOMCTL_CLAIM_MEMORY_HOST )
        {
            if ( host_seen )
                return -EINVAL;
            host_seen = true;
            host = claim.pages;
        }
        else if ( claim.target == XEN_DOMCTL_CLAIM_MEMORY_LEGACY )
        {
            if ( op->nr_entries != 1 )
                return -EINVAL;
            legacy = true;
        }
        else if ( claim.target & (XEN_DOMCTL_CLAIM_MEMORY_HOST |
                                  XEN_DOMCTL_CLAIM_MEMORY_LEGACY) )
            return -EINVAL;
        else
        {
            unsigned int node;

            if ( claim.target >= MAX_NUMNODES )
                return -ENOENT;

            node = array_index_nospec(claim.target, MAX_NUMNODES);
            if ( !node_online(node) )
                return -ENOENT;
            if ( node_test_and_set(node, seen) )
                return -EINVAL;

            nodes.pages[node] = claim.pages;
            if ( nodes.pages[node] )
                node_set(node, nodes.nodes);
        }
    }

    if ( excess )
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
    int rc;

    switch ( op->mode )
    {
    case XEN_DOMCTL_CLAIM_MEMORY_SET:
        rc = xsm_claim_pages(XSM_PRIV, d);
        break;

    case XEN_DOMCTL_CLAIM_MEMORY_GET:
        rc = xsm_getdomaininfo(XSM_HOOK, d);
        break;

    default:
        return -EOPNOTSUPP;
    }

    /* FLASK's -EACCES is what a domctl of another interface version gets. */
    if ( rc )
        return rc == -EACCES ? -EPERM : rc;

    return op->mode == XEN_DOMCTL_CLAIM_MEMORY_SET
           ? set_memory_claims(d, op) : get_memory_claims(d, op);
}

