// SPDX-License-Identifier: GPL-2.0-only
// Redemption moves from where pages are assigned to where they are allocated.

// May miss: later versions redeem in alloc_heap_pages().
@late@
@@
 domain_adjust_tot_pages(...)
 {
 <+...
(
-if ( !d->outstanding_pages ) goto out;
|
-if ( !d->outstanding_pages || pages <= 0 ) goto out;
)
 ...+>
 }

@adjustment depends on late@
@@
 domain_adjust_tot_pages(...)
 {
 ...
-spin_lock(&heap_lock);
-...
-spin_unlock(&heap_lock);
 ...
 }

@target depends on late@
@@
 domain_adjust_tot_pages(...)
 {
 ...
-out:
-return d->tot_pages;
+
+return d->tot_pages;
 }

// May miss: nor has 4.21 any.
@variables depends on late@
identifier x;
@@
 domain_adjust_tot_pages(...)
 {
 ... when any
-long x;
 ... when != x
 }

@early depends on late@
@@
 alloc_heap_pages(...)
 {
 <+...
+if ( d && d->outstanding_pages && !(memflags & MEMF_no_refcount) )
+    {
+    /*
+         * This has to be done in the locked region that lowers the free counts.
+         * Until then the pages count both as claimed and as allocated.
+         */
+    unsigned long redeemed = min(request, d->outstanding_pages + 0UL);
+
+    BUG_ON(redeemed > outstanding_claims);
+    outstanding_claims -= redeemed;
+    d->outstanding_pages -= redeemed;
+}
+
 check_low_mem_virq();
 ...+>
 }
