# SPDX-License-Identifier: MIT
"""What all adapters in Python share: reading case files, writing a result file, the command line.

An adapter is a folder `<library>/` with a `__main__.py` and one module a family. A technique is a
function of that name in the module of its family; it gets a Case and returns its outputs by name:

    def sigmoid(case):
        x = case["x"]
        y = torch.sigmoid(x)
        return {"y": y, "dx": ...}

The library's own operation computes the answer. Where it has none, the function does not exist, or
it raises Declined with the reason, and the case is not covered; so it is where the library raises
NotImplementedError, as PyTorch does for kernels that a type does not have. What else it raises
(`refusals`) is its refusal: right in tier "refused", a failure elsewhere.

A case states everything that its answer depends on: a function that has not looked at all of it
would answer another question, so its answer is dropped and the case declined.

Schema: data/README.md. Exit status: 0 the result is written, 2 unusable input or usage.
"""
import argparse
import concurrent.futures
import inspect
import json
import os
import sys
import time

import h5py
import numpy as np

# How Assay itself adds, which no answer depends on beyond rounding.
NOT_ASKED = {"block"}


class Declined(Exception):
    """This case is not covered, for this reason."""


class Case:
    """One question: inputs in the library's own arrays, numbers, conventions."""

    def __init__(self, group, technique, name, convert, generator):
        self.technique, self.name = technique, name
        self.tier = _text(group.attrs.get("tier", "bounded"))
        self._convert, self._generator = convert, generator
        inputs = group["inputs"] if "inputs" in group else None
        self._array = {key: value[()] for key, value in inputs.items()} if inputs else {}
        attributes = dict(inputs.attrs) if inputs is not None else {}
        self._choice = {key: _text(value) for key, value in attributes.items() if _is_text(value)}
        self._number = {key: float(value) for key, value in attributes.items() if not _is_text(value)}
        draws = dict(group["draws"].attrs) if "draws" in group else {}
        self.draws = {key: _text(value) for key, value in draws.items()}
        self._seen = set()

    def __contains__(self, name):
        """Whether the case has an input of this name, a draw included."""
        return name in self._array or name in self.draws

    def array(self, name):
        """An input as a NumPy array: float64 (every value is a binary32 number) or int64."""
        self._seen.add(name)
        if name in self.draws:
            return draw(self.draws[name], self._generator)
        if name not in self._array:
            raise Declined(f"input '{name}' is missing, which the library never sees")
        value = np.asarray(self._array[name])
        return value.astype(np.int64 if value.dtype.kind in "iu" else np.float64)

    def __getitem__(self, name):
        """An input in the library's own array type, in the precision of the run."""
        return self._convert(self.array(name))

    def get(self, name):
        """The same, or None where the case has no such input."""
        return self[name] if name in self else None

    def number(self, name, otherwise=None):
        """A number of the case."""
        self._seen.add(name)
        if name not in self._number and otherwise is None:
            raise Declined(f"number '{name}' is missing, which the library never sees")
        return self._number.get(name, otherwise)

    def whole(self, name, otherwise=None):
        """A number that is a count."""
        value = self.number(name, otherwise)
        return int(value) if value == int(value) else value

    def has_number(self, name):
        return name in self._number

    def drawn_by_library(self, name):
        """Says that the library draws this input itself; declines where the case gives it."""
        if name not in self.draws:
            raise Declined(f"'{name}' is given, and the library draws its own")
        self._seen.add(name)

    def choice(self, name, *offered):
        """The convention of this name: one of those that the library offers, the first of which holds
        where the case states none."""
        self._seen.add(name)
        value = self._choice.get(name, offered[0])
        if value not in offered:
            raise Declined(f"{name} = {value} is not offered by the library")
        return value

    def unseen(self):
        """What the case states and nobody has looked at."""
        stated = {*self._array, *self.draws, *self._number, *self._choice}
        return sorted(stated - self._seen - NOT_ASKED)


def draw(text, generator):
    """Draws what a case of tier "statistical" leaves to the implementation."""
    law, sizes = text.split(":")
    shape = [int(size) for size in sizes.split()]
    kind, *numbers = law.split()
    if kind == "bernoulli":
        return (generator.random(shape) < float(numbers[0])).astype(np.float64)
    if kind == "integers":
        return generator.integers(int(numbers[0]), size=shape)
    if kind == "permutation":
        return generator.permuted(np.broadcast_to(np.arange(shape[-1]), shape), axis=-1)
    return {"normal": generator.standard_normal, "uniform": generator.random}[kind](shape)


def techniques_of(*modules):
    """The functions of these modules that are techniques: public, and with one parameter `case`."""
    return {name: function
            for module in modules
            for name, function in inspect.getmembers(module, inspect.isfunction)
            if function.__module__ == module.__name__ and not name.startswith("_")
            and list(inspect.signature(function).parameters) == ["case"]}


def conventions_of(*modules):
    """{technique: {convention: value}}: what a library follows where it has no choice."""
    return {technique: follows
            for module in modules
            for technique, follows in getattr(module, "FOLLOWS", {}).items()}


def main(implementation, version, modules, convert, back, refusals, precisions=("f64", "f32"),
         lacks=(), threads=1):
    """The command line of an adapter.

    convert(array, precision) makes the library's array from a NumPy one; back(value) makes a NumPy
    array from what a technique returns; refusals are the exceptions with which the library says no,
    and `lacks` what they say where it has no kernel for the type: such a case is not covered.
    Cases of a technique are answered by that many threads, each case by one.
    """
    parser = argparse.ArgumentParser(
        prog=f"{implementation} adapter", description=f"Answers case files with {implementation}.",
        epilog="Example: python ci/adapters/pytorch run data/optimizers -o result.h5 "
               "--precision f32")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="answer case files")
    run.add_argument("cases", nargs="+", help="case files, or folders of them")
    run.add_argument("-o", "--output", required=True, help="the result file")
    run.add_argument("--precision", choices=precisions, default=precisions[0])
    run.add_argument("--only", help="one technique")
    commands.add_parser("describe", help="print what it answers, as JSON")
    arguments = parser.parse_args()
    techniques = techniques_of(*modules)
    if arguments.command == "describe":
        json.dump({"implementation": implementation, "version": str(version),
                   "precisions": precisions, "techniques": sorted(techniques),
                   "follows": conventions_of(*modules)}, sys.stdout, indent=1)
        return 0
    if arguments.only:
        techniques = {name: f for name, f in techniques.items() if name == arguments.only}
    try:
        _run(arguments, implementation, version, techniques, conventions_of(*modules),
             convert, back, refusals, lacks, threads)
    except OSError as error:
        print(f"{parser.prog}: {error}: give case files that can be read, and a place for the result "
              "that can be written", file=sys.stderr)
        return 2
    return 0


def _run(arguments, implementation, version, techniques, follows, convert, back, refusals,
         lacks, threads):
    partial = arguments.output + ".partial"
    progress = _Progress(list(_files(arguments.cases)))
    try:
        with h5py.File(partial, "w") as result, \
                concurrent.futures.ThreadPoolExecutor(threads) as pool:
            result.attrs.update(format="assay-results", format_version=2,
                                implementation=implementation, version=str(version),
                                precision=arguments.precision)
            for path in progress:
                with h5py.File(path) as cases:
                    for technique in sorted(techniques.keys() & cases.keys()):
                        answers = result.require_group(technique)
                        for convention, value in follows.get(technique, {}).items():
                            answers.attrs["convention." + convention] = value
                        asked = [Case(group, technique, name,
                                      lambda a: convert(a, arguments.precision),
                                      np.random.default_rng(_seed(technique, name)))
                                 for name, group in cases[technique].items()]
                        asked = [case for case in asked
                                 if _follows(case, follows.get(technique, {}))]
                        # Libraries keep settings by thread: one thread is the main one.
                        each = pool.map if threads > 1 else map
                        answered = each(lambda case: _answer(
                            case, techniques[case.technique], back, refusals, lacks,
                            arguments.precision), asked)
                        for case, (attributes, outputs) in zip(asked, answered):
                            answer = answers.create_group(case.name)
                            answer.attrs.update(attributes)
                            for name, value in outputs.items():
                                answer[name] = value
        os.replace(partial, arguments.output)
    finally:
        if os.path.exists(partial):
            os.remove(partial)


def _seed(technique, name):
    return list(f"{technique}/{name}".encode())


def _follows(case, follows):
    """Whether the case asks for what the library does; otherwise the check knows why it is absent."""
    for name, value in follows.items():
        case._seen.add(name)
        if case._choice.get(name, value) != value:
            return False
    return True


def _answer(case, technique, back, refusals, lacks, precision):
    """Attributes and outputs of the answer to a case."""
    try:
        outputs = technique(case)
        unseen = case.unseen()
        if unseen:
            raise Declined("the adapter does not look at " + ", ".join(unseen))
    except (Declined, NotImplementedError) as reason:
        return {"declined": _sentence(reason)}, {}
    except refusals as error:
        if any(words in str(error) for words in lacks):
            return {"declined": _sentence(error)}, {}
        return {"refused": _sentence(error) or type(error).__name__}, {}
    except Exception:
        print(f"{case.technique}/{case.name}:", file=sys.stderr)
        raise
    kind = np.float64 if precision == "f64" else np.float32
    return {}, {name: np.asarray(back(value), kind) for name, value in outputs.items()
                if value is not None}


def _files(paths):
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                if name.endswith(".h5") and os.path.join(folder, name) != os.path.join(
                        path, "digits.h5"):
                    yield os.path.join(folder, name)


class _Progress:
    """Iterates over files; on a terminal, shows how far it is and how long it will take."""

    def __init__(self, items):
        self.items = items

    def __iter__(self):
        begun = time.monotonic()
        for i, item in enumerate(self.items):
            if sys.stderr.isatty() and i > 0:
                left = (time.monotonic() - begun) / i * (len(self.items) - i)
                print(f"\r\033[K{i} of {len(self.items)} files, {left:.0f} s left", end="",
                      file=sys.stderr, flush=True)
            yield item
        if sys.stderr.isatty():
            print("\r\033[K", end="", file=sys.stderr, flush=True)


def _is_text(value):
    return isinstance(value, (str, bytes, np.bytes_))


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def _sentence(error):
    """One line of printable text, of at most 600 bytes."""
    text = " ".join(str(error).split())
    text = "".join(c for c in text if c.isprintable())
    return text.encode()[:600].decode(errors="ignore")
