#!/bin/sh
# SPDX-License-Identifier: MIT
# Every technique of the index has all its files; no file of a technique is outside the index; and
# the folders keep out of each other: reference/ depends on nothing, engine/ on suites/protocol.
set -u
cd "$(dirname "$0")/../.." || exit 2
passed=0
failed=0

verdict() { # status, what
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL: $2"
    fi
}

rows=$(sed -n 's/^TECHNIQUE(\([a-z0-9_]*\), \([a-z0-9_]*\),.*/\1\/\2/p' suites/protocol/techniques.def)
[ "$(echo "$rows" | LC_ALL=C sort -u)" = "$rows" ]
verdict $? "suites/protocol/techniques.def is not in alphabetical order, or has a row twice"
for row in $rows; do
    family=${row%/*}
    missing=
    for file in "reference/$row.h" "reference/$row.c" "engine/$row.c" "suites/${row}_cases.c" \
        "suites/${row}_forks.c" "data/$row.h5"; do
        [ -s "$file" ] || missing="$missing $file"
    done
    [ -z "$missing" ]
    verdict $? "$row lacks$missing"
    grep -q 'Source:' "reference/$row.h" && grep -q 'Order of' "reference/$row.h"
    verdict $? "reference/$row.h does not state its source and its order of operations"
done

for golden in data/*/*.h5; do
    row=${golden#data/}
    echo "$rows" | grep -qx "${row%.h5}"
    verdict $? "$golden is not in the index of techniques"
done

! grep -nE '#include "(\.\./)*(engine|suites)/|#include <(math|tgmath|mpi|hdf5|cblas)\.h>' \
    reference/*.[ch] reference/*/*.[ch]
verdict $? "reference/ includes what it must not"
! grep -rnE --include='*.[ch]' '#include "[^"]*reference/' engine
verdict $? "engine/ includes the reference"
! grep -rnE --include='*.[ch]' '#include "[^"]*suites/' engine | grep -v 'suites/protocol/' | grep .
verdict $? "engine/ includes more of suites/ than the protocol"
! grep -rnE --include='*.[ch]' '#include "[^"]*engine/' suites | grep -v '^suites/claims/' | grep .
verdict $? "suites/ includes the engine, which experiments alone may"
# What differs between C libraries: experiments have lab_log and its kin (suites/claims/lab/replica.h).
! grep -rnE --include='*.[ch]' '[^a-z_](exp|exp2|expm1|log|log2|log10|log1p|pow|tanh|sinh|cosh|sin|cos|tan|cbrt|hypot|erfc?|[lt]gamma)[fl]?\(' \
    suites/claims | grep -vE ':[0-9]+: *(/?\*|//)|"' | grep .
verdict $? "suites/claims/ uses what differs between C libraries"

echo "index: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
