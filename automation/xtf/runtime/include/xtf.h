/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Everything that a test may use, under the names that XTF (Xen Test
 * Framework) has for it. What XTF lacks is in helpers/, each header of which a
 * test includes by itself.
 */
#ifndef XTF_H
#define XTF_H

#include <xtf/compiler.h>
#include <xtf/types.h>
#include <xtf/layout.h>
#include <xtf/libc.h>
#include <xtf/lib.h>
#include <xtf/console.h>
#include <xtf/errno.h>
#include <xtf/hypercall.h>
#include <xtf/report.h>
#include <xtf/test.h>

#endif /* XTF_H */
