# SPDX-License-Identifier: GPL-2.0-only

# May miss: later versions return an int.
/^unsigned int online_page(/s/^unsigned //

/^int online_page(/b
