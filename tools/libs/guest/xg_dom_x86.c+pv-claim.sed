# SPDX-License-Identifier: LGPL-2.1-only
# What populates the memory becomes a function of its own, so that its caller
# can release the claim whatever came of it.

/^static int meminit_pv(struct xc_dom_image \*dom)$/s/meminit_pv/populate_pv/

/^    rc = x86_compat(dom->xch, dom->guest_domid, dom->guest_type);$/,/^    \/\* Setup dummy vNUMA/{
    /Setup dummy/!d
}

/^    \/\* Ensure no unclaimed pages are left unused\.$/,/cancel claim/{
N
d
}
