// SPDX-License-Identifier: GPL-2.0-only

@stolen@
@@
 steal_page(...)
 {
 <+...
 page_list_del(page, &d->page_list);
+domain_adjust_node_pages(d, page, -1);
 ...+>
 }
