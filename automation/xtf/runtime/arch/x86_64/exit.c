/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf.h>

#include <private/exit.h>

/*
 * QEMU's isa-debug-exit device: writing N makes QEMU exit with 2 * N + 1. An
 * offset keeps clear of the exit codes that QEMU has of its own.
 */
#define DEBUG_EXIT_PORT   0xf4
#define DEBUG_EXIT_OFFSET 0x10

static void debug_exit(unsigned int status)
{
    physdev_set_iopl_t set_iopl = { .iopl = 1 };

    if ( hypercall_physdev_op(PHYSDEVOP_set_iopl, &set_iopl) )
        return;

    __asm__ volatile ( "outb %b0, %w1"
                       :: "a" (DEBUG_EXIT_OFFSET + status),
                          "Nd" (DEBUG_EXIT_PORT) );
}

void xtf_stop(unsigned int status, bool success)
{
    if ( pv_start_info->flags & SIF_INITDOMAIN )
        debug_exit(status);

    for ( ; ; )
        hypercall_shutdown(success ? SHUTDOWN_poweroff : SHUTDOWN_crash);
}
