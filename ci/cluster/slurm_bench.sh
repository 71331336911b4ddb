#!/bin/sh
# SPDX-License-Identifier: MIT
# The main job under Slurm: both engines against the goldens, the same bits, timings, one report.
#
#   make && sbatch ci/cluster/slurm_bench.sh                 built on the login node, as here
#   sbatch --nodes=4 --ntasks=64 ci/cluster/slurm_bench.sh   more ranks: nothing else changes
#   QUICK=1 sbatch ci/cluster/slurm_bench.sh                 a minute or two, to try the launcher
#
# To adapt: the #SBATCH lines (add --account and --partition where your centre wants them; the
# command line of sbatch wins over them), and in the environment MODULES, LAUNCHER, NP, QUICK.
#
#SBATCH --job-name=assay-bench
#SBATCH --ntasks=2
#SBATCH --cpus-per-task=1
#SBATCH --time=01:00:00
#SBATCH --output=assay-bench-%j.out
set -u
cd "$SLURM_SUBMIT_DIR" || exit 2 # the project's folder, on a file system that all nodes share

# MODULES="gcc openmpi hdf5 openblas hwloc" sbatch ...: the same ones that it was built with.
[ -z "${MODULES-}" ] || module load $MODULES || exit 2

# srun where Slurm knows PMIx, else the mpirun of the MPI that Assay was built with.
if srun --mpi=list 2>&1 | grep -q pmix; then
    LAUNCHER=${LAUNCHER-srun --mpi=pmix --cpu-bind=cores}
else
    LAUNCHER=${LAUNCHER-mpirun}
fi
export SRUN_CPUS_PER_TASK="${SLURM_CPUS_PER_TASK-1}" # since 22.05 srun does not take it over

# 1, 2, 4, ... and all tasks of the job.
NP=${NP-$(ranks=1
    while [ "$ranks" -lt "$SLURM_NTASKS" ]; do
        printf '%d,' "$ranks"
        ranks=$((ranks * 2))
    done
    echo "$SLURM_NTASKS")}

# Builds what is not built yet: on this node, if nothing was built on the login node.
make bench NP="$NP" LAUNCHER="$LAUNCHER" QUICK="${QUICK-}"
status=$?
# The next job's record goes to the same place: keep this one.
[ ! -f reports/runs/latest/record.json ] ||
    cp -R reports/runs/latest "reports/runs/job-$SLURM_JOB_ID"
exit $status
