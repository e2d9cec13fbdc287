// SPDX-License-Identifier: GPL-2.0-only

@create@
@@
 domain_create(...)
 {
 <+...
 d->max_vcpus = config->max_vcpus;
+
+/* With a single node, domain_tot_pages() is the count. */
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
+/* Each page was taken off the count of the node it was counted on. */
+ASSERT(!d->node_pages ||
+           !memchr_inv(d->node_pages, 0,
+                       MAX_NUMNODES * sizeof(*d->node_pages)));
+xfree(d->node_pages);
+
 free_cpumask_var(d->dirty_cpumask);
 ...+>
 }
