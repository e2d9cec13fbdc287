/* SPDX-License-Identifier: GPL-2.0-only */
/* What the bench's architecture is configured to: little but memory. */
#ifndef BENCH_AUTOCONF_H
#define BENCH_AUTOCONF_H

#ifndef BENCH_FAST
#define CONFIG_DEBUG 1
#define CONFIG_SCRUB_DEBUG 1
#endif

#define CONFIG_64BIT 1
#define CONFIG_NR_CPUS 64
#define CONFIG_NUMA 1
#define CONFIG_NR_NUMA_NODES 64
#define CONFIG_PDX_NONE 1
#define CONFIG_SYSCTL 1
#define CONFIG_DOMCTL 1
#define CONFIG_PRIVCMD_MODE 1
#define CONFIG_SPECULATIVE_HARDEN_ARRAY 1
#define CONFIG_SCHED_DEFAULT "credit2"
#define CONFIG_PAGEALLOC_MAX_ORDER 18
#define CONFIG_DOMU_MAX_ORDER 9
#define CONFIG_CTLDOM_MAX_ORDER 18
#define CONFIG_HWDOM_MAX_ORDER 18
#define CONFIG_PTDOM_MAX_ORDER 18

#endif
