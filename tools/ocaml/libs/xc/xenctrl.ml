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

