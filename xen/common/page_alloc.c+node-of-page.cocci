// SPDX-License-Identifier: GPL-2.0-only

// May miss: later versions have the macro in place already.
@page@
expression E;
@@
-phys_to_nid(page_to_maddr(E))
+page_to_nid(E)

// May miss: the next rule has it for later versions.
@freed_page@
@@
 free_heap_pages(...)
 {
 <+...
-phys_to_nid(mfn_to_maddr(mfn))
+page_to_nid(pg)
 ...+>
 }

// May miss: the rule above has it for 4.17.
@freed_mfn@
@@
 free_heap_pages(...)
 {
 <+...
-mfn_to_nid(mfn)
+page_to_nid(pg)
 ...+>
 }
