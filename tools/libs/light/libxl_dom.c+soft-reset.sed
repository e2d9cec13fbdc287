# SPDX-License-Identifier: LGPL-2.1-only
# A soft reset leaves the memory where it is, and so the affinities.

/^    if (libxl_defbool_val(info->numa_placement)) {$/s/)) {$/) \&\& !state->soft_reset) {/
