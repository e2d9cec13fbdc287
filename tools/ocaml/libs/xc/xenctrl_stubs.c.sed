# SPDX-License-Identifier: LGPL-2.1-only
# The name that later versions have for what _H() does.

# May miss: handles are custom blocks there, and the function exists.
/^#define _H(__h) /i\
#define CAML_INTERNALS /* Is_in_value_area() */\
#include <caml/address_class.h>\
\
/*\
 * Handles of this library are plain pointers.  Those that other libraries make\
 * for its stubs (xenopsd's do) are blocks of the OCaml heap, as in later\
 * versions.\
 */\
static inline xc_interface *xch_of_val(value v)\
{\
	return Is_in_value_area(v) ? *(xc_interface **)Data_custom_val(v)\
				   : (xc_interface *)v;\
}\

