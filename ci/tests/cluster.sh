#!/bin/sh
# SPDX-License-Identifier: MIT
# What clusters need, without one: wrong launchers, LAUNCHER with arguments, the PBS scripts with a
# stand-in for PBS, and with `full` the ReFrame test. usage: cluster.sh BUILD [full]
set -u
BUILD=$(cd "$1" && pwd)
full=${2-}
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
export BUILD
engine=$BUILD/assay-engine
answer="$engine run data/activations/relu.h5 -o $tmp/x.h5"

refuses() { # WORDS COMMAND...: one sentence, and nothing written
    words=$1
    shift
    expect 2 "$words" "$@"
    if [ "$(grep -c '^assay-engine:' "$tmp/err")" -eq 1 ]; then pass; else fail "not one sentence: $*"; fi
    if [ ! -e "$tmp/x.h5" ]; then pass; else fail "a refused run has written: $*"; fi
}

# --- worlds of another size ----------------------------------------------------------------------
expect 0 'rank 2: host' mpirun -n 3 "$engine" where --ranks 3
expect 0 '"processes"' mpirun -n 2 "$engine" where --json
refuses '--ranks 2 was given, but there are 3' mpirun -n 3 $answer --ranks 2
refuses '--ranks 0' "$engine" where --ranks 0
refuses 'the job asked for 4 ranks (SLURM_NTASKS)' env SLURM_NTASKS=4 mpirun -n 2 $answer
printf 'a\na\nb\nb\n' >"$tmp/nodes"
refuses 'the job asked for 4 ranks (PBS_NODEFILE)' env PBS_NODEFILE="$tmp/nodes" $answer
for command in train bench; do
    refuses '--ranks 2 was given' "$engine" $command --data data/digits.h5 --ranks 2
done
# Each of two processes believes that it is alone.
cat >"$tmp/other_mpi.sh" <<'END_OF_SCRIPT'
PMI_SIZE=2 PMI_RANK=1 "$@" &
PMI_SIZE=2 PMI_RANK=0 "$@"
first=$?
wait $!
second=$?
[ "$first" -eq "$second" ] && exit "$first"
exit 99
END_OF_SCRIPT
refuses 'belongs to another MPI' sh "$tmp/other_mpi.sh" $answer --ranks 1
refuses 'srun --mpi=pmix' env SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=0 $answer
expect 0 '' env SLURM_NTASKS=4 mpirun -n 2 $answer --ranks 2

# --- LAUNCHER ------------------------------------------------------------------------------------
cat >"$tmp/my run" <<'END_OF_SCRIPT'
#!/bin/sh
echo "$@" >&2
exit 7
END_OF_SCRIPT
chmod +x "$tmp/my run"
bench="$BUILD/assay-bench run --quick --folder $tmp/bench --ranks 3 --launcher"
expect 2 "--with 'one word' -n 3 $engine where" $bench "'$tmp/my run' --with \"'one word'\""
expect 2 "--ntasks=3 $engine where" $bench "'$tmp/my run' --ntasks=%n"
expect 2 'does not start 3 ranks' $bench "'$tmp/my run'"
printf '#!/bin/sh\nshift 2\nexec mpirun -n 2 "$@"\n' >"$tmp/my run" # always two
expect 2 'does not start 3 ranks' $bench "'$tmp/my run'"
expect 2 'could not be started' $bench no-such-launcher
expect 2 'quotes must be closed' $bench "'mpirun"
expect 2 'ascending' "$BUILD/assay-bench" run --ranks 2,1
expect 2 'ascending' "$BUILD/assay-bench" run --ranks 1,x
if [ ! -e "$tmp/bench" ]; then pass; else fail 'a refused main job has left files'; fi

# --- PBS -----------------------------------------------------------------------------------------
for script in ci/cluster/*.sh; do
    expect 0 '' sh -n "$script"
    ! command -v shellcheck >/dev/null || expect 0 '' shellcheck -e SC2086,SC2154 "$script"
done
mkdir "$tmp/pbs"
printf '#!/bin/sh\necho "$@" >>"%s"\n' "$tmp/asked" >"$tmp/pbs/make"
printf '#!/bin/sh\necho "$@" >>"%s"\n' "$tmp/asked" >"$tmp/pbs/qsub"
chmod +x "$tmp/pbs/make" "$tmp/pbs/qsub"
in_pbs="env PATH=$tmp/pbs:$PATH PBS_O_WORKDIR=$PWD PBS_JOBID=assay-test.server
    PBS_NODEFILE=$tmp/nodes"
kept=reports/runs/job-assay-test
expect 0 '' $in_pbs sh ci/cluster/pbs_bench.sh
rm -rf "$kept"
expect 0 'bench NP=1,2,4 LAUNCHER=mpirun' cat "$tmp/asked"
printf 'a\na\n' >"$tmp/nodes"
expect 0 'weights' mpirun -n 1 "$engine" train --data data/digits.h5 --hidden 16,8 --epochs 2
right=$(sed -n 's/.*weights \([0-9a-f]*\).*/\1/p' "$tmp/out")
train="$in_pbs RUN=$tmp/run"
expect 85 'another job goes on' $train WORK_SECONDS=0.01 sh ci/cluster/pbs_train.sh
expect 0 "RUN=$tmp/run,LAUNCHER=mpirun" cat "$tmp/asked"
expect 0 "$right" $train FLAGS='--data data/digits.h5 --hidden 16;8 --epochs 2' \
    sh ci/cluster/pbs_train.sh

# --- ReFrame -------------------------------------------------------------------------------------
if [ "$full" = full ]; then
    if python3 -m venv "$tmp/venv" >"$tmp/out" 2>&1 &&
        timeout 300 "$tmp/venv/bin/pip" -q install 'reframe-hpc>=4,<5' >"$tmp/out" 2>&1; then
        # Its own files go below HOME and TMPDIR.
        reframe="env HOME=$tmp TMPDIR=$tmp $tmp/venv/bin/reframe -c ci/cluster/reframe_assay.py
            --prefix $tmp/reframe -r"
        expect 0 'Ran 1/1 test case(s)' $reframe --performance-report
        cp "$tmp/out" "$tmp/report"
        expect 0 'step_reproducible' cat "$tmp/report"
        # Every launcher is refused that does not start as many ranks.
        expect 1 'FAILED' $reframe -S AssayBench.launcher=false
    else
        echo 'cluster: ReFrame cannot be installed here, so its test was left out'
    fi
fi
finish cluster
