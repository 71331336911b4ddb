#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Times SMOTE in the engine and in imbalanced-learn, on the same data, draws and number of cores.

    python3 ci/peers/smote_speed.py [--build build] [--rounds 3] [--cores 1,2]

Both make the new samples of a class that grows to the size of the other: 20,000 samples of 30
features, five neighbours, in binary64 and in binary32. The engine on P ranks stands beside
imbalanced-learn on P threads. Both are timed in turn, without starting up and without files, and
the shortest time of each counts. A line is valid only when both made the same samples. Exit status
1 when the engine was slower anywhere or made other samples.

Needs assay-engine, mpirun and Python; imbalanced-learn comes into an environment of its own below
the build directory.
"""
import argparse
import os
import re
import subprocess
import sys
import time

SAMPLES, FEATURES, NEIGHBOURS = 20000, 30, 5
MINORITIES = (500, 2000, 9000)


def own_environment(build):
    """Goes on in an environment that has imbalanced-learn."""
    try:
        import h5py  # noqa: F401
        import imblearn  # noqa: F401
        return
    except ImportError:
        place = os.path.join(build, "peers", "imbalanced_learn")
        python = os.path.join(place, "bin", "python")
        if os.path.abspath(sys.prefix) == os.path.abspath(place):
            sys.exit(f"smote_speed: {place} has no imbalanced-learn; remove it and try again")
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", place], check=True)
            subprocess.run([python, "-m", "pip", "install", "-q", "imbalanced-learn", "h5py"],
                           check=True)
        os.execv(python, [python, *sys.argv])


def data(minority, precision):
    import numpy as np
    generator = np.random.default_rng(minority)
    label = np.zeros(SAMPLES, np.int32)
    label[generator.permutation(SAMPLES)[:minority]] = 1
    x = generator.standard_normal((SAMPLES, FEATURES)).astype(np.float32)
    x[label == 1] += np.float32(0.25)
    return x.astype(np.float64 if precision == "f64" else np.float32), label


def draws(minority):
    """What SMOTE(random_state=1) of imbalanced-learn draws."""
    import numpy as np
    state = np.random.RandomState(1)
    new = SAMPLES - 2 * minority
    return state.randint(0, minority * NEIGHBOURS, size=new), state.uniform(size=new)


def peer(minority, precision, repetitions, store):
    """imbalanced-learn: prints the shortest time in seconds."""
    import numpy as np
    from imblearn.over_sampling import SMOTE
    x, label = data(minority, precision)
    best = float("inf")
    for _ in range(repetitions):
        before = time.perf_counter()
        made, _ = SMOTE(k_neighbors=NEIGHBOURS, random_state=1).fit_resample(x, label)
        best = min(best, time.perf_counter() - before)
    np.save(store, made[SAMPLES:])
    print(best)


def write_case(path, minority):
    import h5py
    import numpy as np
    x, label = data(minority, "f32")
    drawn, gap = draws(minority)
    with h5py.File(path, "w") as file:
        file.attrs.update(format=np.bytes_("assay-cases"), format_version=np.int32(2))
        inputs = file.create_group("smote/speed/inputs")
        inputs.attrs.update(classes=2.0, neighbours=float(NEIGHBOURS), draw=np.bytes_("flat"))
        inputs["x"], inputs["label"] = x, label
        inputs["draw"], inputs["gap"] = drawn.astype(np.int32), gap.astype(np.float32)


def run_engine(options, cores, precision, case, result):
    command = ["mpirun", *options.mpirun.split(), "-n", str(cores),
               os.path.join(options.build, "assay-engine"), "run", case, "-o", result,
               "--precision", precision, "--repeat", str(options.repetitions)]
    environment = dict(os.environ, OMPI_MCA_mpi_yield_when_idle="1")  # on busy machines
    output = subprocess.run(command, check=True, capture_output=True, text=True,
                            env=environment).stdout
    return float(re.search(r"([0-9.]+) us minimum", output).group(1)) * 1e-6


def run_peer(options, cores, precision, minority, store):
    environment = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        environment[name] = str(cores)
    command = [sys.executable, __file__, "--peer", f"{minority},{precision},{store}",
               "--repetitions", str(options.repetitions)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True,
                                env=environment).stdout)


def same(result, store, precision):
    import h5py
    import numpy as np
    with h5py.File(result) as file:
        mine = file["smote/speed/synthetic"][()]
    bound = 1e-5  # gaps were rounded to binary32
    return mine.shape == np.load(store).shape and float(np.abs(mine - np.load(store)).max()) < bound


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--cores", default="1,2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--mpirun", default=os.environ.get("MPIRUN_OPTIONS", ""))
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    options = parser.parse_args()
    own_environment(options.build)
    if options.peer:
        minority, precision, store = options.peer.split(",")
        peer(int(minority), precision, options.repetitions, store)
        return 0
    folder = os.path.join(options.build, "peers")
    os.makedirs(folder, exist_ok=True)
    case, result = os.path.join(folder, "smote.h5"), os.path.join(folder, "smote_result.h5")
    store = os.path.join(folder, "smote_peer.npy")
    good = True
    print("minority precision cores    engine      peer  peer / engine")
    for minority in MINORITIES:
        write_case(case, minority)
        for precision in ("f64", "f32"):
            for cores in map(int, options.cores.split(",")):
                engine = other = float("inf")
                for _ in range(options.rounds):
                    engine = min(engine, run_engine(options, cores, precision, case, result))
                    other = min(other, run_peer(options, cores, precision, minority, store))
                valid = same(result, store, precision)
                good = good and valid and engine < other
                print(f"{minority:8} {precision:>9} {cores:5} {engine * 1e3:7.2f} ms "
                      f"{other * 1e3:6.2f} ms {other / engine:10.2f}"
                      f"{'' if valid else '  NOT THE SAME SAMPLES'}", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
