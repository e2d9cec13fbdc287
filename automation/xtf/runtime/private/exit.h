/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PRIVATE_EXIT_H
#define PRIVATE_EXIT_H

#include <xtf/compiler.h>

#include <xtf/types.h>

/*
 * Ends the virtual host from dom0 (its exit code tells the status), or the
 * domain (the reason of its shutdown tells success from all else).
 */
void xtf_stop(unsigned int status, bool success) __noreturn;

#endif /* PRIVATE_EXIT_H */
