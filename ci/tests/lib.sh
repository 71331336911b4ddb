# SPDX-License-Identifier: MIT
# What the whole-program tests share. The caller sets BUILD; everything else happens in $tmp.
passed=0
failed=0
tmp=$(mktemp -d "${TMPDIR:-/tmp}/assay.XXXXXX") || exit 2
trap 'rm -rf "$tmp"' EXIT INT TERM
# Inside a job, tests start other numbers of ranks than it asked for.
unset SLURM_NTASKS SLURM_NPROCS SLURM_NTASKS_PER_NODE PBS_NODEFILE PBS_NP LSB_DJOB_NUMPROC
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
export OMPI_MCA_mpi_yield_when_idle=1 OPENBLAS_NUM_THREADS=1

pass() {
    passed=$((passed + 1))
}

# Says what is wrong and shows what was printed.
fail() {
    failed=$((failed + 1))
    echo "FAIL: $1"
    sed 's/^/      /' "$tmp/err" "$tmp/out" 2>/dev/null | head -n 12
}

# expect STATUS WORDS COMMAND...: the exit status, and a piece of what is printed ('' for anything).
# A command that fails as unusable (2) must say so in exactly one line on stderr, and end in time.
expect() {
    want=$1
    words=$2
    shift 2
    timeout 1200 "$@" >"$tmp/out" 2>"$tmp/err"
    got=$?
    if [ "$got" -ne "$want" ]; then
        fail "exit status $got instead of $want: $*"
    elif [ -n "$words" ] && ! cat "$tmp/out" "$tmp/err" | grep -qiF -- "$words"; then
        fail "'$words' is not said by: $*"
    elif [ "$want" -eq 2 ] && [ "$(grep -cvE '^(-+|mpirun|Primary job|a non-zero|\*|$)' "$tmp/err")" -lt 1 ]; then
        fail "nothing on stderr: $*"
    else
        pass
    fi
}

# ends_with WORDS: the last line of the last command's output.
ends_with() {
    if [ "$(tail -n 1 "$tmp/out")" = "$1" ]; then
        pass
    else
        fail "the last line is not '$1'"
    fi
}

# same FILE FILE
same() {
    if cmp -s "$1" "$2"; then
        pass
    else
        fail "$1 and $2 differ"
    fi
}

finish() {
    echo "$1: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

# All that the record of a training run says, but for what is measured, on what, and how it was read.
plain_record() { # FILE
    sed '/"streaming": {/,/^  }/d; /"processes": \[/,/\]/d
        /"bytes_of_the_fullest_rank": {/,/}/d' "$1" |
        grep -vE '"(streamed|ranks|resumed_at_step|median|minimum)":'
}
