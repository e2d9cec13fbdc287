(* SPDX-License-Identifier: GPL-2.0-only *)
(* What the test uses of xenopsd's Xenctrlext, in our own words. *)

type handle

type error = Unix.error * string

external interface_open : unit -> handle = "own_open"
external claim : handle -> int -> int -> int -> int = "own_claim"

let the_handle = lazy (interface_open ())
let get_handle () = Lazy.force the_handle

module NumaNode = struct
  (* On any node of the host: libxenctrl's XC_NUMA_NO_NODE. *)
  let none = 0xFFFFFFFF
  let from node : int = node
end

let domain_claim_pages handle domid ?(numa_node = NumaNode.none) nr_pages =
  let error e = Error (e, "claim") in
  match claim handle domid numa_node nr_pages with
  | 0 -> Ok ()
  | 2 -> error Unix.ENOENT
  | 3 -> error Unix.ESRCH
  | 12 -> error Unix.ENOMEM
  | 22 -> error Unix.EINVAL
  | n -> error (Unix.EUNKNOWNERR n)

module HostNuma = struct
  type node_meminfo = { size : int64; free : int64; claimed : int64 }

  external meminfo : handle -> node_meminfo array = "own_meminfo"

  let numa_get_meminfo handle : (node_meminfo array, error) result =
    match meminfo handle with
    | nodes -> Ok nodes
    | exception Failure what -> Error (Unix.ENOSYS, what)
end

module DomainNuma = struct
  type pages = { per_node : int64 array }

  external node_pages : handle -> int -> pages = "own_node_pages"

  type t = { optimised : bool; nodes : int; memory : int64 array }

  (* A node counts from 16 MiB on. *)
  let state handle ~domid =
    match node_pages handle domid with
    | exception Xenctrl.Error _ -> { optimised = false; nodes = -1; memory = [||] }
    | { per_node } ->
      let memory = Array.map (Int64.mul 4096L) per_node in
      let large = List.filter (fun pages -> pages > 4096L) (Array.to_list per_node) in
      let nodes = List.length large in
      { optimised = nodes = 1 || nodes < Array.length memory; nodes; memory }
end
