#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs test programs and scripts, adds up what they report, and prints "N passed, N failed" last.
# usage: run.sh COMMAND...      each COMMAND is one word list, such as "build/test/x" or "sh y.sh build"
set -u
log=$(mktemp "${TMPDIR:-/tmp}/assay-tests.XXXXXX") || exit 2
trap 'rm -f "$log"' EXIT INT TERM
passed=0
failed=0
number=0
for command in "$@"; do
    number=$((number + 1))
    [ -t 2 ] && printf '\r\033[K[%d of %d] %s' "$number" "$#" "$command" >&2
    # shellcheck disable=SC2086 # the words of the command
    timeout 1800 $command >"$log" 2>&1
    status=$?
    # cmocka's closing lines, or our scripts' own.
    good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p; s/^[a-z_ ]*: \([0-9]*\) passed, [0-9]* failed.*/\1/p' "$log" |
        awk '{ n += $1 } END { print n + 0 }')
    bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p; s/^[a-z_ ]*: [0-9]* passed, \([0-9]*\) failed.*/\1/p' "$log" |
        awk '{ n += $1 } END { print n + 0 }')
    # A program that ends badly, or says nothing, has failed whatever it counted.
    if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$good" -eq 0 ]; }; then
        bad=1
        echo "exit status $status" >>"$log"
    fi
    [ -t 2 ] && printf '\r\033[K' >&2
    printf '%-60s %4d passed, %d failed\n' "$command" "$good" "$bad"
    [ "$bad" -eq 0 ] || sed 's/^/    /' "$log"
    passed=$((passed + good))
    failed=$((failed + bad))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
