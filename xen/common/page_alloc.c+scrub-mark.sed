# SPDX-License-Identifier: GPL-2.0-only

/^ *\* setting its scrub_state\.$/c\
                         * setting its scrub_state.  But offline_page() marks\
                         * a page before it stops us: change no other bit.

/^ *pg\[i\]\.count_info &= ~PGC_need_scrub;$/s/pg.*/clear_bit(_PGC_need_scrub, \&pg[i].count_info);/
