/* SPDX-License-Identifier: GPL-2.0-only */
/* Nothing here: XTF knows x86 alone. */
#ifndef XTF_ARCH_MM_H
#define XTF_ARCH_MM_H

#include <arch/page.h>

#endif /* XTF_ARCH_MM_H */
