# SPDX-License-Identifier: GPL-2.0-only

# May miss: later versions count so.
/^static long total_avail_pages;/s/long/unsigned &/

/^static unsigned long total_avail_pages;/b

# May miss: as above.
/^static long outstanding_claims;/c\
/* Pages that all domains together claim. */\
static unsigned long outstanding_claims;

/^static unsigned long outstanding_claims;/b
