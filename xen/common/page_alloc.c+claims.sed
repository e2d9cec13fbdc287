# SPDX-License-Identifier: GPL-2.0-only
# What the check of the host's claims says of itself.

/^     \* Claimed memory is considered unavailable unless the request$/s/\* .*/* Memory that others claim, on any node of the host, is unavailable to the/

/^     \* is made by a domain whose own claim covers what is missing\.$/s/\* .*/* request; see claims_permit()./
