# SPDX-License-Identifier: MIT
"""Data sets for stream.sh, and how much memory a rank takes.

    stream.py large FILE SAMPLES      an Assay data set of SAMPLES x 28 x 28, written piece by piece
    stream.py idx DIGITS FOLDER       a data set as IDX: train.idx, test.idx and their .labels
    stream.py chunked DIGITS FILE     the same, in compressed chunks
    stream.py bright DIGITS FILE      the same, with a pixel above the maximum
    stream.py peak FILE COMMAND...    runs a command; its largest resident set, in MiB, to FILE.RANK
"""
import os
import resource
import subprocess
import sys


def describe(file):
    import numpy

    file.attrs["schema"] = numpy.bytes_("assay-dataset")
    file.attrs["schema_version"] = 1


def large(path, samples):
    import h5py
    import numpy

    count, piece = int(samples), 4096
    random = numpy.random.default_rng(1)
    with h5py.File(path, "w") as file:
        describe(file)
        images = file.create_dataset("images", (count, 28, 28), "u1")
        labels = random.integers(0, 10, count).astype("u1")
        for first in range(0, count, piece):
            part = labels[first : first + piece]
            noise = random.integers(0, 256, (len(part), 28, 28), dtype="u1")
            noise[numpy.arange(len(part)), part * 2, :] = 255  # something to learn
            images[first : first + piece] = noise
        file["labels"] = labels


def idx(digits, folder):
    import h5py

    with h5py.File(digits) as file:
        images, labels, split = file["images"][:], file["labels"][:], file["split"][:]
    for name, wanted in (("train", 0), ("test", 1)):
        part, mine = images[split == wanted], labels[split == wanted]
        with open(f"{folder}/{name}.idx", "wb") as out:
            for word in (0x803, *part.shape):
                out.write(word.to_bytes(4, "big"))
            out.write(part.tobytes())
        with open(f"{folder}/{name}.labels", "wb") as out:
            for word in (0x801, len(mine)):
                out.write(word.to_bytes(4, "big"))
            out.write(mine.tobytes())


def copy(digits, path, change):
    import h5py

    with h5py.File(digits) as old, h5py.File(path, "w") as new:
        for name, value in old.attrs.items():
            new.attrs[name] = value
        for name in old:
            values = old[name][:]
            options = {}
            if name == "images" and change == "chunked":
                options = {"chunks": (64, 8, 8), "compression": "gzip"}
            if name == "images" and change == "bright":
                values[1700, 3, 3] = 17
            array = new.create_dataset(name, data=values, **options)
            for key, value in old[name].attrs.items():
                array.attrs[key] = value


def peak(path, command):
    status = subprocess.call(command)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    with open(f"{path}.{os.environ.get('OMPI_COMM_WORLD_RANK', 0)}", "w") as out:
        print(most, file=out)
    return status


def main():
    what, arguments = sys.argv[1], sys.argv[2:]
    if what == "large":
        large(*arguments)
    elif what == "idx":
        idx(*arguments)
    elif what == "peak":
        return peak(arguments[0], arguments[1:])
    else:
        copy(*arguments, what)
    return 0


if __name__ == "__main__":
    sys.exit(main())
