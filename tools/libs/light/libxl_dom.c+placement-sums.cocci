// SPDX-License-Identifier: LGPL-2.1-only
// The sign of a difference of 64-bit numbers, without passing through int.

@sign@
identifier f, a, b;
typedef libxl__numa_candidate;
@@
 f(const libxl__numa_candidate *a, const libxl__numa_candidate *b)
 {
 ...
-return b->free_memkb - a->free_memkb;
+return (b->free_memkb > a->free_memkb) - (b->free_memkb < a->free_memkb);
 }
