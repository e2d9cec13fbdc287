# SPDX-License-Identifier: CC-BY-4.0

/^   introduction$/a\
   memory-claims
