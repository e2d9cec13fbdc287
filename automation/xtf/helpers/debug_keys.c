/* SPDX-License-Identifier: GPL-2.0-only */
/* Xen's debug keys, and what it prints for them. */
#include <xtf.h>
#include <helpers/debug_keys.h>
#include <helpers/domctl.h>

static void press(const char *keys)
{
    xen_sysctl_t op = {
        .cmd = XEN_SYSCTL_debug_keys,
        .u.debug_keys.nr_keys = strlen(keys),
    };
    long rc;

    set_xen_guest_handle(op.u.debug_keys.keys, (char *)keys);
    rc = sysctl_op(&op);
    if ( rc )
        panic("Cannot send debug keys: %ld\n", rc);
}

const char *xen_console(void)
{
    static char text[16384];
    static uint32_t index;
    uint32_t count;

    do {
        xen_sysctl_t op = {
            .cmd = XEN_SYSCTL_readconsole,
            .u.readconsole = {
                .incremental = 1,
                .index = index,
                .count = sizeof(text) - 1,
            },
        };
        long rc;

        set_xen_guest_handle(op.u.readconsole.buffer, text);
        rc = sysctl_op(&op);
        if ( rc )
            panic("Cannot read Xen's console: %ld\n", rc);

        index = op.u.readconsole.index;
        count = op.u.readconsole.count;
        text[count] = '\0';
    } while ( count == sizeof(text) - 1 );

    return text;
}

const char *debug_keys_output(const char *keys)
{
    xen_console();
    press(keys);

    return xen_console();
}
