# SPDX-License-Identifier: MIT
"""Implementations beside each other, technique by technique, on the cases that both of a pair have.

What is ranked comes from `assay check --json` or from a record of `make peers`, whose runs hold the
same fields. Impossible requests are left out: refusing them is another matter than accuracy."""
from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Optional

from .record import Reader, RecordError, document, named

PEERS, PEERS_VERSION = "assay-peers", 2
PRECISIONS = ("f64", "f32", "bf16", "f16")
GRADES = "ABCF"
# Of two ratios less than this factor apart neither is better: it is one bit of accuracy.
LEVEL_WITHIN = 2


@dataclass(frozen=True)
class Answer:
    """How good an answer is, or the worst of several. Without a ratio only the grade was judged:
    laws of random numbers, a refusal, a case that is missing."""
    grade: str
    ratio: Optional[float]
    digits: Optional[float]


@dataclass(frozen=True, eq=False)
class Entrant:
    """One implementation in one precision."""
    name: str
    version: str
    precision: str
    corpus: str
    path: str
    answers: dict  # {technique: {case: Answer}}
    families: dict  # {technique: family}

    @property
    def full_name(self):
        return f"{self.name} {self.version}".strip()


# --- reading --------------------------------------------------------------------------------------

def is_ranked(value):
    """Whether a document is for this module, and not a record of `make bench`."""
    return isinstance(value, dict) and (value.get("format") == PEERS or "format" not in value
                                        and {"implementation", "cases"} <= value.keys())


def read_answer(r):
    grade = r.required("grade").text("grade")
    if not grade or grade not in GRADES:
        raise RecordError(f"{r.path('grade')} should be A, B, C or F, but is '{grade}'")
    if r.text("tier") == "statistical" or r.text("status") not in ("PASS", "FAIL"):
        return Answer(grade, None, None)
    return Answer(grade, r.required("ratio").ratio("ratio"), r.number("digits"))


def read_entrant(r, path):
    for key in ("implementation", "version", "precision", "cases"):
        r.required(key)
    if r.text("precision") not in PRECISIONS:
        raise RecordError(f"{r.path('precision')} should be one of {', '.join(PRECISIONS)}, but is "
                          f"'{r.text('precision')}'")
    answers, families = {}, {}
    for case in r.objects("cases"):
        technique, status = (case.required(key).text(key) for key in ("technique", "status"))
        if status == "NOT COVERED" or case.text("tier") == "refused":
            continue
        name = case.required("case").text("case")
        answers.setdefault(technique, {})[name] = read_answer(case)
        # A case that no golden knows has no family, though its technique has.
        families[technique] = case.text("family") or families.get(technique) or "other"
    return Entrant(r.text("implementation"), r.text("version"), r.text("precision"),
                   r.text("corpus_manifest"), path, answers, families)


def read_entrants(value, path):
    """The implementations in one document."""
    if not is_ranked(value):
        raise RecordError("it is neither what assay check --json writes nor a record of make peers")
    r = Reader(value, "the record")
    if value.get("format") != PEERS:
        return [read_entrant(r, path)]
    if value.get("version") != PEERS_VERSION:
        raise RecordError(f"it is of another version of make peers than {PEERS_VERSION}; run make "
                          "peers again")
    return [read_entrant(run, path) for peer in r.objects("peers") for run in peer.objects("runs")]


def load(paths):
    """All implementations in these files, or RecordError where they cannot be compared."""
    found = []
    for path in paths:
        value = document(path)
        found += named(path, read_entrants, value, path)
    seen = {}
    for one in found:
        twin = seen.setdefault((one.name, one.version, one.precision), one)
        if twin is not one:
            where = one.path if one.path == twin.path else f"{twin.path} and {one.path}"
            raise RecordError(f"{where}: {one.full_name} in {one.precision} is there twice; each "
                              "implementation, version and precision can enter once")
        if one.corpus and found[0].corpus and one.corpus != found[0].corpus:
            raise RecordError(f"{found[0].path} and {one.path}: they were judged by different "
                              "corpora; check both results with the same assay")
    if not any(ranking.compared for ranking in rankings(found)):
        raise RecordError(f"{', '.join(paths)}: there is nothing to compare, since no two "
                          "implementations answer a common case in the same precision")
    return found


# --- comparing ------------------------------------------------------------------------------------

def ahead(one, other):
    """Whether an answer is better: by its grade or, within a grade, by more than a bit."""
    if one.grade != other.grade:
        return one.grade < other.grade
    measured = one.ratio is not None and other.ratio is not None
    return measured and LEVEL_WITHIN * one.ratio < other.ratio


def compare(one, other):
    """1 if the first is better, -1 if the second is, 0 if neither."""
    return ahead(one, other) - ahead(other, one)


def worst(answers):
    ratios = [a.ratio for a in answers if a.ratio is not None]
    digits = [a.digits for a in answers if a.digits is not None]
    return Answer(max(a.grade for a in answers), max(ratios, default=None),
                  min(digits, default=None))


def compare_technique(mine, yours):
    """By the worst of the common cases; None if there are none."""
    common = mine.keys() & yours.keys()
    if not common:
        return None
    return compare(worst([mine[case] for case in common]), worst([yours[case] for case in common]))


@dataclass(frozen=True)
class Place:
    """An implementation in one technique. Its place is 1 and one more for each that is ahead of it
    on the cases that both answer; what it answers is summed up over all of its cases."""
    entrant: Entrant
    place: Optional[int]
    standing: str  # "leads", "level", "behind" or "alone"
    answer: Answer
    cases: int
    failing: int

    @property
    def order(self):
        ratio, digits = self.answer.ratio, self.answer.digits
        return (self.place is None, self.place, self.answer.grade, -1 if ratio is None else ratio,
                0 if digits is None else -digits, self.entrant.full_name)


def standing(comparisons):
    if not comparisons:
        return "alone"
    if -1 in comparisons:
        return "behind"
    return "level" if 0 in comparisons else "leads"


def places(entrants, technique):
    """Those who answer a technique, best first."""
    answering = [e for e in entrants if technique in e.answers]
    found = []
    for one in answering:
        mine = one.answers[technique]
        against = [compare_technique(mine, other.answers[technique])
                   for other in answering if other is not one]
        against = [c for c in against if c is not None]
        found.append(Place(one, 1 + against.count(-1) if against else None, standing(against),
                           worst(mine.values()), len(mine),
                           sum(a.grade != "A" for a in mine.values())))
    return sorted(found, key=lambda p: p.order)


@dataclass(frozen=True)
class Score:
    """An implementation over all techniques of a precision."""
    entrant: Entrant
    standings: Counter  # techniques
    grades: Counter  # cases

    @property
    def techniques(self):
        return sum(self.standings.values())

    @property
    def cases(self):
        return sum(self.grades.values())

    @property
    def unsurpassed(self):
        """The share of the techniques it is compared in, in which nobody is ahead of it."""
        compared = self.techniques - self.standings["alone"]
        return 1 - self.standings["behind"] / compared if compared else None

    def share(self, grade):
        return self.grades[grade] / self.cases if self.cases else None


def score(entrant, found):
    mine = [p for p in found if p.entrant is entrant]
    return Score(entrant, Counter(p.standing for p in mine),
                 Counter(a.grade for cases in entrant.answers.values() for a in cases.values()))


@dataclass(frozen=True)
class Pair:
    """Two implementations, case by case, as the first sees it."""
    techniques: int
    better: int
    level: int
    worse: int

    @property
    def cases(self):
        return self.better + self.level + self.worse

    @property
    def tint(self):
        """Which of the two is better in a tenth of the cases or more than it is worse."""
        balance = (self.better - self.worse) * 10
        return "up" if balance >= self.cases > 0 else "down" if -balance >= self.cases > 0 else ""


def pair(one, other):
    count, techniques = Counter(), 0
    for technique, mine in one.answers.items():
        yours = other.answers.get(technique, {})
        common = mine.keys() & yours.keys()
        techniques += bool(common)
        count.update(compare(mine[case], yours[case]) for case in common)
    return Pair(techniques, count[1], count[0], count[-1])


@dataclass(frozen=True)
class Ranking:
    """Everything about one precision. Rows and columns are in the order of `scores`."""
    precision: str
    scores: list
    families: dict  # {family: {technique: [Place]}}
    pairs: dict  # {(entrant, entrant): Pair}
    labels: dict  # {entrant: a name short enough for the head of a column}

    @property
    def entrants(self):
        return [s.entrant for s in self.scores]

    @property
    def techniques(self):
        return sum(len(techniques) for techniques in self.families.values())

    @property
    def compared(self):
        """How many techniques two or more answer on common cases."""
        return sum(any(p.place for p in found) for techniques in self.families.values()
                   for found in techniques.values())

    def row(self, found):
        """A Place, or None, for each implementation."""
        by_entrant = {p.entrant: p for p in found}
        return [by_entrant.get(e) for e in self.entrants]


def labels(entrants):
    """The shortest form that tells them apart."""
    for form in (lambda e: (e.name.split() or [""])[0], lambda e: e.name, lambda e: e.full_name):
        made = [form(e) for e in entrants]
        if len(set(made)) == len(made):
            break
    return dict(zip(entrants, made))


def rank(entrants, precision):
    entrants = [e for e in entrants if e.precision == precision and e.answers]
    family_of = {t: family for e in entrants for t, family in e.families.items()}
    families = {}
    for technique in sorted(family_of, key=lambda t: (family_of[t], t)):
        families.setdefault(family_of[technique], {})[technique] = places(entrants, technique)
    found = [p for techniques in families.values() for ps in techniques.values() for p in ps]
    scores = sorted((score(e, found) for e in entrants), key=lambda s: (
        s.unsurpassed is None, -(s.unsurpassed or 0), -s.techniques, s.entrant.full_name))
    pairs = {(a, b): pair(a, b) for a in entrants for b in entrants if a is not b}
    return Ranking(precision, scores, families, pairs, labels(entrants))


def rankings(entrants):
    """A ranking for each precision in which somebody answers, the widest first."""
    present = {e.precision for e in entrants if e.answers}
    return [rank(entrants, precision) for precision in PRECISIONS if precision in present]
