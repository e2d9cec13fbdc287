/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BENCH_HYPERCALL_DEFS_H
#define BENCH_HYPERCALL_DEFS_H

/* Of what Xen's build generates, the hypercalls that the tests make. */
long do_domctl(XEN_GUEST_HANDLE_PARAM(xen_domctl_t) u_domctl);

#endif
