# SPDX-License-Identifier: MIT
"""What `assay claims run` found, read and checked, and what follows from it as values: how many
sentences stand, which side of a contradiction does."""
from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from typing import Optional

from . import record as records

FORMAT = "assay-claims"
SUPPORTED, REFUTED, NOT_SHOWN, NOT_RUN = "supported", "refuted", "not shown", "not run"
VERDICTS = (SUPPORTED, REFUTED, NOT_SHOWN, NOT_RUN)
KINDS = ("above", "equivalent", "share", "always")
NEEDS = ("all", "most", "any")
CONTROLS = "N"  # the section of negative controls, which no document claims


@dataclass(frozen=True)
class Part:
    """One data set or setting. Numbers that are not there are None, as in the document."""
    name: str
    verdict: str
    median: Optional[float]
    mean: Optional[float]
    interval: tuple       # of the median, 95 %; (None, None) where there is none
    mean_interval: tuple
    p: Optional[float]
    adjusted: Optional[float]
    share: Optional[tuple]
    needed: int
    effects: list         # one for each replica

    @property
    def finite(self):
        return [e for e in self.effects if e is not None]

    @property
    def ones(self):
        return sum(e > 0.5 for e in self.finite)


@dataclass(frozen=True)
class Curve:
    x: str
    y: str
    log_x: bool
    log_y: bool
    at: list
    labels: list          # names of the places; empty: `at` are numbers
    arms: list
    values: list          # [replica][arm][place]


@dataclass(frozen=True)
class Claim:
    id: str
    name: str
    version: int
    sentence: str
    source: str
    predicts: str
    protocol: str
    effect: str
    otherwise: str
    rule: str
    rule_hash: str
    kind: str
    size: float
    replicas: int
    needs: str
    quick: bool
    verdict: str
    hash: str
    seconds: Optional[float]
    parts: list
    curve: Curve

    @property
    def section(self):
        return self.id[0]

    @property
    def was_run(self):
        return self.verdict != NOT_RUN

    @property
    def has_curve(self):
        return self.was_run and bool(self.curve.at) and bool(self.curve.arms)

    def parts_with(self, verdict):
        return sum(part.verdict == verdict for part in self.parts)


@dataclass(frozen=True)
class Family:
    letter: str
    title: str
    folder: str
    claims: list


@dataclass(frozen=True)
class Contradiction:
    id: str
    one: str
    one_source: str
    other: str
    other_source: str
    claims: list          # [(id, whether its support speaks for `one`)]


@dataclass(frozen=True)
class Findings:
    families: list
    contradictions: list

    @property
    def everything(self):
        return [claim for family in self.families for claim in family.claims]

    @property
    def claims(self):
        """Without the negative controls."""
        return [claim for claim in self.everything if claim.section != CONTROLS]

    @property
    def controls(self):
        return [claim for claim in self.everything if claim.section == CONTROLS]

    @property
    def sections(self):
        """[(letter, families with claims)], the controls last."""
        filled = [family for family in self.families if family.claims]
        filled.sort(key=lambda family: family.letter == CONTROLS)
        return [(letter, list(group))
                for letter, group in itertools.groupby(filled, lambda family: family.letter)]

    def with_verdict(self, verdict):
        return [claim for claim in self.claims if claim.verdict == verdict]

    def find(self, name):
        return next((claim for claim in self.everything if claim.id == name), None)


# --- contradictions -------------------------------------------------------------------------------

def side(verdict, for_one):
    """The side that this verdict on a claim speaks for: "one", "other", or None."""
    if verdict not in (SUPPORTED, REFUTED):
        return None
    return "one" if (verdict == SUPPORTED) == for_one else "other"


def outcome(findings, contradiction):
    """"one", "other", "mixed" or "undecided". What several claims say together stands when each of
    them is decided, and all for the same side."""
    found = [(findings.find(name), for_one) for name, for_one in contradiction.claims]
    sides = {side(claim.verdict, for_one) if claim else None for claim, for_one in found}
    if {"one", "other"} <= sides:
        return "mixed"
    return "undecided" if None in sides else sides.pop()


# --- reading --------------------------------------------------------------------------------------

def is_findings(value):
    return isinstance(value, dict) and value.get("format") == FORMAT


def numbers_of(values, count, where):
    """`count` numbers, of which some may be null; None for those and for what is beyond doubles."""
    if not isinstance(values, list) or len(values) != count:
        raise records.RecordError(f"{where} should be a list of {count} numbers")
    if not all(v is None or type(v) in (int, float) for v in values):
        raise records.RecordError(f"{where} should hold numbers or null")
    return [None if v is None or abs(v) > 1e308 or not math.isfinite(v) else float(v)
            for v in values]


def interval(r, key):
    return tuple(numbers_of(r.required(key).value[key], 2, r.path(key)))


def texts(r, *keys):
    return [r.required(key).text(key) for key in keys]


def one_of(r, key, words):
    word = r.required(key).text(key)
    if word not in words:
        raise records.RecordError(f"{r.path(key)} is '{word}', but should be one of "
                                  + ", ".join(words))
    return word


def read_part(r, kind, replicas):
    name, = texts(r, "name")
    for key in ("median", "mean", "p", "adjusted", "needed"):
        r.required(key)
    return Part(name, one_of(r, "verdict", VERDICTS[:3]), *numbers_of(
                    [r.number("median"), r.number("mean")], 2, r.path("median")),
                interval(r, "interval"), interval(r, "mean_interval"), r.number("p"),
                r.number("adjusted"), interval(r, "share") if kind == "share" else None,
                r.count("needed"),
                numbers_of(r.required("effects").value["effects"], replicas, r.path("effects")))


def names(r, key, lengths):
    found = r.required(key).field(key, list, [])
    if not all(name is None or isinstance(name, str) for name in found):
        raise records.RecordError(f"{r.path(key)} should be a list of texts")
    if lengths is not None and len(found) not in lengths:
        raise records.RecordError(f"{r.path(key)} has {len(found)} names, but should have "
                                  f"{max(lengths)}")
    return [name or "" for name in found]


def read_curve(r, replicas):
    at = r.required("at").field("at", list, [])
    places = numbers_of(at, len(at), r.path("at"))
    if None in places:
        raise records.RecordError(f"{r.path('at')} should hold numbers")
    labels, arms = names(r, "labels", (0, len(at))), names(r, "arms", None)
    values = r.required("values").field("values", list, [])
    if len(values) != replicas:
        raise records.RecordError(f"{r.path('values')} has {len(values)} replicas, but should have "
                                  f"{replicas}")
    for i, replica in enumerate(values):
        if not isinstance(replica, list) or len(replica) != len(arms):
            raise records.RecordError(f"{r.path('values')}[{i}] should be a list for each of "
                                      f"{len(arms)} arms")
    return Curve(*texts(r, "x", "y"), r.required("log_x").yes("log_x"),
                 r.required("log_y").yes("log_y"), places, labels, arms,
                 [[numbers_of(arm, len(at), f"{r.path('values')}[{i}]") for arm in replica]
                  for i, replica in enumerate(values)])


def read_claim(r):
    name, = texts(r, "id")
    if not re.fullmatch(r"[A-Z][A-Za-z0-9-]{0,15}", name):
        raise records.RecordError(f"{r.path('id')} is '{name}', which is no id such as B-02")
    kind, needs = one_of(r, "kind", KINDS), one_of(r, "needs", NEEDS)
    replicas, size = r.required("replicas").count("replicas"), r.required("size").number("size")
    was_run = r.required("verdict").value["verdict"] is not None
    parts = r.required("parts").objects("parts")
    if replicas < 1 or size is None:
        raise records.RecordError(f"{r.where} should have a size, and at least one replica")
    if was_run != bool(parts):
        raise records.RecordError(f"{r.path('parts')} should be there if the claim has a verdict, "
                                  "and only then")
    return Claim(
        name, *texts(r, "name"), r.required("version").count("version"),
        *texts(r, "sentence", "source", "predicts", "protocol", "effect", "otherwise", "rule",
               "rule_hash"), kind, size, replicas, needs, r.yes("quick"),
        one_of(r, "verdict", VERDICTS[:3]) if was_run else NOT_RUN,
        r.required("hash").text("hash") if was_run else "", r.number("seconds"),
        [read_part(part, kind, replicas) for part in parts],
        read_curve(r.required("curve").object("curve") or records.Reader({}, r.path("curve")),
                   replicas if was_run else 0))


def read_family(r):
    letter, title, folder = texts(r, "letter", "title", "folder")
    return Family(letter, title, folder,
                  [read_claim(claim) for claim in r.required("claims").objects("claims")])


def read_contradiction(r):
    claims = r.required("claims").objects("claims")
    return Contradiction(*texts(r, "id", "one", "one_source", "other", "other_source"),
                         [(*texts(claim, "id"), claim.required("for_one").yes("for_one"))
                          for claim in claims])


def read(value):
    """The findings, or RecordError."""
    r = records.Reader(value, "the record")
    if not is_findings(value):
        raise records.RecordError(f"it is not what assay claims run found (its format is not "
                                  f"'{FORMAT}')")
    families = [read_family(family) for family in r.required("families").objects("families")]
    found = Findings(families, [read_contradiction(one) for one in
                                r.required("contradictions").objects("contradictions")])
    ids = [claim.id for claim in found.everything]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise records.RecordError(f"the claim {twice[0]} is there twice")
    if not ids:
        raise records.RecordError("it has no claims; make it with assay claims run")
    return found
