#!/bin/sh
# SPDX-License-Identifier: MIT
# The renderer's own tests: of the report of make bench, the ranking, speed, claims, and comparisons.
set -u
cd "$(dirname "$0")/../.." || exit 2
python=$(sh ci/python.sh) || exit 2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
passed=0
failed=0
for test in reports/test_render.py reports/test_ranking.py reports/test_speed.py \
    reports/test_claims.py reports/test_changes.py; do
    "$python" "$test" >"$log" 2>&1
    status=$?
    cat "$log"
    run=$(sed -n 's/^Ran \([0-9]*\) test.*/\1/p' "$log")
    bad=$(sed -n 's/^FAILED (\(.*\))$/\1/p' "$log" | tr -cs '0-9' '\n' |
        awk '{ n += $1 } END { print n + 0 }')
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || bad=1 run=1
    passed=$((passed + ${run:-0} - bad))
    failed=$((failed + bad))
done
echo "report: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
