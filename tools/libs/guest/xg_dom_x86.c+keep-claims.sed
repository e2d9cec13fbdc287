# SPDX-License-Identifier: LGPL-2.1-only

/^    \/\* Release what is left of a claim, also after a failure\. \*\/$/{
    n
    s/^    /    if ( !dom->keep_claims )\n        /
}

/^    \/\* ensure no unclaimed pages are left unused \*\/$/{
    n
    s/^    /    if ( !dom->keep_claims )\n        /
}
