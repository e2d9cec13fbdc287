# SPDX-License-Identifier: CC-BY-4.0

/^   code-coverage$/a\
   claims-and-the-allocator
