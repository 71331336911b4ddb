#!/bin/sh
# SPDX-License-Identifier: MIT
# Whole-program tests of `assay-engine train --checkpoint` with real MPI: resumed runs, damaged
# files, folders that cannot be used. What a kill does is in kill.sh. usage: checkpoint.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
engine=$BUILD/assay-engine
export engine
export recipe="train --data data/digits.h5 --hidden 32 --epochs 3" # of 23 steps

# RANKS FLAG...
cat >"$tmp/train.sh" <<'END'
ranks=$1
shift
exec mpirun -n "$ranks" "$engine" $recipe "$@" </dev/null
END
train="sh $tmp/train.sh"

weights() {
    sed -n 's/.*weights \([0-9a-f]*\).*/\1/p' "$tmp/out"
}
ends_right() { # the same weights as the run that nothing has happened to
    found=$(weights)
    if [ -n "$found" ] && [ "$found" = "$right" ]; then
        pass
    else
        fail "weights $found instead of $right"
    fi
}
same_record() { # but for what is measured, and on what
    for file in right.json resumed.json; do
        plain_record "$tmp/$file" >"$tmp/$file.part"
    done
    same "$tmp/right.json.part" "$tmp/resumed.json.part"
}
holds() { # FOLDER NUMBER: files in it
    found=$(ls "$1" | wc -l)
    if [ "$found" -eq "$2" ]; then pass; else fail "$1 holds $found files instead of $2"; fi
}
newest() { # FOLDER
    ls "$1"/checkpoint-*.h5 | tail -n 1
}
flip() { # FILE: one bit in its middle
    at=$(($(wc -c <"$1") / 2))
    byte=$(od -An -tu1 -j "$at" -N 1 "$1")
    printf "\\$(printf %03o $((byte ^ 1)))" |
        dd of="$1" bs=1 seek="$at" conv=notrunc 2>/dev/null
}

# A folder that another run works in; looked at below, after the time that is waited for its end.
mkdir "$tmp/taken"
sh -c 'exec 9<"$1"; flock -n 9 && exec sleep 60' sh "$tmp/taken" &
holder=$!
( sleep 1
    timeout 60 "$engine" $recipe --checkpoint "$tmp/taken" >"$tmp/taken.out" 2>&1
    echo "status $?" >>"$tmp/taken.out" ) &
waiting=$!

# --- to the same bits, on any number of ranks, from any step -------------------------------------
for recipe_of in 'adam f32' 'momentum f64' 'adam f32 batch' 'gradient_descent f32'; do
    set -- $recipe_of
    flags="--optimizer $1 --precision $2 --normalization ${3:-none}"
    expect 0 'accuracy' $train 1 $flags --json "$tmp/right.json"
    right=$(weights)
    rm -rf "$tmp/run"
    flags="$flags --json $tmp/resumed.json --checkpoint $tmp/run --checkpoint-every 10 --resume"
    expect 0 'starting from the beginning' $train 3 $flags
    ends_right
    holds "$tmp/run" 2
    rm "$(newest "$tmp/run")" # the one at the end: back to step 60, in the last epoch
    expect 0 'going on after step 60 of 69' $train 4 $flags
    ends_right
    same_record
done
# A run that has ended says again how.
expect 0 'going on after step 69 of 69' $train 2 $flags
ends_right
same_record

# --- another run ---------------------------------------------------------------------------------
recipe="train --data data/digits.h5 --hidden 32 --epochs 2"
run=$tmp/run
rm -rf "$run"
expect 0 'accuracy' $train 1 --checkpoint "$run"
right=$(weights)
holds "$run" 2
expect 2 'add --resume' $train 3 --checkpoint "$run"
expect 2 '--rate 0.001, and this one has 0.002' $train 3 --checkpoint "$run" --resume --rate 0.002
expect 2 '--precision f32, and this one has f64' $train 3 --checkpoint "$run" --resume \
    --precision f64
expect 2 '--arithmetic reproducible' $train 3 --checkpoint "$run" --resume --arithmetic fast
expect 2 '--normalization none, and this one has batch' $train 3 --checkpoint "$run" --resume \
    --normalization batch
expect 2 '--epochs 2' $train 3 --checkpoint "$run" --resume --epochs 3
expect 2 'needs --checkpoint' $train 3 --resume
expect 2 'needs --checkpoint' $train 3 --checkpoint-every 5
expect 2 '--checkpoint-every 0' $train 3 --checkpoint "$run" --checkpoint-every 0
holds "$run" 2

# --- damage --------------------------------------------------------------------------------------
cp -R "$run" "$tmp/saved"
flip "$(newest "$run")"
echo part >"$run/checkpoint-000000000046.h5.123.0.tmp"
expect 0 'going on from' $train 3 --checkpoint "$run" --resume
ends_right
holds "$run" 2
same "$(newest "$run")" "$(newest "$tmp/saved")"
echo text >"$(newest "$run")"
expect 0 'is not an HDF5 file' $train 2 --checkpoint "$run" --resume
ends_right
for file in "$run"/*; do
    head -c 5000 "$file" >"$tmp/short"
    cp "$tmp/short" "$file"
done
expect 2 'none of the 2 checkpoints' $train 3 --checkpoint "$run" --resume
if [ "$(grep -c '^assay-engine' "$tmp/err")" -eq 1 ]; then pass; else fail 'not one sentence'; fi

# --- a disk that is full: what is there stays ----------------------------------------------------
rm -rf "$run"
cp -R "$tmp/saved" "$run"
rm "$(newest "$run")"
cp -R "$run" "$tmp/before"
# Of rank 0, which writes; ranks have files in common, too, unless they talk over TCP.
limited='[ "$OMPI_COMM_WORLD_RANK" -ne 0 ] || ulimit -f 8; exec "$@"'
for p in 1 3; do
    full="env OMPI_MCA_btl=self,tcp mpirun -n $p sh -c"
    expect 2 'cannot be written: File too large' $full "$limited" sh "$engine" $recipe \
        --checkpoint "$run" --resume
    expect 0 '' diff -r "$run" "$tmp/before"
    expect 2 'cannot be written: File too large' $full "$limited" sh "$engine" $recipe \
        --checkpoint "$tmp/new$p"
    holds "$tmp/new$p" 0
done
expect 0 'going on after step' $train 2 --checkpoint "$run" --resume
ends_right

# --- what is no folder ---------------------------------------------------------------------------
echo text >"$tmp/file"
mkdir "$tmp/fixed"
chmod 555 "$tmp/fixed"
fixed=$tmp/fixed
[ ! -w "$fixed" ] || fixed=/sys/kernel # of root, too, nobody's to write in
for p in 1 3; do
    expect 2 'is not a folder' $train $p --checkpoint "$tmp/file"
    expect 2 'parent folder' $train $p --checkpoint "$tmp/no/such"
    expect 2 "$fixed" $train $p --checkpoint "$fixed" --resume
done

wait "$waiting"
kill "$holder" 2>/dev/null
if grep -q 'another run works in it' "$tmp/taken.out" && grep -q 'status 2' "$tmp/taken.out"; then
    pass
else
    cp "$tmp/taken.out" "$tmp/out"
    fail 'a folder that is taken was used'
fi

finish checkpoint
