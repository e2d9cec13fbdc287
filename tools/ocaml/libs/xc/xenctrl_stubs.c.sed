# SPDX-License-Identifier: LGPL-2.1-only
# The name that later versions have for what _H() does.

# May miss: handles are custom blocks there, and the function exists.
/^#define _H(__h) /i\
static inline xc_interface *xch_of_val(value v)\
{\
	return (xc_interface *)v;\
}\

