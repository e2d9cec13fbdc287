# SPDX-License-Identifier: GPL-2.0-only

/^struct xen_domctl {$/i\
/*\
 * XEN_DOMCTL_claim_memory: reserve memory for a domain, on several NUMA nodes\
 * and host-wide, in one atomic step: the whole set is installed, or nothing\
 * changes.  Pages that are claimed are kept from all other domains, and from\
 * Xen itself, until the domain allocates them (which redeems the claim), the\
 * claims are released, or the domain dies.\
 *\
 * A request that fails redeems nothing, with one exception: max_pages can be\
 * lowered, or reached by another request, while pages are on their way to the\
 * domain.  Then they go back to the heap, and their claim is gone.  Where Xen\
 * scrubs the memory of a domain that is being built in steps, and takes back\
 * what it has not scrubbed yet, it claims the same again, unless the claims\
 * were replaced meanwhile: host-wide where the claim was on another node than\
 * the memory.\
 *\
 * Pages come from where they are claimed.  An extent of XENMEM_populate_physmap\
 * that names no node, and can't be had without taking pages off claims on other\
 * nodes, fails, so that the caller asks for smaller ones.  Single pages don't.\
 *\
 * One entry of a claim set: a number of pages of one target.\
 */\
struct xen_memory_claim {\
    /*\
     * Pages of 4 KiB (of the size that Xen allocates).  SET: IN, how many the\
     * domain shall be able to allocate from now on; pages that it has already\
     * are not part of it.  GET: OUT, how many of them are left, never 0.\
     */\
    uint64_aligned_t pages;\
    /*\
     * SET: IN, GET: OUT.  The ID of an online NUMA node, or one of the two\
     * selectors below.  No target may occur twice in a set.\
     */\
    uint32_t target;\
    uint32_t pad;                   /* SET: IN, must be 0.  GET: OUT, 0. */\
};\
typedef struct xen_memory_claim memory_claim_t;\
DEFINE_XEN_GUEST_HANDLE(memory_claim_t);\
\
/* On any node of the host, in addition to what is claimed on nodes. */\
#define XEN_DOMCTL_CLAIM_MEMORY_HOST    0x80000000U\
/*\
 * What XENMEM_claim_pages does: pages are the total that the domain is to have,\
 * and the call is refused (EINVAL) if the domain has any claim, has as many\
 * pages already, may not have that many, or is dying.  Only as the sole entry\
 * of a set; never returned by GET.  Deprecated: for callers of\
 * XENMEM_claim_pages to keep their arithmetic while they move to this domctl.\
 */\
#define XEN_DOMCTL_CLAIM_MEMORY_LEGACY  0x40000000U\
\
/*\
 * SET replaces all claims of the domain by the given set.  What the domain\
 * claims already counts as available to it: a set that is nowhere larger than\
 * the one that it replaces never lacks memory.  A set whose pages are all 0\
 * releases all claims.  This always succeeds, for a dying domain too.  When a\
 * domain is built, its builder should release what is left of its claims.\
 * Entries of 0 pages beside others claim nothing, but are checked all the same.\
 *\
 * GET returns the claims that are left: first the host-wide one, if any, then\
 * those on nodes, in ascending order of their IDs.  nr_entries 0 with a null\
 * claim_set asks how many these are.\
 *\
 * Needs the privilege that XENMEM_claim_pages needs (SET), or that\
 * XEN_DOMCTL_getdomaininfo needs (GET).  The domain may run or not.\
 *\
 * Errors of both modes:\
 *  -ESRCH       no such domain\
 *  -EOPNOTSUPP  mode is neither SET nor GET\
 *  -EPERM       the caller lacks the privilege; -EACCES if it is FLASK that\
 *               says so\
 *  -EFAULT      claim_set is null, or can't be read (SET) or written (GET; part\
 *               of it may have been written)\
 *\
 * Errors of SET, after which the claims are what they were.  If there are\
 * several, the first in this order is returned.  The entries are checked one by\
 * one:\
 *  -EINVAL      nr_entries is 0\
 *  -E2BIG       nr_entries is more than there can be targets\
 *  -EFAULT      the entry can't be read\
 *  -EINVAL      pad is not 0; target has unknown bits set; LEGACY is not alone\
 *  -ENOENT      no such node, or it is offline\
 *  -EINVAL      the target has occurred before\
 *  -EINVAL      the sum of all pages does not fit 32 bits\
 *  -EOPNOTSUPP  domains get memory by cache colour (LLC colouring)\
 *  -ESRCH       the domain is dying (LEGACY: -EINVAL)\
 *  -EINVAL      with the pages that it has, the domain would exceed max_pages\
 *  -ENOMEM      not enough unclaimed memory on a node, or on the host.  This is\
 *               the only error to try again after, once memory became free:\
 *               XEN_SYSCTL_numainfo and XEN_SYSCTL_physinfo tell how much is.\
 *\
 * Errors of GET:\
 *  -ENOBUFS     the array is too small: nr_entries is set to how many entries\
 *               it needs, none has been written\
 */\
struct xen_domctl_claim_memory {\
    /* SET: IN, GET: OUT.  An array of nr_entries entries. */\
    XEN_GUEST_HANDLE_64(memory_claim_t) claim_set;\
    /*\
     * SET: IN, from 1 to the number of nodes that Xen is built for plus 1:\
     * every node once, and the host.  GET: IN, the size of the array; OUT, the\
     * number of claims, on success and with -ENOBUFS.\
     */\
    uint32_t nr_entries;\
    uint32_t mode;                  /* IN */\
#define XEN_DOMCTL_CLAIM_MEMORY_SET     0\
#define XEN_DOMCTL_CLAIM_MEMORY_GET     1\
};\


/^#define XEN_DOMCTL_gdbsx_guestmemio /i\
#define XEN_DOMCTL_claim_memory                  91

/^        uint8_t                             pad\[128\];/i\
        struct xen_domctl_claim_memory      claim_memory;
