/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything that a test or a helper may use, under the names that XTF (Xen
 * Test Framework) has for it, and as XTF has it. What XTF lacks is in helpers/.
 */
#ifndef XTF_H
#define XTF_H

#include <xtf/compiler.h>
#include <xtf/types.h>
#include <xtf/numbers.h>
#include <xtf/lib.h>
#include <xtf/libc.h>
#include <xtf/console.h>
#include <xtf/errno.h>
#include <xtf/hypercall.h>
#include <xtf/report.h>
#include <xtf/test.h>
#include <xtf/traps.h>

#include <arch/mm.h>
#include <arch/page.h>

#endif /* XTF_H */
