/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_IOMMU_H
#define BENCH_ASM_IOMMU_H

struct arch_iommu { int unused; };

#endif
