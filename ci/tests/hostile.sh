#!/bin/sh
# SPDX-License-Identifier: MIT
# `assay check` of any file at all ends within 10 seconds and 500 MB a process, with 0, 1 or 2.
# usage: hostile.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
assay=$BUILD/assay
python=$(sh ci/python.sh)

ends() { # STATUS FILE: that status, or - for 1 and 2
    want=$1
    "$python" ci/tests/hostile.py limited "$assay" check "$2" --quiet >"$tmp/out" 2>"$tmp/err"
    got=$?
    case $want$got in
    -1 | -2 | 11 | 22) pass ;;
    *) fail "check of $2 ends with $got, not $want" ;;
    esac
}

mkdir "$tmp/files"
"$python" ci/tests/hostile.py hdf5 "$tmp/files" >"$tmp/names" 2>"$tmp/err" || fail 'hostile.py hdf5'
for name in $(cat "$tmp/names"); do
    ends - "$tmp/files/$name"
done
rm -r "$tmp/files"
mkfifo "$tmp/fifo"
ends 2 "$tmp/fifo"
ends 2 /dev/zero
ends 2 /dev/null
ends 2 "$tmp"
ends 2 "$tmp/absent"
ends 2 data/activations/relu.h5
ends 2 "$assay"
if [ "$(id -u)" -ne 0 ]; then
    cp data/activations/relu.h5 "$tmp/unreadable.h5"
    chmod 000 "$tmp/unreadable.h5"
    ends 2 "$tmp/unreadable.h5"
fi

finish hostile
