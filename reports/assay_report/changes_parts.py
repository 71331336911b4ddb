# SPDX-License-Identifier: MIT
"""A comparison as parts of a page, each a few sentences, tables and perhaps a plot, for HTML and
Markdown alike."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from . import changes, changes_text as text, changes_time as times, findings, numbers, tables
from . import kinds_of_change as kinds

MOST_ROWS, FEW_ROWS = 20, 5  # of changes that matter, and of others
NOT_RECORDED = numbers.NOT_RECORDED


@dataclass(frozen=True)
class Table:
    caption: str
    header: tuple
    rows: list
    align: str  # a letter for each column: l for text, r for numbers


@dataclass(frozen=True)
class Part:
    name: str
    title: str
    said: list
    tables: list = field(default_factory=list)
    plot: Optional[object] = None
    caption: str = ""


def arrow(a, b):
    """Two values, or one if they are equal."""
    return f"{a}" if a == b else f"{a} → {b}"


def result_of(change):
    return {kinds.NO: "does not matter", kinds.BETTER: "better", kinds.WORSE: "worse",
            kinds.NEWS: "to know"}[change.kind.matters]


def changed(found, names):
    """The changes of a part as a table, what matters first; none if nothing changed."""
    rows = []
    merged = {}
    for change in found:
        merged.setdefault((change.kind.key, change.item), []).append(change)
    order = sorted(merged.values(), key=lambda c: (text.ORDER.index(c[0].kind.matters),
                                                   -max(one.size for one in c)))
    mattering = [group for group in order if group[0].matters]
    for group in mattering[:MOST_ROWS] + order[len(mattering):][:FEW_ROWS]:
        largest = max(group, key=lambda c: c.size)
        where = largest.subject if len(group) == 1 else \
            numbers.plural(len(group), "configuration")
        what = largest.kind.one.format(old=names[0], new=names[1])
        rows.append((text.code(largest.item), what, where or "–", largest.before, largest.after,
                     result_of(largest)))
    if not rows:
        return []
    more = len(merged) - len(rows)
    caption = "What changed, what matters first." + (
        f" The largest; {more} more are in changes.csv." if more else "")
    return [Table(caption, ("item", "change", "in", *names, "result"), rows, "llllll")]


# --- the runs -------------------------------------------------------------------------------------

def plain(value):
    if isinstance(value, float):
        return f"{value:.4g}"
    return "; ".join(f"{key} {one}" if key else one for key, one in tables.described(value))


def facts(record):
    """{term: text} of everything that was recorded about a run."""
    e = record.environment
    found = {"Result": "VALID" if record.valid else f"INVALID: {record.reason}",
             "Started": record.started or NOT_RECORDED,
             "Duration": numbers.duration(record.duration), "Command": record.command,
             "Quick run": plain(record.quick)}
    nested = {"libraries": "Library", "variables": "Variable", "job": "Job"}
    order = [key for key, _ in tables.ENVIRONMENT] + ["launcher"]
    terms = dict(tables.ENVIRONMENT)
    for key in dict.fromkeys([*order, *e]):
        if key in nested and isinstance(e.get(key), dict):
            found |= {f"{nested[key]} {name}": plain(v) for name, v in e[key].items()}
        elif key in e or key in terms and key not in (*nested, "openblas_core"):
            found[terms.get(key) or key.replace("_", " ").capitalize()] = plain(e.get(key))
    for key in ("techniques", "cases"):
        found[key.capitalize()] = plain(record.corpus.get(key))
    return found | {"Manifest of the corpus": record.manifest or NOT_RECORDED}


def compared_facts(records):
    """([(term, text of each record)] where they differ, [terms that are equal])"""
    found = [facts(record) for record in records]
    terms = list(dict.fromkeys(term for one in found for term in one))
    rows = [(term, *(one.get(term, NOT_RECORDED) for one in found)) for term in terms]
    differing = [row for row in rows if len(set(row[1:])) > 1]
    return differing, [row[0] for row in rows if len(set(row[1:])) == 1]


def summed_up(terms):
    """Terms in a line: of libraries and variables only how many they are."""
    said = [t if t[1:2].isupper() else t[0].lower() + t[1:] for t in terms
            if not t.startswith(("Library", "Variable", "Job "))]
    for word, noun, many in (("Library", "library", "libraries"), ("Variable", "variable", None),
                             ("Job ", "fact of the job", "facts of the job")):
        count = sum(t.startswith(word) for t in terms)
        said += [numbers.plural(count, noun, many)] if count else []
    return said


def machines(old, new, names):
    same = changes.same_machine(old, new)
    if same is None:
        return "Whether both ran on one machine is not known: a record does not say on which."
    if same:
        return f"Both ran on one machine, as far as it is recorded: {changes.machine(old)}."
    return (f"They ran on different machines: {names[0]} on {changes.machine(old)}; {names[1]} on "
            f"{changes.machine(new)}.")


def runs(one):
    old, new = one.old, one.new
    differing, equal = compared_facts((old, new))
    said = [machines(old, new, one.names)]
    said += ["The second is a quick run: a part of the corpus in one precision."] \
        if new.quick and not old.quick else []
    said += [f"Equal in both: {numbers.listing(summed_up(equal))}."] if equal else []
    return Part("runs", "What is different about the runs", said,
                [Table("What differs.", ("", *one.names), differing, "lll")] if differing else [])


# --- what the runs found --------------------------------------------------------------------------

def conformance(one):
    rows = []
    for label, a, b in changes.matched(one.old.implementations, one.new.implementations,
                                       lambda i: i.label):
        if not a or not b:
            rows.append((label, *[f"only in {one.names[0 if a else 1]}"], "", "", ""))
            continue
        x, y = findings.outcome(a), findings.outcome(b)
        worst = [numbers.ratio(o.worst.ratio) + f" in `{o.worst.full_name}`" if o.worst else "–"
                 for o in (x, y)]
        rows.append((label, arrow(x.passed, y.passed), arrow(x.bad, y.bad),
                     arrow(x.not_covered, y.not_covered), arrow(*worst)))
    table = Table(f"Cases by configuration; {one.names[0]} → {one.names[1]} where they differ.",
                  ("configuration", "passed", "failed", "not covered", "worst ratio"), rows,
                  "lrrrl")
    said = [] if rows else [f"Conformance: {NOT_RECORDED}."]
    return Part("conformance", "Right or wrong", said, [table] if rows else [])


def absent(one, *present):
    """[a sentence] if a part of the comparison is missing from a record."""
    lacking = [name for name, there in zip(one.names, present) if not there]
    return [f"Not recorded in {numbers.listing(lacking)}, so not compared."] if lacking else []


def held(one, rows):
    """What it means that hashes are equal."""
    if one.same_run:
        return "They are the same run, so equal hashes say nothing."
    names = numbers.listing(row[0] for row in rows)
    same = changes.same_machine(one.old, one.new)
    where = {True: "on one machine, which says nothing about others",
             False: f"on different machines: {changes.machine(one.old)}, and "
                    f"{changes.machine(one.new)}",
             None: "but whether on one machine or two is not recorded"}[same]
    return f"The promise held: {names} have the same bits in both records, {where}."


def same_bits(one):
    lacking = absent(one, one.old.same_bits, one.new.same_bits)
    if lacking:
        return Part("bits", "The same bits", lacking)
    olds, news = changes.promised(one.old), changes.promised(one.new)
    by_item = {c.item: c.kind for c in one.changes if c.kind.part == kinds.BITS}
    rows = []
    for key in dict.fromkeys([*olds, *news]):
        name = ", ".join(key)
        kind = by_item.get(name)
        rows.append((name, *(changes.short(r.get(key, [])) or "–" for r in (olds, news)),
                     kind.one if kind else "the same bits"))
    equal = [row for row in rows if row[3] == "the same bits"]
    said = [held(one, equal)] if equal else []
    controls = [changes.controls_of_bits(r) for r in (one.old, one.new)]
    differing = sum(not run.same for runs_of in controls for run in runs_of)
    said += [f"Negative controls, in fast arithmetic: {len(controls[0])} in {one.names[0]}, "
             f"{len(controls[1])} in {one.names[1]}; {differing} of them differ from the "
             "reproducible bits of their run, as they must."]
    table = Table("Hashes of reproducible arithmetic (first 12 of 64 digits).",
                  ("answers", *one.names, "result"), rows, "llll")
    return Part("bits", "The same bits", said, [table] if rows else [])


def kill_counts(record):
    forks, twins = findings.forks_of(record.kill), findings.twins_of(record.kill)
    controls = record.kill.controls
    return (("known mistakes", len(forks)), ("caught", sum(f.good for f in forks)),
            ("hidden by rounding in binary32", sum(findings.spared(f) for f in forks)),
            ("right by another way", len(twins)),
            ("of these, accepted", sum(f.good for f in twins)),
            ("negative controls tried", sum(c.tried for c in controls)),
            ("of these, caught", sum(c.caught for c in controls)))


def kill(one):
    lacking = absent(one, one.old.kill, one.new.kill)
    if lacking:
        return Part("kill", "Known mistakes", lacking)
    rows = [(term, f"{a:,}", f"{b:,}") for (term, a), (_, b) in
            zip(kill_counts(one.old), kill_counts(one.new))]
    return Part("kill", "Known mistakes", [], [Table("Counts.", ("", *one.names), rows, "lrr")])


def by_items(one, part, found, described):
    """Rows (item, before, after, result) of a part whose items are few."""
    kind_of = {c.item: c.kind for c in one.changes if c.kind.part == part}
    return [(text.code(name), *(described(x) if x else "–" for x in (a, b)),
             kind_of[name].one if name in kind_of else "unchanged") for name, a, b in found]


def training(one):
    lacking = absent(one, one.old.training, one.new.training)
    if lacking:
        return Part("training", "Training", lacking)
    found = changes.matched(one.old.training.runs, one.new.training.runs, lambda r: r.label)
    rows = by_items(one, kinds.TRAINING, found, changes.trained)
    return Part("training", "Training", [], [Table(
        "Accuracy on the test set, and the hash of the trained weights.",
        ("training", *one.names, "result"), rows, "llll")])


def claims(one):
    lacking = absent(one, one.old.claims, one.new.claims)
    if lacking:
        return Part("claims", "Claims of the quick tier", lacking)
    found = changes.matched(one.old.claims, one.new.claims, lambda c: c.id)
    rows = by_items(one, kinds.CLAIMS, found, changes.claim_text)
    return Part("claims", "Claims of the quick tier", [], [Table(
        "Verdicts, and the hash of the figures behind them.", ("claim", *one.names, "result"), rows,
        "llll")])


TIME_RESULTS = {None: "unchanged", "time_within": "not told apart", "time_unjudged": "not judged"}


def time_rows(both, same_machine):
    rows = []
    for pair in both:
        both_times = (pair.before, pair.after)
        seconds = [numbers.seconds(t.seconds) for t in both_times] if same_machine else []
        if pair.is_limit:
            rows.append((pair.label, "1", "1", "–", "limit", *seconds))
            continue
        result = TIME_RESULTS.get(pair.kind) or kinds.KINDS[pair.kind].one
        rows.append((pair.label, *(times.ratio_text(t) for t in both_times),
                     numbers.times(pair.quotient) if pair.quotient else "–", result, *seconds))
    return rows


def time(one):
    why = times.withheld(one.old, one.new, one.names)
    if why:
        return Part("time", "Time", [why])
    both, _ = times.pairs(one.old, one.new)
    same = changes.same_machine(one.old, one.new)
    said = ["Compared are ratios: a time divided by that of the bare matrix products of its own "
            "run, its limit. The rule is at the end."]
    said += [] if same else [
        "Seconds are left out, since they are not known to come from one machine."]
    header = ("row", *(f"ratio to the limit, {name}" for name in one.names), "quotient", "result",
              *((f"seconds, {name}" for name in one.names) if same else ()))
    plot = times.plot(both, one.names)
    caption = times.caption(times.drawn(both), one.names) if plot else ""
    table = Table("Medians, with the quartiles of the repetitions in square brackets.", header,
                  time_rows(both, same), "l" + "l" * 2 + "rl" + "rr" * bool(same))
    return Part("time", "Time", said, [table] if both else [], plot, caption)


# What builds each part, and whose changes are a table below it: others have them in their own.
PARTS = ((runs, None), (conformance, kinds.CONFORMANCE), (same_bits, None), (kill, kinds.KILL),
         (training, None), (claims, None), (time, None))


def parts(one):
    """All parts of the comparison of two records; below each, its changes."""
    made = []
    for build, name in PARTS:
        part = build(one)
        found = [c for c in one.changes if c.kind.part == name]
        part.tables.extend(changed(found, one.names))
        made.append(part)
    return made


# --- more than two records ------------------------------------------------------------------------

def first_ratio(record, arithmetic):
    shown = findings.shown_timing(record)
    found = [r.ratio_to_limit for r in (shown.rows if shown else [])
             if r.arithmetic == arithmetic and r.ratio_to_limit]
    return numbers.listing(numbers.times(r) for r in found) or NOT_RECORDED


def overview(record):
    """{aspect: text} of one record by itself."""
    outcomes = [findings.outcome(i) for i in record.implementations]
    worst = findings.worst(record)
    bits = changes.promised(record)
    runs_of = record.training.runs if record.training else []
    accuracies = [numbers.percent(r.test_accuracy) for r in runs_of if r.test_accuracy is not None]
    aspects = {
        "Result": "VALID" if record.valid else f"INVALID: {record.reason}",
        "Commit": f"`{numbers.short_hash(str(record.environment.get('commit') or ''))}`"
                  + (" with changes" if record.environment.get("dirty") else ""),
        "Machine": changes.machine(record) or NOT_RECORDED,
        "Cases passed": f"{sum(o.passed for o in outcomes):,}",
        "Cases failed": f"{sum(o.bad for o in outcomes):,}",
        "Worst ratio": numbers.ratio(worst[0].ratio) if worst else NOT_RECORDED,
        "Known mistakes caught": f"{record.kill.killed:,} of {record.kill.forks:,}"
                                 if record.kill else NOT_RECORDED,
        "Accuracy of training": numbers.listing(dict.fromkeys(accuracies)) or NOT_RECORDED,
        "Claims as published": f"{sum(c.published == 'same' for c in record.claims)} of "
                               f"{len(record.claims)}" if record.claims else NOT_RECORDED,
        "Time, reproducible": first_ratio(record, "reproducible"),
        "Time, fast": first_ratio(record, "fast")}
    return aspects | {f"Bits: {', '.join(key)}": changes.short(hashes)
                      for key, hashes in bits.items()}


def verdict_row(comparisons):
    return ("Compared with the first", "–", *(one.verdict for one in comparisons))


def summary(names, records, comparisons):
    """[(aspect, text of each record)]"""
    found = [overview(record) for record in records]
    aspects = dict.fromkeys(aspect for one in found for aspect in one)
    return [(aspect, *(one.get(aspect, NOT_RECORDED) for one in found)) for aspect in aspects] + [
        verdict_row(comparisons)]


# --- runs of the claims ---------------------------------------------------------------------------

def verdict_counts(found):
    from .claims import VERDICTS

    return [(verdict, len(found.with_verdict(verdict))) for verdict in VERDICTS]


def claims_parts(one):
    rows = [(verdict, a, b) for (verdict, a), (_, b) in
            zip(verdict_counts(one.old), verdict_counts(one.new))]
    said = ["They are the same run, so equal figures say nothing."] if one.same_run else []
    both = [(a, b) for _, a, b in changes.matched(one.old.everything, one.new.everything,
                                                  lambda c: c.id) if a and b and a.was_run]
    equal = sum(a.hash == b.hash for a, b in both)
    if not one.same_run:
        said.append(f"Of {numbers.plural(len(both), 'claim')} in both, {equal} have the same "
                    "figures, bit for bit.")
    return [Part("verdicts", "Verdicts", said, [
        Table("Claims by verdict, without negative controls.", ("verdict", *one.names), rows,
              "lrr"),
        *changed(one.changes, one.names)])]


def claims_summary(names, found, comparisons):
    counts = [dict(verdict_counts(one)) for one in found]
    return [(verdict.capitalize(), *(one[verdict] for one in counts)) for verdict in counts[0]] + [
        verdict_row(comparisons)]
