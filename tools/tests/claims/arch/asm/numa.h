/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_NUMA_H
#define BENCH_ASM_NUMA_H

#include <xen/cpumask.h>

typedef unsigned char nodeid_t;

/* Later versions of Xen have all but this in their generic headers. */
#if !__has_include(<asm-generic/percpu.h>)

#define NODES_SHIFT 6

extern nodeid_t cpu_to_node[];
extern cpumask_t node_to_cpumask[];
#define cpu_to_node(cpu) cpu_to_node[cpu]
#define node_to_cpumask(node) node_to_cpumask[node]

extern unsigned int memnode_shift;
extern unsigned long memnodemapsize;
extern nodeid_t *memnodemap;

static inline nodeid_t bench_pdx_to_nid(unsigned long pdx)
{
    return memnodemap[pdx >> memnode_shift];
}
#define phys_to_nid(addr) bench_pdx_to_nid(paddr_to_pdx(addr))

struct node_data {
    unsigned long node_start_pfn, node_spanned_pages;
};
extern struct node_data node_data[];
#define NODE_DATA(node) (&node_data[node])
#define node_start_pfn(node) (NODE_DATA(node)->node_start_pfn)
#define node_spanned_pages(node) (NODE_DATA(node)->node_spanned_pages)

#endif

unsigned char __node_distance(nodeid_t a, nodeid_t b);

#define arch_want_default_dmazone() false
unsigned int arch_get_dma_bitsize(void);

#endif
