// SPDX-License-Identifier: GPL-2.0-only

@shared@
@@
 page_make_sharable(...)
 {
 <+...
 page_list_del(page, &d->page_list);
+domain_adjust_node_pages(d, page, -1);
 ...+>
 }

@unshared@
@@
 page_make_private(...)
 {
 <+...
 page_list_add_tail(page, &d->page_list);
+domain_adjust_node_pages(d, page, 1);
 ...+>
 }
