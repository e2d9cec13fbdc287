// SPDX-License-Identifier: GPL-2.0-only

@broken@
expression E;
@@
 online_page(...)
 {
 <+...
-if ( E == PGC_state_offlined )
+if ( !ret && E == PGC_state_offlined )
     free_heap_pages(...);
 ...+>
 }
