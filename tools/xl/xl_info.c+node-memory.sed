# SPDX-License-Identifier: LGPL-2.1-only

/^static void list_domains(/,/^{$/s/^\( *\)bool cpupool, const /\1bool cpupool, bool node_memory,\n\1const /

/^static void list_domains(/,/^}$/s/^    int i;$/    int i, nr_nodes = 0;/

/^    if (cpupool) printf("/a\
    if (node_memory)\
        nr_nodes = print_node_titles();

/^static void list_domains(/,/^}$/{
    /^        if (numa) {$/i\
        if (node_memory)\
            print_node_memory(info[i].domid, nr_nodes);
}

/^int main_list(int argc, char \*\*argv)$/,/^}$/s/^    bool numa = false;$/&\n    bool node_memory = false;/

/^int main_list(int argc, char \*\*argv)$/,/^}$/s/^        {"numa", 0, 0, 'n'},$/&\n        {"node-memory", 0, 0, 'N'},/

/^int main_list(int argc, char \*\*argv)$/,/^}$/{
    s/"lvhZcn"/"lvhZcnN"/
    /^        numa = true;$/{
        n
        a\
    case 'N':\
        node_memory = true;\
        break;
    }
}

/^        list_domains(verbose, context, false .* claim .*, numa, cpupool,$/{
    n
    s/info/node_memory, info/
}

/^    list_domains(false .* verbose .*, true .* claim .*,$/{
    n
    s/, info, nb_domain);$/,\n                 false \/* node_memory *\/, info, nb_domain);/
}
