// SPDX-License-Identifier: GPL-2.0-only

@create@
@@
 domain_create(...)
 {
 <+...
 d->max_vcpus = config->max_vcpus;
+
+/* With a single node domain_tot_pages() tells it all. */
+if ( num_online_nodes() > 1 )
+        {
+    d->node_pages = xzalloc_array(unsigned int, MAX_NUMNODES);
+    if ( !d->node_pages )
+        goto fail;
+}
 ...+>
 }

@destroy@
@@
 _domain_destroy(...)
 {
 <+...
+/* All pages are gone, each from the node that it was counted on. */
+ASSERT(!d->node_pages ||
+           !memchr_inv(d->node_pages, 0,
+                       MAX_NUMNODES * sizeof(*d->node_pages)));
+xfree(d->node_pages);
+
 free_cpumask_var(d->dirty_cpumask);
 ...+>
 }
