# SPDX-License-Identifier: LGPL-2.1-only

/^libxl_numainfo = Struct("numainfo", \[$/,/^    \]/s/^    ("dists", .*/&\n    ("claimed", uint64),/
