# SPDX-License-Identifier: LGPL-2.1-only
# What claims and populates becomes a function of its own, so that its caller can
# release the claim whatever came of it.

/^static int meminit_pv(struct xc_dom_image \*dom)$/s/meminit_pv/claim_and_populate_pv/

# May miss: a comment, of another version.
/^    \/\* Ensure no unclaimed pages are left unused\.$/,/\*\//d

/^    xc_domain_claim_pages(dom->xch, dom->guest_domid, 0\>/{
    N
    d
}
