#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs fuzz targets, each from the inputs that are kept, and says how many executions were made.
# usage: run.sh FOLDER SECONDS TARGET...      FOLDER holds the programs; what is found stays there
#
# A crash of ours, a hang, a leak or too much memory fails. In the target hdf5, which reads in its
# own process, crashes inside the HDF5 library are known: they are counted, and contained in
# production, which the target child shows.
set -u
folder=$1
seconds=$2
shift 2
kept=$(cd "$(dirname "$0")" && pwd)/corpus
failed=0
# Every input becomes a file: in memory where the system has such a folder.
memory=/dev/shm
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
TMPDIR=$(mktemp -d "$memory/assay-fuzz.XXXXXX") || exit 2
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT INT TERM
# Names of places in the sources where the program is fit for it.
export ASAN_OPTIONS=detect_leaks=1:handle_abort=1:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1
limits="-timeout=60 -rss_limit_mb=1200 -malloc_limit_mb=600 -print_final_stats=1"

# ours FILE: whether the crash of this input is in our code: the innermost place of the stack that
# belongs neither to the sanitizer nor to the system's libraries decides.
ours() {
    "$program" $limits "$1" >"$found/one.log" 2>&1 && return 1
    place=$(sed -n 's/^ *#[0-9]* 0x[0-9a-f]* *//p' "$found/one.log" |
        grep -vE 'sanitizer|asan_|__interceptor|fuzzer::|libc\.so|libz\.so|_start' | sed -n 1p)
    case $place in
    *libhdf5*) return 1 ;;
    esac
}

for target in "$@"; do
    program=$folder/$target
    found=$folder/found/$target
    mkdir -p "$found/corpus" "$found/crashes" "$kept/$target"
    # Without the known crashes the fuzzer would stop at the first of them.
    again=
    [ "$target" = hdf5 ] && again="-fork=1 -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1"
    case $target in # what is long is slow, and says no more
    bound_code) length=64 ;;
    hdf5 | child | dataset) length=16384 ;;
    *) length=4096 ;;
    esac
    # shellcheck disable=SC2086
    "$program" $limits $again -max_len=$length -max_total_time="$seconds" \
        -artifact_prefix="$found/crashes/" "$found/corpus" "$kept/$target" >"$found/log" 2>&1
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p; s/^#\([0-9]*\): cov.*/\1/p' \
        "$found/log" | tail -n 1)
    executions=${executions:-0}
    bad=0
    known=0
    for crash in "$found"/crashes/*; do
        [ -e "$crash" ] || continue
        if [ "$target" != hdf5 ] || ours "$crash"; then
            bad=$((bad + 1))
        else
            known=$((known + 1))
            rm -f "$crash"
        fi
    done
    note=
    [ "$known" -gt 0 ] && note=", $known crashes inside the HDF5 library"
    [ "$executions" -gt 0 ] || bad=$((bad + 1))
    printf '%-12s %10d executions, %7d a second, %d failures%s\n' "$target" "$executions" \
        $((executions / seconds)) "$bad" "$note"
    [ "$bad" -eq 0 ] || echo "    see $found/log and $found/crashes"
    failed=$((failed + bad))
done
[ "$failed" -eq 0 ]
