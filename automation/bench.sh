# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Building the programs of tools/tests/claims: to be sourced.

top=$(dirname "$(dirname "$(realpath "${BASH_SOURCE[0]}")")")

# bench_make WOVEN TREE OUT PROGRAM...: build programs of the woven tree WOVEN
# on the hypervisor of TREE, below OUT.
bench_make() {
    local woven=$1 tree out
    tree=$(realpath "$2")
    mkdir -p "$3"
    out=$(realpath "$3")
    shift 3
    PATH=/usr/lib/ccache:$PATH make -s -C "$woven/tools/tests/claims" \
        TREE="$tree" O="$out" "${@/#/$out/}"
}

# bench_program TREE OUT PROGRAM...: the same, for a test: Bail out on failure.
# Beside OUT may be the reason why there is no tree (of a later Xen).
bench_program() {
    local tree=$1 out=$2 log reason
    shift 2
    reason=$(dirname "$out")/reason
    if [ -e "$reason" ]; then
        echo "1..0 # SKIP $(tr '\n' ' ' <"$reason")"
        exit
    fi
    [ -e "$tree/tools/tests/claims/bench.mk" ] || {
        echo "Bail out! $tree has no tools/tests/claims: weave it first"
        exit 1
    }
    mkdir -p "$top/build/log"
    log="$top/build/log/bench-build-$(basename "$out").log"
    bench_make "$tree" "$tree" "$out" "$@" >"$log" 2>&1 || {
        sed 's/^/# /' "$log" | tail -n 20
        echo "Bail out! building $* failed, see ${log#"$top"/}"
        exit 1
    }
}
