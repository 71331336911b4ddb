# SPDX-License-Identifier: MIT
"""Makes hostile files, and runs a command under limits of time and memory.

exchange RESULT.npz FOLDER   files for `assay import`
hdf5 FOLDER                  files for `assay check`; prints their names
limited COMMAND...           exit status of the command; 99 if it takes 10 s or a process 500 MB
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
import zipfile

SECONDS, MEGABYTES = 10, 500


def sparse(path, start=b"", size=2 << 30):
    with open(path, "wb") as file:
        file.write(start)
        file.truncate(size)


# --- for import ----------------------------------------------------------------------------------

HEAD = json.dumps({"format": "assay-results", "format_version": 2, "implementation": "me",
                   "version": "1", "precision": "f64"}).encode()


def npy(header, data=b""):
    header = header.encode()
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + data


GOOD = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", b"\0" * 8)


def archive(path, members, document=True, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as file:
        if document:
            file.writestr("result.json", HEAD)
        for name, data in members:
            file.writestr(name, data)


def exchange(good, folder):
    os.chdir(folder)
    with open(good, "rb") as file:
        content = file.read()
    with open("truncated.npz", "wb") as file:
        file.write(content[: len(content) // 2])
    archive("traversal.npz", [("../../etc/y.npy", GOOD)])
    archive("absolute.npz", [("/a/b/y.npy", GOOD)])
    archive("duplicate.npz", [("a/b/y.npy", GOOD), ("a/b/y.npy", GOOD)])
    header = "{'descr': '|u1', 'fortran_order': False, 'shape': (%d,), }" % (1 << 28)
    archive("bomb.npz", [("a/b/y.npy", npy(header, bytes(1 << 28)))])
    archive("shape.npz", [("a/b/y.npy", npy(header, b"12"))])
    archive("object.npz", [("a/b/y.npy", GOOD.replace(b"<f8", b"|O8"))])
    archive("bytes.npz", [("a/b/y.npy", os.urandom(4096))])
    archive("no_document.npz", [("a/b/y.npy", GOOD)], document=False)
    archive("deep.npz", [("/".join("a" * 5000) + ".npy", GOOD)])
    patch("overlap.npz", b"PK\x01\x02", 42, b"\0\0\0\0")  # all members begin at the first byte
    patch("encrypted.npz", b"PK\x01\x02", 8, b"\1\0")
    with open("deep.json", "w") as file:
        file.write('{"a":' * 100000)
    with open("long.json", "w") as file:  # two bytes each that cost fifty
        file.write('{"answers": [' + "0," * (1 << 24) + "0]}")
    sparse("sparse.json", b"{")
    sparse("zeros.csv", b"technique,", 1 << 20)
    sparse("empty.csv", b"", 0)


def patch(path, signature, at, data):
    """An archive with some bytes behind every signature changed."""
    buffer = io.BytesIO()
    archive(buffer, [("a/b/y.npy", GOOD), ("a/b/z.npy", GOOD)])
    content = bytearray(buffer.getvalue())
    place = content.find(signature)
    while place >= 0:
        content[place + at : place + at + len(data)] = data
        place = content.find(signature, place + 1)
    with open(path, "wb") as file:
        file.write(content)


# --- for check -----------------------------------------------------------------------------------


def result(h5py, name):
    file = h5py.File(name, "w", libver=("v108", "v108"))
    file.attrs.update(format="assay-results", format_version=2, implementation="me", version="1",
                      precision="f64")
    return file


def hdf5(folder):
    import h5py
    import numpy as np

    os.chdir(folder)
    with result(h5py, "deep.h5") as file:
        group = file.create_group("relu")
        for _ in range(2000):
            group = group.create_group("a")
    with result(h5py, "cycle.h5") as file:
        group = file.create_group("relu")
        for i in range(5000):
            group[f"c{i}"] = file["/"]
    with result(h5py, "cycles_of_techniques.h5") as file:
        group = file.create_group("relu")
        for i in range(2000):
            file[f"t{i}"] = group
            group[f"c{i}"] = group
    with result(h5py, "strangers.h5") as file:
        case = file.create_group("relu/c")
        for i in range(30000):
            file[f"relu/c{i}"] = case
        for i in range(30000):
            file[f"t{i}"] = file["relu"]
    with result(h5py, "declared.h5") as file:
        file.create_dataset("relu/plain/y", (1 << 28,), "f8")
    with result(h5py, "chunk_bomb.h5") as file:
        data = file.create_dataset("relu/plain/y", (1 << 26,), "f8", chunks=(1 << 22,),
                                   compression="gzip")
        data[:] = 0
    with result(h5py, "orthogonal.h5") as file:
        for name in ("a", "square"):
            file[f"orthogonal/{name}/w"] = np.zeros((2000, 2000), "f4")
    with result(h5py, "text.h5") as file:
        for i in range(300):
            file.create_group(f"relu/c{i}").attrs["declined"] = "x" * 4000
    with result(h5py, "sparse_dataset.h5") as file:
        low = h5py.h5d.create(file.create_group("relu/plain").id, b"y", h5py.h5t.IEEE_F64LE,
                              h5py.h5s.create_simple((1 << 28,)), sparse_layout(h5py))
        del low
    sparse("sparse.h5")
    sparse("sparse_signature.h5", b"\x89HDF\r\n\x1a\n")
    with open("random.h5", "wb") as file:
        file.write(b"\x89HDF\r\n\x1a\n" + os.urandom(1 << 20))
    print(*sorted(os.listdir(".")))


def sparse_layout(h5py):
    """Space for all values that is never written: a hole."""
    layout = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    layout.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    layout.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
    return layout


# --- limits --------------------------------------------------------------------------------------


def limited(*command):
    start = time.monotonic()
    try:
        status = subprocess.run(command, timeout=4 * SECONDS).returncode
    except subprocess.TimeoutExpired:
        print(f"takes more than {4 * SECONDS} s", file=sys.stderr)
        return 99
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    wall = time.monotonic() - start
    # On a busy machine the processor's time is what the command is answerable for.
    if min(seconds, wall) > SECONDS or megabytes > MEGABYTES:
        print(f"takes {seconds:.1f} s and {megabytes:.0f} MB", file=sys.stderr)
        return 99
    return status


if __name__ == "__main__":
    sys.exit({"exchange": exchange, "hdf5": hdf5, "limited": limited}[sys.argv[1]](*sys.argv[2:]))
