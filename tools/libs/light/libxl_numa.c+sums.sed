# SPDX-License-Identifier: LGPL-2.1-only
# 32 bits of KiB are 4 TiB.

/^static uint32_t nodemap_to_free_memkb(/s/uint32_t/uint64_t/

/^    uint32_t free_memkb = 0;$/s/uint32_t/uint64_t/
