(* SPDX-License-Identifier: GPL-2.0-only *)
(* In place of xapi's logging library. *)

module Make (Name : sig val name : string end) = struct
  let log fmt = Printf.ksprintf (fun text -> Printf.printf "# %s: %s\n%!" Name.name text) fmt
  let debug fmt = log fmt
  let info fmt = log fmt
  let warn fmt = log fmt
  let error fmt = log fmt
  let log_backtrace (_ : exn) = ()
end
