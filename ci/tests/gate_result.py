# SPDX-License-Identifier: MIT
"""Changes a copy of a result file so that gates have something to say.

usage: gate_result.py RESULT.h5 COPY.h5 CHANGE...

technique/case=R        in binary64, the first element of its first output is R bounds away
technique/case=words    it refuses the case with these words
technique.name=value    it declares that it follows this convention
-technique              it leaves this technique out
-technique/case         it declines this case
"""
import shutil
import sys

import h5py
import numpy as np

CORPUS = {"gelu": "activations", "relu": "activations", "sigmoid": "activations",
          "adam": "optimizers", "batch_normalization": "normalization"}


def bound_of(code):
    return 2.0 ** (float(code) / 16 - 1022) if code else 0.0


def move(result, case, ratio):
    technique = case.split("/")[0]
    with h5py.File(f"data/{CORPUS[technique]}/{technique}.h5") as corpus:
        output = sorted(corpus[case]["golden"])[0]
        golden = corpus[case]["golden"][output][()]
        first = (0,) * (golden.ndim - 1)
        bound = bound_of(corpus[case]["bounds"][output][(0,) + first])  # in binary64
    values = result[case][output][()]
    values[first] = golden[(0,) + first] + ratio * bound
    result[case][output][...] = values


def refuse(result, case, words):
    answer = result.require_group(case)
    for name in list(answer):
        del answer[name]
    answer.attrs["refused"] = words


shutil.copy(sys.argv[1], sys.argv[2])
with h5py.File(sys.argv[2], "r+") as file:
    for change in sys.argv[3:]:
        name, _, value = change.partition("=")
        if change.startswith("-") and "/" in change:
            del file[name[1:]]
            file.create_group(name[1:]).attrs["declined"] = "not now"
        elif change.startswith("-"):
            del file[name[1:]]
        elif "/" not in name:
            technique, convention = name.split(".")
            file[technique].attrs["convention." + convention] = np.bytes_(value)
        else:
            try:
                move(file, name, float(value))
            except ValueError:
                refuse(file, name, value)
