// SPDX-License-Identifier: GPL-2.0-only
// Some bases name the uses of a recursive lock that do not recurse.

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

// May miss: as above.
@locked depends on recursive@
@@
-spin_is_locked(&d->page_alloc_lock)
+rspin_is_locked(&d->page_alloc_lock)
