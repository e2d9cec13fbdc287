/* weave: before ^CAMLprim value stub_xc_version_version(value */
/* SPDX-License-Identifier: LGPL-2.1-only */
/* Far more than there are nodes; the hypervisor knows its own limit. */
#define MAX_CLAIMS 1024
#define MAX_NODES  1024

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

/*
 * What a call failed with is its own errno.  The handle's last error is not
 * asked for: it is that of whichever thread came last.
 */
static void Noreturn failwith_errno(int err)
{
	char error_str[128];

	snprintf(error_str, sizeof(error_str), "%d: %s", err, strerror(err));
	caml_raise_with_string(*caml_named_value("xc.error"), error_str);
}

/* Done of 'a, or Failed of int where err is not 0. */
static value outcome_of(value done, int err)
{
	CAMLparam1(done);
	CAMLlocal1(result);

	result = caml_alloc(1, err ? 1 : 0);
	Store_field(result, 0, err ? Val_int(err) : done);

	CAMLreturn(result);
}

/* All of these return the errno of the call, or 0. */

static int claim_memory(value xch_val, value domid, value claims)
{
	xc_interface *xch = xch_of_val(xch_val);
	uint32_t c_domid = Int_val(domid);
	memory_claim_t set[MAX_CLAIMS];
	uint32_t nr = claims_of_list(set, claims);
	int err;

	caml_enter_blocking_section();
	err = xc_domain_claim_memory(xch, c_domid, nr, set) ? errno : 0;
	caml_leave_blocking_section();

	return err;
}

static int get_claims(value xch_val, value domid, value *claims)
{
	CAMLparam0();
	CAMLlocal4(list, cell, claim, target);
	xc_interface *xch = xch_of_val(xch_val);
	uint32_t c_domid = Int_val(domid);
	memory_claim_t set[MAX_CLAIMS];
	uint32_t nr = MAX_CLAIMS;
	int err;

	caml_enter_blocking_section();
	err = xc_domain_get_claims(xch, c_domid, &nr, set) ? errno : 0;
	caml_leave_blocking_section();

	list = Val_emptylist;
	while (!err && nr--) {
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
		Field(cell, 1) = list;
		list = cell;
	}

	*claims = list;
	CAMLreturnT(int, err);
}

static int get_node_pages(value xch_val, value domid, value *record)
{
	CAMLparam0();
	CAMLlocal2(array, result);
	xc_interface *xch = xch_of_val(xch_val);
	uint32_t c_domid = Int_val(domid);
	uint64_t pages[MAX_NODES];
	uint32_t nr = MAX_NODES, i;
	int err;

	caml_enter_blocking_section();
	err = xc_domain_numa_get_node_pages(xch, c_domid, &nr, pages)
		? errno : 0;
	caml_leave_blocking_section();

	if (!err) {
		array = caml_alloc(nr, 0);
		for (i = 0; i < nr; i++)
			Store_field(array, i, caml_copy_int64(pages[i]));

		result = caml_alloc_tuple(1);
		Store_field(result, 0, array);
	}

	*record = result;
	CAMLreturnT(int, err);
}

static int get_meminfo(value xch_val, value *nodes)
{
	CAMLparam0();
	CAMLlocal2(array, node);
	xc_interface *xch = xch_of_val(xch_val);
	xen_sysctl_node_meminfo_t info[MAX_NODES];
	unsigned int nr = MAX_NODES, i;
	int err;

	caml_enter_blocking_section();
	err = xc_numa_meminfo(xch, &nr, info) ? errno : 0;
	caml_leave_blocking_section();

	if (!err) {
		array = caml_alloc(nr, 0);
		for (i = 0; i < nr; i++) {
			node = caml_alloc_tuple(3);
			Store_field(node, 0, caml_copy_int64(info[i].size));
			Store_field(node, 1, caml_copy_int64(info[i].free));
			Store_field(node, 2, caml_copy_int64(info[i].claimed));
			Store_field(array, i, node);
		}
	}

	*nodes = array;
	CAMLreturnT(int, err);
}

CAMLprim value stub_xc_domain_claim_memory(value xch_val, value domid,
                                           value claims)
{
	CAMLparam3(xch_val, domid, claims);
	int err = claim_memory(xch_val, domid, claims);

	if (err)
		failwith_errno(err);

	CAMLreturn(Val_unit);
}

CAMLprim value stub_xc_try_domain_claim_memory(value xch_val, value domid,
                                               value claims)
{
	CAMLparam3(xch_val, domid, claims);
	int err = claim_memory(xch_val, domid, claims);

	CAMLreturn(outcome_of(Val_unit, err));
}

CAMLprim value stub_xc_domain_get_claims(value xch_val, value domid)
{
	CAMLparam2(xch_val, domid);
	CAMLlocal1(result);
	int err = get_claims(xch_val, domid, &result);

	if (err)
		failwith_errno(err);

	CAMLreturn(result);
}

CAMLprim value stub_xc_try_domain_get_claims(value xch_val, value domid)
{
	CAMLparam2(xch_val, domid);
	CAMLlocal1(result);
	int err = get_claims(xch_val, domid, &result);

	CAMLreturn(outcome_of(result, err));
}

/* xenopsd's own stubs call this one by its name, with a handle of theirs. */
CAMLprim value stub_xc_domain_numa_get_node_pages(value xch_val, value domid)
{
	CAMLparam2(xch_val, domid);
	CAMLlocal1(result);
	int err = get_node_pages(xch_val, domid, &result);

	if (err)
		failwith_errno(err);

	CAMLreturn(result);
}

CAMLprim value stub_xc_try_domain_numa_get_node_pages(value xch_val,
                                                      value domid)
{
	CAMLparam2(xch_val, domid);
	CAMLlocal1(result);
	int err = get_node_pages(xch_val, domid, &result);

	CAMLreturn(outcome_of(result, err));
}

CAMLprim value stub_xc_numa_meminfo(value xch_val)
{
	CAMLparam1(xch_val);
	CAMLlocal1(result);
	int err = get_meminfo(xch_val, &result);

	if (err)
		failwith_errno(err);

	CAMLreturn(result);
}

CAMLprim value stub_xc_try_numa_meminfo(value xch_val)
{
	CAMLparam1(xch_val);
	CAMLlocal1(result);
	int err = get_meminfo(xch_val, &result);

	CAMLreturn(outcome_of(result, err));
}

