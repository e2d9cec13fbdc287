/* SPDX-License-Identifier: GPL-2.0-only */
/* What the runtime needs of an architecture, beside its hypercalls. */
#ifndef PRIVATE_ARCH_H
#define PRIVATE_ARCH_H

#include <xtf/compiler.h>
#include <xtf/types.h>

/* Where an architecture goes when it is set up. */
void xtf_main(void) __noreturn;

/* To the domain's own console, where it has one beside Xen's. */
void arch_console_write(const char *buf, size_t count);

#endif /* PRIVATE_ARCH_H */
