# SPDX-License-Identifier: GPL-2.0-only

/^struct domain$/i\
/* Pages claimed on nodes: pages[] is not 0 for just those in @nodes. */\
struct node_claims {\
    nodemask_t nodes;\
    unsigned int pages[MAX_NUMNODES];\
};\


/^    unsigned int     outstanding_pages;/a\
    /* These are written under heap_lock, too: see page_alloc.c. */\
    unsigned int     node_claims;       /* those of them claimed on nodes */\
    struct node_claims *claims;         /* which; NULL until there are any */
