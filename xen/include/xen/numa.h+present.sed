# SPDX-License-Identifier: GPL-2.0-only

# May miss: later versions have this for all architectures.
/^#define MAX_NUMNODES    (1 << NODES_SHIFT)$/a\
\
#ifndef node_present_pages /* one node, so far */\
#define node_present_pages(nid) total_pages\
#endif
