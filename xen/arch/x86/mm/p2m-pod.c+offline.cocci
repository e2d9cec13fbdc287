// SPDX-License-Identifier: GPL-2.0-only

@pv@
@@
 p2m_pod_offline_or_broken_hit(...)
 {
 <+...
-if ( !(d = page_get_owner(p)) || !(p2m = p2m_get_hostp2m(d)) )
+if ( !(d = page_get_owner(p)) || !is_hvm_domain(d) ||
+         !(p2m = p2m_get_hostp2m(d)) )
     return 0;
 ...+>
 }
