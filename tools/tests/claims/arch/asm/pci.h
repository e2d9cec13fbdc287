/* SPDX-License-Identifier: GPL-2.0-only */
struct arch_pci_dev { int unused; };
