# SPDX-License-Identifier: LGPL-2.1-only

/^      "-n, --numa              Prints out NUMA node affinity"$/s/"$/\\n"\n      "-N, --node-memory       Prints out memory on each NUMA node, in MiB"/
