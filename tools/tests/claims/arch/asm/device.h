/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_ASM_DEVICE_H
#define BENCH_ASM_DEVICE_H

typedef struct device { int unused; } device_t;
#define dev_to_pci(dev) ((struct pci_dev *)(dev))

#endif
