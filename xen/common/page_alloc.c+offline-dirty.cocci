// SPDX-License-Identifier: GPL-2.0-only

// May miss: a base that counts them.
@counted@
@@
 reserve_offlined_page(...)
 {
 <+...
 node_need_scrub
 ...+>
 }

// May miss: as above.
@dirty depends on !counted@
@@
 reserve_offlined_page(...)
 {
 <+...
+/* Nobody scrubs it as long as it is offline. */
+        if ( cur_head->count_info & PGC_need_scrub )
+            node_need_scrub[node]--;
+
 count++;
 ...+>
 }
