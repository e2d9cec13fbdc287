# SPDX-License-Identifier: GPL-2.0-only
# What the project builds on. Read by make and by scripts/fetch.

# The bases that are fetched. The first one that is to be had is the default.
BASES := 4.20 4.17

# Debian 13's source package, its orig tarball.
BASE_4.20_SUITE   := trixie
BASE_4.20_TARBALL := xen_4.20.3+127-gc42374a105.orig.tar.xz
BASE_4.20_SHA256  := df0831854a55a8f31cb3cb85036f2edc928e2ef098d77f815f5714bfafac68f3

# Debian 12's.
BASE_4.17_SUITE   := bookworm
BASE_4.17_TARBALL := xen_4.17.5+72-g01140da4e8.orig.tar.xz
BASE_4.17_SHA256  := 53922f4d0a02c577f2ea9d63f65989cd88715779eebeed879ca1d314103ee06e

# The script that draws the diagrams of the documentation, from the npm registry.
MERMAID_VERSION := 11.12.2
