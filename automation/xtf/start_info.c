/* SPDX-License-Identifier: GPL-2.0-only */

#include <xtf/page.h>
#include <xtf/start_info.h>

const start_info_t *start_info;

const char *xtf_command_line(void)
{
    return (const char *)start_info->cmd_line;
}

struct xencons_interface *domu_console_ring(void)
{
    if ( is_dom0() || !start_info->console.domU.mfn )
        return NULL;

    return mfn_to_virt(start_info->console.domU.mfn);
}
