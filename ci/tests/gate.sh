#!/bin/sh
# SPDX-License-Identifier: MIT
# Gates, reports, the example of the README and the templates. usage: gate.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
root=$PWD
assay=$BUILD/assay
python=$(sh ci/python.sh)
mkdir "$tmp/reports" "$tmp/bin"
ln -s "$python" "$tmp/bin/python3"

"$BUILD/assay-reference" run data/activations/gelu.h5 data/activations/relu.h5 \
    data/activations/sigmoid.h5 data/optimizers/adam.h5 data/normalization/batch_normalization.h5 \
    -o "$tmp/right.h5" --precision f64 >"$tmp/out" 2>"$tmp/err" || fail 'the reference'

change() { # file change...: a copy of the right result with these changes
    target=$1
    shift
    "$python" ci/tests/gate_result.py "$tmp/right.h5" "$tmp/$target" "$@" \
        >"$tmp/out" 2>"$tmp/err" || fail "gate_result.py $*"
}

# gated STATUS WORDS RESULT GATE: a check by a gate of these lines; all reports are compared.
gated() {
    want_status=$1 want_words=$2 result=$3
    printf '%b' "$4" >"$tmp/my.gate"
    rm -f "$tmp"/reports/*
    expect "$want_status" "$want_words" "$assay" check "$tmp/$result" --gate "$tmp/my.gate" \
        --today 2027-01-15 --junit "$tmp/reports/assay.xml" --tap "$tmp/reports/assay.tap" \
        --markdown "$tmp/reports/assay.md" --badge "$tmp/reports/assay.svg" \
        --json-file "$tmp/reports/assay.json"
    if [ "$want_status" -ne 2 ]; then
        expect 0 '' "$python" ci/tests/gate_formats.py "$tmp/reports"
    elif [ -n "$(ls "$tmp/reports")" ]; then
        fail "an unusable check wrote $(ls "$tmp/reports")"
    else
        pass
    fi
}
says() { # WORDS: in the last check
    grep -qF -- "$1" "$tmp/reports/assay.json" && pass || fail "the JSON does not say $1"
}

change worse.h5 gelu/tail=3 gelu/wide=nan sigmoid/ordinary=10 sigmoid/wide=1.5
change odd.h5 'gelu/tail=no | <b>@nobody</b> \ #3 ``` é' -adam/paper adam/made_up=x
change follows.h5 batch_normalization.running_variance_kind=unbiased
change part.h5 -adam

# --- what is judged -------------------------------------------------------------------------------
gated 0 'grade A' right.h5 'judge gelu relu sigmoid adam batch_normalization'
gated 0 'PASS: ' right.h5 'judge gelu # only'
gated 1 'FAIL: ' worse.h5 'judge activations'
gated 0 'PASS: ' worse.h5 'judge adam'
gated 2 'that the gate judges' right.h5 'judge losses'
gated 0 ' 0 not covered' right.h5 'judge gelu\nprecision f64'
gated 1 'does not accept' right.h5 'judge gelu\nprecision f32'
gated 0 'PASS: 23 passed' right.h5 'judge gelu\ntiers exact bounded trajectory'
gated 2 'judges none of the cases' right.h5 'judge gelu\ntiers trajectory'

# --- what must be covered -------------------------------------------------------------------------
gated 0 'PASS: ' right.h5 'require adam gelu'
gated 1 'my.gate:1: softmax is required' right.h5 'require adam softmax'
gated 1 'celu is required' right.h5 'require activations'
gated 1 'adam is required' part.h5 'judge adam gelu\nrequire adam'
gated 1 'adam is required' part.h5 'judge adam\nrequire adam'
gated 0 'PASS: ' right.h5 'judge adam\nat least 50 covered\nat most 0 uncovered'
gated 1 'the gate demands 52' right.h5 'judge adam\nat least 52 covered'
gated 1 'the gate allows 50' part.h5 'judge adam gelu\nat most 50 uncovered'

# --- conventions ----------------------------------------------------------------------------------
bn=batch_normalization
gated 0 'PASS: ' right.h5 "judge $bn\nconvention $bn.running_variance_kind = biased"
says '"case": "keras"'
! grep -q 'unbiased' "$tmp/reports/assay.json" && pass || fail 'cases with another convention'
gated 1 'follows running_variance_kind = unbiased, but the gate demands biased' follows.h5 \
    "judge $bn\nconvention $bn.running_variance_kind = biased"
gated 0 'follows running_variance_kind = unbiased' follows.h5 "judge $bn"
# Cases that state nothing have the default, unbiased: those that this makes a difference to are not
# asked of a library that says it does the other.
change biased.h5 batch_normalization.running_variance_kind=biased
gated 0 'follows running_variance_kind = biased' biased.h5 "judge $bn"
[ "$(grep -c '"outcome": "NOT COVERED"' "$tmp/reports/assay.json")" -gt 10 ] && pass ||
    fail 'a default that is not followed'
gated 2 "nearest is 'running_variance_kind'" right.h5 "convention $bn.running_variance = biased"
gated 2 "nearest value is 'biased'" right.h5 "convention $bn.running_variance_kind = bias"

# --- grades ---------------------------------------------------------------------------------------
change two.h5 gelu/tail=3
change ten.h5 gelu/tail=10
change far.h5 gelu/tail=17
gated 1 'grade B' two.h5 'judge gelu'
gated 0 'grade B is enough' two.h5 'judge gelu\ngrade B'
gated 0 'grade B' two.h5 'judge gelu relu\ngrade B gelu'
gated 1 'grade B' two.h5 'judge gelu relu\ngrade B relu'
gated 0 'PASS: ' two.h5 'judge gelu\ngrade A\ngrade B activations'
gated 1 'FAIL: ' two.h5 'judge gelu\ngrade A gelu\ngrade B activations'
gated 1 'grade C' ten.h5 'judge gelu\ngrade B'
gated 0 'grade C' ten.h5 'judge gelu\ngrade C'
gated 1 'grade F' far.h5 'judge gelu\ngrade C'
gated 1 'grade F' odd.h5 'judge gelu\ngrade C'

# --- exceptions -----------------------------------------------------------------------------------
because='because erf loses | the \\ tail, #12'
gated 0 'excepted until 2027-06-30' two.h5 "judge gelu\nexcept gelu/tail until 2027-06-30 $because"
gated 0 '1 excepted' two.h5 "judge gelu\nexcept gelu/ta* in f64 until 2027-01-15 $because"
gated 1 'ended on 2027-01-14' two.h5 "judge gelu\nexcept gelu/tail until 2027-01-14 $because"
gated 0 'no longer needed' right.h5 "judge gelu\nexcept gelu/tail until 2027-06-30 $because"
gated 0 'no longer needed' right.h5 "judge gelu\nexcept gelu/tail until 2020-06-30 $because"
gated 1 'FAIL: ' two.h5 "judge gelu\nexcept gelu/tail in f32 until 2027-06-30 $because"
gated 1 '1 excepted' worse.h5 "judge activations\nexcept gelu/tail until 2027-06-30 $because"
gated 0 '1 excepted' odd.h5 "judge gelu\nexcept gelu/* until 2027-06-30 $because"
gated 2 "the nearest is 'gelu/tail'" two.h5 "judge gelu\nexcept gelu/tial until 2027-06-30 $because"
gated 2 'its tier (refused)' two.h5 \
    "judge gelu\ntiers bounded\nexcept gelu/no_input until 2027-06-30 $because"

# --- without a gate; --case; what is written ------------------------------------------------------
gated 1 'FAIL: ' odd.h5 'judge gelu adam'
expect 1 '' "$assay" check "$tmp/worse.h5" --json-file "$tmp/reports/assay.json" \
    --junit "$tmp/reports/assay.xml" --tap "$tmp/reports/assay.tap" \
    --markdown "$tmp/reports/assay.md" --badge "$tmp/reports/assay.svg"
expect 0 '' "$python" ci/tests/gate_formats.py "$tmp/reports"
printf 'require softmax\njudge gelu softmax' >"$tmp/my.gate"
expect 0 '1 passed' "$assay" check "$tmp/right.h5" --gate "$tmp/my.gate" --case gelu/tail
expect 2 'judges none' "$assay" check "$tmp/right.h5" --gate "$tmp/my.gate" --case relu/ordinary
expect 2 'its folder does not exist' "$assay" check "$tmp/right.h5" --tap "$tmp/no/such/file"
expect 2 'name two files' "$assay" check "$tmp/right.h5" --tap "$tmp/x" --junit "$tmp/x"
expect 2 'name two files' "$assay" check "$tmp/right.h5" --tap "$tmp/right.h5"
expect 2 'is no date' "$assay" check "$tmp/right.h5" --today 2027-02-29
expect 2 'is no date' "$assay" check "$tmp/right.h5" --today tomorrow
# Hundreds of failures: the summary stays short enough.
"$BUILD/assay-reference" run data/activations -o "$tmp/many.h5" --precision f32 \
    >"$tmp/out" 2>&1
"$python" -c 'import h5py, sys
with h5py.File(sys.argv[1], "r+") as file:
    for technique in file.values():
        for case in technique.values():
            for name in list(case):
                del case[name]' "$tmp/many.h5" || fail 'many.h5'
expect 1 ' missing' "$assay" check "$tmp/many.h5" --quiet --markdown "$tmp/many.md"
[ "$(wc -c <"$tmp/many.md")" -lt 60000 ] && grep -q 'do not fit here' "$tmp/many.md" && pass ||
    fail 'many failures in the summary'

# Goldens of the user's own: what the gate says of other techniques does not matter.
printf 'except %s until 2027-06-30 because x\n' gelu/tail relu/wide >"$tmp/my.gate"
expect 0 'PASS: 27' "$assay" check "$tmp/right.h5" data/activations/gelu.h5 \
    --gate "$tmp/my.gate" --today 2027-01-15 --case gelu
expect 1 'no golden has a case' "$assay" check "$tmp/right.h5" data/activations/gelu.h5 \
    --gate "$tmp/my.gate" --today 2027-01-15

# --- what is no gate file -------------------------------------------------------------------------
unusable() { # WORDS FILE
    expect 2 "$1" timeout 10 "$assay" check "$tmp/right.h5" --gate "$2"
    [ "$(wc -l <"$tmp/err")" -eq 1 ] && pass || fail "not one sentence: $2"
}
unusable 'No such file' "$tmp/no.gate"
unusable 'not a regular file' "$tmp"
mkfifo "$tmp/pipe" && unusable 'not a regular file' "$tmp/pipe"
truncate -s 1G "$tmp/huge" && unusable '1073741824 bytes' "$tmp/huge"
unusable 'no text' "$BUILD/../data/activations/relu.h5"
head -c 100000 /dev/zero | tr '\0' x >"$tmp/long" && unusable '100000 bytes' "$tmp/long"
: >"$tmp/empty" && unusable 'states nothing' "$tmp/empty"
printf '# nothing\n' >"$tmp/comment" && unusable 'states nothing' "$tmp/comment"

# --- the page about gates -------------------------------------------------------------------------
sed -n '/^# assay.gate: one/,/^```/p' ci/GATE.md | sed '$d' >"$tmp/page.gate"
expect 1 'softmax is required' "$assay" check "$tmp/right.h5" --gate "$tmp/page.gate" --quiet \
    --today 2027-01-15
for word in judge require tiers precision convention grade except 'at least' 'at most'; do
    grep -q "^$word " "$tmp/page.gate" && pass || fail "ci/GATE.md has no example of $word"
done

# --- the example of the README, in an empty folder ------------------------------------------------
mkdir "$tmp/empty_folder"
sed -n '/^## Gate your own/,/^Bring your own/p' README.md | sed -n '/^```python/,/^```/p' |
    sed '1d;$d' >"$tmp/empty_folder/mine.py"
answer() { # in the example's folder, with the README's own command
    (cd "$tmp/empty_folder" && ASSAY=$root && export ASSAY && PATH=$tmp/bin:$PATH &&
        eval "$(grep '^PYTHONPATH=.*mine.py' "$root/README.md")") >"$tmp/out" 2>"$tmp/err" ||
        fail 'the example of the README does not run'
}
answer
[ "$(grep -c . "$tmp/empty_folder/mine.py")" -le 12 ] && pass || fail 'the example is long'
expect 0 'PASS: 33 passed' "$assay" check "$tmp/empty_folder/result.h5" --quiet
sed -i 's/np.exp(-/np.exp(+/' "$tmp/empty_folder/mine.py"
answer
expect 1 'equals sigmoid/sign_of_exponent to all digits' "$assay" check \
    "$tmp/empty_folder/result.h5" --quiet
sed -i 's/np.exp(+/np.exp(-/' "$tmp/empty_folder/mine.py"

# --- the templates: their steps, with this build in the place of the one they get -----------------
for template in github gitlab; do
    folder=$tmp/$template
    mkdir -p "$folder/.assay/build" "$folder/.assay/ci"
    ln -s "$assay" "$folder/.assay/build/assay"
    ln -s "$root/data" "$folder/.assay/data"
    ln -s "$root/ci/adapters" "$folder/.assay/ci/adapters"
    cp "$tmp/empty_folder/mine.py" ci/templates/assay.gate "$folder"
    expect 0 'mine.py run' "$python" ci/tests/template_steps.py ci/templates/$template.yml
    cp "$tmp/out" "$folder/steps.sh"
    run_steps() {
        (cd "$folder" && PATH=$tmp/bin:$PATH ASSAY_DATA=$root/data GITHUB_STEP_SUMMARY=page.md \
            sh -e steps.sh) >"$tmp/out" 2>"$tmp/err"
    }
    run_steps && pass || fail "the steps of $template.yml"
    for file in assay.xml assay.md assay.svg assay.json; do
        [ -s "$folder/$file" ] && grep -q "$file" ci/templates/$template.yml && pass ||
            fail "$template.yml makes no $file"
    done
    sed -i 's/np.exp(-/np.exp(+/' "$folder/mine.py"
    run_steps
    [ $? -eq 1 ] && pass || fail "the steps of $template.yml pass although sigmoid is wrong"
    grep -q 'sign_of_exponent' "$folder/assay.xml" && pass || fail "$template.yml: no diagnosis"
done
grep -q '## Assay: PASS' "$tmp/github/page.md" && pass || fail 'github.yml: no summary'

finish gate
