/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XTF_TYPES_H
#define XTF_TYPES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* XTF has <limits.h> with these alone; gcc's wants the C library's. */
#define CHAR_BIT       __CHAR_BIT__
#define BYTES_PER_LONG __SIZEOF_LONG__
#define BITS_PER_LONG  (BYTES_PER_LONG * CHAR_BIT)

/* <inttypes.h> is no freestanding header. */
#define PRId32 "d"
#define PRIu32 "u"
#define PRIx32 "x"
#define PRId64 "ld"
#define PRIu64 "lu"
#define PRIx64 "lx"

#endif /* XTF_TYPES_H */
