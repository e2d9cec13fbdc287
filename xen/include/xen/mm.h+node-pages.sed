# SPDX-License-Identifier: GPL-2.0-only

/^unsigned long __must_check domain_adjust_tot_pages(/i\
/*\
 * Count pages that become a domain's, or cease to be, on the node they are on.\
 *\
 * @d      the domain; its page_alloc_lock must be held\
 * @pg     the first of them; all are on one node\
 * @pages  how many; negative if they cease to be the domain's\
 */\
void domain_adjust_node_pages(struct domain *d, const struct page_info *pg,\
                              long pages);\

