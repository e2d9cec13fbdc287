/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_PAGE_H
#define BENCH_ASM_PAGE_H

#include <xen/const.h>
#include <xen/page-size.h>

#define PAGE_ALIGN(x) (((x) + PAGE_SIZE - 1) & PAGE_MASK)
#ifdef BENCH_FAST /* not what is measured */
#define clear_page(page) ((void)(page))
#define flush_page_to_ram(mfn, sync) ((void)(mfn), (void)(sync))
#else
#define clear_page(page) memset(page, 0, PAGE_SIZE)
void bench_flush_page(unsigned long mfn);
#define flush_page_to_ram(mfn, sync) (bench_flush_page(mfn), (void)(sync))
#endif
#define clear_page_hot clear_page
#define clear_page_cold clear_page
#define scrub_page_hot clear_page
#define scrub_page_cold clear_page
#define copy_page(to, from) ((void)(to), (void)(from))
#define invalidate_icache() ((void)0)
#define PAGE_HYPERVISOR 0
#define PAGE_HYPERVISOR_RO 0
#define PAGE_HYPERVISOR_RX 0

#endif
