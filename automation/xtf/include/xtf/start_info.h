/* SPDX-License-Identifier: GPL-2.0-only */
/* What Xen tells a PV domain at its start. */
#ifndef XTF_START_INFO_H
#define XTF_START_INFO_H

#include <xtf/types.h>

#include <xen/xen.h>
#include <xen/io/console.h>

extern const start_info_t *start_info;

/* The arguments after the kernel's name, never NULL. */
const char *xtf_command_line(void);

/* Is this the control domain? */
static inline bool is_dom0(void)
{
    return start_info->flags & SIF_INITDOMAIN;
}

/* The console of a domU, NULL in dom0 and where there is none. */
struct xencons_interface *domu_console_ring(void);

#endif /* XTF_START_INFO_H */
