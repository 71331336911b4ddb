#!/bin/sh
# SPDX-License-Identifier: MIT
# Whole-program tests of `assay` and `assay-reference`, good and bad input. usage: assay.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
assay=$BUILD/assay
reference=$BUILD/assay-reference
python=$(sh ci/python.sh)

# --- help and usage --------------------------------------------------------------------------------
expect 0 'Example' "$assay" --help
for command in list show cases answer check kill diagnose verify report; do
    expect 0 'Example' "$assay" $command --help
done
expect 0 'Example' "$reference" --help
expect 0 'Example' "$reference" train --help
expect 2 'not a command' "$assay" frobnicate
expect 2 'not an option' "$assay" list --frobnicate
expect 2 'needs a value' "$assay" check result.h5 --case
expect 2 'not a precision' "$reference" run data -o "$tmp/r.h5" --precision f80
expect 2 'needed' "$reference" run
expect 2 'a record is needed' "$assay" report

# --- the corpus ------------------------------------------------------------------------------------
expect 0 'match the manifest' "$assay" verify
expect 0 'techniques,' "$assay" list
expect 0 '"why"' "$assay" list --json
expect 0 'implemented' "$assay" list --forks
expect 0 '"nobody"' "$assay" list --forks --json
expect 0 'perceptron_rule (' "$assay" list --coverage
expect 0 'ids covered' "$assay" list --coverage
expect 0 '"covered": false' "$assay" list --coverage --json
expect 0 '"perceptron_rule/and_gate"' "$assay" list --coverage --json
expect 0 'reference/optimizers/adam.h' "$assay" show adam
expect 0 '"forks"' "$assay" show adam --json
expect 0 '"verdict": "PASS"' "$assay" verify --json
expect 2 'no technique' "$assay" show adamm
expect 2 'manifest' "$assay" verify --data-directory "$tmp"
expect 0 'forks killed' "$assay" kill relu

mkdir -p "$tmp/changed/activations"
cp data/manifest.json "$tmp/changed"
cp data/activations/relu.h5 "$tmp/changed/activations"
printf 'x' >>"$tmp/changed/activations/relu.h5"
expect 1 'CHANGED' "$assay" verify --data-directory "$tmp/changed"

# --- answers and checks ----------------------------------------------------------------------------
expect 0 'cases' "$assay" cases relu -o "$tmp/cases.h5"
expect 0 'answered' "$assay" answer "$tmp/cases.h5" -o "$tmp/golden.h5"
same "$tmp/golden.h5" data/activations/relu.h5
expect 2 'overwritten' "$assay" answer "$tmp/cases.h5" -o "$tmp/cases.h5"
cp "$tmp/cases.h5" "$tmp/own.h5"
"$python" -c 'import h5py, sys
with h5py.File(sys.argv[1], "r+") as file:
    for case in file["relu"].values():
        del case.attrs["why"]' "$tmp/own.h5" || fail 'own.h5'
expect 0 'answered' "$assay" answer "$tmp/own.h5" -o "$tmp/own_golden.h5"
for precision in f64 f32; do
    expect 0 '' "$reference" run data -o "$tmp/$precision.h5" --precision $precision
    expect 0 'PASS: ' "$assay" check "$tmp/$precision.h5" --quiet --junit "$tmp/junit.xml"
done
expect 0 '' "$python" -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$tmp/junit.xml"
expect 0 '"verdict": "PASS"' "$assay" check "$tmp/f32.h5" --json
cp "$tmp/out" "$tmp/check.json"
expect 0 'name what is impossible' "$python" ci/tests/refusals.py "$tmp/check.json"
expect 0 '1 passed' "$assay" check "$tmp/f32.h5" --case dense_layer/rectangular
expect 2 'no case' "$assay" check "$tmp/f32.h5" --case dense_layer/no_such
expect 0 'nothing to diagnose' "$assay" diagnose "$tmp/f64.h5"

# Blocks are the order of additions in these engines: no case of the corpus may ask about them.
cp data/foundations/dense_layer.h5 "$tmp/block.h5"
"$python" -c 'import h5py, sys
with h5py.File(sys.argv[1], "r+") as file:
    file["dense_layer/rectangular/inputs"].attrs["block"] = 0.0' "$tmp/block.h5" || fail 'block.h5'
expect 2 "'block'" "$reference" run "$tmp/block.h5" -o "$tmp/r.h5"

# --- results that are wrong ------------------------------------------------------------------------
expect 0 '' "$reference" run data/foundations/dense_layer.h5 data/initialization -o "$tmp/part.h5" \
    --precision f32
forge() { # what file: writes a changed copy of that result
    "$python" ci/tests/forge.py "$1" "$tmp/part.h5" "$2" || fail "forge.py $1"
}
forge zeros "$tmp/zeros.h5"
expect 1 'FAIL' "$assay" check "$tmp/zeros.h5" --quiet
cp "$tmp/out" "$tmp/several"
expect 1 'FAIL' env ASSAY_READ_IN_PROCESS=1 "$assay" check "$tmp/zeros.h5" --quiet
cmp -s "$tmp/out" "$tmp/several" && pass || fail 'one process says something else than several'
"$python" ci/tests/forge.py zeros "$tmp/f32.h5" "$tmp/all.h5" || fail 'forge.py zeros'
expect 1 'all zeros' timeout 300 "$assay" check "$tmp/all.h5" --quiet
forge half "$tmp/half.h5"
expect 1 'MISSING' "$assay" check "$tmp/half.h5" --quiet
forge nan "$tmp/nan.h5"
expect 1 'FAIL' "$assay" check "$tmp/nan.h5" --quiet
forge one_off "$tmp/one_off.h5"
expect 1 'ratio' "$assay" check "$tmp/one_off.h5" --quiet
forge shape "$tmp/shape.h5"
expect 1 'shape' "$assay" check "$tmp/shape.h5" --quiet
expect 1 'transposed' "$assay" diagnose "$tmp/shape.h5"
forge output_missing "$tmp/output_missing.h5"
expect 1 'is missing' "$assay" check "$tmp/output_missing.h5" --quiet
forge refused_and_answered "$tmp/both.h5"
expect 2 'refused and has outputs' "$assay" check "$tmp/both.h5"
forge misspelt "$tmp/misspelt.h5"
expect 1 'no golden has a case' "$assay" check "$tmp/misspelt.h5" --quiet
forge one_technique "$tmp/one_technique.h5"
expect 0 'not covered' "$assay" check "$tmp/one_technique.h5" --quiet
forge bias_forgotten "$tmp/bias.h5"
expect 1 'dense_layer/bias_forgotten' "$assay" diagnose "$tmp/bias.h5"
forge refuses "$tmp/refuses.h5"
expect 1 'refuses it' "$assay" check "$tmp/refuses.h5" --quiet
forge answers "$tmp/answers.h5"
expect 1 'answers what is impossible' "$assay" check "$tmp/answers.h5" --quiet
forge undrawn "$tmp/undrawn.h5"
expect 1 "is not 'normal" "$assay" check "$tmp/undrawn.h5" --quiet
forge wrong_precision "$tmp/precision.h5"
expect 2 'precision' "$assay" check "$tmp/precision.h5"
forge empty "$tmp/empty.h5"
expect 2 '' "$assay" check "$tmp/empty.h5"

# --- files that are no results ---------------------------------------------------------------------
expect 2 'no-such.h5' "$assay" check "$tmp/no-such.h5"
echo 'this is text' >"$tmp/text.h5"
expect 2 'HDF5' "$assay" check "$tmp/text.h5"
: >"$tmp/nothing.h5"
expect 2 'nothing.h5' "$assay" check "$tmp/nothing.h5"
head -c 5000 "$tmp/part.h5" >"$tmp/truncated.h5"
expect 2 'truncated.h5' "$assay" check "$tmp/truncated.h5"
expect 2 '' "$assay" check "$tmp"
expect 2 '' "$assay" check data/activations/relu.h5
expect 2 '' "$assay" answer "$tmp/part.h5" -o "$tmp/x.h5"
forge version "$tmp/version.h5"
expect 2 'version' "$assay" check "$tmp/version.h5"

# --- output that cannot be written; nothing is lost ------------------------------------------------
expect 2 '' "$reference" run "$tmp/cases.h5" -o "$tmp/no/folder/r.h5"
cp "$tmp/cases.h5" "$tmp/before.h5"
expect 2 '' "$reference" run "$tmp/cases.h5" -o "$tmp/cases.h5"
same "$tmp/cases.h5" "$tmp/before.h5"
expect 2 '' "$assay" check "$tmp/part.h5" --junit "$tmp/no/folder/j.xml"
expect 2 'more than one' "$reference" run "$tmp/cases.h5" "$tmp/before.h5" -o "$tmp/r.h5"

# --- the Python example of the schema page ---------------------------------------------------------
sed -n '/^```python/,/^```/p' data/README.md | sed '1d;$d' >"$tmp/example.py"
(cd "$tmp" && "$python" example.py "$OLDPWD/data/activations/sigmoid.h5" \
    "$OLDPWD/data/foundations/dense_layer.h5" >out 2>err) || fail 'the Python example of data/README.md'
expect 0 'PASS: ' "$assay" check "$tmp/result.h5" --quiet

finish assay
