# SPDX-License-Identifier: MIT
"""What a record says, as plain values: the worst ratio, who fails, which curves coincide."""
from __future__ import annotations

import math
import statistics
from dataclasses import dataclass

from .record import BAD


@dataclass(frozen=True)
class Outcome:
    """The cases of one implementation, counted."""
    implementation: object
    passed: int
    bad: int
    not_covered: int
    worst: object  # the case with the largest ratio, or None
    median: object
    exact: int
    fewest_digits: object


def judged(implementation):
    """The cases that have a ratio: those that were compared."""
    return [c for c in implementation.cases if c.status in ("PASS", "FAIL") and c.ratio is not None]


def failing(implementation):
    return [c for c in implementation.cases if c.status in BAD]


def outcome(implementation):
    cases = judged(implementation)
    counted = [c.digits for c in cases if c.digits is not None and math.isfinite(c.digits)]
    return Outcome(
        implementation,
        passed=sum(c.status == "PASS" for c in implementation.cases),
        bad=len(failing(implementation)),
        not_covered=sum(c.status == "NOT COVERED" for c in implementation.cases),
        worst=max(cases, key=lambda c: c.ratio, default=None),
        median=statistics.median([c.ratio for c in cases]) if cases else None,
        exact=sum(c.ratio == 0 for c in cases),
        fewest_digits=min(counted, default=None))


def techniques(record):
    """Every technique that appears, in the order of the record."""
    names = [c.technique for i in record.implementations for c in i.cases]
    return list(dict.fromkeys(names))


def case_names(record):
    return list(dict.fromkeys(c.full_name for i in record.implementations for c in i.cases))


def totals(record):
    """Numbers of cases and techniques: of the corpus where recorded, else of what was checked."""
    cases = record.corpus.get("cases")
    stems = record.corpus.get("techniques")
    return (cases if isinstance(cases, int) else len(case_names(record)),
            stems if isinstance(stems, int) else len(techniques(record)))


def worst(record):
    """(case, implementation) with the largest ratio of all, or None."""
    pairs = [(c, i) for i in record.implementations for c in judged(i)]
    return max(pairs, key=lambda pair: pair[0].ratio, default=None)


def groups_of_runs(runs):
    """Training runs that ended with the same weights, in order. Without a hash a run is alone."""
    groups = {}
    for i, run in enumerate(runs):
        groups.setdefault(run.weights or f"run {i}", []).append(run)
    return list(groups.values())


def forks_of(kill):
    return [row for row in kill.rows if row.kind != "twin"]


def hardest(rows):
    """The fork that the fewest cases kill."""
    return min(rows, key=lambda row: row.killed_f64)


def twins_of(kill):
    return [row for row in kill.rows if row.kind == "twin"]


def by_technique(rows):
    groups = {}
    for row in rows:
        groups.setdefault(row.technique, []).append(row)
    return groups


def spared(fork):
    """Killed in binary64, and hidden below the rounding of binary32 for a stated reason."""
    return bool(fork.spared_in_f32) and fork.killed_f32 == 0


def limit_of(row):
    return row.median / row.ratio_to_limit if row.ratio_to_limit else None


def timing_groups(timing):
    """Rows by precision; within one the limit first, then from fast to slow."""
    groups = {}
    for row in timing.rows:
        groups.setdefault(row.precision, []).append(row)
    for rows in groups.values():
        rows.sort(key=lambda row: (not row.is_limit, row.median))
    return groups


def shown_timing(record):
    """Timings of an invalid run are not shown: a fast wrong answer means nothing."""
    return record.timing if record.valid and record.timing and record.timing.rows else None
