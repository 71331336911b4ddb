#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs every input that fuzzing has kept through the entry function of its target, without a fuzzer.
# usage: replay.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
TMPDIR=$tmp
export TMPDIR
for target in "$BUILD"/fuzz/replay/*; do
    expect 0 'inputs' "$target" ci/fuzz/corpus/"${target##*/}"/*
done
finish replay
