// SPDX-License-Identifier: GPL-2.0-only

// May miss: later versions compare right.
@tail@
expression E;
@@
 reserve_offlined_page(...)
 {
 <+...
-if ( (cur_head + (1 << next_order)) >= (head + (1 << head_order)) || E )
+if ( (cur_head + (1 << next_order)) > (head + (1 << head_order)) ||
+                 E )
     goto merge;
 ...+>
 }
