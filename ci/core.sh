#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the reproducible core (engine/core/core.h) in every vector width of a CPU and compares the
# SHA-256 of all it computes with a list; called by `make core`.
# usage: core.sh FOLDER HASHES compare|confirm [RUNNER...]
#   FOLDER   where the programs are; the bits of a width go to FOLDER/WIDTH, their hashes to
#            FOLDER/WIDTH.txt
#   HASHES   the list, which `confirm` replaces when all widths agree
#   RUNNER   what runs the programs, such as qemu-aarch64
# Exit status: 0 the same bits, 1 not (the parts that differ are named), 2 it cannot run.
set -u
folder=$1
hashes=$2
mode=$3
shift 3

fail() {
    echo "core: $*" >&2
    exit 2
}

sums() {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum -- *; else shasum -a 256 -- *; fi
}

list=$hashes
[ "$mode" = compare ] || list=$folder/scalar.txt
[ "$mode" = confirm ] || [ -s "$list" ] || fail "$list is missing; make it with 'make core CONFIRM=1'"
status=0
ran=
for width in scalar 128 256 512; do
    rm -rf "${folder:?}/$width" "$folder/$width.txt"
    mkdir -p "$folder/$width" || exit 2
    for precision in f32 f64; do
        "$@" "$folder/assay-core-$precision" --vector-width $width "$folder/$width" 2>"$folder/said"
        code=$?
        [ $code -eq 0 ] || break
    done
    if [ $code -eq 2 ] && grep -q 'cannot be used' "$folder/said"; then
        # A width of other processors, or one that this CPU lacks.
        ! grep -q 'need a CPU' "$folder/said" || sed 's/^assay-engine: /not run: /' "$folder/said"
        continue
    fi
    if [ $code -ne 0 ]; then
        cat "$folder/said" >&2
        [ $code -eq 1 ] || fail "$folder/assay-core-$precision ended with status $code"
        exit 1
    fi
    (cd "$folder/$width" && sums) >"$folder/$width.txt" || fail "cannot hash $folder/$width"
    ran="$ran $width"
    other=$(sort "$list" "$folder/$width.txt" | uniq -u | awk '{ print $2 }' | sort -u)
    if [ -z "$other" ]; then
        echo "$width: $(wc -l <"$folder/$width.txt") parts have the bits of $list"
    else
        status=1
        echo "$width: $(echo "$other" | wc -l) parts have other bits than in $list:" $other
    fi
done
[ -n "$ran" ] || fail "no vector width can be run"
if [ "$mode" = confirm ] && [ $status -eq 0 ]; then
    cp "$list" "$hashes" || fail "cannot write $hashes"
fi
exit $status
