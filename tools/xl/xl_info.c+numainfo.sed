# SPDX-License-Identifier: LGPL-2.1-only
# A column, where the hypervisor tells what is claimed.

/^    printf("node:    memsize    memfree    distances\\n");$/c\
    for (i = 0; i < nr; i++)\
        claimed |= info[i].claimed != LIBXL_NUMAINFO_INVALID_ENTRY;\
\
    printf("node:    memsize    memfree    %sdistances\\n",\
           claimed ? "claimed    " : "");

/^            printf("%4d:    %6"PRIu64"     %6"PRIu64"      %d", i,$/s/      %d", i,/", i,/

/^                   info\[i\]\.size >> 20, info\[i\]\.free >> 20,$/s/,$/);/

/^                   info\[i\]\.dists\[0\]);$/c\
            if (claimed)\
                printf("     %6"PRIu64, info[i].claimed >> 20);\
            printf("      %d", info[i].dists[0]);

/^static void output_numainfo(void)$/,/^    int i, j, nr;$/s/^    int i, j, nr;$/&\n    bool claimed = false;/
