# SPDX-License-Identifier: LGPL-2.1-only
# What claims and populates becomes a function of its own, so that its caller can
# release the claim whatever came of it.

/^static int meminit_pv(struct xc_dom_image \*dom)$/s/meminit_pv/claim_and_populate_pv/

/^    \/\* Ensure no unclaimed pages are left unused\.$/,/cancel claim/{
N
d
}
