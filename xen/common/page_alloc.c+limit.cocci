// SPDX-License-Identifier: GPL-2.0-only

@refuse@
@@
 alloc_domheap_pages(...)
 {
 <+...
 if ( memflags & MEMF_no_owner )
     memflags |= MEMF_no_refcount;
+
+    /* A request that assign_pages() will refuse must not redeem claims. */
+    if ( d && unlikely(ACCESS_ONCE(d->outstanding_pages)) &&
+         exceeds_max_pages(d, order, memflags) )
+        return NULL;
 ...+>
 }
