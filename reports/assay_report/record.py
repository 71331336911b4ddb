# SPDX-License-Identifier: MIT
"""The record of `make bench`, read and checked. Everything behind this file trusts its types.

Fields that this version does not know are ignored. A part that is absent is None, or an empty list:
the report says "not recorded". A field of the wrong type is an error, named by its path.
"""
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Optional

from . import scaling
from .reader import Reader, RecordError, document, named  # noqa: F401: others take them from here

FORMAT = "assay-record"
VERSION = 1
BAD = ("FAIL", "MISSING", "ERROR")  # statuses of a case that was claimed and is not right


@dataclass(frozen=True)
class Case:
    technique: str
    name: str
    tier: str
    status: str
    ratio: Optional[float]  # infinite if something is wrong where the bound is 0
    digits: Optional[float]
    elements: int
    failures: int
    message: str
    diagnosis: str
    grade: str

    @property
    def full_name(self):
        return f"{self.technique}/{self.name}"


@dataclass(frozen=True)
class Implementation:
    """One program in one configuration, checked against the goldens."""
    label: str
    program: str
    precision: str
    arithmetic: str
    ranks: int
    cases: list
    manifest: str  # SHA-256 of the manifest of the corpus that it was checked against


@dataclass(frozen=True)
class BitsRun:
    label: str
    work: str  # "corpus" or "training"
    ranks: int
    threads: int
    vector_width: str
    openblas_core: str
    arithmetic: str
    precision: str
    hash: str
    same: bool
    negative_control: bool


@dataclass(frozen=True)
class SameBits:
    verdict: str
    identical: bool
    runs: list


@dataclass(frozen=True)
class Process:
    """Where one rank ran."""
    host: str
    cpus: str


@dataclass(frozen=True)
class Placement:
    """Where the ranks of one number of them ran; crowded: more ranks than CPUs."""
    ranks: int
    crowded: bool
    processes: list


@dataclass(frozen=True)
class Cell:
    case: str
    applies: bool
    ratio_f64: float
    ratio_f32: float


@dataclass(frozen=True)
class Fork:
    technique: str
    name: str
    kind: str
    what: str
    good: bool
    ratio_f64: float
    ratio_f32: float
    applies: int
    killed_f64: int
    killed_f32: int
    spared_in_f32: str
    cells: list


@dataclass(frozen=True)
class Control:
    name: str
    tried: int
    caught: int
    first_missed: str


@dataclass(frozen=True)
class Kill:
    forks: int
    killed: int
    all_good: bool
    rows: list
    controls: list


@dataclass(frozen=True)
class Epoch:
    number: int
    loss: Optional[float]
    train_accuracy: Optional[float]
    test_accuracy: Optional[float]


@dataclass(frozen=True)
class TrainingRun:
    label: str
    arithmetic: str
    ranks: int
    test_accuracy: Optional[float]
    weights: str
    epochs: list
    recipe: dict


@dataclass(frozen=True)
class Training:
    target: Optional[float]
    reached: bool
    runs: list


@dataclass(frozen=True)
class TimingRow:
    label: str
    program: str
    precision: str
    arithmetic: str
    ranks: int
    median: float
    minimum: float
    maximum: float
    seconds: list  # of each repetition
    ratio_to_limit: Optional[float]

    @property
    def repetitions(self):
        return len(self.seconds)

    @property
    def is_limit(self):
        return self.arithmetic == "matrix products alone"


@dataclass(frozen=True)
class Timing:
    what: str
    rows: list


@dataclass(frozen=True)
class AttackCurve:
    """How many test samples are still right within each radius."""
    attack: str
    norm: str
    epsilon: list
    accuracy: list


@dataclass(frozen=True)
class AttackExample:
    label: int
    before: int
    after: int
    image: list
    adversarial: list


@dataclass(frozen=True)
class Attacks:
    what: str
    chance: float
    curves: list
    example_attack: str
    examples: list


@dataclass(frozen=True)
class Snapshot:
    iteration: int
    samples: list


@dataclass(frozen=True)
class Gan:
    what: str
    target: list
    snapshots: list


@dataclass(frozen=True)
class Smote:
    what: str
    majority: list
    minority: list
    synthetic: list


@dataclass(frozen=True)
class Pictures:
    attacks: Optional[Attacks]
    gan: Optional[Gan]
    smote: Optional[Smote]


@dataclass(frozen=True)
class QuickClaim:
    """One claim of the quick tier; published: the same, different, or none."""
    id: str
    sentence: str
    verdict: str
    effect: str
    median: Optional[float]
    interval: list
    hash: str
    published: str


@dataclass(frozen=True)
class Record:
    valid: bool
    reason: str
    command: str
    started: str
    duration: Optional[float]
    quick: bool
    environment: dict
    placements: list
    corpus: dict
    implementations: list
    same_bits: Optional[SameBits]
    kill: Optional[Kill]
    training: Optional[Training]
    timing: Optional[Timing]
    pictures: Optional[Pictures]
    simulation: Optional[scaling.Scaling]
    claims: list

    @property
    def manifest(self):
        """What identifies the corpus; "" where it was not recorded."""
        checked = (i.manifest for i in self.implementations if i.manifest)
        return str(self.corpus.get("manifest_sha256") or next(checked, ""))


def read_case(r):
    r.required("technique").required("case").required("status")
    return Case(r.text("technique"), r.text("case"), r.text("tier"), r.text("status"),
                r.ratio("ratio"), r.ratio("digits"), r.count("elements"), r.count("failures"),
                r.text("message"), r.text("diagnosis"), r.text("grade"))


def read_implementation(r):
    check = r.required("label").required("check").object("check")
    return Implementation(r.text("label"), r.text("program"), r.text("precision"),
                          r.text("arithmetic"), r.count("ranks", 1),
                          [read_case(c) for c in check.required("cases").objects("cases")],
                          check.text("corpus_manifest"))


def read_bits_run(r):
    width = r.value.get("vector_width")
    return BitsRun(r.text("label"), r.text("work"), r.count("ranks", 1), r.count("threads", 1),
                   "" if width is None else str(width), r.text("openblas_core"),
                   r.text("arithmetic"), r.text("precision"), r.text("hash"), r.yes("same"),
                   r.yes("negative_control"))


def read_same_bits(r):
    return r and SameBits(r.text("verdict"), r.yes("identical"),
                          [read_bits_run(run) for run in r.objects("runs")])


def read_placement(r):
    return Placement(r.count("ranks", 1), r.yes("crowded"),
                     [Process(p.text("host"), p.text("cpus")) for p in r.objects("processes")])


def read_fork(r):
    r.required("technique").required("fork")
    cells = [Cell(c.text("case"), c.yes("applies"), c.ratio("ratio_f64") or 0,
                  c.ratio("ratio_f32") or 0) for c in r.objects("cells")]
    return Fork(r.text("technique"), r.text("fork"), r.text("kind"), r.text("what"), r.yes("good"),
                r.ratio("ratio_f64") or 0, r.ratio("ratio_f32") or 0, r.count("applies"),
                r.count("killed_f64"), r.count("killed_f32"), r.text("spared_in_f32"), cells)


def read_kill(r):
    if r is None:
        return None
    controls = [Control(c.text("control"), c.count("tried"), c.count("caught"),
                        c.text("first_missed")) for c in r.objects("controls")]
    return Kill(r.count("forks"), r.count("killed"), r.yes("all_good"),
                [read_fork(row) for row in r.objects("rows")], controls)


def read_training_run(r):
    epochs = [Epoch(e.count("epoch"), e.number("loss"), e.number("train_accuracy"),
                    e.number("test_accuracy")) for e in r.objects("epochs")]
    return TrainingRun(r.text("label"), r.text("arithmetic"), r.count("ranks", 1),
                       r.number("test_accuracy"), r.text("weights_sha256"), epochs,
                       r.dictionary("recipe"))


def read_training(r):
    return r and Training(r.number("target_accuracy"), r.yes("reached"),
                          [read_training_run(run) for run in r.objects("runs")])


def read_claims(r):
    return [QuickClaim(c.text("id"), c.text("sentence"), c.text("verdict"), c.text("effect"),
                       c.number("median"), c.numbers("interval"), c.text("hash"),
                       c.text("published")) for c in r.objects("claims")] if r else []


def read_timing_row(r):
    r.required("median")
    repetitions = r.numbers("repetitions")
    median = r.number("median") or 0.0
    low = r.number("minimum")
    return TimingRow(r.text("label"), r.text("program"), r.text("precision"),
                     r.text("arithmetic"), r.count("ranks", 1), median,
                     min([median if low is None else low, *repetitions]),
                     max([median, *repetitions]), repetitions, r.number("ratio_to_limit"))


def read_timing(r):
    return r and Timing(r.text("what"), [read_timing_row(row) for row in r.objects("rows")])


def read_attacks(r):
    if r is None:
        return None
    curves = [AttackCurve(c.text("attack"), c.text("norm"), c.numbers("epsilon"),
                          c.numbers("accuracy")) for c in r.objects("curves")]
    for curve in curves:
        if not curve.epsilon or len(curve.epsilon) != len(curve.accuracy):
            raise RecordError(f"{r.path('curves')} should have an accuracy for each epsilon")
    examples = [AttackExample(e.count("label"), e.count("before"), e.count("after"),
                              e.numbers("image"), e.numbers("adversarial"))
                for e in r.objects("examples")]
    if not all(len(e.image) == len(e.adversarial) == 64 for e in examples):
        raise RecordError(f"{r.path('examples')} should have images of 64 pixels")
    return Attacks(r.text("what"), r.number("chance") or 0.0, curves, r.text("example_attack"),
                   examples)


def read_pictures(r):
    if r is None:
        return None
    gan, smote = r.object("gan"), r.object("smote")
    return Pictures(
        read_attacks(r.object("attacks")),
        gan and Gan(gan.text("what"), gan.points("target"),
                    [Snapshot(s.count("iteration"), s.points("samples"))
                     for s in gan.objects("snapshots")]),
        smote and Smote(smote.text("what"), smote.points("majority"), smote.points("minority"),
                        smote.points("synthetic")))


def read_record(value):
    r = Reader(value, "the record")
    if r.value.get("format") != FORMAT:
        raise RecordError(f"it is not a record of make bench (its format is not '{FORMAT}')")
    version = r.value.get("format_version")
    if version != VERSION:
        raise RecordError(f"its format version is {json.dumps(version)}, but this renderer reads "
                          f"version {VERSION}")
    result = r.required("result").text("result")
    if result not in ("VALID", "INVALID"):
        raise RecordError(f"result should be VALID or INVALID, but is '{result}'")
    implementations = r.required("conformance").objects("conformance")
    return Record(result == "VALID", r.text("reason"), r.text("command") or "make bench",
                  r.text("started"), r.number("duration_seconds"), r.yes("quick"),
                  r.dictionary("environment"),
                  [read_placement(p) for p in r.objects("placement")],
                  r.dictionary("corpus"), [read_implementation(i) for i in implementations],
                  read_same_bits(r.object("same_bits")), read_kill(r.object("kill")),
                  read_training(r.object("training")), read_timing(r.object("timing")),
                  read_pictures(r.object("pictures")), scaling.read(r.object("simulation")),
                  read_claims(r.object("claims")))
