#!/bin/sh
# SPDX-License-Identifier: MIT
# The engine on simulated clusters: 16, 64 and 256 ranks under SimGrid give the bits of one rank,
# whatever algorithms its MPI takes for collective operations. They matter to the fast arithmetic,
# which shows that this test can fail. usage: simulation.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh

if ! command -v smpirun >/dev/null; then
    pass
    echo "simulation: skipped, SimGrid is not installed (Debian, Ubuntu: apt-get install libsimgrid-dev)"
    finish simulation
    exit
fi
expect 0 '' make SMPI=1 BUILD="$BUILD/smpi" "$BUILD/smpi/assay-engine"

seq -f 'node-%g' 0 1023 >"$tmp/hosts"
platform=fat_tree
# A program of its own, since `expect` ends what takes too long: simulated RANKS SELECTOR WORDS...
cat >"$tmp/simulated" <<'TEXT'
n=$1
selector=$2
shift 2
exec smpirun -quiet -no-privatize -np "$n" -platform "ci/cluster/platforms/$platform.xml" \
    -hostfile "$hosts" --cfg=smpi/coll-selector:"$selector" --cfg=smpi/simulate-computation:no \
    --log=root.thres:error "$program" "$@"
TEXT
hosts=$tmp/hosts program=$BUILD/smpi/assay-engine
export hosts program platform

weights() {
    sed -n 's/.*weights \([0-9a-f]\{16\}\).*/\1/p' "$tmp/out" | tail -n 1
}

# The first step of a batch of 1024 in blocks of 4 is 256 blocks.
train="train --data data/digits.h5 --epochs 1 --batch 1024 --block 4"
expect 0 accuracy "$BUILD/assay-engine" $train
alone=$(weights)
for platform in fat_tree ethernet; do
    for n in 16 64; do
        expect 0 accuracy sh "$tmp/simulated" $n ompi $train
        if [ -n "$alone" ] && [ "$(weights)" = "$alone" ]; then pass; else fail "$n ranks on $platform"; fi
    done
done
platform=fat_tree
expect 0 accuracy sh "$tmp/simulated" 256 ompi $train
if [ "$(weights)" = "$alone" ]; then pass; else fail '256 ranks'; fi

for selector in ompi mpich mvapich2; do
    expect 0 accuracy sh "$tmp/simulated" 16 $selector $train
    if [ "$(weights)" = "$alone" ]; then pass; else fail "16 ranks with the algorithms of $selector"; fi
    expect 0 accuracy sh "$tmp/simulated" 16 $selector $train --arithmetic fast
    weights >>"$tmp/fast"
done
if [ "$(sort -u "$tmp/fast" | wc -l)" -gt 1 ]; then pass; else fail 'the algorithms make no difference'; fi
if grep -q "$alone" "$tmp/fast"; then fail 'fast arithmetic gave the reproducible bits'; else pass; fi

# Every technique, as far as time allows: the rest is in `assay-bench bits` with smpirun.
for family in activations distributed; do
    expect 0 '' "$BUILD/assay-engine" run data/$family -o "$tmp/one.h5"
    expect 0 '' sh "$tmp/simulated" 64 ompi run data/$family -o "$tmp/many.h5"
    same "$tmp/one.h5" "$tmp/many.h5"
done

# Bad input ends all ranks with one sentence.
expect 2 'no-such' sh "$tmp/simulated" 16 ompi run "$tmp/no-such.h5" -o "$tmp/x.h5"
expect 2 'ranks' sh "$tmp/simulated" 64 ompi train --data data/digits.h5 --batch 32 --block 16 --epochs 1
finish simulation
