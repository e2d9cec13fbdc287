# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What the builders share.

die() {
    echo "automation/build ${0##*/}: $*" >&2
    exit 2
}

# The absolute path of a Xen source tree.
xen_tree() {
    [ -f "$1/xen/include/public/xen.h" ] || die "$1 is no Xen source tree"
    realpath "$1"
}

# quietly LOG COMMAND...: the output goes to the log, its end is shown when
# the command fails.
quietly() {
    local log=$1
    shift

    if ! "$@" > "$log" 2>&1; then
        tail -n 30 "$log" >&2
        echo "Failed: $*; the whole log: $log" >&2
        exit 1
    fi
}

# The same, and any warning of a compiler is a failure.
without_warnings() {
    local log=$1

    quietly "$@"
    if grep -n -i '\<warning:' "$log" >&2; then
        echo "Warnings are errors; the whole log: $log" >&2
        exit 1
    fi
}
