/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_DOMAIN_H
#define BENCH_ASM_DOMAIN_H

#include <xen/cache.h>

struct xen_domctl_createdomain;
struct arch_domain { int unused; };
struct arch_vcpu { int unused; };
struct arch_vcpu_io { int unused; };
struct vcpu_guest_context;

#if !__has_include(<asm-generic/percpu.h>)
#define is_domain_direct_mapped(d) ((void)(d), false)
#endif
#define arch_vm_assist_valid_mask(d) ((void)(d), 0UL)
#define has_vpci(d) ((void)(d), false)

struct vcpu_guest_context *alloc_vcpu_guest_context(void);
void free_vcpu_guest_context(struct vcpu_guest_context *vgc);
static inline void arch_vcpu_block(struct vcpu *v) {}

#endif
