/* SPDX-License-Identifier: GPL-2.0-only */
/* Sizes that C and assembly share. */
#ifndef PRIVATE_LAYOUT_H
#define PRIVATE_LAYOUT_H

#include <arch/page.h>

/* No more than in XTF, and a page below it that faults. */
#define STACK_SIZE 0x1000

#endif /* PRIVATE_LAYOUT_H */
