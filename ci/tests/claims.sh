#!/bin/sh
# SPDX-License-Identifier: MIT
# Claims: their experiments give the same figures on any number of ranks, what was published is
# computed again, and rules do not change after results. usage: claims.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh

claims="$BUILD/assay claims"
expect 0 'B-02' $claims list
expect 0 '"format": "assay-claims"' sh -c "$claims list --json | python3 -c 'import json, sys
print(json.dumps(json.load(sys.stdin))[:200])'"
expect 0 'protocol:' $claims show B-02

# The same on 1 and 3 ranks, and again; a run that was ended goes on.
expect 0 '2 claims run' $claims run --only B-02,B-10 --ranks 1 -o "$tmp/one"
expect 0 '2 claims run' $claims run --only B-02,B-10 --ranks 3 -o "$tmp/three"
hash() {
    sed 's/.*"hash":"\([0-9a-f]*\)".*/\1/' "$1"
}
for id in B-02 B-10; do
    if [ "$(hash "$tmp/one/$id.json")" = "$(hash "$tmp/three/$id.json")" ]; then
        pass
    else
        fail "$id has other figures on 3 ranks"
    fi
done
expect 0 '0 claims run' $claims run --only B-02,B-10 -o "$tmp/one"
rm "$tmp/one/B-10.json"
expect 0 '1 claims run' $claims run --only B-02,B-10 -o "$tmp/one"
expect 0 'PASS' $claims verify --records "$tmp/three" --ranks 2

# Figures that are not those of the experiment, with a hash that fits or does not.
sed 's/"seconds":[^,]*,"effects":\[\[[^]]*\]/"seconds":1,"effects":[[9]/' "$tmp/three/B-02.json" \
    >"$tmp/one/B-02.json"
expect 2 'its hash is not that of its figures' $claims show B-02 --records "$tmp/one"
sed 's/"effects":\[\[[^]]*\]/"effects":[[null]/' "$tmp/three/B-02.json" >"$tmp/one/B-02.json"
expect 2 'its figures are not those' $claims show B-02 --records "$tmp/one"
printf '{' >"$tmp/one/B-02.json"
expect 2 'B-02.json' $claims list --records "$tmp/one"
mkdir "$tmp/other"
sed "s/\"rule\":\"./\"rule\":\"x/" "$tmp/three/B-02.json" >"$tmp/other/B-02.json"
expect 1 'without a new version' $claims verify --rules --records "$tmp/other"
sed 's/"version":[0-9]*,"rule":"./"version":99,"rule":"x/; s/"effects":\[\[[^]]*\],/"effects":[/' \
    "$tmp/three/B-02.json" >"$tmp/other/B-02.json"
expect 1 'of an earlier version' $claims verify --rules --records "$tmp/other"

# What is published: no rule was changed, and one claim is computed again.
if [ -d reports/published/claims/records ]; then
    expect 0 'PASS' $claims verify --rules
    expect 0 'PASS' $claims verify --sample 1
fi

expect 2 "there is no claim 'B-99'" $claims show B-99
expect 2 "there is no claim 'B-99'" $claims run --only B-99 -o "$tmp/none"
expect 2 'not a whole number' $claims run --ranks 0
expect 2 'not a whole number' $claims verify --sample x
expect 2 'no records' $claims verify --records "$tmp/nowhere"
expect 0 '1 claims run' $claims run --only B-01 -o "$tmp/a/b/c"
expect 2 'cannot be made: Not a directory; name another' $claims run --only B-01 -o "$tmp/one/B-02.json/c"
expect 2 'list, show ID, run or verify' $claims
expect 2 'could not be started' $claims run --only B-02 --launcher no-such-launcher -o "$tmp/none"
expect 2 'cannot load' mpirun -n 2 "$BUILD/assay-claims" run --only B-02 --data "$tmp/none" -o "$tmp/x"
finish claims
