/* SPDX-License-Identifier: GPL-2.0-only */
/* Xen's own memory, as a debugger in dom0 sees it. A failure ends the test. */
#ifndef HELPERS_DEBUGGER_H
#define HELPERS_DEBUGGER_H

#include <xtf.h>

/* Does this Xen allow it (CONFIG_GDBSX)? */
bool debugger_allowed(void);

/* Where Xen has the function or variable of that name. */
unsigned long xen_symbol(const char *name);

uint64_t xen_read_u64(unsigned long va);
void xen_write_u64(unsigned long va, uint64_t value);

#endif /* HELPERS_DEBUGGER_H */
