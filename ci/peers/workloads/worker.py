# SPDX-License-Identifier: MIT
"""Times one library's versions of the workloads, on request; runs in that library's environment.

    python worker.py LIBRARY CORES

Each line on stdin is a request in JSON, each line on stdout its answer:
    {"prepare": MODULE, "variant": ..., "settings": ..., "data": FILE.npz, "rounds": n,
     "result": FILE.npz}                      gets ready, does n rounds, stores what they came to
    {"rounds": n}                             the seconds of n rounds from the beginning
    {"forget": true}                          releases it
"""
import importlib
import json
import os
import sys
import time
import traceback

LIBRARY, CORES = sys.argv[1], int(sys.argv[2])
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = str(CORES)
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("JAX_PLATFORMS", "cpu")

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
import numpy as np  # noqa: E402


def start():
    """Loads the library, with as many threads as there are cores. Returns what it is."""
    if LIBRARY == "pytorch":
        import torch
        torch.set_num_threads(CORES)
        torch.set_num_interop_threads(1)
        return {"PyTorch": torch.__version__}
    if LIBRARY == "jax":
        import jax
        return {"JAX": jax.__version__}
    if LIBRARY == "tensorflow":
        import tensorflow
        tensorflow.config.threading.set_intra_op_parallelism_threads(CORES)
        tensorflow.config.threading.set_inter_op_parallelism_threads(1)
        return {"TensorFlow": tensorflow.__version__}
    import imblearn
    import sklearn
    return {"scikit-learn": sklearn.__version__, "imbalanced-learn": imblearn.__version__}


def prepare(request):
    module = importlib.import_module("workloads." + request["prepare"])
    with np.load(request["data"]) as file:
        data = dict(file)
    timed = getattr(module, LIBRARY)(data, request["variant"], **request["settings"])
    timed.run(request["rounds"])
    np.savez(request["result"], **{k: np.asarray(v) for k, v in timed.result().items()})
    return timed


def measure(timed, rounds):
    timed.restart()
    before = time.perf_counter()
    timed.run(rounds)
    return time.perf_counter() - before


def main():
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer
    print(json.dumps({"versions": start()}), file=answers, flush=True)
    timed = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "prepare" in request:
                timed = None
                timed = prepare(request)
                answer = {}
            elif "rounds" in request:
                answer = {"seconds": measure(timed, request["rounds"])}
            else:
                timed, answer = None, {}
        except Exception as error:  # the driver reports it and goes on without this one
            traceback.print_exc()
            answer = {"error": f"{type(error).__name__}: {error}".splitlines()[0][:200]}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
