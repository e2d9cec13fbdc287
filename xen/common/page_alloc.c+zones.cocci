// SPDX-License-Identifier: GPL-2.0-only

@highest@
@@
 get_free_buddy(...)
 {
 ...
 bool use_unscrubbed = ...;
+/* No page lies beyond max_page: zones above have no memory. */
+unsigned int highest = min_t(unsigned int, zone_hi, flsl(max_page - 1));
+
+if ( highest < zone_lo )
+    return NULL;
 ...
 }

@walk@
@@
 get_free_buddy(...)
 {
 <+...
-zone = zone_hi;
+zone = highest;
 ...+>
 }
