#!/bin/sh
# SPDX-License-Identifier: MIT
# The renderer's own tests.
set -u
cd "$(dirname "$0")/../.." || exit 2
python=$(sh ci/python.sh) || exit 2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$python" reports/test_render.py >"$log" 2>&1
status=$?
cat "$log"
run=$(sed -n 's/^Ran \([0-9]*\) test.*/\1/p' "$log")
failed=$(sed -n 's/^FAILED (.*\(failures\|errors\)=\([0-9]*\).*/\2/p' "$log" | head -n 1)
[ "$status" -eq 0 ] && failed=0
failed=${failed:-1}
echo "report: $((${run:-0} - failed)) passed, $failed failed"
exit $status
