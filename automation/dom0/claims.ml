(* SPDX-License-Identifier: GPL-2.0-only *)
(* Claims through Xenctrl, as a toolstack in OCaml uses them. Prints TAP; runs in dom0. *)

open Xenctrl
open Lab

let text claims =
  let one {pages; target} = match target with
    | Host -> Printf.sprintf "host: %Ld" pages
    | Node n -> Printf.sprintf "node %d: %Ld" n pages
  in
  "[" ^ String.concat "; " (List.map one claims) ^ "]"

let starts prefix s =
  let n = String.length prefix in
  String.length s >= n && String.sub s 0 n = prefix

(* The test passes if [f ()] raises what [expected] says yes to. *)
let raises name expected f =
  match f () with
  | () ->
    ok false name;
    print_endline "# no exception"
  | exception e ->
    let good = expected e in
    ok good name;
    if not good then Printf.printf "# %s\n%!" (Printexc.to_string e)

(* The texts of these start with the errno. *)
let errno n = function
  | Error s -> starts (string_of_int n ^ ":") s
  | _ -> false

let enoent = errno 2
let esrch = errno 3
let e2big = errno 7
let enomem = errno 12
let einval = errno 22

(* What is wrong must be in the text. *)
let invalid what = function
  | Invalid_argument s -> s = "Xenctrl.domain_claim_memory: " ^ what
  | _ -> false

let node n pages = { pages; target = Node n }
let host pages = { pages; target = Host }

let max_kib = 65536L

let create xc =
  let domid = domain_create xc config in
  domain_setmaxmem xc domid max_kib;
  domid

let is xc domid expected name =
  let claims = domain_get_claims xc domid in
  ok (claims = expected) name;
  if claims <> expected then Printf.printf "# %s\n%!" (text claims)

let test_set xc domid =
  let set = domain_claim_memory xc domid in
  is xc domid [] "a new domain has no claims";
  set [ node 0 10L; host 5L ];
  is xc domid [ host 5L; node 0 10L ] "a set of two, host-wide first";
  set [ host 7L ];
  is xc domid [ host 7L ] "a set replaces all of the one before";
  set [ node 0 0L; host 0L ];
  is xc domid [] "0 pages release";
  set [ node 0 3L; host 0L ];
  is xc domid [ node 0 3L ] "an entry of 0 pages beside another is no claim"

let test_errors xc domid =
  let set claims () = domain_claim_memory xc domid claims in
  let rec endless = host 1L :: endless in
  let many n = List.init n (fun i -> node i 1L) in
  raises "negative pages" (invalid "pages = -1") (set [ node 0 (-1L) ]);
  raises "the least number of pages"
    (invalid "pages = -9223372036854775808") (set [ host Int64.min_int ]);
  raises "negative node" (invalid "Node -1") (set [ node (-1) 1L ]);
  raises "node like the selector of the host"
    (invalid "Node 2147483648") (set [ node 0x80000000 1L ]);
  raises "node like the legacy selector"
    (invalid "Node 1073741824") (set [ node 0x40000000 1L ]);
  raises "node that is more than 32 bits"
    (invalid "Node 4294967296") (set [ node 0x100000000 1L ]);
  raises "the last of several is wrong" (invalid "Node -2")
    (set [ node 0 1L; host 1L; node (-2) 1L ]);
  raises "more claims than any host takes"
    (invalid "more than 1024 claims") (set (many 1025));
  raises "a list without an end" (invalid "more than 1024 claims") (set endless);
  raises "66 claims" e2big (set (many 66));
  raises "no claims" einval (set []);
  raises "a node twice" einval (set [ node 0 1L; node 0 1L ]);
  raises "node that does not exist" enoent (set [ node 0x3fffffff 1L ]);
  raises "the largest number of pages" einval (set [ host Int64.max_int ]);
  raises "more than max_mem" einval (set [ host 16385L ]);
  is xc domid [ node 0 3L ] "errors leave the claims as they were";
  raises "no such domain to claim for" esrch
    (fun () -> domain_claim_memory xc 32751 [ host 1L ]);
  raises "no such domain to read" esrch
    (fun () -> ignore (domain_get_claims xc 32751))

let test_enomem xc domid =
  let info = physinfo xc in
  let total = Int64.of_nativeint info.total_pages in
  (* The host has it, but no node of several. *)
  let much = if info.max_node_id = 0 then total
    else Int64.sub (Int64.of_nativeint info.free_pages) 4096L in
  domain_setmaxmem xc domid (Int64.mul total 8L);
  raises "more than the host has: ENOMEM" enomem
    (fun () -> domain_claim_memory xc domid [ host (Int64.add total 1L) ]);
  raises "more than the node has: ENOMEM" enomem
    (fun () -> domain_claim_memory xc domid [ host 1L; node 0 much ]);
  is xc domid [ node 0 3L ] "ENOMEM leaves the claims as they were";
  domain_setmaxmem xc domid max_kib

let test_redeem xc domid =
  domain_claim_memory xc domid [ host 20L ];
  domain_memory_increase_reservation xc domid 32L;
  is xc domid [ host 12L ] "8 allocated pages are taken off the claim"

(* Threads, and a collector that moves things while others are in a hypercall. *)
let test_threads xc =
  let rounds = 300 in
  let wrong = ref 0 in
  let work i =
    let domid = create xc in
    for n = 1 to rounds do
      let claims = [ host (Int64.of_int n); node 0 (Int64.of_int i) ] in
      domain_claim_memory xc domid claims;
      if domain_get_claims xc domid <> claims then incr wrong;
      if n mod 50 = 0 then Gc.compact ();
      Thread.yield ()
    done;
    domain_destroy xc domid
  in
  List.init 4 (fun i -> Thread.create work (i + 1)) |> List.iter Thread.join;
  ok (!wrong = 0) "four threads at a time, each with a domain"

let page = 4096L

let test_meminfo xc domid =
  domain_claim_memory xc domid [ node 0 10L; host 5L ];
  let nodes = numa_meminfo xc in
  let all f = Array.fold_left (fun sum n -> Int64.add sum (f n)) 0L nodes in
  ok (Array.length nodes = Array.length (domain_numa_get_node_pages xc 0).tot_pages_per_node)
    "a node's memory: one for each";
  ok (nodes.(0).claimed = Int64.mul 10L page && all (fun n -> n.claimed) = nodes.(0).claimed)
    "a node's memory: what is claimed on it";
  let free = Int64.of_nativeint (physinfo xc).free_pages in
  ok (all (fun n -> n.free) = Int64.mul free page) "a node's memory: what is free";
  ok (Array.for_all (fun (n : node_meminfo) -> n.free <= n.size) nodes)
    "a node's memory: no more is free than there is";
  ok (Try.numa_meminfo xc = Done nodes) "a node's memory: the same of Try";
  domain_claim_memory xc domid [ host 0L ]

let test_node_pages xc domid =
  let sum pages = Array.fold_left Int64.add 0L pages.tot_pages_per_node in
  let before = domain_numa_get_node_pages xc domid in
  ok (Array.length before.tot_pages_per_node = Array.length (numa_meminfo xc))
    "pages on nodes: a count for each";
  ok (sum before = Int64.of_nativeint (domain_getinfo xc domid).total_memory_pages)
    "pages on nodes: together all that the domain has";
  domain_memory_increase_reservation xc domid 28L;
  let after = domain_numa_get_node_pages xc domid in
  ok (sum after = Int64.add (sum before) 7L) "pages on nodes: 7 more";
  ok (Try.domain_numa_get_node_pages xc domid = Done after)
    "pages on nodes: the same of Try";
  raises "pages on nodes: no such domain" esrch
    (fun () -> ignore (domain_numa_get_node_pages xc 32751))

let test_try xc domid =
  let set claims = Try.domain_claim_memory xc domid claims in
  ok (set [ host 1L ] = Done ()) "Try: a claim";
  ok (Try.domain_get_claims xc domid = Done [ host 1L ]) "Try: it is there";
  ok (set [ node 0x3fffffff 1L ] = Failed 2) "Try: ENOENT";
  ok (set [] = Failed 22) "Try: EINVAL";
  ok (Try.domain_claim_memory xc 32751 [ host 1L ] = Failed 3) "Try: ESRCH";
  ok (Try.domain_get_claims xc 32751 = Failed 3) "Try: ESRCH of reading";
  ok (Try.domain_numa_get_node_pages xc 32751 = Failed 3) "Try: ESRCH of pages";
  raises "Try: what is no claim is an exception" (invalid "pages = -1")
    (fun () -> ignore (set [ host (-1L) ]));
  domain_claim_memory xc domid [ host 0L ]

(* A thread whose calls fail does not change the error of another's, though both
   use one handle, and it is this that libxenctrl keeps the last error in. *)
let test_errors_of_threads xc domid =
  (* libxenctrl writes each of these errors there. *)
  Unix.dup2 (Unix.openfile "/dev/null" [ Unix.O_WRONLY ] 0) Unix.stderr;
  let other = create xc in
  let rounds = 1000 and stop = ref false and disturbed = ref 0 in
  let disturb () =
    while not !stop do
      (* One that leaves an error in the handle. *)
      (match evtchn_alloc_unbound xc 32751 0 with
       | _ -> ()
       | exception Error _ -> incr disturbed);
      (match domain_claim_memory xc other [ host 1L; host 1L ] with
       | () -> ()
       | exception Error _ -> incr disturbed);
      Thread.yield ()
    done
  in
  let total = Int64.of_nativeint (physinfo xc).total_pages in
  domain_setmaxmem xc domid (Int64.mul total 8L);
  let claims = [ host (Int64.add total 1L) ] in
  let thread = Thread.create disturb () in
  let wrong = ref 0 and wrong_text = ref "" in
  for _ = 1 to rounds do
    (match domain_claim_memory xc domid claims with
     | () -> incr wrong
     | exception Error text ->
       if not (enomem (Error text)) then begin
         incr wrong;
         wrong_text := text
       end);
    if Try.domain_claim_memory xc domid claims <> Failed 12 then incr wrong;
    Thread.yield ()
  done;
  stop := true;
  Thread.join thread;
  domain_destroy xc other;
  domain_setmaxmem xc domid max_kib;
  ok (!disturbed > 0) "two threads: the other one's calls fail, too";
  ok (!wrong = 0) "two threads: each gets the errno of its own call";
  if !wrong > 0 then Printf.printf "# %d of %d: %s\n%!" !wrong (2 * rounds) !wrong_text

let test_destroy xc domid =
  domain_destroy xc domid;
  raises "a destroyed domain" esrch (fun () -> ignore (domain_get_claims xc domid))

let () =
  let xc = interface_open () in
  let domid = create xc in
  test_set xc domid;
  test_errors xc domid;
  test_enomem xc domid;
  test_redeem xc domid;
  (* Before domains are destroyed: their last pages are freed some time later. *)
  test_meminfo xc domid;
  test_node_pages xc domid;
  test_try xc domid;
  test_threads xc;
  test_errors_of_threads xc domid;
  test_destroy xc domid;
  finish ()
