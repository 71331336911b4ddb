# SPDX-License-Identifier: MIT
"""The main job as a ReFrame test (ReFrame 4): is it right here, and how fast?

    reframe -c ci/cluster/reframe_assay.py -r --performance-report

Run it in the project's folder, after `make`. Ranks, launcher options and length are variables:
    -S AssayBench.ranks=64 -S AssayBench.quick=no -S AssayBench.launcher='srun --mpi=pmix'

The main job starts its own ranks, for several numbers of them, so the job itself is one shell, and
ReFrame's own launcher is taken out. Figures come from the record; add references for your system
as in any ReFrame test.
"""
import json
import os

import reframe as rfm
import reframe.utility.sanity as sn
from reframe.core.backends import getlauncher
from reframe.core.builtins import (performance_function, run_after, run_before, sanity_function,
                                   variable)
from reframe.core.exceptions import PerformanceError


@rfm.simple_test
class AssayBench(rfm.RunOnlyRegressionTest):
    descr = "Assay's main job: conformance, same bits, training, timings"
    valid_systems = ["*"]
    valid_prog_environs = ["*"]
    tags = {"assay", "mpi"}
    project = variable(str, value=os.path.realpath(os.path.join(os.path.dirname(__file__),
                                                               "..", "..")))
    ranks = variable(int, value=2)
    launcher = variable(str, value="mpirun")
    quick = variable(bool, value=True)
    sourcesdir = None
    keep_files = ["record.json"]
    time_limit = "1h"

    @run_after("init")
    def prepare(self):
        self.num_tasks = self.ranks
        self.executable = os.path.join(self.project, "build", "assay-bench")
        counts = sorted({1, self.ranks})
        self.executable_opts = ["run", "--folder", ".", "--data",
                                os.path.join(self.project, "data"),
                                "--ranks", ",".join(map(str, counts)),
                                "--launcher", f"'{self.launcher}'"]
        self.executable_opts += ["--quick"] if self.quick else []
        self.postrun_cmds = ["echo exit status $?"]

    @run_before("run")
    def start_without_launcher(self):
        self.job.launcher = getlauncher("local")()

    @sanity_function
    def is_valid(self):
        return sn.all([sn.assert_found(r"^RESULT: VALID", self.stdout),
                       sn.assert_found(r"^exit status 0$", self.stdout),
                       sn.assert_eq(self.record()["result"], "VALID")])

    @sn.deferrable
    def record(self):
        with open(os.path.join(self.stagedir, "record.json")) as file:
            return json.load(file)

    @sn.deferrable
    def step(self, arithmetic):
        """Seconds of a training step on the most ranks that have a CPU each."""
        with open(os.path.join(self.stagedir, "record.json")) as file:
            rows = json.load(file)["timing"]["rows"]
        found = [row for row in rows
                 if row["arithmetic"] == arithmetic and row["program"] == "assay-engine"]
        if not found:
            raise PerformanceError("there were more ranks than CPUs, so nothing was timed")
        return max(found, key=lambda row: row["ranks"])["median"]

    @performance_function("s", perf_key="step_reproducible")
    def step_reproducible(self):
        return self.step("reproducible")

    @performance_function("s", perf_key="step_fast")
    def step_fast(self):
        return self.step("fast")

    @performance_function("s", perf_key="whole_job")
    def whole_job(self):
        return self.record()["duration_seconds"]
