#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs test programs and scripts, as many at a time as there are cores, adds up what they report, and
# prints "N passed, N failed" last.
# usage: run.sh COMMAND... [--then COMMAND...]
# Each COMMAND is one word list, such as "build/test/x" or "sh y.sh build"; those behind --then begin
# when all before it have ended.
set -u

# Runs one, prints its line, and what it said if it failed.
one() {
    timeout 7200 $1 >"$tests/$$" 2>&1
    status=$?
    # cmocka's closing lines, or our scripts' own.
    good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p; s/^[a-z0-9_ ]*: \([0-9]*\) passed, [0-9]* failed.*/\1/p' "$tests/$$" |
        awk '{ n += $1 } END { print n + 0 }')
    bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p; s/^[a-z0-9_ ]*: [0-9]* passed, \([0-9]*\) failed.*/\1/p' "$tests/$$" |
        awk '{ n += $1 } END { print n + 0 }')
    # A program that ends badly, or says nothing, has failed whatever it counted.
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then
        bad=1
        echo "exit status $status" >>"$tests/$$"
    fi
    echo "$good $bad" >>"$tests/counts"
    {
        [ ! -t 2 ] || printf '\r\033[K'
        printf '%-60s %4d passed, %d failed\n' "$1" "$good" "$bad"
        [ "$bad" -eq 0 ] || sed 's/^/    /' "$tests/$$"
    } >"$tests/$$.said"
    cat "$tests/$$.said"
    [ ! -t 2 ] || printf '[%d of %d ended]' "$(wc -l <"$tests/counts")" "$commands" >&2
}

if [ "${1-}" = --one ]; then
    one "$2"
    exit 0
fi

tests=$(mktemp -d "${TMPDIR:-/tmp}/assay-tests.XXXXXX") || exit 2
trap 'rm -rf "$tests"' EXIT INT TERM
stage=1
commands=0
for command in "$@"; do
    if [ "$command" = --then ]; then
        stage=$((stage + 1))
    else
        commands=$((commands + 1))
        printf '%s\0' "$command" >>"$tests/stage$stage"
    fi
done
export tests commands
: >"$tests/counts"
for i in $(seq $stage); do
    [ ! -s "$tests/stage$i" ] || xargs -0 -n 1 -P "$(nproc)" sh "$0" --one <"$tests/stage$i"
done
[ ! -t 2 ] || printf '\r\033[K' >&2
awk -v commands="$commands" '{ good += $1; bad += $2 }
    END { bad += commands - NR; print good + 0 " passed, " bad + 0 " failed"; exit bad > 0 }' "$tests/counts"
