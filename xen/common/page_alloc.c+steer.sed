# SPDX-License-Identifier: GPL-2.0-only
# The first attempt of the base, above the DMA zone: only if there is no page yet.

/^    else if ( (dma_zone = bits_to_zone(dma_bitsize)) < zone_hi )$/s/( (/( !pg \&\& (/
