# SPDX-License-Identifier: GPL-2.0-only

# May miss: 4.17 has no such macro.
/^#define page_to_nid(pg) mfn_to_nid(page_to_mfn(pg))$/c\
#ifdef CONFIG_NUMA\
static inline nodeid_t pdx_to_nid(unsigned long pdx)\
{\
    ASSERT((pdx >> memnode_shift) < memnodemapsize);\
\
    return memnodemap[pdx >> memnode_shift];\
}\
\
#define page_to_nid(pg) pdx_to_nid(page_to_pdx(pg))\
#else\
#define page_to_nid(pg) mfn_to_nid(page_to_mfn(pg))\
#endif

# May miss: later versions, see above.
/^#define MAX_NUMNODES    (1 << NODES_SHIFT)$/a\
\
#ifdef CONFIG_NUMA\
static inline nodeid_t pdx_to_nid(unsigned long pdx)\
{\
    ASSERT((pdx >> memnode_shift) < memnodemapsize);\
\
    return memnodemap[pdx >> memnode_shift];\
}\
\
#define page_to_nid(pg) pdx_to_nid(page_to_pdx(pg))\
#else\
#define page_to_nid(pg) phys_to_nid(page_to_maddr(pg))\
#endif
