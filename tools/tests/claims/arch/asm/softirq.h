/* SPDX-License-Identifier: GPL-2.0-only */
#define NR_ARCH_SOFTIRQS 0
#define arch_skip_send_event_check(cpu) true
