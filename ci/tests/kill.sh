#!/bin/sh
# SPDX-License-Identifier: MIT
# Training that is killed at any moment ends with the same bits. A run is started, one of its ranks
# or mpirun gets SIGKILL, and the next run goes on from the newest checkpoint on another number of
# ranks, until one ends: then weights and record are those of a run that nobody has disturbed.
# Half of the kills wait until a checkpoint is being written. usage: kill.sh BUILD [KILLS [SEED]]
set -u
BUILD=$(cd "$1" && pwd)
wanted=${2:-5}
state=${3:-1}
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
engine=$BUILD/assay-engine
recipe="train --data data/digits.h5 --hidden 256,128 --epochs 12" # 276 steps
a_round=5 # kills in one training, at most
# What a killed mpirun leaves goes with the rest.
export TMPDIR="$tmp" OMPI_MCA_btl_vader_backing_directory="$tmp"
echo "kill: seed $state"

draw() { # N: a number below N, into $drawn
    state=$(((state * 1103515245 + 12345) % 2147483648))
    drawn=$((state / 65536 % $1))
}

alive() { # PID; who is dead but not buried by its parent is not
    [ -r "/proc/$1/status" ] && ! grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null
}

now() {
    date +%s%N
}

# start RANKS: every process leaves its number in $tmp/pid, mpirun as the highest; $tmp/status says
# how it has ended.
start() {
    rm -rf "$tmp/pid" "$tmp/status"
    mkdir "$tmp/pid"
    : >"$tmp/err" # what the run before said does not mean that this one has begun
    {
        sh -c 'echo $$ >"$1/$2"; shift; exec mpirun --timeout 300 -n "$@"' sh "$tmp/pid" "$1" \
            sh -c 'echo $$ >"$1/$OMPI_COMM_WORLD_RANK"; shift; exec "$@"' sh "$tmp/pid" \
            "$engine" $recipe --checkpoint "$folder" --checkpoint-every 2 --resume \
            --json "$tmp/resumed.json" </dev/null >"$tmp/out" 2>"$tmp/err"
        echo $? >"$tmp/status"
    } 2>/dev/null &
}

has_ended() {
    [ -s "$tmp/status" ]
}

# Until training begins: MPI runs on every rank, and what the last kill has left is cleared away.
wait_for_training() {
    while ! has_ended && ! grep -q '^assay-engine' "$tmp/err" 2>/dev/null; do sleep 0.01; done
}

# Rank 0, which writes, as soon as a checkpoint is being written. Nothing here starts a process:
# that would take longer than writing does.
kill_writer() {
    read -r number <"$tmp/pid/0"
    while ! has_ended; do
        for part in "$folder"/*.tmp; do
            [ -e "$part" ] || continue
            kill -9 "$number" 2>/dev/null
            sent=1
            return
        done
    done
}

wait_up_to() { # MILLISECONDS
    draw "$1"
    sleep "$((drawn / 1000)).$(printf %03d $((drawn % 1000)))"
}

# The processes of a killed job end within seconds, all of them.
check_end() { # VICTIM
    begin=$(now)
    living=1
    while [ "$living" -ne 0 ] && [ $(($(now) - begin)) -lt 10000000000 ]; do
        sleep 0.02
        living=0
        for file in "$tmp"/pid/*; do
            ! alive "$(cat "$file")" || living=$((living + 1))
        done
        has_ended || living=$((living + 1))
    done
    took=$((($(now) - begin) / 1000000))
    [ "$took" -le "$slowest" ] || slowest=$took
    if [ "$living" -ne 0 ]; then
        fail "$living processes live 10 s after the kill of $1"
        for file in "$tmp"/pid/*; do
            kill -9 "$(cat "$file")" 2>/dev/null
        done
    else
        pass
    fi
}

# kill_one RANKS: chooses a moment and a victim. The whole job (as a batch system does, or a loss of
# power) at any moment; a rank or mpirun once MPI has started everywhere, because Open MPI 4.1's own
# mpirun can wait for itself for ever if a rank dies before; rank 0 while it writes. $killed says
# whether the run had not ended before.
kill_one() {
    draw 4
    kind=$drawn
    sent=0
    if [ "$kind" -eq 0 ]; then
        while [ ! -s "$tmp/pid/$1" ]; do sleep 0.01; done
        wait_up_to 2000
        victim="$1 [0-9]" # mpirun, then all
    elif [ "$kind" -eq 1 ]; then
        wait_for_training
        wait_up_to 1000
        draw $(($1 + 1))
        victim=$drawn
    else
        wait_for_training
        wait_up_to 400
        victim=0
        kill_writer
    fi
    if [ "$sent" -eq 0 ]; then
        ! has_ended || return
        for name in $victim; do
            for file in "$tmp/pid"/$name; do
                kill -9 "$(cat "$file")" 2>/dev/null
            done
        done
    fi
    check_end "$victim of $1 ranks"
    [ "$(cat "$tmp/status" 2>/dev/null || echo none)" != 0 ] || return # too late for a kill
    killed=1
    kills=$((kills + 1))
    for part in "$folder"/*.tmp; do
        [ "$kind" -eq 0 ] || [ ! -e "$part" ] || writing=$((writing + 1))
    done
}

check_result() {
    if [ "$(cat "$tmp/status")" -ne 0 ]; then
        fail 'a run that nobody killed has failed'
        return 1
    fi
    found=$(sed -n 's/.*weights \([0-9a-f]*\).*/\1/p' "$tmp/out")
    if [ "$found" = "$right" ]; then pass; else fail "weights $found instead of $right"; fi
    for file in right.json resumed.json; do
        plain_record "$tmp/$file" >"$tmp/$file.part"
    done
    same "$tmp/right.json.part" "$tmp/resumed.json.part"
    if ls "$folder" | grep -q tmp; then fail 'a part of a file is left'; else pass; fi
}

expect 0 'accuracy' mpirun -n 2 "$engine" $recipe --json "$tmp/right.json"
right=$(sed -n 's/.*weights \([0-9a-f]*\).*/\1/p' "$tmp/out")
[ -n "$right" ] || finish kill || exit 1

kills=0 runs=0 trainings=0 writing=0 slowest=0
while [ "$failed" -eq 0 ] && { [ "$kills" -lt "$wanted" ] || [ "$writing" -eq 0 ]; } &&
    [ "$kills" -lt $((4 * wanted)) ]; do
    trainings=$((trainings + 1))
    folder=$tmp/run$trainings
    enough=$((kills + a_round))
    while [ "$failed" -eq 0 ]; do
        draw 4
        ranks=$((drawn + 1))
        start $ranks
        runs=$((runs + 1))
        killed=0
        [ "$kills" -ge "$enough" ] || kill_one $ranks
        wait
        # Files are replaced in one step, so a kill damages none.
        ! grep -q 'going on from' "$tmp/err" || fail 'a checkpoint was damaged'
        [ "$killed" -eq 1 ] || break
    done
    [ "$failed" -ne 0 ] || check_result
    rm -rf "$folder"
done
if [ "$writing" -gt 0 ]; then pass; else fail "no kill of $kills hit a file being written"; fi
echo "kill: $kills kills, $writing of them while a checkpoint was written; $runs runs of" \
    "$trainings trainings; the slowest end took $slowest ms"
finish kill
