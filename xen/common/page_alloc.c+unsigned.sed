# SPDX-License-Identifier: GPL-2.0-only

/^static long total_avail_pages;/s/long/unsigned &/

/^static long outstanding_claims;/c\
/* What all domains together claim. */\
static unsigned long outstanding_claims;
