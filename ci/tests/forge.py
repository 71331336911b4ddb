# SPDX-License-Identifier: MIT
"""Changes a copy of a result file in one wrong way: forge.py WHAT RESULT.h5 COPY.h5"""
import glob
import shutil
import sys

import h5py
import numpy as np

what, source, target = sys.argv[1:]
shutil.copy(source, target)


def outputs(file):
    """All (technique, case, output) datasets, in order of their names."""
    for technique in sorted(file):
        for case in sorted(file[technique]):
            for output in sorted(file[technique][case]):
                yield file[technique][case][output]


def cases_of_tier(tier, result):
    """All (technique, case) of the corpus in that tier, of the techniques that the result has."""
    for path in sorted(glob.glob("data/*/*.h5")):
        with h5py.File(path) as cases:
            for technique, group in cases.items():
                for name, case in group.items() if technique in result else ():
                    if case.attrs["tier"] == tier.encode():
                        yield technique, name


with h5py.File(target, "r+") as file:
    case = file["dense_layer/rectangular"]
    if what == "zeros":
        for dataset in outputs(file):
            dataset[...] = 0
    elif what == "half":
        for technique in file.values():
            for name in sorted(technique)[::2]:
                del technique[name]
    elif what == "nan":
        for dataset in outputs(file):
            dataset[...] = np.nan
    elif what == "one_off":
        value = case["dw"][...]
        value[1, 2] *= 1.0001
        case["dw"][...] = value
    elif what == "shape":
        value = case["y"][...].T
        del case["y"]
        case["y"] = value
    elif what == "output_missing":
        del case["dx"]
    elif what == "refused_and_answered":
        case.attrs["refused"] = "no, thank you"
    elif what == "misspelt":
        file["dense_layer"].move("rectangular", "rectanguler")
    elif what == "one_technique":
        for technique in list(file):
            if technique != "dense_layer":
                del file[technique]
    elif what == "bias_forgotten":
        with h5py.File("data/foundations/dense_layer.h5") as cases:
            for name, group in cases["dense_layer"].items():
                if "b" in group["inputs"] and "y" in file["dense_layer"][name]:
                    output = file["dense_layer"][name]["y"]
                    output[...] = output[...] - group["inputs/b"][...]
    elif what == "wrong_precision":
        file.attrs["precision"] = "f13"
    elif what == "refuses":
        for output in list(case):
            del case[output]
        case.attrs["refused"] = np.bytes_("there is no memory")
    elif what == "answers":
        technique, name = next(cases_of_tier("refused", file))
        del file[technique][name].attrs["refused"]
        file[technique][name]["y"] = np.zeros(3)
    elif what == "undrawn":
        for technique, name in cases_of_tier("statistical", file):
            for dataset in file[technique][name].values():
                dataset[...] = dataset[...].flat[0]
    elif what == "empty":
        for technique in list(file):
            del file[technique]
    elif what == "version":
        file.attrs["format_version"] = np.int32(99)
    else:
        sys.exit(f"forge.py: {what} is not known")
