/* SPDX-License-Identifier: GPL-2.0-only */
/* On which nodes the pages of a domain are. */
#ifndef HELPERS_NODE_PAGES_H
#define HELPERS_NODE_PAGES_H

#include <xtf.h>

/*
 * XEN_DOMCTL_numa_op, with any operation; nr_nodes is written back where Xen
 * does so.
 */
long numa_op(domid_t domid, uint32_t op, uint32_t *nr_nodes, uint64_t *pages);

/* The domain's pages on a node. Any failure to read them ends the test. */
unsigned long domain_node_pages(domid_t domid, unsigned int node);

/*
 * Are the domain's pages counted on the nodes that debug key 'u' finds them on?
 * That walks over the pages that a domain has in its physmap or could have: of
 * a domain with populate-on-demand memory it misses those not handed out yet.
 */
#define CHECK_NODE_PAGES(domid) check_node_pages(domid, __FILE__, __LINE__)
bool check_node_pages(domid_t domid, const char *file, unsigned int line);

#endif /* HELPERS_NODE_PAGES_H */
