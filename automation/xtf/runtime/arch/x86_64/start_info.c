/* SPDX-License-Identifier: GPL-2.0-only */

#include <helpers/start_info.h>

const start_info_t *start_info;

const char *xtf_command_line(void)
{
    return (const char *)start_info->cmd_line;
}
