/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HELPERS_DEBUG_KEYS_H
#define HELPERS_DEBUG_KEYS_H

/*
 * What Xen prints when these keys are typed at its console, or the end of that.
 * Valid until the next call.
 */
const char *debug_keys_output(const char *keys);

/*
 * Xen's console since the last call of either; the end of it where that is
 * longer. Valid until the next call.
 */
const char *xen_console(void);

#endif /* HELPERS_DEBUG_KEYS_H */
