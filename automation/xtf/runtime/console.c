/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * printk(): to Xen's console, and in a domU also to the console that the
 * toolstack gave it (a release build of Xen drops what a domU writes).
 */

#include <xtf.h>

#include <private/arch.h>

void vprintk(const char *fmt, va_list args)
{
    static bool busy;
    static char buf[2048];
    size_t len;

    /* vCPUs share a physical CPU at times: let the other one go on. */
    while ( __atomic_exchange_n(&busy, true, __ATOMIC_ACQUIRE) )
        hypercall_yield();

    len = vsnprintf(buf, sizeof(buf), fmt, args);
    len = min(len, sizeof(buf) - 1);

    hypercall_console_write(buf, len);
    arch_console_write(buf, len);

    __atomic_store_n(&busy, false, __ATOMIC_RELEASE);
}

void printk(const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    vprintk(fmt, args);
    va_end(args);
}
