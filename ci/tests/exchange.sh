#!/bin/sh
# SPDX-License-Identifier: MIT
# `assay export` and `assay import`: nothing is lost on the way, and nothing hostile is accepted.
# usage: exchange.sh BUILD [full]      full: the whole corpus there and back
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
assay=$BUILD/assay
python=$(sh ci/python.sh)
helper=ci/tests/exchange.py

# --- usage -----------------------------------------------------------------------------------------
for command in export import; do
    expect 0 'Example' "$assay" $command --help
    expect 2 'needed' "$assay" $command
done
expect 2 'not npz, json or csv' "$assay" export data/activations/relu.h5 -o "$tmp/x.txt"
expect 2 'so does a file before' "$assay" export data/activations/relu.h5 data/activations/relu.h5 \
    -o "$tmp/x.json"
expect 2 'overwritten' "$assay" import "$tmp/x.json" -o "$tmp/x.json"

# --- the bits of what is exported ------------------------------------------------------------------
some="data/activations/relu.h5 data/foundations/dense_layer.h5 data/regularization/dropout.h5
data/optimizers/adam.h5 data/metrics/confusion_matrix.h5 data/metrics/roc_curve.h5"
for format in json csv npz; do
    # shellcheck disable=SC2086
    expect 0 'cases' "$assay" export $some --with-golden -o "$tmp/some.$format"
    # shellcheck disable=SC2086
    expect 0 'agree' "$python" $helper compare "$tmp/some.$format" $some
    expect 0 'cases' "$assay" export data/activations/relu.h5 --format $format -o "$tmp/once"
    expect 0 'cases' "$assay" export data/activations/relu.h5 --format $format -o "$tmp/twice"
    same "$tmp/once" "$tmp/twice"
done
# shellcheck disable=SC2086
expect 0 'cases' "$assay" export $some --with-golden --hexadecimal -o "$tmp/some.csv"
# shellcheck disable=SC2086
expect 0 'agree' "$python" $helper compare "$tmp/some.csv" $some

# --- results: imported, and written by h5py --------------------------------------------------------
for format in json csv npz; do
    expect 0 '' "$python" $helper answer "$tmp/some.json" "$tmp/r.$format" "$tmp/direct.h5"
    expect 0 'techniques' "$assay" import "$tmp/r.$format" -o "$tmp/imported.h5"
    expect 0 'agree' "$python" $helper same "$tmp/imported.h5" "$tmp/direct.h5"
    # shellcheck disable=SC2086
    expect 1 'FAIL' "$assay" check "$tmp/direct.h5" $some
    sed '$d' "$tmp/out" >"$tmp/direct.out"
    # shellcheck disable=SC2086
    expect 1 'FAIL' "$assay" check "$tmp/imported.h5" $some
    sed '$d; s/imported.h5/direct.h5/' "$tmp/out" >"$tmp/imported.out"
    same "$tmp/direct.out" "$tmp/imported.out"
done

if [ "${2:-}" = full ]; then
    expect 0 'cases' "$assay" export data --with-golden -o "$tmp/all.json"
    expect 0 '' "$python" $helper answer "$tmp/all.json" "$tmp/all_results.json" "$tmp/direct.h5"
    rm "$tmp/all.json"
    expect 0 'techniques' "$assay" import "$tmp/all_results.json" -o "$tmp/imported.h5"
    expect 0 'agree' "$python" $helper same "$tmp/imported.h5" "$tmp/direct.h5"
fi

# --- the examples of data/EXCHANGE.md --------------------------------------------------------------
sed -n '/^```python/,/^```/p' data/EXCHANGE.md | sed '1d;/^```/,$d' >"$tmp/example.py"
expect 0 'cases' "$assay" export data/activations/sigmoid.h5 data/activations/relu.h5 \
    -o "$tmp/cases.json"
expect 0 '' python3 "$tmp/example.py" "$tmp/cases.json" "$tmp/result.json"
expect 0 '1 techniques' "$assay" import "$tmp/result.json" -o "$tmp/result.h5"
expect 0 'PASS: ' "$assay" check "$tmp/result.h5" data/activations/sigmoid.h5 --quiet
if command -v node >/dev/null 2>&1; then
    sed -n '/^```javascript/,/^```/p' data/EXCHANGE.md | sed '1d;/^```/,$d' >"$tmp/example.js"
    expect 0 '' node "$tmp/example.js" "$tmp/cases.json" "$tmp/result.json"
    expect 0 '1 techniques' "$assay" import "$tmp/result.json" -o "$tmp/result.h5"
    expect 0 'PASS: ' "$assay" check "$tmp/result.h5" data/activations/relu.h5 --quiet
fi

# --- hostile files ---------------------------------------------------------------------------------
refuse() { # WORDS FILE: with one sentence, and nothing is written
    rm -f "$tmp/none.h5"
    expect 2 "$1" "$assay" import "$2" -o "$tmp/none.h5"
    [ "$(wc -l <"$tmp/err")" -eq 1 ] && [ ! -e "$tmp/none.h5" ] && pass || fail "refusal of $2"
}
expect 0 '' "$python" ci/tests/hostile.py exchange "$tmp/r.npz" "$tmp"
for name in truncated traversal absolute duplicate bomb overlap encrypted shape object bytes \
    no_document deep; do
    refuse '' "$tmp/$name.npz"
done
refuse 'JSON' "$tmp/deep.json"
refuse '' "$tmp/long.json"
refuse '1 GiB' "$tmp/sparse.json"
refuse 'no text' "$tmp/zeros.csv"
refuse 'empty' "$tmp/empty.csv"
refuse 'regular' "$tmp"
refuse 'regular' /dev/zero
mkfifo "$tmp/fifo"
refuse 'regular' "$tmp/fifo"
refuse 'No such' "$tmp/absent"
refuse "first row" README.md

finish exchange
