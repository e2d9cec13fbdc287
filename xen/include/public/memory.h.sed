# SPDX-License-Identifier: GPL-2.0-only

/^ \* Note that a valid claim may be staked even after memory has been$/i\
 * Claims of XEN_DOMCTL_claim_memory count as well: while the domain has any,\
 * on nodes or host-wide, a claim of pages is refused, and claiming zero pages\
 * releases all of them.\
 *

/^ \* Caller must be privileged or the hypercall fails\.$/a\
 *\
 * Deprecated: it can't tell on which NUMA nodes to claim, and subtracts what\
 * the domain has.  New callers should use XEN_DOMCTL_claim_memory.\
 *\
 * Errors:\
 *  -EFAULT  the reservation can't be read\
 *  -EINVAL  extent_start, extent_order or mem_flags is not 0; no such domain,\
 *           or it is dying; it has a claim, or as many pages as nr_extents, or\
 *           may not have that many (max_pages)\
 *  -EPERM   the caller lacks the privilege; -EACCES if it is FLASK that says so\
 *  -ENOMEM  not enough unclaimed memory\
 *  -EOPNOTSUPP  domains get memory by cache colour (LLC colouring)
