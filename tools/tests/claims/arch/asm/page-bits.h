/* SPDX-License-Identifier: GPL-2.0-only */
#define PAGE_SHIFT 12
#define PADDR_BITS 52
