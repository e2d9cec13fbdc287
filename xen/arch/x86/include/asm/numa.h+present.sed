# SPDX-License-Identifier: GPL-2.0-only

# May miss: later versions have this in a header of all architectures.
/^    unsigned long node_spanned_pages;/a\
    unsigned long node_present_pages;   /* RAM, without holes */

# May miss: as above.
/^#define node_spanned_pages(nid)/a\
#define node_present_pages(nid)	(NODE_DATA(nid)->node_present_pages)
