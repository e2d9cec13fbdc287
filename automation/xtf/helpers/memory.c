/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>
#include <helpers/debug_keys.h>
#include <helpers/domctl.h>
#include <helpers/events.h>
#include <helpers/limits.h>
#include <helpers/memory.h>
#include <helpers/spinlock.h>
#include <helpers/string.h>

#define MAX_NODES 64

/* Extents in one hypercall; the list is on the stack, a quarter of it. */
#define BATCH 128

/* XTF's stack is one page: what is larger than a few words is not on it. */
static DEFINE_SPINLOCK(lock);
static xen_sysctl_meminfo_t meminfo[MAX_NODES];

/* Into meminfo; the caller holds the lock. Returns the number of nodes. */
static unsigned int read_numainfo(void)
{
    xen_sysctl_t op = {
        .cmd = XEN_SYSCTL_numainfo,
        .u.numainfo.num_nodes = MAX_NODES,
    };
    long rc;

    needs_dom0();

    set_xen_guest_handle(op.u.numainfo.meminfo, meminfo);
    rc = sysctl_op(&op);
    if ( rc )
        panic("Cannot read the NUMA information: %ld\n", rc);

    return min(op.u.numainfo.num_nodes, (uint32_t)MAX_NODES);
}

static xen_sysctl_meminfo_t read_meminfo(unsigned int node)
{
    xen_sysctl_meminfo_t found;

    spin_lock(&lock);

    if ( node >= read_numainfo() )
        panic("There is no node %u\n", node);
    found = meminfo[node];

    spin_unlock(&lock);

    /* A node that is offline reads as all ones. */
    if ( found.memsize == XEN_INVALID_MEM_SZ )
        return (xen_sysctl_meminfo_t){ 0, 0 };

    return found;
}

unsigned int nr_nodes(void)
{
    unsigned int nr;

    spin_lock(&lock);
    nr = read_numainfo();
    spin_unlock(&lock);

    return nr;
}

unsigned long node_size(unsigned int node)
{
    return read_meminfo(node).memsize >> PAGE_SHIFT;
}

unsigned long node_free_pages(unsigned int node)
{
    dom_exc_port();

    return read_meminfo(node).memfree >> PAGE_SHIFT;
}

unsigned int mfn_to_node(xen_pfn_t mfn)
{
    static unsigned long ends[MAX_NODES];
    static unsigned int nr;

    if ( !nr )
    {
        unsigned int nodes = nr_nodes();
        unsigned long end = 0;

        for ( unsigned int i = 0; i < nodes; i++ )
            ends[i] = end += node_size(i);
        nr = nodes;
    }

    for ( unsigned int i = 0; i < nr; i++ )
        if ( mfn < ends[i] )
            return i;

    panic("Frame %#lx is on no node\n", mfn);
}

static struct xen_sysctl_physinfo read_physinfo(void)
{
    xen_sysctl_t op = { .cmd = XEN_SYSCTL_physinfo };
    long rc = sysctl_op(&op);

    if ( rc )
        panic("Cannot read the host's information: %ld\n", rc);

    return op.u.physinfo;
}

unsigned long host_pages(void)
{
    return read_physinfo().total_pages;
}

unsigned long host_free_pages(void)
{
    dom_exc_port();

    return read_physinfo().free_pages;
}

unsigned long host_outstanding_pages(void)
{
    return read_physinfo().outstanding_pages;
}

void print_host_memory(void)
{
    static char text[MAX_NODES * 24];
    unsigned int nr = nr_nodes();
    size_t len = 0;

    text[0] = '\0';
    for ( unsigned int i = 0; i < nr; i++ )
        len += snprintf(text + len, sizeof(text) - len, " %lu",
                        node_free_pages(i));

    printk("Free pages of the nodes:%s; host: %lu free, %lu claimed\n", text,
           host_free_pages(), host_outstanding_pages());
}

/* Xen tells nobody else: scrub_pages of the sysctls is always 0. */
unsigned long node_dirty_pages(unsigned int node)
{
    char what[32];
    const char *found;

    snprintf(what, sizeof(what), "Node %u has ", node);
    found = strstr(debug_keys_output("H"), what);

    return found ? strtoul(found + strlen(what), NULL, 10) : 0;
}

static long reservation_op(unsigned int cmd, domid_t domid, xen_pfn_t *frames,
                           unsigned long nr_extents, unsigned int order,
                           unsigned int mem_flags)
{
    xen_memory_reservation_t reservation = {
        .nr_extents = nr_extents,
        .extent_order = order,
        .mem_flags = mem_flags,
        .domid = domid,
    };

    set_xen_guest_handle(reservation.extent_start, frames);

    return hypercall_memory_op(cmd, &reservation);
}

long populate_frames(domid_t domid, xen_pfn_t *frames,
                     unsigned long nr_extents, unsigned int order,
                     unsigned int mem_flags)
{
    return reservation_op(XENMEM_populate_physmap, domid, frames, nr_extents,
                          order, mem_flags);
}

long decrease_reservation(domid_t domid, xen_pfn_t *frames,
                          unsigned long nr_extents, unsigned int order)
{
    return reservation_op(XENMEM_decrease_reservation, domid, frames,
                          nr_extents, order, 0);
}

long increase_reservation(domid_t domid, unsigned long nr_extents,
                          unsigned int order, unsigned int mem_flags)
{
    return reservation_op(XENMEM_increase_reservation, domid, NULL, nr_extents,
                          order, mem_flags);
}

long populate(domid_t domid, xen_pfn_t gfn, unsigned long nr_extents,
              unsigned int order, unsigned int mem_flags)
{
    unsigned long done = 0;

    while ( done < nr_extents )
    {
        unsigned long nr = min(nr_extents - done, (unsigned long)BATCH);
        xen_pfn_t frames[BATCH];
        long rc;

        for ( unsigned long i = 0; i < nr; i++ )
            frames[i] = gfn + ((done + i) << order);

        rc = populate_frames(domid, frames, nr, order, mem_flags);
        if ( rc < 0 )
            return rc;

        done += rc;
        if ( (unsigned long)rc < nr )
            break;
    }

    return done;
}

unsigned long populate_all(domid_t domid, xen_pfn_t gfn, unsigned int order,
                           unsigned int mem_flags)
{
    long rc = populate(domid, gfn, LONG_MAX >> order, order, mem_flags);

    if ( rc < 0 )
        panic("Cannot populate domain %u: %ld\n", domid, rc);

    return rc;
}

xen_pfn_t fill_node(domid_t domid, unsigned int node, unsigned int order)
{
    xen_pfn_t first = 0;

    if ( populate_frames(domid, &first, 1, order,
                         XENMEMF_exact_node(node)) != 1 )
        panic("Node %u has no free chunk of order %u\n", node, order);

    for ( int i = order; i >= 0; i-- )
        populate_all(domid, 0, i, XENMEMF_exact_node(node));

    return first;
}

unsigned long wear_node(domid_t domid, unsigned int node, unsigned int order)
{
    xen_pfn_t chunks[8] = {};
    long nr = populate_frames(domid, chunks, ARRAY_SIZE(chunks), order,
                              XENMEMF_exact_node(node));

    if ( nr <= 0 )
        panic("Node %u has no free chunk of order %u\n", node, order);

    for ( int i = order; i >= 0; i-- )
        populate_all(domid, 0, i, XENMEMF_exact_node(node));

    for ( long i = 0; i < nr; i++ )
        for ( unsigned long page = 0; page < 1UL << order; page += 2 )
        {
            xen_pfn_t frame = chunks[i] + page;

            if ( decrease_reservation(domid, &frame, 1, 0) != 1 )
                panic("Cannot give back frame %#lx\n", frame);
        }

    return node_free_pages(node);
}
