# SPDX-License-Identifier: GPL-2.0-only

/^struct xen_sysctl {$/i\
/*\
 * XEN_SYSCTL_numa_meminfo: the memory of each NUMA node, as one consistent\
 * snapshot.  A new claim of another domain on a node can have free - claimed of\
 * it, if that much of the host is not claimed either (XEN_SYSCTL_physinfo).\
 * What is not free is in use by domains and by Xen, or was taken offline.\
 */\
struct xen_sysctl_node_meminfo {\
    /* OUT, in bytes; all 0 for a node that is not online. */\
    uint64_aligned_t size;          /* RAM, without the holes in its range */\
    uint64_aligned_t free;          /* not allocated, whether claimed or not */\
    uint64_aligned_t claimed;       /* of free: kept by claims on this node */\
};\
typedef struct xen_sysctl_node_meminfo xen_sysctl_node_meminfo_t;\
DEFINE_XEN_GUEST_HANDLE(xen_sysctl_node_meminfo_t);\
\
/*\
 * Errors:\
 *  -EINVAL  pad is not 0\
 *  -EFAULT  meminfo can't be written (part of it may have been)\
 */\
struct xen_sysctl_numa_meminfo {\
    /*\
     * IN: size of the array.  OUT: entries written, at most one more than the\
     * highest ID of an online node; with a null array just that number.\
     */\
    uint32_t max_nodes;\
    uint32_t pad;                   /* IN: must be 0 */\
    /* OUT: array of max_nodes entries, indexed by node ID; may be null. */\
    XEN_GUEST_HANDLE_64(xen_sysctl_node_meminfo_t) meminfo;\
};\


/^#define XEN_SYSCTL_get_cpu_policy  /a\
#define XEN_SYSCTL_numa_meminfo                  31

/^        struct xen_sysctl_numainfo          numainfo;/a\
        struct xen_sysctl_numa_meminfo      numa_meminfo;
