/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * printk(): to Xen's console, and in a domU also to the console that the
 * toolstack gave it (a release build of Xen drops what a domU writes).
 */

#include <xtf/arch.h>
#include <xtf/console.h>
#include <xtf/hypercall.h>
#include <xtf/lib.h>
#include <xtf/spinlock.h>

void vprintk(const char *fmt, va_list args)
{
    static DEFINE_SPINLOCK(lock);
    static char buf[2048];
    size_t len;

    spin_lock(&lock);

    len = vsnprintf(buf, sizeof(buf), fmt, args);
    len = min(len, sizeof(buf) - 1);

    hypercall_console_write(buf, len);
    arch_console_write(buf, len);

    spin_unlock(&lock);
}

void printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vprintk(fmt, args);
    va_end(args);
}
