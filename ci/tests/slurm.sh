#!/bin/sh
# SPDX-License-Identifier: MIT
# The job scripts of ci/cluster under a real Slurm of one node, which is set up below $tmp for the
# time of this test: own configuration, ports, key and sockets. Slurm is the installed one, or else
# Debian's packages, unpacked there; nothing of the machine is changed. Needs root.
# usage: slurm.sh BUILD
set -u
BUILD=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.." || exit 2
. ci/tests/lib.sh
engine=$BUILD/assay-engine
unset OMPI_MCA_rmaps_base_oversubscribe # what a job has to do without
slurm=$tmp/slurm
export SLURM_CONF="$slurm/slurm.conf"

skip() {
    echo "slurm: left out: $1"
    pass
    finish slurm
    exit
}

# --- a Slurm -------------------------------------------------------------------------------------
[ "$(id -u)" -eq 0 ] || skip 'its daemons need root'
mkdir -p "$slurm/state" "$slurm/spool" "$slurm/archives/partial"
chmod 755 "$tmp" "$slurm"
plugins=
if ! command -v sbatch >/dev/null || ! command -v munged >/dev/null; then
    timeout 300 apt-get -y -qq --no-install-recommends --download-only \
        -o Dir::Cache::archives="$slurm/archives" install slurmctld slurmd slurm-client munge \
        >"$tmp/out" 2>"$tmp/err" || skip 'there is no Slurm, and its packages cannot be had'
    for package in "$slurm"/archives/*.deb; do
        dpkg-deb -x "$package" "$slurm/root"
    done
    libraries=$slurm/root/usr/lib/$(gcc -print-multiarch)
    export LD_LIBRARY_PATH="$libraries:$libraries/slurm-wlm${LD_LIBRARY_PATH+:$LD_LIBRARY_PATH}"
    export PATH="$slurm/root/usr/bin:$slurm/root/usr/sbin:$PATH"
    plugins="PluginDir=$libraries/slurm-wlm"
fi
program() { # NAME: Debian's name, or everybody's
    command -v "$1-wlm" || command -v "$1" || skip "there is no $1"
}
slurmctld=$(program slurmctld)
slurmd=$(program slurmd)
stepd=$(command -v slurmstepd-wlm || command -v slurmstepd || echo /usr/sbin/slurmstepd)
head -c 128 /dev/urandom >"$slurm/munge.key"
chmod 400 "$slurm/munge.key"
host=$(hostname -s)
port=$((20000 + $$ % 20000))
cat >"$SLURM_CONF" <<END_OF_CONFIGURATION
ClusterName=assay
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$slurm/munge.socket
CredType=cred/munge
$plugins
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SlurmdParameters=config_overrides
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/spool
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmdPidFile=$slurm/slurmd.pid
SlurmctldLogFile=$slurm/slurmctld.log
SlurmdLogFile=$slurm/slurmd.log
KillWait=5
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END_OF_CONFIGURATION

daemons=
stop() {
    scancel --state=RUNNING 2>/dev/null
    scancel --state=PENDING 2>/dev/null
    sleep 2
    for daemon in $daemons $(cat "$slurm/munged.pid" 2>/dev/null); do
        kill "$daemon" 2>/dev/null
    done
    wait
    rm -rf "$tmp" $made
}
made=
trap stop EXIT
trap 'exit 1' INT TERM
munged --force --socket="$slurm/munge.socket" --key-file="$slurm/munge.key" \
    --pid-file="$slurm/munged.pid" --log-file="$slurm/munged.log" \
    --seed-file="$slurm/munged.seed" >"$tmp/err" 2>&1 || skip 'munged does not start here'
"$slurmctld" -D -f "$SLURM_CONF" >"$slurm/out" 2>&1 &
daemons="$!"
"$slurmd" -D -f "$SLURM_CONF" -N "$host" -d "$stepd" >"$slurm/out" 2>&1 &
daemons="$daemons $!"
for second in $(seq 60); do
    sleep 1
    [ "$(sinfo -h -o %T 2>/dev/null)" != idle ] || break
done
[ "$(sinfo -h -o %T 2>/dev/null)" = idle ] || skip 'Slurm does not start here'
for launcher in "srun --mpi=pmix -n 2" "mpirun -n 2"; do
    salloc -Q -n 2 timeout 60 $launcher "$engine" where >"$tmp/out" 2>"$tmp/err" &&
        [ "$(wc -l <"$tmp/out")" -eq 2 ] && break
    launcher=
done
[ -n "$launcher" ] || skip 'neither srun nor mpirun starts two ranks in a job'
launcher=${launcher% -n 2}

job_id() {
    sed 's/.* //; s/;.*//' "$tmp/id"
}
submit() { # what sbatch takes; the job's number to $tmp/id
    sbatch --parsable "$@" >"$tmp/id" 2>"$tmp/err" || fail "sbatch $*"
}
state_of() { # NUMBER
    scontrol -o show job "$1" | sed -n 's/.* JobState=\([A-Z]*\).*/\1/p'
}

# --- the main job, by the very script ------------------------------------------------------------
# Its record goes to reports/runs/; what was there stays.
latest=reports/runs/latest
[ ! -e "$latest" ] || mv "$latest" "$latest.kept"
restore() {
    rm -rf "$latest"
    [ ! -e "$latest.kept" ] || mv "$latest.kept" "$latest"
}
trap 'restore; stop' EXIT
export QUICK=1 BUILD LAUNCHER="$launcher"
expect 0 '' sbatch --parsable --wait --ntasks=2 --output="$tmp/bench.out" ci/cluster/slurm_bench.sh
sed 's/;.*//' "$tmp/out" >"$tmp/id"
job=$(job_id)
made=reports/runs/job-$job
expect 0 'RESULT: VALID' cat "$tmp/bench.out"
check_record() { # NAME PYTHON-EXPRESSION of r and job
    if "$(sh ci/python.sh)" -c 'import json, sys
r, job, host = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3]
sys.exit(not eval(sys.argv[4]))' "reports/runs/job-$job/record.json" "$job" "$host" "$2" \
        2>"$tmp/err"; then
        pass
    else
        fail "the record: $1"
    fi
}
check_record 'the number of the job' 'r["environment"]["job"]["SLURM_JOB_ID"] == job'
check_record 'the nodes' 'r["environment"]["job"]["SLURM_JOB_NODELIST"] == host'
check_record 'the tasks' 'r["environment"]["job"]["SLURM_NTASKS"] == "2"'
check_record 'the ranks' '[p["ranks"] for p in r["placement"]] == [1, 2]'
check_record 'each rank' 'all(len(p["processes"]) == p["ranks"] and
    all(q["host"] and q["cpus"] for q in p["processes"]) for p in r["placement"])'
check_record 'training on two' 'any(t["ranks"] == 2 and len(t["processes"]) == 2
    for t in r["training"]["runs"])'

# --- worlds of another size: one sentence, exit status 2, nothing written ------------------------
ends() { # STATUS WHAT-SBATCH-TAKES: a job of two tasks; what it printed to $tmp/refused
    want=$1
    shift
    sbatch --wait --ntasks=2 --output="$tmp/refused" "$@" >"$tmp/out" 2>"$tmp/err"
    got=$?
    cp "$tmp/refused" "$tmp/err"
    if [ "$got" -eq "$want" ]; then pass; else fail "exit status $got instead of $want: $*"; fi
}
refuses() { # WORDS COMMAND
    ends 2 --wrap "$2"
    if [ "$(grep -c '^assay-engine:' "$tmp/refused")" -eq 1 ] && grep -q -- "$1" "$tmp/refused"; then
        pass
    else
        fail "no single sentence with '$1'"
    fi
    if [ ! -e "$tmp/x.h5" ]; then pass; else fail 'a refused run has written'; fi
}
answer="$engine run data/activations -o $tmp/x.h5"
refuses 'the job asked for 2 ranks' "$answer"
refuses 'the job asked for 2 ranks' "mpirun -n 1 $answer"
refuses '\--ranks 3 was given' "mpirun -n 2 $answer --ranks 3"
refuses 'srun --mpi=pmix' "srun --mpi=none -n 2 $answer"
ends 0 --wrap "mpirun -n 1 $answer --ranks 1"
LAUNCHER='srun --mpi=none'
ends 2 ci/cluster/slurm_bench.sh
expect 0 'does not start 1 rank' cat "$tmp/refused"
LAUNCHER=$launcher

# --- a time limit: the job returns to the queue and goes on, to the same bits --------------------
flags="--data data/digits.h5 --hidden 256,128"
begin=$(date +%s%N)
expect 0 'weights' mpirun -n 2 "$engine" train $flags --epochs 200 --checkpoint "$tmp/speed"
took=$((($(date +%s%N) - begin) / 1000000))
epochs=$((200 * 90000 / took)) # 90 seconds, at the speed of now
expect 0 'weights' mpirun -n 1 "$engine" train $flags --epochs $epochs
right=$(sed -n 's/.*weights \([0-9a-f]*\).*/\1/p' "$tmp/out")
# With the least limit that Slurm has, the signal comes within the first minute.
export RUN="$tmp/run"
submit --ntasks=2 --time=1 --signal=B:USR1@45 --output="$tmp/train.out" ci/cluster/slurm_train.sh \
    $flags --epochs $epochs
job=$(job_id)
for second in $(seq 600); do
    sleep 1
    case $(state_of "$job") in
    COMPLETED | FAILED | TIMEOUT | CANCELLED) break ;;
    PENDING) # back in the queue: Slurm waits for two minutes, and then there is time enough
        ! grep -q 'goes back' "$tmp/train.out" ||
            scontrol update JobId="$job" TimeLimit=30 StartTime=now 2>/dev/null ;;
    esac
done
cp "$tmp/train.out" "$tmp/out"
cp "$slurm/slurmctld.log" "$tmp/err"
state=$(state_of "$job")
if [ "$state" = COMPLETED ]; then pass; else fail "the training job ended as $state"; fi
expect 0 'goes back to the queue' cat "$tmp/train.out"
expect 0 'start 1 of job' cat "$tmp/train.out"
found=$(sed -n 's/.*"weights_sha256": "\([0-9a-f]*\)".*/\1/p' "$RUN/record.json")
if [ -n "$right" ] && [ "$found" = "$right" ]; then
    pass
else
    fail "the requeued job has weights $found instead of $right"
fi
resumed=$(sed -n 's/.*"resumed_at_step": \([0-9]*\).*/\1/p' "$RUN/record.json")
if [ "${resumed:-0}" -gt 0 ]; then pass; else fail 'the job did not go on from a checkpoint'; fi
echo "slurm: jobs start ranks with $launcher; training went on after step ${resumed:-0} of" \
    "$((epochs * 23))"
finish slurm
