# SPDX-License-Identifier: GPL-2.0-only
"""How builders get memory: what storm.c calls so, and how it is shown."""

from collections import namedtuple

# stock: on Xen without the series. style: what gnuplot adds to the line.
# xl: all is left to `xl create`, of a toolstack without the series if stock.
Mode = namedtuple("Mode", "stock colour style text xl", defaults=[False])

MODES = {
    "affinity": Mode(
        True, "#9a3412", "",
        "Today's way. The builder reads every node's free memory, plans as "
        "libxl's placement does, gives the domain affinity with the nodes of "
        "its plan, and populates. Stock Xen."),
    "host": Mode(
        True, "#b7791f", "",
        "The same, and libxenguest claims the domain's memory host-wide before "
        "it populates (XENMEM_claim_pages), as xl does. Stock Xen."),
    "claimset": Mode(
        False, "#1d4ed8", "",
        "The builder plans from what is free and not claimed, and claims a set "
        "of nodes in one step. If it is refused, it plans again. It populates "
        "each part from the node that the set names, without fallback."),
    "steered": Mode(
        False, "#0f766e", " dashtype '-'",
        "The same claims, but it populates as today, without naming a node: "
        "the hypervisor steers to what is claimed."),
    "stockxl": Mode(
        True, "#be185d", "",
        "Each builder is an xl create of the base, with nothing configured. A "
        "domain is meant for the nodes of the affinity that libxl gives it. "
        "Stock Xen.", True),
    "xl": Mode(
        False, "#15803d", " dashtype '-'",
        "The same with the series in hypervisor, libxl and xl, and as little "
        "configured.", True),
}

STOCK = [name for name, mode in MODES.items() if mode.stock]
XL = [name for name, mode in MODES.items() if mode.xl]
