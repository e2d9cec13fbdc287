(* SPDX-License-Identifier: GPL-2.0-only *)
(* What the tests in OCaml share: how they print TAP, and what they ask for when
   they create a domain. *)

let nr_tests = ref 0
let nr_failed = ref 0

let ok good name =
  incr nr_tests;
  if not good then incr nr_failed;
  Printf.printf "%s %d - %s\n%!" (if good then "ok" else "not ok") !nr_tests name

(* Ends the program: 0 if all of the tests passed. *)
let finish () =
  Printf.printf "1..%d\n%!" !nr_tests;
  exit (if !nr_failed = 0 then 0 else 1)

(* A domain that never runs. Fields in comments are those of newer versions. *)
let config : Xenctrl.domctl_create_config = {
  ssidref = 0l;
  handle = "5e7c1a13-0000-4000-8000-000000000000";
  flags = [];
  iommu_opts = [];
  max_vcpus = 1;
  max_evtchn_port = -1;
  max_grant_frames = 1;
  max_maptrack_frames = 1;
  max_grant_version = 1;
  (*if-has altp2m_opts = 0l; *)
  (*if-has altp2m_count = 0l; *)
  (*if-has vmtrace_buf_kb = 0l; *)
  cpupool_id = 0l;
  arch = X86 { emulation_flags = []; misc_flags = [] };
}
