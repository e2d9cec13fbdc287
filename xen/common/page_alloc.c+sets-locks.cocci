// SPDX-License-Identifier: GPL-2.0-only
// As in page_alloc.c+locks.cocci, for what has come since.

// May miss: in 4.17 page_alloc_lock is a spinlock_t.
@recursive@
expression E;
@@
 nrspin_lock(E)

// May miss: as above.
@lock depends on recursive@
@@
-spin_lock(&d->page_alloc_lock)
+nrspin_lock(&d->page_alloc_lock)

// May miss: as above.
@unlock depends on recursive@
@@
-spin_unlock(&d->page_alloc_lock)
+nrspin_unlock(&d->page_alloc_lock)
