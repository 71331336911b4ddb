# SPDX-License-Identifier: MIT
"""Helps ci/tests/exchange.sh.

compare EXPORTED CASES.h5...    every input, golden and bound in the export has the bits of the HDF5
answer EXPORTED RESULT RESULT.h5  a result with hard numbers in it, in the format and directly
same A.h5 B.h5                  two result files say the same, bit for bit
"""

import csv
import json
import sys

import h5py
import numpy as np

HARD = [-0.0, 5e-324, -1.5e-310, 2.0**-149, 1 / 3, float("inf"), -float("inf"), float("nan")]
TYPES = {"f32": np.float32, "f64": np.float64, "i32": np.int32, "text": str}


def bits(array):
    """What is compared: bytes, and NaN is NaN."""
    array = np.asarray(array, np.float64)
    return array.shape, np.where(np.isnan(array), np.nan, array).tobytes()


def from_json(path):
    """{(technique, case, part, name): array} of an export as JSON."""
    found = {}
    with open(path) as file:
        for case in json.load(file)["cases"]:
            place = case["technique"], case["case"]
            for name, value in case.get("numbers", {}).items():
                found[(*place, "number", name)] = np.array(value)
            for name, array in case.get("inputs", {}).items():
                found[(*place, "input", name)] = unpack(array, "data")
            for name, array in case.get("golden", {}).items():
                for part, key in (("golden", "data"), ("low", "low"), ("bound_f64", "bound_f64"),
                                  ("bound_f32", "bound_f32"), ("bound_bf16", "bound_bf16"),
                                  ("bound_f16", "bound_f16")):
                    if key not in array:
                        continue
                    found[(*place, part, name)] = unpack(array, key)
    return found


def unpack(array, key):
    return np.array([float(value) for value in array[key]]).reshape(array["shape"])


def from_csv(path):
    """The same of a table."""
    found = {}
    with open(path, newline="") as file:
        for row in csv.DictReader(file):
            if row["part"] in ("file", "case", "convention", "draw", "law", "margin"):
                continue
            words = row["values"].split()
            values = [float.fromhex(w) if "0x" in w else float(w) for w in words]
            shape = [int(size) for size in row["shape"].split()]
            place = row["technique"], row["case"], row["part"], row["name"]
            found[place] = np.array(values).reshape(shape)
    return found


def from_npz(path):
    """The same of an archive, whose document has the numbers."""
    found = {}
    with np.load(path) as archive:
        for key in archive.files:
            if key != "cases.json":
                technique, case, part, name = key.split("/")
                found[technique, case, part.removesuffix("s"), name] = archive[key]
        for case in json.loads(bytes(archive["cases.json"]))["cases"]:
            for name, value in case.get("numbers", {}).items():
                found[case["technique"], case["case"], "number", name] = np.array(value)
    return found


def exported(path):
    return {"json": from_json, "csv": from_csv, "npz": from_npz}[path.rsplit(".")[-1]](path)


def from_hdf5(paths):
    """The same of case files."""
    found = {}
    for path in paths:
        with h5py.File(path) as file:
            for technique, cases in file.items():
                for name, case in cases.items():
                    read_case(found, (technique, name), case)
    return found


def read_case(found, place, case):
    for name, value in case["inputs"].attrs.items():
        if not isinstance(value, bytes):
            found[(*place, "number", name)] = np.array(value)
    for name, array in case["inputs"].items():
        found[(*place, "input", name)] = array[()]
    for name, array in case.get("golden", {}).items():
        layered = array.dtype.kind == "f"
        golden = array[0] if layered else array[()]
        low = array[1] if layered and len(array) == 2 else np.zeros(golden.shape)
        coded = f"bounds/{name}" in case
        precisions = ["f64", "f32", *case["golden"].attrs.get("certified", b"").decode().split()]
        code = case[f"bounds/{name}"][()] if coded else np.zeros((len(precisions), *golden.shape))
        bound = np.where(code == 65535, np.inf, np.where(code == 0, 0, 2.0 ** (code / 16.0 - 1022)))
        found[(*place, "golden", name)], found[(*place, "low", name)] = golden, low
        for precision, values in zip(precisions, bound):
            found[(*place, f"bound_{precision}", name)] = values


def compare(path, *cases):
    left, right = exported(path), from_hdf5(cases)
    assert left.keys() == right.keys(), left.keys() ^ right.keys()
    for key in left:
        if key[2].startswith("bound"):  # a power that NumPy computes: to a few units
            assert np.allclose(left[key], right[key], rtol=1e-14, atol=0), key
        else:
            assert bits(left[key]) == bits(right[key]), key
    print(f"{len(left)} arrays agree")


def answer(path, out, direct):
    """Answers every case with its golden, and some outputs with hard numbers."""
    arrays, texts = {}, {}
    with open(path) as file:
        for i, case in enumerate(json.load(file)["cases"]):
            place = case["technique"], case["case"]
            if case["tier"] in ("refused", "statistical"):
                kind = "refused" if case["tier"] == "refused" else "declined"
                texts[place] = kind, "says, \"no\" \u00e9"
            for name, golden in case.get("golden", {}).items():
                arrays[(*place, name)] = unpack(golden, "data")
                if i % 20 == 0:
                    flat = arrays[(*place, name)].reshape(-1)  # a view
                    flat[: len(HARD)] = HARD[: len(flat)]
    {"json": to_json, "csv": to_csv, "npz": to_npz}[out.rsplit(".")[-1]](out, arrays, texts)
    to_hdf5(direct, arrays, texts)


def head():
    return {"format": "assay-results", "format_version": 2, "implementation": "goldens",
            "version": "1", "precision": "f64"}


def text(value):
    return repr(float(value)).replace("inf", "Infinity").replace("nan", "NaN")


def to_json(out, arrays, texts):
    answers = [{"technique": t, "case": c, kind: words} for (t, c), (kind, words) in texts.items()]
    cases = {}
    for (technique, case, name), array in arrays.items():
        values = [float(v) if np.isfinite(v) else text(v) for v in array.ravel()]
        cases.setdefault((technique, case), {})[name] = {"shape": array.shape, "data": values}
    answers += [{"technique": t, "case": c, "outputs": o} for (t, c), o in cases.items()]
    with open(out, "w") as file:
        json.dump(head() | {"answers": answers}, file)


def to_csv(out, arrays, texts):
    with open(out, "w", newline="") as file:
        table = csv.writer(file)
        table.writerow("technique,case,part,name,type,shape,values".split(","))
        for name, value in head().items():
            table.writerow(["", "", "file", name, "text", "", value])
        for place, (kind, words) in texts.items():
            table.writerow([*place, kind, "", "text", "", words])
        for (technique, case, name), array in arrays.items():
            table.writerow([technique, case, "output", name, "f64", " ".join(map(str, array.shape)),
                            " ".join(text(value) for value in array.ravel())])


def to_npz(out, arrays, texts):
    answers = [{"technique": t, "case": c, kind: words} for (t, c), (kind, words) in texts.items()]
    document = json.dumps(head() | {"answers": answers}).encode()
    members = {"/".join(place): array for place, array in arrays.items()}
    members["result.json"] = np.frombuffer(document, np.uint8)
    np.savez_compressed(out, **members)


def to_hdf5(out, arrays, texts):
    with h5py.File(out, "w") as file:
        file.attrs.update(head())
        for (technique, case), (kind, words) in texts.items():
            file.create_group(f"{technique}/{case}").attrs[kind] = words
        for place, array in arrays.items():
            file["/".join(place)] = array


def same(*paths):
    found = []
    for path in paths:
        content = {}
        with h5py.File(path) as file:
            for technique, cases in file.items():
                for case, outputs in cases.items():
                    for name, value in outputs.attrs.items():
                        value = value.decode() if isinstance(value, bytes) else value
                        content[technique, case, name] = value
                    for name, array in outputs.items():
                        content[technique, case, "output", name] = bits(array[()])
        found.append(content)
    assert found[0] == found[1], "the results differ"
    print(f"{len(found[0])} parts agree")


if __name__ == "__main__":
    {"compare": compare, "answer": answer, "same": same}[sys.argv[1]](*sys.argv[2:])
