# SPDX-License-Identifier: MIT
"""Changes as sentences: many of one kind are one sentence, and what matters comes first."""
from __future__ import annotations

from dataclasses import dataclass

from . import numbers
from .kinds_of_change import BETTER, KINDS, NEWS, NO, WORSE

MOST_ITEMS, MOST_PLACES = 3, 3
MOST_SENTENCES = 3  # of one kind, for different places; more are summed up
ORDER = (WORSE, NEWS, BETTER, NO)
DIRECTIONS = {WORSE: "for the worse", BETTER: "for the better", NEWS: "neither better nor worse"}
RULES = (
    "What matters is fixed, whatever the records say. It matters that a case passed and now fails, "
    "or the other way round, that its grade is another one, or that it is not asked any more. It "
    "does not that a ratio moved within its bound: rounding alone explains both answers. Ratios "
    "below 1/1000 count as 1/1000.",
    "Reproducible arithmetic promises the same bits. Other bits from one commit, without "
    "uncommitted changes, and one corpus are a broken promise; at another commit the computation "
    "was changed, which is worth knowing. The fast arithmetic promises nothing: as a negative "
    "control it must differ from the reproducible one within each run.",
    "It matters which known mistakes are caught, that none is dropped, and that none hides below "
    "the rounding of binary32 that did not; weights and figures of claims follow the rule of bits.")
CLAIMS_RULE = (
    "It matters that a verdict is another one, and that a rule was changed without a new version. "
    "A version with as many replicas promises the same bits everywhere, so other figures of it are "
    "a broken promise; of another version, or another number of replicas, they are expected, and it "
    "does not matter unless the verdict changes.")
NOT_COMPARED = "Learning curves, pictures and simulated clusters are not compared."


@dataclass(frozen=True)
class Finding:
    """Changes of one kind in the same places, as one sentence."""
    kind: object
    sentence: str
    changes: list

    @property
    def why(self):
        return self.kind.why


def code(item):
    """Names of cases, forks and claims as code; words as they are."""
    return item if " " in item else f"`{item}`"


def places(subjects, total, each):
    """' in all 8 configurations', ' in reference, f32'. each: everything is in all of them."""
    subjects = [s for s in subjects if s]
    if not subjects:
        return ""
    if not each:
        return f", in one or more of {numbers.plural(len(subjects), 'configuration')}"
    if len(subjects) == total > 1:
        return f" in all {numbers.plural(total, 'configuration')}"
    if len(subjects) <= MOST_PLACES:
        return f" in {numbers.listing(subjects)}"
    return f" in {numbers.plural(len(subjects), 'configuration')}"


def figures(change, name_place):
    """Before and after in brackets."""
    known = [text for text in (change.before, change.after) if text != "–"]
    where = f" in {change.subject}" if name_place and change.subject else ""
    return f"{' → '.join(known)}{where}" if known else ""


def by_item(changes):
    """{item: its changes, the largest first}, the items with the largest first."""
    items = {}
    for change in sorted(changes, key=lambda c: -c.size):
        items.setdefault(change.item, []).append(change)
    return items


def by_places(changes):
    """Changes of one kind, apart by the places that have them; together if these are too many."""
    groups = {}
    for found in by_item(changes).values():
        where = frozenset(c.subject for c in found)
        groups.setdefault(where, []).extend(found)
    few = len(groups) <= (MOST_SENTENCES if changes[0].matters else 1)
    return list(groups.values()) if few else [changes]


def sentence(kind, changes, names, total):
    items = by_item(changes)
    subjects = list(dict.fromkeys(c.subject for c in changes))
    where = places(subjects, total, all(len(found) == len(subjects) for found in items.values()))
    said = [(item, figures(found[0], len(subjects) > 1)) for item, found in items.items()]
    words = {"old": names[0], "new": names[1]}
    if len(said) == 1:
        item, text = said[0]
        start = code(item) if kind.noun not in ("claim", "negative control") else \
            f"the {kind.noun} {code(item)}"
        start = start[0].upper() + start[1:]
        return f"{start} {kind.one.format(**words)}{where}" + (f" ({text})." if text else ".")
    comma = "; " if any("," in item for item in items) else ", "
    listed = comma.join(f"{code(item)} ({text})" if text else code(item)
                        for item, text in said[:MOST_ITEMS])
    more = f" and {len(said) - MOST_ITEMS} more" if len(said) > MOST_ITEMS else ""
    return (f"{numbers.plural(len(said), kind.noun)} {kind.many.format(**words)}{where}: "
            f"{listed}{more}.")


def findings(changes, names, total):
    """All changes as sentences, the worst first. total: how many configurations both runs have."""
    by_kind = {}
    for change in changes:
        by_kind.setdefault(change.kind.key, []).append(change)
    made = [Finding(KINDS[key], sentence(KINDS[key], group, names, total), group)
            for key, found in by_kind.items() for group in by_places(found)]
    keys = list(KINDS)
    return sorted(made, key=lambda f: (ORDER.index(f.kind.matters), keys.index(f.kind.key)))


def verdict(found, same_run):
    """The line beside the verdict."""
    if same_run:
        return ("The two records are the same run: they are equal in everything, so nothing "
                "follows from their agreement.")
    mattering = [f for f in found if f.kind.matters != NO]
    rest = len(found) - len(mattering)
    if not mattering:
        tail = f", {numbers.plural(rest, 'thing')} that {'do' if rest > 1 else 'does'} not" \
            if rest else ""
        return f"Nothing that matters changed{tail}."
    counts = [(sum(f.kind.matters == way for f in mattering), DIRECTIONS[way])
              for way in (WORSE, BETTER, NEWS)]
    many = len(mattering) > 1
    ways = numbers.listing(f"{count} {words}" if many else words
                           for count, words in counts if count)
    return (f"{numbers.plural(len(mattering), 'thing')} that {'matter' if many else 'matters'} "
            f"changed: {ways}.")


def word(found, same_run):
    """The verdict in a word or two."""
    if same_run:
        return "SAME RUN"
    return "CHANGED" if any(f.kind.matters != NO for f in found) else "NOTHING THAT MATTERS"


def is_worse(found):
    return any(f.kind.matters == WORSE for f in found)
