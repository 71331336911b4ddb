#!/bin/sh
# SPDX-License-Identifier: MIT
# Whole-program tests of `assay-engine train --stream` with real MPI: a file-backed run is the run in
# memory, to the bit. `full`: with a file of 400 MB, and how much memory that takes.
# usage: stream.sh BUILD [full]
set -u
BUILD=$(cd "$1" && pwd)
size=${2:-quick}
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
engine=$BUILD/assay-engine
digits=data/digits.h5
python=$(sh ci/python.sh)
make="$python ci/tests/stream.py"

train() { # RANKS FLAG...
    ranks=$1
    shift
    expect 0 'weights' mpirun -n "$ranks" "$engine" train "$@"
}
same_record() { # FILE FILE
    plain_record "$1" >"$1.plain"
    plain_record "$2" >"$2.plain"
    if [ "$(grep -c '"loss' "$1.plain")" -lt 5 ]; then fail "$1 is no record"; fi
    same "$1.plain" "$2.plain"
}
says() { # FILE WORDS
    if grep -qF -- "$2" "$1"; then pass; else fail "$1 does not say $2"; fi
}

# --- the bits of the run in memory, with any number of ranks and batches ahead --------------------
recipe="--data $digits --hidden 24 --epochs 2 --batch 100 --block 16" # 14 batches and one of 37
train 1 $recipe --json "$tmp/right.json"
for how in '1 0' '3 1' '4 50' '3 2'; do
    train "${how% *}" $recipe --stream --prefetch "${how#* }" --json "$tmp/streamed.json"
    same_record "$tmp/right.json" "$tmp/streamed.json"
done
says "$tmp/right.json" '"streamed": false'
says "$tmp/streamed.json" '"streamed": true'
says "$tmp/streamed.json" '"prefetch": 2'
# Two batches of 100, and twice what the last rank has of one: two blocks of 16 and one of 4.
says "$tmp/streamed.json" '"rows_in_flight": 272'
for word in bytes_read seconds_waited; do says "$tmp/streamed.json" "\"$word\":"; done
flags='--precision f64 --optimizer momentum --dropout 0.2'
train 1 $recipe $flags --json "$tmp/right.json"
train 6 $recipe $flags --stream --prefetch 1 --json "$tmp/streamed.json"
same_record "$tmp/right.json" "$tmp/streamed.json"
# One batch of everything, and a batch a sample.
for flags in '--batch 5000 --block 64 --epochs 2' '--batch 1 --block 1 --epochs 1 --hidden none'; do
    train 1 --data $digits $flags --json "$tmp/right.json"
    train 1 --data $digits $flags --stream --json "$tmp/streamed.json"
    same_record "$tmp/right.json" "$tmp/streamed.json"
done
# The trained network with its test samples.
train 1 $recipe --case "$tmp/right.h5"
train 2 $recipe --stream --case "$tmp/streamed.h5"
same "$tmp/right.h5" "$tmp/streamed.h5"
# A list of IDX files.
expect 0 '' $make idx $digits "$tmp"
idx="--data $tmp/train.idx,test:$tmp/test.idx --labels $tmp/train.labels,$tmp/test.labels"
train 1 $idx --epochs 1 --json "$tmp/right.json"
train 3 $idx --epochs 1 --stream --json "$tmp/streamed.json"
same_record "$tmp/right.json" "$tmp/streamed.json"

# --- a run goes on in the other way ---------------------------------------------------------------
train 1 $recipe --json "$tmp/right.json"
for how in ' :--stream' '--stream:' '--stream:--stream --prefetch 0'; do
    rm -rf "$tmp/run"
    keep="--checkpoint $tmp/run --checkpoint-every 4 --json $tmp/resumed.json"
    train 2 $recipe $keep ${how%:*}
    rm "$(ls "$tmp/run"/checkpoint-*.h5 | tail -n 1)" # back to step 28 of 30, within an epoch
    train 3 $recipe $keep --resume ${how#*:}
    says "$tmp/err" 'going on after step 28 of 30'
    same_record "$tmp/right.json" "$tmp/resumed.json"
done
expect 2 'belongs to a run on other --data' mpirun -n 2 "$engine" train \
    --data "$tmp/train.idx" --labels "$tmp/train.labels" --hidden 24 --epochs 2 --batch 100 \
    --block 16 --checkpoint "$tmp/run" --resume --stream

# --- what cannot be streamed ----------------------------------------------------------------------
expect 0 '' $make chunked $digits "$tmp/chunked.h5"
expect 0 '' $make bright $digits "$tmp/bright.h5"
echo text >"$tmp/text.h5"
for p in 1 3; do
    run="mpirun -n $p $engine train --stream --data"
    expect 2 'is stored in chunks or compressed' $run "$tmp/chunked.h5"
    expect 2 'pixel 17 in sample 1700 is above the maximum' $run "$tmp/bright.h5"
done
run="$engine train --stream --data"
expect 2 'text.h5' $run "$tmp/text.h5"
expect 2 'No such file' $run "$tmp/none.h5"
expect 2 '0 to 1000' $run $digits --prefetch 1001
expect 2 '0 to 1000' $run $digits --prefetch -1
expect 2 '--prefetch: needs --stream' "$engine" train --data $digits --prefetch 1
expect 2 'synthetic data are made in memory' $run synthetic:100,5,2
expect 2 '--stream: is not a flag' "$engine" bench --data $digits --stream
# A disk that is full while the next batch is on its way.
limited='[ "$OMPI_COMM_WORLD_RANK" -ne 0 ] || ulimit -f 8; exec "$@"'
expect 2 'cannot be written: File too large' env OMPI_MCA_btl=self,tcp mpirun -n 3 sh -c "$limited" \
    sh "$engine" train $recipe --stream --checkpoint "$tmp/full" --checkpoint-every 4

# --- a file that changes in use -------------------------------------------------------------------
changes() { # RANKS WORDS COMMAND...: the command is run once training is on its way
    ranks=$1
    words=$2
    shift 2
    cp $digits "$tmp/changed.h5"
    timeout 60 mpirun -n "$ranks" "$engine" train --data "$tmp/changed.h5" --epochs 100000 \
        --verbose --stream >"$tmp/out" 2>"$tmp/err" </dev/null &
    running=$!
    for wait in $(seq 300); do
        if grep -q '^epoch 2' "$tmp/err"; then break; fi
        sleep 0.1
    done
    "$@"
    wait $running
    got=$?
    grep -v '^epoch' "$tmp/err" >"$tmp/said"
    cp "$tmp/said" "$tmp/err"
    if [ $got -ne 2 ]; then
        fail "exit status $got instead of 2 after: $*"
    elif [ "$(grep -c '^assay-engine' "$tmp/err")" -ne 1 ] || ! grep -qF "$words" "$tmp/err"; then
        fail "not one sentence with '$words' after: $*"
    else
        pass
    fi
}
for p in 1 3; do
    changes $p 'while it was in use' truncate -s 50000 "$tmp/changed.h5"
    changes $p 'it changed while it was in use' touch "$tmp/changed.h5"
done

# --- larger than what it may take of memory -------------------------------------------------------
if [ "$size" = full ]; then
    expect 0 '' $make large "$tmp/large.h5" 520000 # 408 MB
    recipe="--data $tmp/large.h5 --hidden 16 --epochs 1 --batch 512"
    highest() { # the most of any rank, in MiB
        cat "$tmp"/peak.* | sort -n | tail -n 1
    }
    run() { # RANKS FLAG...
        ranks=$1
        shift
        rm -f "$tmp"/peak.*
        expect 0 'weights' mpirun -n "$ranks" $make peak "$tmp/peak" "$engine" train $recipe "$@"
    }
    run 1 --json "$tmp/right.json"
    if [ "$(highest)" -gt 400 ]; then pass; else fail "in memory: only $(highest) MiB"; fi
    for p in 1 3; do
        run $p --stream --json "$tmp/streamed.json"
        same_record "$tmp/right.json" "$tmp/streamed.json"
        if [ "$(highest)" -lt 100 ]; then pass; else fail "streamed on $p: $(highest) MiB"; fi
        echo "streamed on $p ranks: $(highest) MiB of memory at most, for $(
            du -m "$tmp/large.h5" | cut -f 1) MiB of data"
    done
fi

finish stream
