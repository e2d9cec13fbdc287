# SPDX-License-Identifier: GPL-2.0-only

/^    unsigned int     extra_pages;/a\
    /*\
     * How many of domain_tot_pages() are on which node, indexed by node ID;\
     * NULL if the host had a single node when the domain was created. Changed\
     * by count_on_node() only, in page_alloc.c.\
     */\
    unsigned int     *node_pages;
