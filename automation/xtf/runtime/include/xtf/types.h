/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XTF_TYPES_H
#define XTF_TYPES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* gcc's <limits.h> wants the C library's. */
#define INT_MAX   __INT_MAX__
#define UINT_MAX  (INT_MAX * 2U + 1)
#define LONG_MAX  __LONG_MAX__
#define ULONG_MAX (LONG_MAX * 2UL + 1)

/* <inttypes.h> is no freestanding header. */
#define PRId32 "d"
#define PRIu32 "u"
#define PRIx32 "x"
#define PRId64 "ld"
#define PRIu64 "lu"
#define PRIx64 "lx"

#endif /* XTF_TYPES_H */
