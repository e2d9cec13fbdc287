# SPDX-License-Identifier: GPL-2.0-only

# May miss: before 4.22 no pages wait to be scrubbed.
/^    unsigned int pending_scrub_index;/a\
\
    /* How often its claims were replaced; written under heap_lock. */\
    unsigned int claim_sets;
