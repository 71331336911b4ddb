#!/bin/sh
# SPDX-License-Identifier: MIT
# A training run under Slurm that is longer than its time limit: before it the job puts itself
# back into the queue, and goes on from its newest checkpoint, to the same bits, also on another
# number of ranks. The same happens when a node fails or another job has precedence.
#
#   sbatch ci/cluster/slurm_train.sh --data data/digits.h5 --hidden 512,512 --epochs 10000
#
# What stands behind the script are flags of `assay-engine train`. To adapt: as in slurm_bench.sh;
# RUN=FOLDER is where checkpoints and record go (default: a folder named after the job).
#
#SBATCH --job-name=assay-train
#SBATCH --ntasks=2
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:USR1@120
#SBATCH --output=assay-train-%j.out
# (--signal: two minutes before the limit, to this script alone; --requeue: a job may come back.)
set -u
cd "$SLURM_SUBMIT_DIR" || exit 2
[ -z "${MODULES-}" ] || module load $MODULES || exit 2
if srun --mpi=list 2>&1 | grep -q pmix; then
    LAUNCHER=${LAUNCHER-srun --mpi=pmix --cpu-bind=cores}
else
    LAUNCHER=${LAUNCHER-mpirun}
fi
export SRUN_CPUS_PER_TASK="${SLURM_CPUS_PER_TASK-1}"
RUN=${RUN-reports/runs/train-$SLURM_JOB_ID}
mkdir -p "$RUN" || exit 2
echo "start ${SLURM_RESTART_COUNT-0} of job $SLURM_JOB_ID: $SLURM_NTASKS ranks on $SLURM_JOB_NODELIST"

# Slurm ends what runs when the job returns to the queue. A checkpoint that is being written then
# does no harm: files are replaced in one step.
again() {
    echo "the time limit is near: job $SLURM_JOB_ID goes back to the queue"
    scontrol requeue "$SLURM_JOB_ID"
}
trap again USR1

# In the background, so that this shell hears the signal; wait ends with it, and is called again.
$LAUNCHER -n "$SLURM_NTASKS" build/assay-engine train --ranks "$SLURM_NTASKS" "$@" \
    --checkpoint "$RUN/checkpoints" --resume --json "$RUN/record.json" &
wait $!
status=$?
while kill -0 $! 2>/dev/null; do
    wait $!
    status=$?
done
exit $status
