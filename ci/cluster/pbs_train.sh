#!/bin/sh
# SPDX-License-Identifier: MIT
# A training run under PBS that is longer than its time limit; slurm_train.sh says how it works.
#
#   qsub -v FLAGS="--data data/digits.h5 --hidden 512;512 --epochs 10000" ci/cluster/pbs_train.sh
#
# FLAGS are those of `assay-engine train`, with ; for each comma, because qsub -v takes commas for
# itself. The job ends itself two minutes before its limit with exit status 85 and sends a
# successor that goes on; -r y lets PBS run it again when a node has failed. RUN=FOLDER is where
# checkpoints and record go.
#
#PBS -N assay-train
#PBS -l select=1:ncpus=2:mpiprocs=2
#PBS -l walltime=04:00:00
#PBS -r y
#PBS -j oe
set -u
cd "$PBS_O_WORKDIR" || exit 2
[ -z "${MODULES-}" ] || module load $MODULES || exit 2
LAUNCHER=${LAUNCHER-mpirun}
ranks=$(grep -c . "$PBS_NODEFILE") || exit 2
RUN=${RUN-reports/runs/train-${PBS_JOBID%%.*}}
WORK_SECONDS=${WORK_SECONDS-14280} # of the four hours above, all but two minutes
flags=$(printf %s "${FLAGS---data data/digits.h5}" | tr ';' ',')
mkdir -p "$RUN" || exit 2

# timeout gives a launcher SIGTERM, which ends all ranks, and returns 124.
timeout "$WORK_SECONDS" $LAUNCHER -n "$ranks" build/assay-engine train --ranks "$ranks" $flags \
    --checkpoint "$RUN/checkpoints" --resume --json "$RUN/record.json"
status=$?
if [ "$status" -eq 124 ]; then
    echo "the time limit is near: another job goes on"
    qsub -v RUN="$RUN",LAUNCHER="$LAUNCHER",MODULES="${MODULES-}",FLAGS="${FLAGS-}" \
        ci/cluster/pbs_train.sh || exit 2
    exit 85
fi
exit $status
