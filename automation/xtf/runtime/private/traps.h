/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PRIVATE_TRAPS_H
#define PRIVATE_TRAPS_H

#include <xen/xen.h>

#define NR_EXCEPTIONS 32

/* Entries for all exceptions, each of which ends the test with a report. */
void fill_trap_table(struct trap_info *traps);

/* The same for vCPU 0. */
void install_trap_table(void);

#endif /* PRIVATE_TRAPS_H */
