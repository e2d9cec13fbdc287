/* weave: before ^CAMLprim value stub_xc_version_version(value */
/* SPDX-License-Identifier: LGPL-2.1-only */
/* Far more than there are nodes; the hypervisor knows its own limit. */
#define MAX_CLAIMS 1024

/*
 * Copy a list of claims to set[], which has room for MAX_CLAIMS.  Returns their
 * number, or raises Invalid_argument.  Allocates nothing in the OCaml heap
 * before it does, so list needs no root of its own.
 */
static uint32_t claims_of_list(memory_claim_t *set, value list)
{
	static const char who[] = "Xenctrl.domain_claim_memory";
	char msg[sizeof(who) + 64];
	uint32_t nr = 0;

	for (; list != Val_emptylist; list = Field(list, 1)) {
		value claim = Field(list, 0);
		int64_t pages = Int64_val(Field(claim, 0));
		value target = Field(claim, 1);

		/* A list may be cyclic: its length is not asked for first. */
		if (nr == MAX_CLAIMS) {
			snprintf(msg, sizeof(msg), "%s: more than %d claims",
				 who, MAX_CLAIMS);
			caml_invalid_argument(msg);
		}

		if (pages < 0) {
			snprintf(msg, sizeof(msg), "%s: pages = %"PRId64,
				 who, pages);
			caml_invalid_argument(msg);
		}

		set[nr].pages = pages;
		set[nr].pad = 0;

		if (Is_long(target)) /* Host */
			set[nr].target = XEN_DOMCTL_CLAIM_MEMORY_HOST;
		else {
			long node = Long_val(Field(target, 0));

			if (node < 0 ||
			    node >= XEN_DOMCTL_CLAIM_MEMORY_LEGACY) {
				snprintf(msg, sizeof(msg), "%s: Node %ld",
					 who, node);
				caml_invalid_argument(msg);
			}
			set[nr].target = node;
		}

		nr++;
	}

	return nr;
}

CAMLprim value stub_xc_domain_claim_memory(value xch_val, value domid,
                                           value claims)
{
	CAMLparam3(xch_val, domid, claims);
	xc_interface *xch = xch_of_val(xch_val);
	uint32_t c_domid = Int_val(domid);
	memory_claim_t set[MAX_CLAIMS];
	uint32_t nr = claims_of_list(set, claims);
	int retval;

	xc_clear_last_error(xch);

	caml_enter_blocking_section();
	retval = xc_domain_claim_memory(xch, c_domid, nr, set);
	caml_leave_blocking_section();

	if (retval)
		failwith_xc(xch);

	CAMLreturn(Val_unit);
}

CAMLprim value stub_xc_domain_get_claims(value xch_val, value domid)
{
	CAMLparam2(xch_val, domid);
	CAMLlocal4(result, cell, claim, target);
	xc_interface *xch = xch_of_val(xch_val);
	uint32_t c_domid = Int_val(domid);
	memory_claim_t set[MAX_CLAIMS];
	uint32_t nr = MAX_CLAIMS;
	int retval;

	xc_clear_last_error(xch);

	caml_enter_blocking_section();
	retval = xc_domain_get_claims(xch, c_domid, &nr, set);
	caml_leave_blocking_section();

	if (retval)
		failwith_xc(xch);

	result = Val_emptylist;
	while (nr--) {
		if (set[nr].target == XEN_DOMCTL_CLAIM_MEMORY_HOST)
			target = Val_int(0);
		else {
			target = caml_alloc_small(1, 0);
			Field(target, 0) = Val_long(set[nr].target);
		}

		claim = caml_alloc_tuple(2);
		Store_field(claim, 0, caml_copy_int64(set[nr].pages));
		Store_field(claim, 1, target);

		cell = caml_alloc_small(2, Tag_cons);
		Field(cell, 0) = claim;
		Field(cell, 1) = result;
		result = cell;
	}

	CAMLreturn(result);
}

