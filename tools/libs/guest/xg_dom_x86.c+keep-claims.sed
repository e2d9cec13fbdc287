# SPDX-License-Identifier: LGPL-2.1-only

/^    \/\* Release what is left of a claim, also after a failure\. \*\/$/{
    n
    s/^    /    if ( !dom->keep_claims )\n        /
}

/^    xc_domain_claim_pages(xch, domid, 0\>/s/^    /    if ( !dom->keep_claims )\n        /
