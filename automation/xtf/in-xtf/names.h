/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For tests and helpers in XTF, which need Xen's own public headers: domctls,
 * sysctls and FLASK operations are written in their terms. XTF's headers get
 * here the names that XTF has for things which Xen calls otherwise.
 */
#ifndef NUMA_CLAIMS_NAMES_H
#define NUMA_CLAIMS_NAMES_H

#define __XEN_TOOLS__ 1

#include <xtf/types.h>

/* XTF's headers of these names are not to come on top of Xen's. */
#include <xen/xen.h>
#include <xen/event_channel.h>
#define XEN_PUBLIC_XEN_H
#define XEN_PUBLIC_EVENT_CHANNEL_H

typedef start_info_t xen_pv_start_info_t;

/* Parameters of hypercalls that tests and helpers give in Xen's terms. */
enum XEN_UVMF { XEN_UVMF_OF_XEN };
struct xen_trap_info;

#define _ASM_XEN_FEP XEN_EMULATE_PREFIX

#endif /* NUMA_CLAIMS_NAMES_H */
