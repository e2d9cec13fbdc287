# SPDX-License-Identifier: GPL-2.0-only

/^Also displays the domain NUMA node affinity\.$/a\
\
=item B<-N>, B<--node-memory>\
\
Also displays how much of the domain's memory is on each NUMA node, in MiB, or\
a dash where the hypervisor does not count that.
