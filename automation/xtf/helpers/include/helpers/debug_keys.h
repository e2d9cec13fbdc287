/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HELPERS_DEBUG_KEYS_H
#define HELPERS_DEBUG_KEYS_H

/*
 * What Xen prints when these keys are typed at its console, or the end of that.
 * Valid until the next call.
 */
const char *debug_keys_output(const char *keys);

#endif /* HELPERS_DEBUG_KEYS_H */
