# SPDX-License-Identifier: MIT
"""What differs between two records of `make bench`, part by part, as values."""
from __future__ import annotations

from . import findings, numbers
from .kinds_of_change import change
from .record import BAD

FACTOR = 2        # ratios closer than this are not apart
NEGLIGIBLE = 1e-3  # and smaller ones count as this: a thousandth of a bound is nothing
STATES = {"PASS": "pass", "NOT COVERED": "open"} | {status: "bad" for status in BAD}
TRANSITIONS = {("pass", "bad"): "fails", ("bad", "pass"): "passes", ("pass", "open"): "dropped",
               ("open", "pass"): "covered", ("open", "bad"): "covered_fails",
               ("bad", "open"): "silenced"}


def matched(old, new, key):
    """[(key, of the first record or None, of the second or None)] in the order of both."""
    olds, news = {key(x): x for x in old}, {key(x): x for x in new}
    return [(k, olds.get(k), news.get(k)) for k in dict.fromkeys([*olds, *news])]


def origin(old, new):
    """Whether the two were computed by the same source: "same", "other" or "unclear"."""
    commits = [str(r.environment.get("commit") or "").replace("not found", "") for r in (old, new)]
    if "" in commits or any(r.environment.get("dirty") is not False for r in (old, new)):
        return "unclear"
    return "same" if commits[0] == commits[1] else "other"


PROMISE = {"same": "broken", "other": "recomputed", "unclear": "unclear"}


def result(old, new):
    words = [f"{'VALID' if r.valid else 'INVALID'}{': ' + r.reason if r.reason else ''}"
             for r in (old, new)]
    if old.valid != new.valid:
        return [change("valid" if new.valid else "invalid", "", "the run", *words)]
    return [] if new.valid or words[0] == words[1] else [change("reason", "", "the run", *words)]


# --- conformance ----------------------------------------------------------------------------------

def described(case):
    """A case's outcome in a few words."""
    grade = f"grade {case.grade}" if case.grade else ""
    if case.status not in ("PASS", "FAIL"):
        return case.status.lower()
    ratio = "" if case.ratio is None else f"ratio {numbers.ratio(case.ratio)}"
    return ", ".join(filter(None, (ratio, grade))) or case.status.lower()


def factor(a, b):
    """How many times the larger of two ratios is the smaller."""
    low, high = sorted(max(r, NEGLIGIBLE) for r in (a, b))
    return 1.0 if low == high else high / low


def case_kind(a, b, partial):
    """What happened to a case, or None. partial: the second run asked a part of the corpus."""
    states = tuple(STATES.get(c.status, c.status) for c in (a, b))
    kind = TRANSITIONS.get(states)
    if states[0] != states[1]:
        return "dropped_quick" if kind == "dropped" and partial else kind or "status"
    if a.grade and b.grade and a.grade != b.grade:
        return "grade_better" if b.grade < a.grade else "grade_worse"
    if a.status != b.status:
        return "other_failure"
    if None in (a.ratio, b.ratio) or states[0] not in ("pass", "bad") or \
            factor(a.ratio, b.ratio) <= FACTOR:
        return None
    return "moved" if max(a.ratio, b.ratio) <= 1 else "moved_beyond"


def case_change(kind, label, a, b):
    ratios = [None if c is None else c.ratio for c in (a, b)]
    size = 0.0 if None in ratios else factor(*ratios)
    if kind in ("moved", "moved_beyond"):
        words = [numbers.ratio(r) for r in ratios]
    else:
        words = [described(c) if c else "–" for c in (a, b)]
    return change(kind, label, (a or b).full_name, *words, old=ratios[0], new=ratios[1], size=size)


def cases(label, old, new, partial):
    """What differs between the cases of one configuration."""
    found = []
    for _, a, b in matched(old.cases, new.cases, lambda c: c.full_name):
        if a is None:
            kind = "new_fails" if b.status in BAD else "new"
        elif b is None:
            kind = "removed_quick" if partial else "removed"
        else:
            kind = case_kind(a, b, partial)
        if kind:
            found.append(case_change(kind, label, a, b))
    return found


def summed(implementation):
    o = findings.outcome(implementation)
    return f"{o.passed} pass, {o.bad} fail, {o.not_covered} not covered"


def conformance(old, new):
    found = []
    for label, a, b in matched(old.implementations, new.implementations, lambda i: i.label):
        if a and b:
            found += cases(label, a, b, new.quick and not old.quick)
        elif a:
            found.append(change("disappeared", "", label, summed(a), "–"))
        else:
            kind = "appeared_fails" if findings.failing(b) else "appeared"
            found.append(change(kind, "", label, "–", summed(b)))
    return found


# --- the same bits --------------------------------------------------------------------------------

def promised(record):
    """{(work, precision): the hashes of reproducible arithmetic, each once}"""
    found = {}
    for run in record.same_bits.runs if record.same_bits else []:
        if not run.negative_control and run.hash and run.arithmetic != "fast":
            hashes = found.setdefault((run.work or "answers", run.precision), [])
            hashes += [] if run.hash in hashes else [run.hash]
    return found


def controls_of_bits(record):
    return [r for r in (record.same_bits.runs if record.same_bits else []) if r.negative_control]


def same_questions(work, old, new):
    """Whether the bits of this work may be compared: the training has its own data."""
    if work == "training":
        return True
    known = old.manifest and new.manifest
    return old.quick == new.quick and (not known or old.manifest == new.manifest)


def short(hashes):
    return numbers.listing(numbers.short_hash(h) for h in hashes)


def bits_kind(work, a, b, old, new):
    """What happened to the hashes of one work in one precision, or None."""
    if not a or not b:
        return "bits_only"
    if len(a) == 1 and len(b) > 1:
        return "bits_within"
    if len(a) > 1:
        return "bits_still" if len(b) > 1 else "bits_mended"
    if a == b:
        return None
    return f"bits_{PROMISE[origin(old, new)]}" if same_questions(work, old, new) else "bits_asked"


def control_kind(a, b):
    """What happened to a negative control, which must differ from the reproducible bits."""
    if b is None:
        return "control_gone"
    if b.same:
        return None if a and a.same else "control_agrees"
    if a and a.same:
        return "control_differs"
    return "control_bits" if a and a.hash != b.hash else None


def same_bits(old, new):
    if not old.same_bits or not new.same_bits:
        return []  # the page says that it was not recorded
    found, olds, news = [], promised(old), promised(new)
    for work, precision in dict.fromkeys([*olds, *news]):
        a, b = (r.get((work, precision), []) for r in (olds, news))
        kind = bits_kind(work, a, b, old, new)
        if kind:
            found.append(change(kind, "", f"{work}, {precision}", short(a) or "–", short(b) or "–"))
    # Which ranks a control had depends on the machine; that there is none any more does not.
    gone = controls_of_bits(old) and not controls_of_bits(new)
    for label, a, b in matched(controls_of_bits(old), controls_of_bits(new), lambda r: r.label):
        kind = control_kind(a, b)
        if kind and (kind != "control_gone" or gone):
            found.append(change(kind, "", label, short([a.hash]) if a else "–",
                                short([b.hash]) if b else "–"))
    return found


# --- known mistakes -------------------------------------------------------------------------------

def fork_text(fork):
    if fork.kind == "twin":
        return "passes" if fork.good else "rejected"
    if not fork.good:
        return "survives"
    return f"{fork.killed_f64} of {numbers.plural(fork.applies, 'case')}, {fork.killed_f32} in f32"


def fork_kind(a, b):
    if a is None:
        return "fork_added" if b.good else "fork_added_wrong"
    if b is None:
        return "fork_removed"
    if a.good != b.good:
        return {(True, False): "survives", (True, True): "caught", (False, False): "rejected",
                (False, True): "accepted"}[b.kind != "twin", b.good]
    if b.kind == "twin":
        return None
    if findings.spared(a) != findings.spared(b):
        return "spared" if findings.spared(b) else "unspared"
    return "fork_cases" if a.killed_f64 != b.killed_f64 else None


def control_of_kill(a, b):
    if b is None:
        return "control_removed"
    missed = [c is not None and c.caught < c.tried for c in (a, b)]
    return None if missed[0] == missed[1] else "control_missed" if missed[1] else "control_caught"


def kill(old, new):
    if not old.kill or not new.kill:
        return []
    found = []
    for name, a, b in matched(old.kill.rows, new.kill.rows, lambda f: f"{f.technique}/{f.name}"):
        kind = fork_kind(a, b)
        if kind:
            counts = [None if f is None else f.killed_f64 for f in (a, b)]
            found.append(change(kind, "", name, fork_text(a) if a else "–",
                                fork_text(b) if b else "–", old=counts[0], new=counts[1],
                                size=0.0 if None in counts else abs(counts[1] - counts[0])))
    for name, a, b in matched(old.kill.controls, new.kill.controls, lambda c: c.name):
        kind = control_of_kill(a, b)
        if kind:
            found.append(change(kind, "", name, *(f"{c.caught} of {c.tried} caught" if c else "–"
                                                  for c in (a, b))))
    return found


# --- training -------------------------------------------------------------------------------------

def trained(run):
    return f"{numbers.percent(run.test_accuracy)}, weights {numbers.short_hash(run.weights)}"


def recipe_text(recipe, other):
    """Where a recipe differs from another one."""
    return ", ".join(f"{key} {recipe.get(key, '–')}" for key in dict.fromkeys([*recipe, *other])
                     if recipe.get(key) != other.get(key))


def training_change(label, a, b, old, new):
    """What happened to one training, or None."""
    if a is None or b is None:
        return change("training_only", "", label, *(trained(r) if r else "–" for r in (a, b)))
    if a.recipe != b.recipe:
        return change("recipe", "", label, recipe_text(a.recipe, b.recipe),
                      recipe_text(b.recipe, a.recipe))
    if a.weights and b.weights and a.weights != b.weights:
        kind = "fast" if "fast" in (a.arithmetic, b.arithmetic) else PROMISE[origin(old, new)]
        key = f"weights_{kind}"
    elif a.test_accuracy != b.test_accuracy:
        key = "accuracy"
    else:
        return None
    return change(key, "", label, trained(a), trained(b), old=a.test_accuracy, new=b.test_accuracy)


def training(old, new):
    if not old.training or not new.training:
        return []
    runs = matched(old.training.runs, new.training.runs, lambda r: r.label)
    found = [training_change(label, a, b, old, new) for label, a, b in runs]
    found = [c for c in found if c]
    # Two epochs of a quick run reach no target.
    if old.training.reached != new.training.reached and not (old.quick or new.quick):
        words = [f"target {numbers.percent(t.target)} {'reached' if t.reached else 'missed'}"
                 for t in (old.training, new.training)]
        key = "target_reached" if new.training.reached else "target_missed"
        found.append(change(key, "", "the target accuracy", *words))
    return found


# --- claims of the quick tier ---------------------------------------------------------------------

def claim_text(claim):
    return f"{claim.verdict}, figures {numbers.short_hash(claim.hash)}"


def claim_kinds(a, b, old, new):
    """What happened to a claim of the quick tier. Another verdict of one commit is both: news, and
    a broken promise."""
    if a is None or b is None:
        return ["claim_only"]
    kinds = ["verdict"] if a.verdict != b.verdict else []
    if a.hash and b.hash and a.hash != b.hash:
        promise = PROMISE[origin(old, new)]
        return kinds + ([f"claim_{promise}"] if promise == "broken" or not kinds else [])
    same = [c.published == "same" for c in (a, b)]
    if kinds or same[0] == same[1] or "none" in (a.published, b.published):
        return kinds
    return ["published_found" if same[1] else "published_lost"]


def claims(old, new):
    if not old.claims or not new.claims:
        return []
    found = []
    for name, a, b in matched(old.claims, new.claims, lambda c: c.id):
        words = [claim_text(c) if c else "–" for c in (a, b)]
        found += [change(kind, "", name, *words) for kind in claim_kinds(a, b, old, new)]
    return found


def is_same_run(old, new):
    """Whether two records are the same in everything: then there is nothing to learn."""
    return old == new


def machine(record):
    """Where a run was made, or "" where the record does not say so."""
    e = record.environment
    hosts, cores = e.get("hosts"), e.get("cores")
    if not e.get("cpu") or not isinstance(hosts, list) or not hosts:
        return ""
    count = f", {numbers.plural(cores, 'core')}" if isinstance(cores, int) else ""
    return f"{numbers.listing(hosts)} ({e['cpu']}{count})"


def same_machine(old, new):
    """True, False, or None where one of the records does not say. A virtual machine may have any
    name, so its parts count too."""
    machines = [(machine(r), r.environment.get("topology")) for r in (old, new)]
    return machines[0] == machines[1] if all(name for name, _ in machines) else None

