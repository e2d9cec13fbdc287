/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HELPERS_LIMITS_H
#define HELPERS_LIMITS_H

#define UINT_MAX (~0U)
#define LONG_MAX __LONG_MAX__

#endif /* HELPERS_LIMITS_H */
