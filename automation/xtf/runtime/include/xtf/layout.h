/* SPDX-License-Identifier: GPL-2.0-only */
/* Sizes that C and assembly share. */
#ifndef XTF_LAYOUT_H
#define XTF_LAYOUT_H

#define PAGE_SHIFT 12
#define PAGE_SIZE  0x1000
#define STACK_SIZE 0x4000

#endif /* XTF_LAYOUT_H */
