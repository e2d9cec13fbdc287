// SPDX-License-Identifier: GPL-2.0-only

@dying@
@@
 domain_set_outstanding_pages(...)
 {
 <+...
 if ( pages == 0 )
 { ... }
+
+/* domain_kill() sets is_dying, and then releases the claims: once. */
+if ( d->is_dying )
+    {
+    ret = -EINVAL;
+    goto out;
+}
 ...+>
 }
