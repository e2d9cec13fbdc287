// SPDX-License-Identifier: GPL-2.0-only

// The action that the base knows the hook by.
// May miss: XSM_HOOK in 4.17, which relies on xsm_domctl() for the rest.
@action@
@@
 xsm_getdomaininfo(XSM_XS_PRIV, ...)

// May miss: as above.
@other_action depends on action@
expression d;
@@
 numa_op(...)
 {
 <+...
-xsm_getdomaininfo(XSM_HOOK, d)
+xsm_getdomaininfo(XSM_XS_PRIV, d)
 ...+>
 }

// May miss: as above.
@dispatch depends on action@
identifier out;
@@
+if ( op->cmd == XEN_DOMCTL_numa_op )
+    {
+    ret = numa_op(d, &op->u.numa_op);
+    copyback = !ret || ret == -ERANGE;
+    goto out;
+}
+
 ret = xsm_domctl(...);
 if ( ret )
     goto out;

// May miss: later versions have no use for xsm_domctl() here.
@late_dispatch depends on !action@
identifier out;
@@
 ret = xsm_domctl(...);
 if ( ret )
     goto out;
+
+if ( op->cmd == XEN_DOMCTL_numa_op )
+    {
+    ret = numa_op(d, &op->u.numa_op);
+    copyback = !ret || ret == -ERANGE;
+    goto out;
+}

// May miss: in 4.17 page_alloc_lock is a spinlock_t.
@recursive depends on action@
@@
 get_node_pages(...)
 {
 <+...
-spin_lock(&d->page_alloc_lock)
+nrspin_lock(&d->page_alloc_lock)
 ...
-spin_unlock(&d->page_alloc_lock)
+nrspin_unlock(&d->page_alloc_lock)
 ...+>
 }
