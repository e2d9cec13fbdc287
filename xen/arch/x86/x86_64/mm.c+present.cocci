// SPDX-License-Identifier: GPL-2.0-only

// May miss: later versions do.
@counted@
@@
 memory_add(...)
 {
 <+...
 NODE_DATA(node)->node_present_pages
 ...+>
 }

// May miss: as above.
@added depends on !counted@
@@
 memory_add(...)
 {
 <+...
+NODE_DATA(node)->node_present_pages += epfn - spfn;
 share_hotadd_m2p_table(&info);
 ...+>
 }
