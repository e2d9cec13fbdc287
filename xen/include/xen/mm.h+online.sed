# SPDX-License-Identifier: GPL-2.0-only

/^unsigned int online_page(/s/^unsigned //
