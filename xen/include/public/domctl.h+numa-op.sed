# SPDX-License-Identifier: GPL-2.0-only

/^struct xen_domctl {$/i\
/*\
 * XEN_DOMCTL_numa_op: a domain and the NUMA nodes of the host.\
 *\
 * XEN_DOMCTL_NUMA_OP_GET_NODE_PAGES: how many of the domain's pages are on\
 * which node, as one consistent snapshot.  These are the pages that tot_pages\
 * of XEN_DOMCTL_getdomaininfo counts, populate-on-demand memory that the guest\
 * has not touched yet included, so that their sum is tot_pages.  It is less\
 * only while pages of the domain are being exchanged (XENMEM_exchange) or\
 * transferred to it (GNTTABOP_transfer): these are on no node meanwhile.\
 * It costs the same for small and large domains.\
 *\
 * Needs the privilege that XEN_DOMCTL_getdomaininfo needs.\
 *\
 * Errors:\
 *  -ESRCH       no such domain\
 *  -EPERM       the caller lacks the privilege; -EACCES if it is FLASK that\
 *               says so\
 *  -EOPNOTSUPP  op is none of those below\
 *  -ERANGE      the array is too small: nr_nodes is set to how many entries it\
 *               needs, none has been written\
 *  -EFAULT      pages is null, or can't be written (part of it may have been)\
 *  -ENODATA     the host got its second node, by memory hot-add, after the\
 *               domain had been created: its pages have not been counted\
 */\
struct xen_domctl_numa_op {\
    uint32_t op;                    /* IN */\
#define XEN_DOMCTL_NUMA_OP_GET_NODE_PAGES 0\
    /*\
     * IN: size of the array; 0 with a null array asks for the number.  OUT, on\
     * success and with -ERANGE: that number, one more than the highest ID of an\
     * online node.\
     */\
    uint32_t nr_nodes;\
    /* OUT: pages of 4 KiB (of the size that Xen allocates), by node ID. */\
    XEN_GUEST_HANDLE_64(uint64) pages;\
};\


/^#define XEN_DOMCTL_gdbsx_guestmemio /i\
#define XEN_DOMCTL_numa_op                       92

/^        uint8_t                             pad\[128\];/i\
        struct xen_domctl_numa_op           numa_op;
