# SPDX-License-Identifier: MIT
"""The programs that are timed in turn: each waits, asleep, until it is told to do n rounds."""
import json
import os
import shlex
import subprocess

import h5py

HERE = os.path.dirname(os.path.abspath(__file__))


class Failed(Exception):
    """One sentence: who cannot be timed, and why."""


def pinned(cores):
    """For subprocesses: on the first of this process's cores, so many. Everybody gets the same."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    return lambda: os.sched_setaffinity(0, allowed)


class Process:
    def __init__(self, who, command, cores, log, environment=None):
        self.who, self.log = who, log
        with open(log, "w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
                bufsize=1, preexec_fn=pinned(cores), env={**os.environ, **(environment or {})})

    def ask_line(self, line):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass
        return self.answer()

    def answer(self):
        answer = self.process.stdout.readline()
        if not answer:
            self.process.wait()
            with open(self.log, encoding="utf-8") as file:
                said = [line.strip() for line in file if line.strip(" -\n")]
            raise Failed(f"{self.who} ended: " + (said[0][:300] if said else "it said nothing"))
        return answer

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                self.process.stdout.read()
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Engine(Process):
    """assay-engine on so many cores: on as many ranks, or on one rank with as many threads."""

    def __init__(self, build, words, cores, arithmetic, folder, launcher, layout="ranks"):
        name = f"{words[0]}_{arithmetic}_{cores}_{layout}"
        self.result = os.path.join(folder, f"{name}.h5")
        ranks = cores if layout == "ranks" else 1
        words = list(words) + (["--threads", str(cores)] if layout == "threads" else [])
        if words[0] != "limit":
            words.append("--by-orders")
        if words[0] == "run":
            words += ["-o", self.result]
        super().__init__(
            "assay-engine " + words[0],
            [*shlex.split(launcher), "-n", str(ranks), os.path.join(build, "assay-engine"), *words,
             "--precision", "f32", "--arithmetic", arithmetic], cores,
            os.path.join(folder, f"engine_{name}.log"),
            {"OPENBLAS_NUM_THREADS": "1", "OMPI_MCA_hwloc_base_binding_policy": "none"})

    def ask(self, order):
        return [float(word) for word in self.ask_line(order).split()]

    def seconds(self, rounds, order):
        return self.ask(f"{order} {rounds}")[0]

    def output(self, name):
        """An output of the case, which is answered when there are no more orders."""
        self.close()
        try:
            with h5py.File(self.result) as file:
                return file[name][()]
        except (OSError, KeyError) as error:
            raise Failed(f"{self.who}: its answer cannot be read: {error}; see {self.log}") from None


class Library(Process):
    """One library, in its own environment (ci/adapters/*/requirements.txt), on so many cores."""

    def __init__(self, library, python, cores, folder):
        cache = os.path.join(folder, "cache")
        super().__init__(library, [python, "-W", "ignore", os.path.join(HERE, "workloads",
                                                                        "worker.py"),
                                   library, str(cores)], cores,
                         os.path.join(folder, f"{library}_{cores}.log"),
                         {"TORCHINDUCTOR_CACHE_DIR": os.path.join(cache, "inductor"),
                          "JAX_COMPILATION_CACHE_DIR": os.path.join(cache, "jax")})
        self.versions = json.loads(self.answer())["versions"]

    def ask(self, **request):
        answer = json.loads(self.ask_line(json.dumps(request)))
        if "error" in answer:
            raise Failed(answer["error"])
        return answer

    def seconds(self, rounds, order=None):
        return self.ask(rounds=rounds)["seconds"]
