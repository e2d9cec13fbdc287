/* SPDX-License-Identifier: GPL-2.0-only */
/* What Xen tells a PV domain at its start. */
#ifndef HELPERS_START_INFO_H
#define HELPERS_START_INFO_H

#include <xtf/types.h>

#include <xen/xen.h>

extern const start_info_t *start_info;

/* The arguments after the kernel's name, never NULL. */
const char *xtf_command_line(void);

/* Is this the control domain? */
static inline bool is_dom0(void)
{
    return start_info->flags & SIF_INITDOMAIN;
}

#endif /* HELPERS_START_INFO_H */
