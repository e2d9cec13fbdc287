# SPDX-License-Identifier: CC-BY-4.0

/^   hypervisor-guide\/index$/a\
   designs/index
