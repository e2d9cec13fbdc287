/* SPDX-License-Identifier: GPL-2.0-only */
#define cache_flush_permitted(d) ((void)(d), false)
