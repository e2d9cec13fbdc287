# SPDX-License-Identifier: LGPL-2.1-only

/^      "List outstanding claim information about all domains",$/{
    n
    s/""/"[-n]"/
    n
    s/""/"-n, --numa              List what is claimed on each NUMA node"/
}
