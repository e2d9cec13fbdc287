# SPDX-License-Identifier: GPL-2.0-only

# May miss: only later versions allow for pages that are to be scrubbed.
/^                ASSERT(!(pg\[i\]\.count_info &$/c\
                /* As in assign_pages(). */\
                ASSERT(!(pg[i].count_info & ~PGC_state_offlining &

/^                ASSERT(!(pg\[i\]\.count_info & ~PGC_state_offlining/b
