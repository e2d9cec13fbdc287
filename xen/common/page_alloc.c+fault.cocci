// SPDX-License-Identifier: GPL-2.0-only

@replaced@
@@
 domain_set_outstanding_pages(...)
 {
 <+...
+ASSERT(!claims_fault());
+
 spin_unlock(&heap_lock);
 ...+>
 }

@recalled@
@@
 recall_claim(...)
 {
 <+...
 rcu_read_unlock(&domlist_read_lock);
+
+ASSERT(!claims_fault());
 ...+>
 }

@redeemed@
@@
 redeem_claims(...)
 {
 ...
+
+ASSERT(node_outstanding_claims[node] <= node_avail_pages[node]);
+ASSERT(outstanding_claims <= total_avail_pages);
 }
