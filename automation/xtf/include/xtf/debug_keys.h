/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef XTF_DEBUG_KEYS_H
#define XTF_DEBUG_KEYS_H

/*
 * What Xen prints when these keys are typed at its console, or the end of that.
 * Valid until the next call.
 */
const char *debug_keys_output(const char *keys);

#endif /* XTF_DEBUG_KEYS_H */
