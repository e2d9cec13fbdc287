// SPDX-License-Identifier: GPL-2.0-only

// May miss: later versions test this on its own.
@unaligned@
@@
 reserve_offlined_page(...)
 {
 <+...
-if ( (cur_head + (1 << next_order)) >= (head + ( 1 << head_order)) )
+if ( (cur_head + (1 << next_order)) >= (head + (1 << head_order)) ||
+                 (mfn_x(page_to_mfn(cur_head)) & (1UL << cur_order)) )
     goto merge;
 ...+>
 }
