(* SPDX-License-Identifier: GPL-2.0-only *)
(* What xenopsd does with claims, by its own stubs (or ours, which make the same
   calls), in its own order. Prints TAP; runs in dom0. *)

open Xenctrlext
open Lab

let page = 4096L
let bytes pages = Int64.mul page (Int64.of_int pages)

(* Of a domain of 64 MiB: what is claimed is less than what the ballooning daemon
   leaves as its maximum, which has the overhead as well. *)
let build_pages = 64 * 256
let overhead_kib = 8192L
let max_kib = Int64.add (Int64.of_int (build_pages * 4)) overhead_kib

(* Created, then the daemon's reservation becomes its maximum, then it is built:
   that begins with the claim. *)
let create xc =
  let domid = Xenctrl.domain_create xc config in
  Xenctrl.domain_setmaxmem xc domid max_kib;
  Xenctrl.domain_max_vcpus xc domid 1;
  Xenctrl.domain_set_memmap_limit xc domid max_kib;
  domid

let meminfo h = match HostNuma.numa_get_meminfo h with
  | Ok nodes -> nodes
  | Error (e, what) -> failwith (what ^ ": " ^ Unix.error_message e)

let claimed h node = (meminfo h).(node).claimed
let claimed_on_nodes h =
  Array.fold_left (fun sum (n : HostNuma.node_meminfo) -> Int64.add sum n.claimed) 0L (meminfo h)

let is result expected = match result, expected with
  | Ok (), None -> true
  | Error (e, _), Some expected -> e = expected
  | _ -> false

let claim_on h domid node nr = domain_claim_pages h domid ~numa_node:(NumaNode.from node) nr

let claims name h domid ?node nr expected =
  let result = match node with
    | Some node -> claim_on h domid node nr
    | None -> domain_claim_pages h domid nr
  in
  ok (is result expected) name;
  match result with
  | Error (e, _) when not (is result expected) -> Printf.printf "# %s\n%!" (Unix.error_message e)
  | _ -> ()

let host_wide xc domid pages =
  Xenctrl.domain_get_claims xc domid
  = if pages = 0 then [] else [ { Xenctrl.pages = Int64.of_int pages; target = Xenctrl.Host } ]

let test_meminfo h xc =
  let nodes = meminfo h in
  ok (Array.length nodes = Array.length (Xenctrl.numa_meminfo xc)) "memory of nodes: all of them";
  let sum f = Array.fold_left (fun sum n -> Int64.add sum (f n)) 0L nodes in
  let free = Int64.of_nativeint (Xenctrl.physinfo xc).free_pages in
  ok (sum (fun (n : HostNuma.node_meminfo) -> n.free) = Int64.mul free page)
    "memory of nodes: free memory is the host's";
  ok (Array.for_all (fun (n : HostNuma.node_meminfo) ->
      n.claimed = 0L && n.free <= n.size) nodes) "memory of nodes: used memory is not negative"

let test_claims h xc =
  let domid = create xc in
  claims "a claim on a node" h domid ~node:1 build_pages None;
  ok (claimed h 1 = bytes build_pages && claimed_on_nodes h = claimed h 1)
    "it is on this node only";
  claims "another node replaces it" h domid ~node:2 build_pages None;
  ok (claimed h 2 = bytes build_pages && claimed_on_nodes h = claimed h 2)
    "nothing is left on the first";
  claims "no such node: ENOENT" h domid ~node:63 build_pages (Some Unix.ENOENT);
  ok (claimed h 2 = bytes build_pages) "the claim is what it was";
  claims "host-wide replaces it" h domid build_pages None;
  ok (host_wide xc domid build_pages && claimed_on_nodes h = 0L) "it is on no node";
  claims "0 pages release" h domid 0 None;
  ok (host_wide xc domid 0) "no claim is left";
  claims "no such domain: ESRCH" h 32751 1 (Some Unix.ESRCH);
  Xenctrl.domain_destroy xc domid

(* xenopsd tries a node, then the host where that lacks memory, and fails where
   the host does. *)
let test_enomem h xc =
  let domid = create xc in
  let much = (meminfo h).(3) in
  let more_than_node = Int64.to_int (Int64.div much.free page) + 1 in
  let total = Int64.of_nativeint (Xenctrl.physinfo xc).total_pages in
  Xenctrl.domain_setmaxmem xc domid (Int64.mul 8L total);
  claims "more than a node has: ENOMEM" h domid ~node:3 more_than_node (Some Unix.ENOMEM);
  claims "the host has it" h domid more_than_node None;
  claims "more than the host has: ENOMEM" h domid (Int64.to_int total + 1) (Some Unix.ENOMEM);
  ok (host_wide xc domid more_than_node) "the claim is what it was";
  Xenctrl.domain_destroy xc domid

(* On an error other than ENOMEM xenopsd builds without a claim: the maximum that
   the daemon has set must not be such an error. *)
let test_max_mem h xc =
  let domid = create xc in
  let max_pages = Int64.to_int (Int64.div max_kib 4L) in
  claims "more than the maximum, on a node" h domid ~node:1 (max_pages + 1000) None;
  ok (claimed h 1 = bytes max_pages) "what the maximum allows is claimed";
  claims "more than the maximum, host-wide" h domid (max_pages + 1000) None;
  ok (host_wide xc domid max_pages) "what the maximum allows is claimed";
  Xenctrl.domain_memory_increase_reservation xc domid 400L;
  claims "pages that are there count for the maximum only" h domid build_pages None;
  ok (host_wide xc domid build_pages) "the count is what is still to come";
  claims "the maximum again" h domid (max_pages + 1) None;
  ok (host_wide xc domid (max_pages - 100)) "what is still allowed is claimed";
  Xenctrl.domain_destroy xc domid

let test_domain_numa h xc =
  let domid = create xc in
  claims "a claim to be built from" h domid ~node:2 build_pages None;
  Xenctrl.domain_memory_increase_reservation xc domid (Int64.of_int (build_pages * 4));
  let state = DomainNuma.state h ~domid in
  let pages = (Xenctrl.domain_numa_get_node_pages xc domid).tot_pages_per_node in
  ok (state.memory = Array.map (Int64.mul page) pages) "DomainNuma: what Xen says";
  ok (state.nodes = 1 && state.optimised && state.memory.(2) = bytes build_pages)
    "DomainNuma: all memory is on the node of the claim";
  ok (host_wide xc domid 0) "nothing is left of the claim";
  claims "a release after building" h domid 0 None;
  ok ((DomainNuma.state h ~domid:32751).nodes = -1) "DomainNuma: no such domain";
  Xenctrl.domain_destroy xc domid

(* Each with a domain, on the one handle that xenopsd has. *)
let test_threads h xc =
  let wrong = ref 0 and rounds = 100 in
  let total = Int64.to_int (Int64.of_nativeint (Xenctrl.physinfo xc).total_pages) in
  let work node =
    let domid = create xc in
    Xenctrl.domain_setmaxmem xc domid (Int64.of_int (total * 8));
    for n = 1 to rounds do
      if not (is (claim_on h domid node n) None) then incr wrong;
      if not (is (domain_claim_pages h domid (total + 1)) (Some Unix.ENOMEM)) then incr wrong;
      if not (is (claim_on h domid 63 n) (Some Unix.ENOENT)) then incr wrong;
      if n mod 25 = 0 then Gc.compact ();
      Thread.yield ()
    done;
    Xenctrl.domain_destroy xc domid
  in
  List.init 4 (Thread.create work) |> List.iter Thread.join;
  ok (!wrong = 0) "threads: each gets the error of its own call"

let () =
  let h = get_handle () and xc = Xenctrl.interface_open () in
  test_meminfo h xc;
  test_claims h xc;
  test_enomem h xc;
  test_max_mem h xc;
  test_domain_numa h xc;
  test_threads h xc;
  finish ()
