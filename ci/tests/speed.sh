#!/bin/sh
# SPDX-License-Identifier: MIT
# The speed report without libraries: measuring by orders, and every workload once, at tiny sizes. No
# time is judged. usage: speed.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
engine=$BUILD/assay-engine
python=$(sh ci/python.sh) || exit 2
digits=data/digits.h5

# expect_orders STATUS WORDS LINES COMMAND...
expect_orders() {
    status=$1
    said=$2
    given=$3
    shift 3
    expect "$status" "$said" sh -c 'given=$1; shift; printf "%b" "$given" | "$@"' sh "$given" "$@"
}

lines() { # N: so many lines were printed
    found=$(wc -l <"$tmp/out")
    if [ "$found" -eq "$1" ]; then pass; else fail "$found lines instead of $1"; fi
}

# --- measuring by orders ----------------------------------------------------------------------------
for p in 1 2; do
    expect_orders 0 '' 'step 2\nlimit 1\nsum 3\n' mpirun -n $p "$engine" bench --data $digits \
        --batch 32 --block 16 --by-orders
    lines 3
    expect_orders 0 '' '2\nanswer 1\n' mpirun -n $p "$engine" run data/losses/hinge.h5 \
        -o "$tmp/$p.h5" --by-orders
    expect 0 'PASS: ' "$BUILD/assay" check "$tmp/$p.h5" --quiet
    expect_orders 0 '' 'limit 2\n' mpirun -n $p "$engine" limit --products '8x4x3,2x2x2*3' --bytes 64
    lines 1
    expect_orders 2 'stdin' 'steps 1\n' mpirun -n $p "$engine" bench --data $digits --batch 32 \
        --block 16 --by-orders
    expect_orders 2 'stdin' 'step 1\n' mpirun -n $p "$engine" limit --bytes 8
done
expect_orders 2 'stdin' 'weights 1\n' mpirun -n 2 "$engine" bench --data $digits --block 16 --by-orders
for bad in 'step\n' 'step 0\n' 'step -1\n' 'step 1 1\n' '\n'; do
    expect_orders 2 'stdin' "$bad" "$engine" bench --data $digits --by-orders
done
expect_orders 0 '' 'weights 1\nstep 3\nweights 1\nbatch 1\n' "$engine" bench --data $digits --by-orders
lines 4
if [ "$(sed -n 1p "$tmp/out")" != "$(sed -n 3p "$tmp/out")" ]; then pass; else fail 'three steps moved nothing'; fi
for bad in 8x4 8x4x3, 0x1x1 8x4x3x2 '8x4x3*0' x; do
    expect 2 'products' "$engine" limit --products "$bad"
done
expect 2 'bytes' "$engine" limit --bytes -1

# --- every workload -----------------------------------------------------------------------------------
expect 0 'report.html' "$python" ci/peers/speed.py --build "$BUILD" --tiny --no-libraries \
    --repetitions 2 -o "$tmp/speed"
for name in 6-8-4-3 normalization GAN PGD SMOTE neighbours AUC Adam; do
    if grep -q "$name" "$tmp/speed/report.md"; then pass; else fail "no line of $name"; fi
done
expect 2 'no workload' "$python" ci/peers/speed.py --build "$BUILD" --only no-such-work
expect 2 'no library' "$python" ci/peers/speed.py --build "$BUILD" --tiny --libraries no-such-library

finish speed
