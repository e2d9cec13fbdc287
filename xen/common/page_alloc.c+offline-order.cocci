// SPDX-License-Identifier: GPL-2.0-only

@stale@
expression L;
@@
 reserve_offlined_page(...)
 {
 <+...
+/* The order of a free chunk would be taken for the owner. */
+PFN_ORDER(cur_head) = 0;
 page_list_add_tail(cur_head, L);
 ...+>
 }
