# SPDX-License-Identifier: LGPL-2.1-only

/^    SWITCH_FOREACH_OPT(opt, "", NULL, "claims", 0) {$/,/^    }$/c\
    SWITCH_FOREACH_OPT(opt, "n", opts, "claims", 0) {\
    case 'n':\
        numa = true;\
        break;\
    }\
\
    if (numa)\
        return list_node_claims();

/^int main_claims(int argc, char \*\*argv)$/,/^    int nb_domain;$/s/^    int nb_domain;$/&\n    bool numa = false;\n    static struct option opts[] = {\n        {"numa", 0, 0, 'n'},\n        COMMON_LONG_OPTS\n    };/
