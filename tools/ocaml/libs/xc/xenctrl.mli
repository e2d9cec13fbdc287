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
    @raise Error with a text that starts with the errno of this very call,
    whatever other threads do with the handle. Only [12] (ENOMEM) is worth
    another try: a node, or the host, lacks unclaimed memory. {!Try} has the
    errno as a number. *)
external domain_claim_memory : handle -> domid -> memory_claim list -> unit
  = "stub_xc_domain_claim_memory"

(** [domain_get_claims xc domid] is what the domain has claimed and has not been
    given yet: first [Host] where there is such a claim, then nodes by rising
    ID, none with 0 pages.
    @raise Error like {!domain_claim_memory}. *)
external domain_get_claims : handle -> domid -> memory_claim list
  = "stub_xc_domain_get_claims"

(** The memory of a node, in bytes. Memory that is not free is used by domains
    and by Xen: [size - free]. *)
type node_meminfo = {
  size : int64;    (** memory that the node has; 0 where it is not online *)
  free : int64;    (** of it, what is not allocated, claimed or not *)
  claimed : int64; (** of what is free, what is claimed on this node *)
}

(** [numa_meminfo xc] is the memory of all nodes, at one moment, by node ID.
    @raise Error like {!domain_claim_memory}. *)
external numa_meminfo : handle -> node_meminfo array = "stub_xc_numa_meminfo"

(** Pages of 4 KiB that a domain has, by the ID of the node they are on. *)
type domain_node_pages = {
  tot_pages_per_node : int64 array;
}

(** [domain_numa_get_node_pages xc domid] costs the same for all domains.
    @raise Error like {!domain_claim_memory}. *)
external domain_numa_get_node_pages : handle -> domid -> domain_node_pages
  = "stub_xc_domain_numa_get_node_pages"

(** What a call gave, or the errno that it failed with. *)
type 'a outcome =
  | Done of 'a
  | Failed of int

(** The same calls, for callers that match on the error, such as
    [Failed 12]. Only [Invalid_argument] is raised. *)
module Try : sig
  external domain_claim_memory :
    handle -> domid -> memory_claim list -> unit outcome
    = "stub_xc_try_domain_claim_memory"
  external domain_get_claims : handle -> domid -> memory_claim list outcome
    = "stub_xc_try_domain_get_claims"
  external numa_meminfo : handle -> node_meminfo array outcome
    = "stub_xc_try_numa_meminfo"
  external domain_numa_get_node_pages :
    handle -> domid -> domain_node_pages outcome
    = "stub_xc_try_domain_numa_get_node_pages"
end

