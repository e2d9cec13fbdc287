// SPDX-License-Identifier: GPL-2.0-only

// May miss: later versions count them elsewhere.
@present@
identifier end_pfn;
@@
 setup_node_bootmem(...)
 {
 ...
 unsigned long end_pfn = paddr_to_pfn(end);
+unsigned int i;
 ...
 NODE_DATA(nodeid)->node_spanned_pages = end_pfn - start_pfn;
+NODE_DATA(nodeid)->node_present_pages = 0;
+
+for ( i = 0; i < e820.nr_map; i++ )
+    {
+    paddr_t first = max_t(paddr_t, start, e820.map[i].addr);
+    paddr_t last = min_t(paddr_t, end,
+                             e820.map[i].addr + e820.map[i].size);
+
+    if ( e820.map[i].type == E820_RAM && PFN_UP(first) < PFN_DOWN(last) )
+        NODE_DATA(nodeid)->node_present_pages += PFN_DOWN(last) -
+                                                     PFN_UP(first);
+}
 ...
 }

// May miss: as above.
@include depends on present@
@@
 #include <asm/acpi.h>
+#include <asm/e820.h>
