/* SPDX-License-Identifier: GPL-2.0-only */
/* Memory of the host and of domains, in pages unless said otherwise. */
#ifndef HELPERS_MEMORY_H
#define HELPERS_MEMORY_H

#include <xtf.h>

#include <xen/memory.h>

/* The host. Any failure to read it ends the test. */
unsigned int nr_nodes(void); /* The highest node's number plus 1. */
unsigned long node_size(unsigned int node); /* Holes included. */
unsigned long node_free_pages(unsigned int node);
unsigned long host_pages(void);
unsigned long host_free_pages(void);
unsigned long host_outstanding_pages(void);

/* Where memory is one range from 0 on: hosts of less than 2.75 GiB. */
unsigned int mfn_to_node(xen_pfn_t mfn);

/* One line that shows the nodes' free pages and what is claimed. */
void print_host_memory(void);

/* Free pages of a node that are still to be scrubbed. */
unsigned long node_dirty_pages(unsigned int node);

/*
 * XENMEM_populate_physmap for extents of 2^order pages from gfn on, as many
 * hypercalls as it takes. Returns the extents that were populated, 0 included;
 * -errno where Xen refuses the call.
 */
long populate(domid_t domid, xen_pfn_t gfn, unsigned long nr_extents,
              unsigned int order, unsigned int mem_flags);

/*
 * The same with one hypercall for a list of frames. For a PV domain Xen writes
 * the machine frames that it allocated into the list.
 */
long populate_frames(domid_t domid, xen_pfn_t *frames,
                     unsigned long nr_extents, unsigned int order,
                     unsigned int mem_flags);

/* Gives back extents: machine frames of a PV domain, gfns of a PVH domain. */
long decrease_reservation(domid_t domid, xen_pfn_t *frames,
                          unsigned long nr_extents, unsigned int order);

/* XENMEM_increase_reservation, of which no frames are asked. */
long increase_reservation(domid_t domid, unsigned long nr_extents,
                          unsigned int order, unsigned int mem_flags);

/*
 * XENMEM_populate_physmap until Xen has no more such extents. Returns how many
 * there were; gfn as for populate().
 */
unsigned long populate_all(domid_t domid, xen_pfn_t gfn, unsigned int order,
                           unsigned int mem_flags);

/*
 * Gives a PV domain all that is free on the node, in extents of 2^order pages
 * and then smaller ones. Returns the machine frame of the first extent: who
 * gives that back has a node with a single free chunk. There must be one.
 */
xen_pfn_t fill_node(domid_t domid, unsigned int node, unsigned int order);

/*
 * The same, but gives back every second page of up to eight extents, so that
 * the node has free pages only of which no two make a chunk. Returns how many.
 */
unsigned long wear_node(domid_t domid, unsigned int node, unsigned int order);

#endif /* HELPERS_MEMORY_H */
