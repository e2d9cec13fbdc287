# SPDX-License-Identifier: GPL-2.0-only

/^int domain_set_outstanding_pages(/i\
/*\
 * XENMEM_claim_pages: claim host-wide what a domain lacks of @pages, or, with\
 * 0, release all its claims, which can't fail.\
 *\
 * @d      the domain; its page_alloc_lock and the heap lock must not be held\
 * @pages  in: how many pages the domain shall have in the end\
 *\
 * Returns 0, or\
 *  -EINVAL  the domain is dying, has claims, has as many pages already, or may\
 *           not have that many (max_pages)\
 *  -ENOMEM  not enough unclaimed memory\
 */
