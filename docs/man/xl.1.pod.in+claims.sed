# SPDX-License-Identifier: GPL-2.0-only

/^=item B<claims>$/,/^Prints information about outstanding claims/s/^=item B<claims>$/=item B<claims> [I<-n>]/

/^memory (out of the total 2048MB where 1191MB has been allocated to$/{
    n
    a\
\
B<OPTIONS>\
\
=over 4\
\
=item B<-n>, B<--numa>\
\
For each guest, list what is claimed from the host as a whole, which any node\
can serve, and what is claimed on each NUMA node.  B<xl info -n> lists what is\
claimed on the nodes in all: that is part of their free memory.\
\
=back
}

