# SPDX-License-Identifier: GPL-2.0-only
# What the check of the host's claims says of itself.

/^     \* is made by a domain with sufficient unclaimed pages\.$/s/with .*/whose own claim covers what is missing./
