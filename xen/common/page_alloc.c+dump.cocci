// SPDX-License-Identifier: GPL-2.0-only

@key@
expression E;
@@
 pagealloc_info(...)
 {
 <+...
 printk("    Dom heap: %lukB free\n", E);
+
+dump_claims();
 ...+>
 }
