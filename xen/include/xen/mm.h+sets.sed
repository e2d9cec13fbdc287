# SPDX-License-Identifier: GPL-2.0-only

/^void get_outstanding_claims(/i\
\
struct node_claims;\
\
/*\
 * Replace all claims of a domain by a new set, or change nothing.\
 *\
 * @d      the domain; its page_alloc_lock and the heap lock must not be held\
 * @host   in: pages to claim on any node of the host\
 * @nodes  in: pages to claim on nodes, not 0 for those in its mask, and not\
 *         looked at for others\
 *\
 * With nothing to claim all claims are released, which can't fail.  Pages that\
 * the domain has already only count towards max_pages.\
 *\
 * Returns 0, or\
 *  -EINVAL  the sum does not fit an unsigned int, or with the pages that it\
 *           has the domain would exceed max_pages\
 *  -EOPNOTSUPP  domains get memory by cache colour (LLC colouring)\
 *  -ESRCH   the domain is dying\
 *  -ENOMEM  not enough unclaimed memory, on a node or on the host; or none for\
 *           the array of the first claims on nodes\
 */\
int domain_set_claims(struct domain *d, unsigned int host,\
                      const struct node_claims *nodes);\
\
/*\
 * Read the claims of a domain that are left, as one consistent snapshot.\
 *\
 * @d      the domain; the heap lock must not be held\
 * @host   out: pages claimed on any node of the host\
 * @nodes  out: pages claimed on nodes\
 */\
void domain_get_claims(const struct domain *d, unsigned int *host,\
                       struct node_claims *nodes);\
