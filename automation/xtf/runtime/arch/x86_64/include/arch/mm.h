/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memory of a 64-bit PV domain, mapped one to one from pseudo-physical
 * address 0. The first page is unmapped, so that NULL faults.
 */
#ifndef XTF_ARCH_MM_H
#define XTF_ARCH_MM_H

#include <xtf/numbers.h>
#include <xtf/types.h>

#include <arch/page.h>

#include <xen/xen.h>

typedef start_info_t xen_pv_start_info_t;

/* What Xen tells the domain at its start. */
extern xen_pv_start_info_t *pv_start_info;

static inline unsigned long virt_to_mfn(const void *va)
{
    const unsigned long *p2m = _p(pv_start_info->mfn_list);

    return p2m[_u(va) >> PAGE_SHIFT];
}

static inline void *mfn_to_virt(unsigned long mfn)
{
    return _p(machine_to_phys_mapping[mfn] << PAGE_SHIFT);
}

#endif /* XTF_ARCH_MM_H */
