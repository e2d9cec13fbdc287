/* SPDX-License-Identifier: GPL-2.0-only */
/* What Xen tells a PV domain at its start. */
#ifndef HELPERS_START_INFO_H
#define HELPERS_START_INFO_H

#include <helpers/arch.h>

/* The arguments after the kernel's name, never NULL. */
const char *command_line(void);

#endif /* HELPERS_START_INFO_H */
