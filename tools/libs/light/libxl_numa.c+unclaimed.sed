# SPDX-License-Identifier: LGPL-2.1-only
# Memory that others claimed is taken.

/^    int \*vcpus_on_node, rc = 0;$/a\
    uint64_t host_memkb;

/^    if (ninfo == NULL)$/{
    n
    a\
    rc = libxl__numainfo_unclaimed(gc, ninfo, nr_nodes, &host_memkb);\
    if (rc)\
        goto out;
}

/^            nodes_free_memkb = nodemap_to_free_memkb(ninfo, &nodemap);$/c\
            nodes_free_memkb = min(nodemap_to_free_memkb(ninfo, &nodemap),\
                                   host_memkb);
