(* SPDX-License-Identifier: GPL-2.0-only *)
(* Claim memory for a domain on the node that has most of it unclaimed, or on any
   node if it fits on none:

     placement DOMID MIB *)

open Xenctrl

(* [claim] *)
let enomem = 12

let claim xc domid pages =
  let unclaimed { free; claimed; _ } = Int64.sub free claimed in
  let nodes =
    numa_meminfo xc
    |> Array.to_list
    |> List.mapi (fun node info -> (unclaimed info, Node node))
    |> List.sort (fun a b -> compare b a)
    |> List.map snd
  in
  (* What was read can be out of date, so the answer of each attempt counts. *)
  let rec attempt = function
    | [] -> false
    | target :: others ->
      match Try.domain_claim_memory xc domid [ { pages; target } ] with
      | Done () -> true
      | Failed errno when errno = enomem -> attempt others
      | Failed errno -> failwith (Printf.sprintf "claiming: errno %d" errno)
  in
  attempt (nodes @ [ Host ])
(* [claim end] *)

let () =
  let domid = int_of_string Sys.argv.(1) in
  let pages = Int64.mul 256L (Int64.of_string Sys.argv.(2)) in
  let xc = interface_open () in
  if not (claim xc domid pages) then begin
    prerr_endline "The host has not enough unclaimed memory.";
    exit 2
  end;
  List.iter (fun { pages; target } ->
      match target with
      | Host -> Printf.printf "%Ld pages of any node\n" pages
      | Node node -> Printf.printf "%Ld pages of node %d\n" pages node)
    (domain_get_claims xc domid)
