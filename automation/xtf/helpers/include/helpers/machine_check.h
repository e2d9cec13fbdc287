/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Machine checks as if the hardware had found errors in memory. They are in
 * terms of Intel's CPUs: boot with vendor=GenuineIntel.
 */
#ifndef HELPERS_MACHINE_CHECK_H
#define HELPERS_MACHINE_CHECK_H

#include <xtf.h>

/*
 * Has Xen look for errors in all banks, where it has forgotten to. Before any
 * machine check. False if that can't be done.
 */
bool machine_checks_enable(void);

/*
 * An uncorrected error in the page that a memory scrubber has found. Returns
 * what Xen has done about the page: its PG_* flags. Any failure ends the test.
 */
uint64_t machine_check(xen_pfn_t mfn);

#endif /* HELPERS_MACHINE_CHECK_H */
