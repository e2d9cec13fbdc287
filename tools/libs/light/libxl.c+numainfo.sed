# SPDX-License-Identifier: LGPL-2.1-only
# What is free and what is claimed, of one moment.

/^libxl_numainfo \*libxl_get_numainfo(libxl_ctx \*ctx, int \*nr)$/,/^}$/s/^ out:$/    libxl__numainfo_claimed(gc, ret, num_nodes);\n\n&/
