/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XTF_TRAPS_H
#define XTF_TRAPS_H

#include <xen/xen.h>

/* The page that Xen shares with the domain. */
extern shared_info_t shared_info;

#endif /* XTF_TRAPS_H */
