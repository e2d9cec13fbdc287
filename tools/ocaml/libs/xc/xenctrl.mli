(* weave: before ^external map_foreign_range *)
(* SPDX-License-Identifier: LGPL-2.1-only *)

(** Where claimed memory is to come from. *)
type claim_target =
  | Host        (** any node *)
  | Node of int (** the node with this ID *)

(** A number of pages of 4 KiB that are claimed and not allocated yet. *)
type memory_claim = {
  pages : int64;
  target : claim_target;
}

(** [domain_claim_memory xc domid claims] replaces all claims of the domain by
    [claims], in which each target is at most once, or changes nothing and
    raises. Pages that the domain already has do not count. A list whose
    [pages] are all 0 releases everything. An empty list is an error.
    @raise Invalid_argument if a number of pages is negative, if a node is
    negative or too large to be one, or if the list is longer than any host
    accepts.
    @raise Error with a text that starts with the errno of this very call,
    whatever other threads do with the handle. Only [12] (ENOMEM) is worth
    another attempt: a node, or the host, lacks unclaimed memory. {!Try} has
    the errno as a number. *)
external domain_claim_memory : handle -> domid -> memory_claim list -> unit
  = "stub_xc_domain_claim_memory"

(** [domain_get_claims xc domid] is what the domain has claimed and has not been
    given yet: first [Host] if there is such a claim, then nodes by ascending
    ID. None of them has 0 pages.
    @raise Error like {!domain_claim_memory}. *)
external domain_get_claims : handle -> domid -> memory_claim list
  = "stub_xc_domain_get_claims"

(** The memory of a node, in bytes. Memory that is not free is used by domains
    and by Xen: [size - free]. *)
type node_meminfo = {
  size : int64;    (** memory of the node; 0 if the node is not online *)
  free : int64;    (** the part of it that is not allocated, claimed or not *)
  claimed : int64; (** the part of [free] that is claimed on this node *)
}

(** [numa_meminfo xc] is the memory of all nodes, by node ID, in one snapshot.
    @raise Error like {!domain_claim_memory}. *)
external numa_meminfo : handle -> node_meminfo array = "stub_xc_numa_meminfo"

(** Pages of 4 KiB that a domain has, by the ID of the node that they are on. *)
type domain_node_pages = {
  tot_pages_per_node : int64 array;
}

(** [domain_numa_get_node_pages xc domid] costs the same for all domains.
    @raise Error like {!domain_claim_memory}. *)
external domain_numa_get_node_pages : handle -> domid -> domain_node_pages
  = "stub_xc_domain_numa_get_node_pages"

(** The result of a call, or the errno with which it failed. *)
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

