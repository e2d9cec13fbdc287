/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XTF_NUMBERS_H
#define XTF_NUMBERS_H

/* An integer as a pointer, and anything as an integer. */
#define _p(value) ((void *)(unsigned long)(value))
#define _u(value) ((unsigned long)(value))

#endif /* XTF_NUMBERS_H */
