# SPDX-License-Identifier: CC-BY-4.0

/^   x86\/index$/i\
   dom/index
