#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times the engine next to PyTorch, JAX, TensorFlow and scikit-learn: the same work, in the same
run, on the same number of cores.

    python3 ci/peers/speed.py [--build build] [--cores 1,2] [--only adam] [--no-libraries]

For every workload of workloads/table.py and every number of cores: each program first does the work
once and its result is compared with the engine's; one that computes something else is not timed but
named. Then all are timed in turn, a round of each after a round of each, and medians count. Of a
library's ways to do it (eager and compiled, say) the fastest of a first trial is timed; of PyTorch's,
all. Everything runs in binary32.

The record is reports/runs/speed/record.json, the report stands beside it. Libraries are those of `make
peers` (build/peers/*); one that is not there is left out.

Exit status: 0 every target is met, 1 one is missed or a library computes something else, 2 the
engine cannot be timed.
"""
import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)

from processes import Engine, Failed, Library  # noqa: E402
from workloads import table  # noqa: E402

FOLDERS = {"pytorch": "pytorch", "jax": "jax_optax", "tensorflow": "tensorflow_keras",
           "scikit_learn": "scikit_learn"}
ALWAYS = {"eager", "compiled", "fused"}  # timed even if another way is faster
TRIAL, REPETITION, PAUSE = 0.02, 0.05, 0.005  # seconds
ARITHMETICS = ("reproducible", "fast")
LAYOUTS = ("ranks", "threads")  # of several cores; libraries have threads
TARGETS = {"reproducible_to_fast_mean": 1.3, "reproducible_to_fast_worst": 1.6}


def note(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


# --- the same work? -------------------------------------------------------------------------------

def difference(ours, theirs, start, tolerance):
    """None if two results agree, else a sentence."""
    for name, mine in ours.items():
        mine, other = np.asarray(mine, float), np.asarray(theirs[name], float)
        if mine.shape != other.shape:
            return f"'{name}' has the shape {other.shape} instead of {mine.shape}"
        gap = np.abs(mine - other)
        if not np.isfinite(gap).all():
            return f"'{name}' is not finite"
        if "moved" in tolerance:  # by training, from where it started
            moved = np.sqrt(np.mean((mine - np.asarray(start[name], float)) ** 2))
            share = np.sqrt(np.mean(gap ** 2)) / moved if moved > 0 else gap.max()
            if share > tolerance["moved"]:
                return f"'{name}' ends {share:.2g} of its way elsewhere"
        else:
            share = np.mean(gap <= tolerance["within"] * max(1.0, np.abs(mine).max()))
            if share < tolerance["share"]:
                return f"{1 - share:.2g} of '{name}' differs"
    return None


def learnt(data):
    """Initial parameters under the names of results."""
    start = dict(data)
    for who in ("generator", "discriminator"):
        for i, kind in enumerate("wbwbwb"):
            if f"{who}_w1" in data:
                start[f"{who[0]}{i}"] = data[f"{who}_{kind}{1 + i // 2}"]
    return start


# --- one line -------------------------------------------------------------------------------------

class Line:
    """One workload on so many cores."""

    def __init__(self, workload, cores, place):
        self.workload, self.cores, self.place = workload, cores, place
        self.contenders = {}  # name: (seconds of n rounds, rounds that one order is)
        self.excluded = {}
        self.engines = []

    def start_engine(self, words, arithmetic, layout="ranks"):
        place = self.place
        engine = Engine(place.build, words, self.cores, arithmetic, place.folder, place.launcher,
                        layout)
        self.engines.append(engine)
        return engine

    def add_engines(self, folder):
        work = self.workload
        for arithmetic in ARITHMETICS:
            for layout in LAYOUTS[:1 if self.cores == 1 else None]:
                engine = self.start_engine(work.engine(folder), arithmetic, layout)
                self.contenders[arithmetic, layout] = (
                    lambda n, engine=engine: engine.seconds(n, work.order), work.rounds)
                if layout == "ranks":
                    limit = engine
        if work.limit:
            limit = self.start_engine(["limit", *work.limit], "fast")
        self.contenders["limit"] = (lambda n: limit.seconds(n, "limit"), work.rounds
                                    if work.limit is None else 1)

    def calibrate(self, seconds_of):
        """How many orders fill a repetition, and how long one takes."""
        n, seconds = 1, seconds_of(1)
        seconds = min(seconds, seconds_of(1))
        while seconds < TRIAL:
            n *= max(2, min(64, int(TRIAL / max(seconds, 1e-6))))
            seconds = seconds_of(n)
        return max(1, round(n * REPETITION / seconds)), seconds / n

    def measure(self, repetitions):
        """[seconds of one round] by contender, measured in turn."""
        plan, found = {}, {name: [] for name in self.contenders}
        for name, (seconds_of, rounds) in self.contenders.items():
            plan[name] = self.calibrate(seconds_of)[0]
        for _ in range(repetitions):
            for name, (seconds_of, rounds) in self.contenders.items():
                time.sleep(PAUSE)  # threads of the one before spin for a while
                n = plan[name]
                found[name].append(seconds_of(n) / (n * rounds))
        return found

    def close(self):
        for engine in self.engines:
            engine.close()


def check_engine(line, folder):
    """The libraries' data and the answer that theirs has to equal, from one rank."""
    work = line.workload
    words = (work.check_engine or work.engine)(folder)
    engine = Engine(line.place.build, words, 1, "reproducible", folder, line.place.launcher)
    try:
        data = work.data(engine)
        return data, work.answer(engine)
    finally:
        engine.close()


def trial(line, library, process, variant, data, answer, folder):
    """Seconds of one round of one variant, after its result has been compared."""
    work = line.workload
    files = {name: os.path.join(folder, f"{name}.npz") for name in ("data", "result")}
    if not os.path.exists(files["data"]):
        np.savez(files["data"], **data)
    process.ask(prepare=work.module, variant=variant, settings=work.settings,
                rounds=work.check_rounds, **files)
    with np.load(files["result"]) as file:
        wrong = difference(answer, dict(file), learnt(data), work.tolerance)
    if wrong:
        raise Failed(f"computes something else: {wrong}")
    return line.calibrate(process.seconds)[1]


def add_libraries(line, libraries, data, answer, folder):
    """The variants that are worth timing; a process holds one at a time, so one process each."""
    for library, pool in libraries.items():
        times = {}
        for variant in line.workload.variants.get(library, ()):
            name = f"{library} {variant}"
            note(f"{line.workload.name}, {line.cores} cores: {name}")
            try:
                process = pool.get(len(times), line.cores)
                times[variant] = (trial(line, library, process, variant, data, answer, folder),
                                  process)
            except Failed as failure:
                line.excluded[name] = str(failure)
                pool.drop_ended()
        fastest = min(times, key=lambda v: times[v][0], default=None)
        for variant, (_, process) in times.items():
            if variant == fastest or variant in ALWAYS:
                line.contenders[f"{library} {variant}"] = (process.seconds, 1)
            else:
                line.excluded[f"{library} {variant}"] = (
                    f"slower than '{fastest}' in a first trial: "
                    f"{times[variant][0]:.3g} s and {times[fastest][0]:.3g} s")


class Pool:
    """The processes of one library: number i is for the variant that comes i-th."""

    def __init__(self, library, python, folder):
        self.library, self.python, self.folder = library, python, folder
        self.open, self.versions = {}, {}

    def get(self, i, cores):
        if (i, cores) not in self.open:
            process = Library(self.library, self.python, cores, self.folder)
            self.open[i, cores] = process
            self.versions = process.versions
        return self.open[i, cores]

    def drop_ended(self):
        for key in [key for key, p in self.open.items() if p.process.poll() is not None]:
            del self.open[key]

    def close(self):
        for process in self.open.values():
            process.close()
        self.open.clear()


# --- the record -----------------------------------------------------------------------------------

def spread(seconds):
    quarter = statistics.quantiles(seconds, n=4, method="inclusive")
    return {"median": statistics.median(seconds), "lower": quarter[0], "upper": quarter[2],
            "repetitions": len(seconds)}


def judged(line, found):
    """One line of the record."""
    work, times, layouts = line.workload, {}, {}
    for name, seconds in found.items():
        if isinstance(name, tuple):  # the engine's; of the layouts the better, as of a library's
            arithmetic, layout = name
            one = spread(seconds)
            layouts.setdefault(arithmetic, {})[layout] = one["median"]
            if one["median"] == min(layouts[arithmetic].values()):
                times[arithmetic] = one | {"layout": layout}
        else:
            times[name] = spread(seconds)
    theirs = {name: t["median"] for name, t in times.items()
              if name not in ARITHMETICS + ("limit",)}
    ours = times["reproducible"]["median"]
    fastest = min(theirs, key=theirs.get, default=None)
    ratio = theirs[fastest] / ours if fastest else None
    return {"work": work.name, "what": work.what, "cores": line.cores, "precision": "f32",
            "limit_is": work.limit_what, "times": times, "layouts": layouts, "excluded": line.excluded,
            "reproducible_to_fast": ours / times["fast"]["median"],
            "reproducible_to_limit": ours / times["limit"]["median"], "fastest_peer": fastest,
            "peer_to_reproducible": ratio, "goal": work.goal,
            "met": None if ratio is None else bool(ratio >= work.goal)}


def time_line(work, cores, place, libraries, repetitions):
    line = Line(work, cores, place)
    with tempfile.TemporaryDirectory(dir=place.folder) as folder:
        try:
            note(f"{work.name}, {cores} cores: engine")
            line.add_engines(folder)
            if libraries:
                data, answer = check_engine(line, folder)
                add_libraries(line, libraries, data, answer, folder)
            note(f"{work.name}, {cores} cores: timing")
            return judged(line, line.measure(repetitions))
        finally:
            line.close()


class Place:
    def __init__(self, build, launcher):
        self.build, self.launcher = build, launcher
        self.folder = os.path.join(build, "peers", "speed")
        os.makedirs(self.folder, exist_ok=True)


def environment(pools):
    cpu = platform.processor()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            cpu = next((l.split(":")[1].strip() for l in file if l.startswith("model name")), cpu)
    except OSError:
        pass
    git = subprocess.run(["git", "-C", TOP, "rev-parse", "HEAD"], capture_output=True, text=True,
                         check=False)
    changed = subprocess.run(["git", "-C", TOP, "status", "--porcelain"], capture_output=True,
                             text=True, check=False)
    versions = {}
    for pool in pools.values():
        versions |= pool.versions
    return {"commit": git.stdout.strip(), "dirty": bool(changed.stdout.strip()),
            "cpu": cpu, "cores": len(os.sched_getaffinity(0)),
            "system": f"{platform.system()} {platform.release()}",
            "python": platform.python_version(), "libraries": versions}


def overall(lines):
    ratios = [line["reproducible_to_fast"] for line in lines]
    mean = float(np.exp(np.mean(np.log(ratios))))
    return {"reproducible_to_fast_mean": mean, "reproducible_to_fast_worst": max(ratios),
            "targets": TARGETS, "met": {
                "mean": mean <= TARGETS["reproducible_to_fast_mean"],
                "worst": max(ratios) <= TARGETS["reproducible_to_fast_worst"],
                "peers": all(line["met"] is not False for line in lines)}}


def print_line(line):
    note("")
    peer = (f"{line['fastest_peer']:22} {line['peer_to_reproducible']:8.2f} (goal "
            f"{line['goal']:g}){'' if line['met'] else '  MISSED'}" if line["fastest_peer"] else "")
    t = line["times"]
    print(f"{line['work'][:52]:52} {line['cores']} {t['reproducible']['median'] * 1e6:12.1f} us "
          f"{line['reproducible_to_fast']:6.2f} {line['reproducible_to_limit']:6.2f}  {peer}",
          flush=True)
    for name, why in line["excluded"].items():
        if not why.startswith("slower"):
            print(f"    {name}: {why}", flush=True)


def arguments_of():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0],
        epilog="Example: python3 ci/peers/speed.py --only adam --cores 1")
    parser.add_argument("--build", default="build", help="where the programs are")
    parser.add_argument("--cores", default="1,2", help="numbers of cores (1,2)")
    parser.add_argument("--only", action="append", default=[],
                        help="workloads whose name has this in it; may be repeated")
    parser.add_argument("--libraries", default=",".join(FOLDERS),
                        help="which libraries, if they are installed")
    parser.add_argument("--no-libraries", action="store_true", help="the engine alone")
    parser.add_argument("--repetitions", type=int, default=11)
    parser.add_argument("--launcher", default=os.environ.get("LAUNCHER") or "mpirun")
    parser.add_argument("--tiny", action="store_true", help="tiny sizes, to test this program")
    parser.add_argument("-o", "--output", default=os.path.join(TOP, "reports", "runs", "speed"))
    return parser.parse_args()


def installed(place, wanted):
    """The pools of the libraries that are there."""
    pools = {}
    for library in wanted:
        if library not in FOLDERS:
            raise Failed(f"no library is called {library}; choose from {', '.join(FOLDERS)}")
        python = os.path.join(place.build, "peers", FOLDERS[library], "bin", "python")
        if os.path.exists(python):
            pools[library] = Pool(library, python, place.folder)
        else:
            print(f"speed: {library} is not installed; `make peers` installs it", file=sys.stderr)
    return pools


def write(record, folder):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "record.json"), "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
    sys.path.insert(0, os.path.join(TOP, "reports"))
    from assay_report import speed
    speed.write(record, folder)
    print(os.path.relpath(os.path.join(folder, "report.html")))


def main():
    arguments = arguments_of()
    place = Place(os.path.abspath(arguments.build), arguments.launcher)
    all_work = table.tiny_workloads() if arguments.tiny else table.all_workloads()
    chosen = [w for w in all_work if not arguments.only
              or any(o.lower() in w.name.lower() for o in arguments.only)]
    lines, begun, pools = [], time.monotonic(), {}
    try:
        if not chosen:
            raise Failed("no workload has such a name; there are: "
                         + "; ".join(w.name for w in all_work))
        pools = installed(place, [] if arguments.no_libraries else arguments.libraries.split(","))
        print(f"{'work':52} cores {'median':>11} {'/fast':>6} {'/limit':>6}  fastest library, its "
              "time over ours")
        for cores in map(int, arguments.cores.split(",")):
            for work in chosen:
                lines.append(time_line(work, cores, place, pools, arguments.repetitions))
                print_line(lines[-1])
            for pool in pools.values():
                pool.close()
    except Failed as failure:
        note("")
        print(f"speed: {failure}", file=sys.stderr)
        return 2
    finally:
        for pool in pools.values():
            pool.close()
    record = {"format": "assay-speed", "version": 1,
              "date": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d"),
              "seconds": round(time.monotonic() - begun), "environment": environment(pools),
              "lines": lines, "overall": overall(lines)}
    write(record, arguments.output)
    others = any("something else" in why for line in lines for why in line["excluded"].values())
    met = arguments.tiny or all(record["overall"]["met"].values())  # tiny times say nothing
    return 0 if met and not others else 1


if __name__ == "__main__":
    sys.exit(main())
