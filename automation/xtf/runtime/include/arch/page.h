/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XTF_ARCH_PAGE_H
#define XTF_ARCH_PAGE_H

#define PAGE_SHIFT 12

#ifdef __ASSEMBLY__
#define PAGE_SIZE (1 << PAGE_SHIFT)
#else
#define PAGE_SIZE (1L << PAGE_SHIFT)
#endif
#define PAGE_MASK (~(PAGE_SIZE - 1))

#endif /* XTF_ARCH_PAGE_H */
