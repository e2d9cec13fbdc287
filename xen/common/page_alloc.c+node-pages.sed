# SPDX-License-Identifier: GPL-2.0-only
# Pages are freed to a node that the caller has looked up, or that is looked up for it.

/^static void free_heap_pages($/,/^}$/{
    s/^static void free_heap_pages($/static void free_heap_pages_on_node(/
    s/^    struct page_info \*pg, unsigned int order, bool need_scrub)$/    struct page_info *pg, unsigned int node, unsigned int order,\n    bool need_scrub)/
    s/^    unsigned int i, node = page_to_nid(pg);$/    unsigned int i;/
    /^}$/a\
\
static void free_heap_pages(\
    struct page_info *pg, unsigned int order, bool need_scrub)\
{\
    free_heap_pages_on_node(pg, page_to_nid(pg), order, need_scrub);\
}
}
