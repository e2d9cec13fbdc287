// SPDX-License-Identifier: GPL-2.0-only
// Pages that are offlined when they are freed were not counted as free: only a
// free page that goes offline can be claimed.

@variable@
@@
 offline_page(...)
 {
 ...
 struct page_info *pg;
+struct recalled_claim recalled;
 ...
 }

// May miss: the base finds the node of a page by its address (4.17).
@by_page@
@@
 page_to_nid(...)

@recall@
@@
 offline_page(...)
 {
 <+...
 reserve_heap_page(pg);
+recalled = recall_claim(phys_to_nid(page_to_maddr(pg)));
 spin_unlock(&heap_lock);
+log_recalled_claim(recalled, mfn);
 ...+>
 }

// May miss: as above.
@node depends on by_page@
@@
-recall_claim(phys_to_nid(page_to_maddr(pg)))
+recall_claim(page_to_nid(pg))
