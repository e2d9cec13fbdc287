(* weave: before ^external map_foreign_range *)
(* SPDX-License-Identifier: LGPL-2.1-only *)

(** Where claimed memory is to come from. *)
type claim_target =
  | Host        (** any node *)
  | Node of int (** the node with this ID *)

(** So many pages of 4 KiB are claimed and have not been allocated yet. *)
type memory_claim = {
  pages : int64;
  target : claim_target;
}

(** [domain_claim_memory xc domid claims] replaces all claims of the domain by
    [claims], each target once at most, or changes nothing and raises. Pages
    that the domain has already do not count. A list whose [pages] are all 0
    releases everything; an empty one is an error.
    @raise Invalid_argument where a number of pages is negative, or a node is
    negative or too large to be one, or the list is longer than any host takes.
    @raise Error with a text that starts with the errno, or with [1] where
    libxenctrl itself failed. Only [12] (ENOMEM) is worth another try: a node,
    or the host, lacks unclaimed memory. *)
external domain_claim_memory : handle -> domid -> memory_claim list -> unit
  = "stub_xc_domain_claim_memory"

(** [domain_get_claims xc domid] is what the domain has claimed and has not been
    given yet: first [Host] where there is such a claim, then nodes by rising
    ID, none with 0 pages.
    @raise Error like {!domain_claim_memory}. *)
external domain_get_claims : handle -> domid -> memory_claim list
  = "stub_xc_domain_get_claims"

