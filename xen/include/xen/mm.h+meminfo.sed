# SPDX-License-Identifier: GPL-2.0-only

/^void get_outstanding_claims(/a\
/*\
 * Read the memory of all nodes as one consistent snapshot.\
 *\
 * @free_pages     out: per node, the pages that are not allocated\
 * @claimed_pages  out: per node, how many of them are claimed there\
 *\
 * Both arrays have MAX_NUMNODES elements.  The heap lock must not be held.\
 */\
void get_node_claims(unsigned long *free_pages, unsigned long *claimed_pages);
