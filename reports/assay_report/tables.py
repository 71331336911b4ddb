# SPDX-License-Identifier: MIT
"""The tables of the report as rows of plain values, for HTML and Markdown alike."""
from __future__ import annotations

from dataclasses import dataclass

from . import findings, numbers, palette
from .record import BAD

MOST_FAILURES = 40


@dataclass(frozen=True)
class TintedCell:
    """A worst ratio with its colour."""
    text: str
    background: str
    failed: bool
    cases: str


def coverage_cell(cases):
    """The worst ratio of the cases of one technique in one implementation."""
    bad = [c for c in cases if c.status in BAD]
    ratios = [c.ratio for c in cases if c.status in ("PASS", "FAIL") and c.ratio is not None]
    if bad:
        worst = numbers.ratio(max(ratios)) if ratios and max(ratios) > 1 else bad[0].status.lower()
        return TintedCell(worst, palette.VERMILLION, True, f"{len(bad)} of {len(cases)} fail")
    if not ratios:
        return TintedCell("–", palette.NOT_APPLICABLE, False, "not covered")
    covered = sum(c.status == "PASS" for c in cases)
    return TintedCell(numbers.ratio(max(ratios)), palette.tint(max(ratios)), False,
                      f"{covered} of {len(cases)} cases pass, the others are not covered"
                      if covered < len(cases) else numbers.plural(covered, "case") + " pass")


def coverage_heading(record):
    """Labels in two lines, "engine, reproducible" above "f32, 2 ranks": [upper, span], lower."""
    upper, lower = [], []
    for implementation in record.implementations:
        parts = implementation.label.split(", ")
        cut = parts.index(implementation.precision) if implementation.precision in parts else 1
        name, rest = ", ".join(parts[:cut]), ",\n".join(parts[cut:])
        if upper and upper[-1][0] == name:
            upper[-1][1] += 1
        else:
            upper.append([name, 1])
        lower.append(rest)
    return upper, lower


def coverage(record):
    """[(technique, number of cases, [cell for each implementation])]"""
    rows = []
    for technique in findings.techniques(record):
        mine = [[c for c in i.cases if c.technique == technique] for i in record.implementations]
        count = len({c.name for cases in mine for c in cases})
        rows.append((technique, count, [coverage_cell(cases) for cases in mine]))
    return rows


def failures(record):
    """([(implementation, case)], how many more there are)"""
    pairs = [(i, c) for i in record.implementations for c in findings.failing(i)]
    return pairs[:MOST_FAILURES], max(0, len(pairs) - MOST_FAILURES)


def bits_result(run):
    if run.negative_control:
        return "same, though it need not be" if run.same else "differs, as expected"
    return "same" if run.same else "DIFFERS"


ENVIRONMENT = (
    ("commit", "Commit"), ("dirty", "Uncommitted changes"), ("compiler", "Compiler"),
    ("flags", "Flags"), ("libraries", "Libraries"), ("openblas_core", "OpenBLAS core"),
    ("cpu", "CPU"), ("cores", "Cores"), ("memory_gib", "Memory (GiB)"), ("topology", "Topology"),
    ("kernel", "Kernel"), ("hosts", "Hosts"), ("job", "Job"), ("variables", "Variables"))


def described(value):
    """A value of the environment as lines: (key, text) pairs, the key empty for a plain value."""
    if isinstance(value, dict):
        return [(str(k), described(v)[0][1]) for k, v in value.items()] or [("", "none")]
    if isinstance(value, list):
        return [("", numbers.listing(value) or "none")]
    if isinstance(value, bool):
        return [("", "yes" if value else "no")]
    if value is None or value == "":
        return [("", numbers.NOT_RECORDED)]
    return [("", str(value))]


def environment(record):
    """[(term, lines)]: what is expected first, then whatever else was recorded."""
    found = record.environment
    rows = [(term, described(found.get(key))) for key, term in ENVIRONMENT]
    known = {key for key, _ in ENVIRONMENT}
    return rows + [(key.replace("_", " ").capitalize(), described(value))
                   for key, value in found.items() if key not in known]


MOST_HOSTS = 8


def placements(record):
    """[(ranks, hosts, ranks on each, CPUs of each rank)]: hosts that are used alike share a row."""
    rows = []
    for placement in record.placements:
        hosts = {}
        for process in placement.processes:
            hosts.setdefault(process.host, []).append(process.cpus or "not known")
        alike = {}
        for host, cpus in hosts.items():
            alike.setdefault(tuple(cpus), []).append(host)
        for cpus, names in alike.items():
            shown = ", ".join(names[:MOST_HOSTS])
            more = len(names) - MOST_HOSTS
            each = f"all on {cpus[0]}" if len(cpus) > 1 and len(set(cpus)) == 1 else " · ".join(cpus)
            rows.append((placement.ranks, shown + (f" and {more} more" if more > 0 else ""),
                         len(cpus), each + (" (more ranks than CPUs: not timed)"
                                            if placement.crowded else "")))
    return rows


def recipe(training):
    """The recipe that all runs share, as (term, text)."""
    found = training.runs[0].recipe if training.runs else {}
    # Numbers of a recipe are binary32: seven digits name them.
    return [(key.replace("_", " "),
             f"{value:.7g}" if isinstance(value, float) else described(value)[0][1])
            for key, value in found.items()]


def fingerprints(record):
    """What must come out the same on another machine: (what, hash)."""
    rows = []
    if record.manifest:
        rows.append(("the corpus of cases and answers", record.manifest))
    if record.same_bits:
        promised = [r for r in record.same_bits.runs if r.same and not r.negative_control]
        for precision in dict.fromkeys(r.precision for r in promised):
            found = next(r.hash for r in promised if r.precision == precision)
            rows.append((f"the answers in reproducible arithmetic, {precision}", found))
    if record.training:
        for group in findings.groups_of_runs(record.training.runs):
            if group[0].weights and group[0].arithmetic in ("reproducible", "serial"):
                rows.append((f"the trained weights: {group[0].label}", group[0].weights))
    return rows


def commands(record):
    """The shell lines that repeat this run."""
    commit = record.environment.get("commit")
    lines = [f"git checkout {commit}" if commit else "# the commit was not recorded", "make deps"]
    variables = record.environment.get("variables")
    if isinstance(variables, dict):
        lines += [f"export {name}={value}" for name, value in variables.items()]
    return lines + [record.command]


def fork_ratio(fork, precision):
    value = fork.ratio_f64 if precision == "f64" else fork.ratio_f32
    return "–" if value < 0 else numbers.ratio(value)
