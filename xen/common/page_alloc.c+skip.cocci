// SPDX-License-Identifier: GPL-2.0-only

// The loop takes longer to find out about a node.
@skip@
@@
 get_free_buddy(...)
 {
 <+...
 if ( !nodemask_test(node, &nodemask) )
 { ... }
-else if ( (node = next_node(node, nodemask)) >= MAX_NUMNODES )
-    node = first_node(nodemask);
+else
+            node = next_permitted(d, node, first, &nodemask, 1UL << order,
+                                  memflags);
 ...+>
 }
