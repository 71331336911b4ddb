#!/bin/sh
# SPDX-License-Identifier: MIT
# Other builds of the same sources: clang, AddressSanitizer with UBSan; `full` adds valgrind.
# usage: builds.sh quick|full
set -u
tier=$1
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
jobs=$(nproc)
# Open MPI keeps what it allocates until the process ends; what is ours is freed, as the serial
# programs show.
export ASAN_OPTIONS=detect_leaks=1:abort_on_error=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

try() { # what COMMAND...
    what=$1
    shift
    if timeout 2700 "$@" >"$tmp/out" 2>"$tmp/err"; then pass; else fail "$what"; fi
}

git ls-files '*.c' '*.h' >"$tmp/files"
try 'formatted as .clang-format says' \
    xargs -a "$tmp/files" -P "$jobs" -n 64 clang-format --dry-run -Werror

try 'warnings of clang' make -j"$jobs" CC=clang BUILD=build/lint lint
sanitize=quick
[ "$tier" = quick ] || sanitize=1
try 'build with sanitizers' make -j"$jobs" SANITIZE=$sanitize BUILD=build/sanitize programs replay
try 'reference under sanitizers' build/sanitize/assay-reference run data -o "$tmp/r.h5" \
    --precision f64
try 'check under sanitizers' build/sanitize/assay check "$tmp/r.h5" --quiet
try 'engine under sanitizers' env ASAN_OPTIONS=detect_leaks=0 \
    mpirun -n 2 build/sanitize/assay-engine run data -o "$tmp/e.h5" --precision f64
try 'training under sanitizers' env ASAN_OPTIONS=detect_leaks=0 \
    mpirun -n 2 build/sanitize/assay-engine train --data data/digits.h5 --epochs 1 --precision f64
for pass_of in first second; do
    try "training with checkpoints under sanitizers, $pass_of run" env ASAN_OPTIONS=detect_leaks=0 \
        mpirun -n 2 build/sanitize/assay-engine train --data data/digits.h5 --epochs 1 \
        --precision f64 --checkpoint "$tmp/run" --checkpoint-every 9 --resume
    rm -f "$tmp/run/checkpoint-000000000023.h5" # the end of the run: the second goes on
done
try 'inputs of fuzzing under sanitizers' sh ci/tests/replay.sh build/sanitize

if [ "$tier" = full ]; then
    try 'all forks under sanitizers' build/sanitize/assay kill
    try 'build with clang' make -j"$jobs" CC=clang BUILD=build/clang smoke
    # Whole stacks tell what Open MPI allocates from what is ours.
    printf 'leak:lib%s.so\n' mpi open-pal open-rte pmix >"$tmp/leaks"
    try 'unit tests under sanitizers' env ASAN_OPTIONS=detect_leaks=1:fast_unwind_on_malloc=0 \
        LSAN_OPTIONS="suppressions=$tmp/leaks:print_suppressions=0" make -j"$jobs" SANITIZE=1 BUILD=build/sanitize smoke
    try 'reference under valgrind' env ASSAY_READ_IN_PROCESS=1 valgrind -q --error-exitcode=9 --leak-check=full \
        build/assay-reference run data/activations data/optimizers -o "$tmp/v.h5"
    # In one process: valgrind takes longer than a reader of files is given.
    try 'check under valgrind' env ASSAY_READ_IN_PROCESS=1 valgrind -q --error-exitcode=9 --leak-check=full \
        build/assay check "$tmp/r.h5" --quiet
fi
finish builds
