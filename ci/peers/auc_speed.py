#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times the area under the ROC curve in the engine and in scikit-learn, on the same scores.

    python3 ci/peers/auc_speed.py [--build build] [--rounds 3] [--cores 1,2]

1,000,000 scores, a fifth of them positive, in binary64 and in binary32: once all different but for
chance, once of a hundred values. The engine on P ranks stands beside roc_auc_score on P threads.
Both are timed in turn, without starting up and without files, and the shortest time of each counts.
A line is valid only when both areas agree to 6 digits in binary32, 14 in binary64. Exit status 1 when
the engine was slower anywhere or another area came out.

Needs assay-engine, mpirun and Python; scikit-learn comes into an environment of its own below the
build directory.
"""
import argparse
import os
import re
import subprocess
import sys
import time

SAMPLES, VALUES = 1000000, (0, 100)  # 0: any


def own_environment(build):
    """Goes on in an environment that has scikit-learn."""
    try:
        import h5py  # noqa: F401
        import sklearn  # noqa: F401
        return
    except ImportError:
        place = os.path.join(build, "peers", "scikit_learn")
        python = os.path.join(place, "bin", "python")
        if os.path.abspath(sys.prefix) == os.path.abspath(place):
            sys.exit(f"auc_speed: {place} has no scikit-learn; remove it and try again")
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", place], check=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "scikit-learn", "h5py"],
                           check=True)
        os.execv(python, [python, *sys.argv])


def data(values):
    """Scores in (0, 1), in binary32, and labels."""
    import numpy as np
    generator = np.random.default_rng(values)
    label = (generator.random(SAMPLES) < 0.2).astype(np.int32)
    score = 1 / (1 + np.exp(1 - label - generator.standard_normal(SAMPLES)))
    return (np.round(score * values) / values if values else score).astype(np.float32), label


def peer(values, precision, repetitions):
    """scikit-learn: prints the shortest time in seconds, and the area."""
    import numpy as np
    from sklearn.metrics import roc_auc_score
    score, label = data(values)
    score = score.astype(np.float64 if precision == "f64" else np.float32)
    best = float("inf")
    for _ in range(repetitions):
        before = time.perf_counter()
        area = roc_auc_score(label, score)
        best = min(best, time.perf_counter() - before)
    print(best, area)


def write_case(path, values):
    import h5py
    import numpy as np
    with h5py.File(path, "w") as file:
        file.attrs.update(format=np.bytes_("assay-cases"), format_version=np.int32(2))
        inputs = file.create_group("roc_auc/speed/inputs")
        inputs["scores"], inputs["labels"] = data(values)


def run_engine(options, cores, precision, case, result):
    import h5py
    command = ["mpirun", *options.mpirun.split(), "-n", str(cores),
               os.path.join(options.build, "assay-engine"), "run", case, "-o", result,
               "--precision", precision, "--repeat", str(options.repetitions)]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    with h5py.File(result) as file:
        area = float(file["roc_auc/speed/auc"][()])
    return float(re.search(r"([0-9.]+) us minimum", output).group(1)) * 1e-6, area


def run_peer(options, cores, precision, values):
    environment = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        environment[name] = str(cores)
    command = [sys.executable, __file__, "--peer", f"{values},{precision}",
               "--repetitions", str(options.repetitions)]
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return tuple(map(float, output.stdout.split()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--cores", default="1,2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--mpirun", default=os.environ.get("MPIRUN_OPTIONS", ""))
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    options = parser.parse_args()
    own_environment(options.build)
    if options.peer:
        values, precision = options.peer.split(",")
        peer(int(values), precision, options.repetitions)
        return 0
    folder = os.path.join(options.build, "peers")
    os.makedirs(folder, exist_ok=True)
    case, result = os.path.join(folder, "auc.h5"), os.path.join(folder, "auc_result.h5")
    good = True
    print("values precision cores    engine       peer  peer / engine")
    for values in VALUES:
        write_case(case, values)
        for precision in ("f64", "f32"):
            for cores in map(int, options.cores.split(",")):
                engine = other = float("inf")
                for _ in range(options.rounds):
                    seconds, area = run_engine(options, cores, precision, case, result)
                    engine = min(engine, seconds)
                    seconds, expected = run_peer(options, cores, precision, values)
                    other = min(other, seconds)
                valid = abs(area - expected) <= (1e-14 if precision == "f64" else 1e-6)
                good = good and valid and engine < other
                print(f"{values or 'any':>6} {precision:>9} {cores:5} {engine * 1e3:6.2f} ms "
                      f"{other * 1e3:7.2f} ms {other / engine:10.2f}"
                      f"{'' if valid else f'  ANOTHER AREA: {area!r}, {expected!r}'}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
