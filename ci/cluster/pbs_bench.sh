#!/bin/sh
# SPDX-License-Identifier: MIT
# The main job under PBS (OpenPBS, PBS Professional, Torque); slurm_bench.sh says what it does.
#
#   make && qsub ci/cluster/pbs_bench.sh
#   qsub -l select=4:ncpus=16:mpiprocs=16 ci/cluster/pbs_bench.sh          64 ranks
#   qsub -v QUICK=1 ci/cluster/pbs_bench.sh                                to try the launcher
#
# To adapt: the #PBS lines (add -A and -q where your centre wants them; Torque has
# -l nodes=4:ppn=16 instead of select), and with qsub -v: MODULES, LAUNCHER, NP, QUICK.
# Say mpiprocs: the node file then has a line for each rank, otherwise one for each chunk.
#
#PBS -N assay-bench
#PBS -l select=1:ncpus=2:mpiprocs=2
#PBS -l walltime=01:00:00
#PBS -j oe
set -u
cd "$PBS_O_WORKDIR" || exit 2 # where qsub was called: the project's folder
[ -z "${MODULES-}" ] || module load $MODULES || exit 2
ranks=$(grep -c . "$PBS_NODEFILE") || exit 2

# An mpirun that was built with PBS's interface (tm) starts ranks on all nodes by itself. For others
# the list of nodes helps: LAUNCHER="mpirun --hostfile $PBS_NODEFILE".
LAUNCHER=${LAUNCHER-mpirun}
NP=${NP-$(some=1
    while [ "$some" -lt "$ranks" ]; do
        printf '%d,' "$some"
        some=$((some * 2))
    done
    echo "$ranks")}
make bench NP="$NP" LAUNCHER="$LAUNCHER" QUICK="${QUICK-}"
status=$?
[ ! -f reports/runs/latest/record.json ] ||
    cp -R reports/runs/latest "reports/runs/job-${PBS_JOBID%%.*}"
exit $status
