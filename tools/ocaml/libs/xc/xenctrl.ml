(* weave: before ^external map_foreign_range *)
(* SPDX-License-Identifier: LGPL-2.1-only *)
type claim_target =
	| Host
	| Node of int

type memory_claim = {
	pages  : int64;
	target : claim_target;
}

external domain_claim_memory: handle -> domid -> memory_claim list -> unit
       = "stub_xc_domain_claim_memory"
external domain_get_claims: handle -> domid -> memory_claim list
       = "stub_xc_domain_get_claims"

type node_meminfo = {
	size    : int64;
	free    : int64;
	claimed : int64;
}

type domain_node_pages = {
	tot_pages_per_node : int64 array;
}

external numa_meminfo: handle -> node_meminfo array = "stub_xc_numa_meminfo"
external domain_numa_get_node_pages: handle -> domid -> domain_node_pages
       = "stub_xc_domain_numa_get_node_pages"

type 'a outcome =
	| Done of 'a
	| Failed of int

module Try = struct
	external domain_claim_memory:
		handle -> domid -> memory_claim list -> unit outcome
		= "stub_xc_try_domain_claim_memory"
	external domain_get_claims: handle -> domid -> memory_claim list outcome
		= "stub_xc_try_domain_get_claims"
	external numa_meminfo: handle -> node_meminfo array outcome
		= "stub_xc_try_numa_meminfo"
	external domain_numa_get_node_pages:
		handle -> domid -> domain_node_pages outcome
		= "stub_xc_try_domain_numa_get_node_pages"
end

