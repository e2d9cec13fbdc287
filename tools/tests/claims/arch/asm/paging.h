/* SPDX-License-Identifier: GPL-2.0-only */
#if __has_include(<asm-generic/paging.h>)
#include <asm-generic/paging.h>
#else
#define paging_mode_translate(d) ((void)(d), true)
#define paging_mode_external(d) ((void)(d), true)
#endif
