# SPDX-License-Identifier: GPL-2.0-only

/^    if ( (y & PGC_state) == PGC_state_offlined )$/s/( (/( !ret \&\& (/
