#!/bin/sh
# SPDX-License-Identifier: MIT
# Whole-program tests of `assay-engine` with real MPI: agreement, the same bits, bad input, no rank
# that hangs. usage: engine.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
assay=$BUILD/assay
engine=$BUILD/assay-engine
reference=$BUILD/assay-reference
digits=data/digits.h5

ranks() { # P COMMAND...
    n=$1
    shift
    mpirun -n "$n" "$@" </dev/null
}

# --- every case, in both precisions and arithmetics; more numbers of ranks are in the table of bits ---
for precision in f32 f64; do
    expect 0 '' mpirun -n 3 "$engine" run data -o "$tmp/$precision.h5" --precision $precision
    expect 0 'PASS: ' "$assay" check "$tmp/$precision.h5" --quiet
    expect 0 '' mpirun -n 3 "$engine" run data -o "$tmp/fast.h5" --precision $precision \
        --arithmetic fast
    expect 0 'PASS: ' "$assay" check "$tmp/fast.h5" --quiet
done

python=$(sh ci/python.sh)
expect 0 '"verdict": "PASS"' "$assay" check "$tmp/f32.h5" --json
cp "$tmp/out" "$tmp/check.json"
expect 0 'name what is impossible' "$python" ci/tests/refusals.py "$tmp/check.json"

# --- the table of bits ------------------------------------------------------------------------------
# All of them: make bits.
expect 0 'runs identical' "$BUILD/assay-bench" bits --quick --folder "$tmp"

# --- training: the reference's weights, on any number of ranks --------------------------------------
weights() { # the hash at the end of what was printed
    sed -n 's/.*weights \([0-9a-f]\{16\}\).*/\1/p' "$tmp/out" | tail -n 1
}
expect 0 'accuracy' "$reference" train --data $digits --epochs 1 --precision f32
serial=$(weights)
for p in 1 2 4; do
    expect 0 'accuracy' mpirun -n $p "$engine" train --data $digits --epochs 1
    found=$(weights)
    if [ -n "$serial" ] && [ "$found" = "$serial" ]; then pass; else fail "weights on $p ranks differ: $found"; fi
done
same_weights() { # DATA RECIPE...: the reference and the engine come to the same
    expect 0 'accuracy' "$reference" train --epochs 2 --precision f32 --data "$@"
    serial=$(weights)
    for p in 1 3; do
        expect 0 'accuracy' mpirun -n $p "$engine" train --epochs 2 --data "$@"
        found=$(weights)
        if [ -n "$serial" ] && [ "$found" = "$serial" ]; then pass; else fail "$*: other weights on $p ranks"; fi
    done
}
same_weights $digits --dropout 0.3 --hidden 40,30 --optimizer momentum --weight-decay 0.01 \
    --decayed hidden_weights
same_weights $digits --loss mean_squared_error --hidden 32 --activation tanh --weight-decay 0.001
# Normalised: shards of two, one and one block, and a last batch of 29 in two. Running statistics are
# part of the hash, and what the accuracy is measured by.
normalized="$digits --normalization batch --hidden 40,30"
same_weights $normalized
own=$(weights)
expect 0 'accuracy' "$reference" train --epochs 2 --precision f32 --data $normalized
share=$(sed -n 's/.*accuracy \([0-9.]*\).*/\1/p' "$tmp/out")
expect 0 "accuracy $share" mpirun -n 3 "$engine" train --epochs 2 --data $normalized
expect 0 'accuracy' "$engine" train --epochs 2 --data $normalized --stream --threads 2 \
    --thread-work 1 --bucket-bytes 3000
found=$(weights)
if [ "$found" = "$own" ]; then pass; else fail "normalised, with threads and streamed: $found"; fi
expect 0 'accuracy' "$engine" train --epochs 2 --data $normalized --normalization-momentum 0.2
found=$(weights)
if [ "$found" != "$own" ]; then pass; else fail 'the hash does not tell running statistics'; fi
expect 0 'accuracy' mpirun -n 3 "$engine" train --epochs 2 --data $normalized --arithmetic fast
same_weights $normalized --normalization-place after_activation --optimizer momentum --dropout 0.25 \
    --weight-decay 0.01 --decayed hidden_weights --normalization-momentum 0.5 \
    --normalization-epsilon 0.001 --activation tanh --batch 100 --block 7
same_weights synthetic:300,20,2 --loss binary_cross_entropy --hidden 32,16 --dropout 0.25
expect 0 'accuracy' "$reference" train --data $digits --epochs 1 --precision f32
serial=$(weights)
for p in 1 2; do
    expect 0 'accuracy' mpirun -n $p "$engine" train --data $digits --epochs 1 --hidden 500,400 \
        --threads $p
    found=${threaded:-$(weights)}
    threaded=$(weights)
    if [ -n "$threaded" ] && [ "$found" = "$threaded" ]; then pass; else fail "weights with $p threads differ: $threaded"; fi
done
expect 0 'accuracy' mpirun -n 2 "$engine" train --data $digits --epochs 1 --arithmetic fast
found=$(weights)
if [ "$found" != "$serial" ]; then pass; else fail 'the fast arithmetic gave the reproducible weights'; fi

# Buckets of any size, also of a row, and of more than all gradients: the same bits, on any number of
# ranks. A run goes on with buckets of another size.
buckets="train --data $digits --hidden 100,30 --batch 320 --epochs 1 --optimizer adam"
expect 0 'accuracy' "$engine" $buckets
whole=$(weights)
for p in 1 2 3 4 5; do
    for bytes in 1 5000 1000000; do
        expect 0 'accuracy' mpirun -n $p "$engine" $buckets --bucket-bytes $bytes
        found=$(weights)
        if [ "$found" = "$whole" ]; then pass; else fail "buckets of $bytes bytes on $p ranks: $found"; fi
    done
done
expect 0 'accuracy' mpirun -n 3 "$engine" $buckets --bucket-bytes 3000 --checkpoint "$tmp/sizes" \
    --checkpoint-every 2
rm -f "$(ls "$tmp/sizes"/*.h5 | tail -n 1)" # the last step's
expect 0 'going on after' mpirun -n 2 "$engine" $buckets --bucket-bytes 70000 \
    --checkpoint "$tmp/sizes" --resume
found=$(weights)
if [ "$found" = "$whole" ]; then pass; else fail "another bucket size after a checkpoint: $found"; fi
expect 2 'bucket-bytes' "$engine" train --data $digits --bucket-bytes 0

# The trained network as a case: a question like any other, on any number of ranks.
expect 0 'accuracy' mpirun -n 2 "$engine" train --data $digits --epochs 1 --case "$tmp/trained.h5"
for p in 1 3; do
    expect 0 '' mpirun -n $p "$engine" run "$tmp/trained.h5" -o "$tmp/trained_$p.h5" --precision f32
done
same "$tmp/trained_1.h5" "$tmp/trained_3.h5"
expect 2 'no-such' "$engine" train --data $digits --epochs 1 --case "$tmp/no-such/case.h5"
expect 0 'accuracy' "$engine" train --data synthetic:60,5,2 --epochs 1 --hidden 4 \
    --loss binary_cross_entropy --case "$tmp/binary.h5"
expect 0 'answered' "$assay" answer "$tmp/binary.h5" -o "$tmp/binary_golden.h5"
expect 2 'of two' "$engine" train --data synthetic:60,5,3 --loss binary_cross_entropy
expect 2 'synthetic:SAMPLES' "$engine" train --data synthetic:60,5
expect 2 'from 0 to below 1' "$engine" train --data $digits --dropout 1
expect 2 'known are: none, batch' "$engine" train --data $digits --normalization layer
expect 2 'before_activation, after_activation' "$engine" train --data $normalized \
    --normalization-place behind
expect 2 'number above 0' "$engine" train --data $normalized --normalization-epsilon 0
expect 2 'from 0 to below 1' "$engine" train --data $normalized --normalization-momentum -0.1
for program in "$reference" "$engine" "mpirun -n 2 $engine"; do
    expect 2 'one sample' $program train --data $normalized --batch 4 --block 2
done
expect 2 'cannot hold' mpirun -n 2 "$engine" train --data $normalized --case "$tmp/normalized.h5"
[ ! -e "$tmp/normalized.h5" ] && pass || fail 'a normalised network was written without its statistics'
for command in train bench; do
    flags=$([ $command = bench ] && echo --json || echo --json - --epochs 1)
    expect 0 '"normalization_place": "before_activation"' "$engine" $command --data $normalized $flags
    cp "$tmp/out" "$tmp/normalized.json"
    expect 0 '"normalization": "batch"' cat "$tmp/normalized.json"
done

# --- help, usage, bad input: one sentence, exit 2, no rank left -------------------------------------
for command in run train bench; do
    expect 0 'Example' "$engine" $command --help
done
expect 2 '' "$engine"
expect 2 'frobnicate' "$engine" frobnicate
for p in 1 3; do
    expect 2 'frobnicate' mpirun -n $p "$engine" run data -o "$tmp/x.h5" --frobnicate
    expect 2 'f80' mpirun -n $p "$engine" run data -o "$tmp/x.h5" --precision f80
    expect 2 'no-such' mpirun -n $p "$engine" run "$tmp/no-such.h5" -o "$tmp/x.h5"
    echo text >"$tmp/text.h5"
    expect 2 'text.h5' mpirun -n $p "$engine" run "$tmp/text.h5" -o "$tmp/x.h5"
    expect 2 '' mpirun -n $p "$engine" run data/activations -o "$tmp/no/folder/x.h5"
    expect 2 'no-such' mpirun -n $p "$engine" train --data "$tmp/no-such.h5"
    expect 2 'text.h5' mpirun -n $p "$engine" train --data "$tmp/text.h5"
done
cp data/foundations/dense_layer.h5 "$tmp/block.h5"
"$python" -c 'import h5py, sys
with h5py.File(sys.argv[1], "r+") as file:
    file["dense_layer/rectangular/inputs"].attrs["block"] = 0.0' "$tmp/block.h5" || fail 'block.h5'
for p in 1 3; do
    expect 2 "'block'" mpirun -n $p "$engine" run "$tmp/block.h5" -o "$tmp/x.h5"
done
# A batch of 32 in blocks of 16 is two blocks: three ranks are too many.
expect 2 'ranks' mpirun -n 3 "$engine" train --data $digits --batch 32 --block 16 --epochs 1
expect 2 '1 to 1024' "$engine" train --data $digits --threads 0
expect 2 '1 to' "$engine" train --data $digits --threads 2 --thread-work x
expect 2 '' "$engine" train --data $digits --rate nonsense
expect 2 '' "$engine" train --data $digits --hidden 0
expect 2 '' "$engine" train --data $digits --epochs 0
[ ! -e "$tmp/x.h5" ] && pass || fail 'a failed run left a result'

finish engine
