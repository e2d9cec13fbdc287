/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_BYTEORDER_H
#define BENCH_ASM_BYTEORDER_H

#define __BYTEORDER_HAS_U64__
#include <xen/byteorder/little_endian.h>

#endif
