/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XTF_CONSOLE_H
#define XTF_CONSOLE_H

#include <xtf/compiler.h>
#include <xtf/types.h>

void vprintk(const char *fmt, va_list args) __printf(1, 0);
void printk(const char *fmt, ...) __printf(1, 2);

#endif /* XTF_CONSOLE_H */
