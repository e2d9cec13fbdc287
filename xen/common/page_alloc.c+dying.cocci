// SPDX-License-Identifier: GPL-2.0-only

@dying@
@@
 domain_set_outstanding_pages(...)
 {
 <+...
 if ( pages == 0 )
 { ... }
+
+/* domain_kill() releases the claims once, after it set is_dying. */
+if ( d->is_dying )
+    {
+    ret = -EINVAL;
+    goto out;
+}
 ...+>
 }
