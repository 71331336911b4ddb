# SPDX-License-Identifier: MIT
"""What the figures of a claim say, in sentences."""
from __future__ import annotations

from . import claims, claims_plots, numbers
from .numbers import NO_BREAK, figure, listing, plural

ALPHA = 0.01  # of suites/claims/verdict.c, like the rest of what is said about rules here
TITLE = "What is taught about neural networks, put to the test"
SIGNS = {claims.SUPPORTED: "✓", claims.REFUTED: "✗", claims.NOT_SHOWN: "?", claims.NOT_RUN: "–"}
MEANING = {claims.SUPPORTED: "the experiment shows what the sentence predicts",
           claims.REFUTED: "it shows the opposite, or a counter-example",
           claims.NOT_SHOWN: "it decides neither way",
           claims.NOT_RUN: "there are no figures yet"}
WORDS = {"one": "The first stands", "other": "The second stands", "mixed": "Mixed",
         "undecided": "Undecided"}
RUN = "build/assay claims run --only {}"
VERIFY = "build/assay claims verify --records reports/published/claims/records"


def slug(word):
    return word.replace(" ", "-")


def between(interval, digits=3):
    low, high = interval
    return "no interval" if low is None or high is None else \
        f"{figure(low, digits)} to {figure(high, digits)}"


def effect(part, kind):
    """The effect of a part with its interval, in a few words."""
    if kind == "share":
        return (f"{part.ones} of {len(part.effects)}, share {between(part.share)}")
    return f"{figure(part.median)} ({between(part.interval)})"


def probability(value):
    return "p" + NO_BREAK + ("< 10⁻⁶" if value < 1e-6 else f"= {figure(value, 2)}").replace(
        " ", NO_BREAK)


def test_of(part):
    return f"({probability(part.adjusted)} after correction)" if part.adjusted is not None else \
        "(no probability is recorded)"


def measured(claim, part):
    """Why a part has its verdict."""
    return {"above": above, "equivalent": equivalent, "share": share, "always": always}[claim.kind](
        claim, part)


def median_of(part):
    return (f"The median effect of {plural(len(part.effects), 'replica')} is "
            f"{figure(part.median)} (95{NO_BREAK}% interval {between(part.interval)})")


def above(claim, part):
    size = figure(claim.size)
    said = median_of(part)
    if part.verdict == claims.SUPPORTED:
        return f"{said}: at least {size}, and effects are above 0 {test_of(part)}."
    if part.verdict == claims.REFUTED:
        return f"{said}: at most {figure(-claim.size)}, and effects are below 0 {test_of(part)}."
    if part.adjusted is not None and part.adjusted < ALPHA:
        return (f"{said}. Effects differ from 0 {test_of(part)}, but the median is nearer to 0 than "
                f"{size}, the smallest effect that matters. {decided_by(claim, part)}")
    return f"{said}. Effects are not told from 0 {test_of(part)}. {decided_by(claim, part)}"


def decided_by(claim, part):
    """What a larger experiment could do: nothing where the interval excludes the smallest effect that
    matters; otherwise how large it would be to find one and a half times as much."""
    low, high = part.interval
    if low is not None and high is not None and -claim.size < low and high < claim.size:
        return ("The interval holds nothing that matters: the effect is too small, and more replicas "
                "would only say so more precisely.")
    if part.needed:
        return (f"If the effect is one and a half times the smallest that matters, "
                f"{plural(part.needed, 'replica')} would find it four times in five.")
    return "By the spread of these effects not even 200 replicas would probably decide it."


def equivalent(claim, part):
    said, size = median_of(part), figure(claim.size)
    if part.verdict == claims.SUPPORTED:
        return f"{said}: within ±{size} by both one-sided tests {test_of(part)}."
    if part.verdict == claims.REFUTED:
        return f"{said}: beyond ±{size}, and effects differ from 0 {test_of(part)}."
    return (f"{said}. Effects are shown neither to be within ±{size} nor beyond it "
            f"{test_of(part)}.")


def share(claim, part):
    said = (f"It holds in {part.ones} of {plural(len(part.effects), 'replica')}: the share is "
            f"{between(part.share)} (95{NO_BREAK}% interval)")
    size = figure(claim.size)
    return said + {claims.SUPPORTED: f", above {size} {test_of(part)}.",
                   claims.REFUTED: f", below {size} {test_of(part)}.",
                   claims.NOT_SHOWN: f", told neither to be above {size} nor below it "
                                     f"{test_of(part)}."}[part.verdict]


def always(claim, part):
    size, finite = figure(claim.size), part.finite
    least = f"the smallest of {plural(len(part.effects), 'effect')} is {figure(min(finite))}" \
        if finite else "no effect is a number"
    if part.verdict == claims.SUPPORTED:
        return f"Every effect is at least {size}: {least}."
    counter = sum(e is None or e < claim.size for e in part.effects)
    return (f"{plural(counter, 'replica')} of {len(part.effects)} "
            f"{'is a counter-example' if counter == 1 else 'are counter-examples'}, with an effect "
            f"below {size}: {least}.")


def combined(claim):
    """How the verdicts of parts make that of the claim."""
    counts = [f"{count} {'is' if count == 1 else 'are'} {verdict}" for verdict in claims.VERDICTS
              if (count := claim.parts_with(verdict))]
    asked = {"all": "The rule asks for every part; one that is refuted refutes it.",
             "most": "The rule asks for more than half of the parts.",
             "any": "The rule asks for one part; only all refute it."}[claim.needs]
    return f"Of {plural(len(claim.parts), 'part')}, {listing(counts)}. {asked}"


def finding(claim):
    """The verdict's reason in one or two sentences."""
    if not claim.was_run:
        return "It has not been run yet: there are no figures."
    return measured(claim, claim.parts[0]) if len(claim.parts) == 1 else combined(claim)


# --- beside the plots -----------------------------------------------------------------------------

def effects_caption(claim):
    size = figure(claim.size)
    if claim.kind == "share":
        said = [f"Diamond and bar: the share of replicas, with its 95{NO_BREAK}% interval; the rule "
                f"demands more than {size} (dashed)."]
    else:
        said = [f"Dots: one for each of {plural(claim.replicas, 'replica')}. Diamond and bar: their "
                f"median, with its 95{NO_BREAK}% interval."]
        said.append({"above": f"Dashed: {size}, the smallest effect that matters.",
                     "equivalent": f"Dashed: ±{size}, the margin.",
                     "always": f"Dashed: {size}, which every dot has to reach."}[claim.kind])
    outside = claims_plots.beyond(claim)
    if outside:
        said.append(f"Triangles: {plural(len(outside), 'dot')} beyond the axis, as far as "
                    f"{figure(max(outside, key=abs))}.")
    lost = sum(e is None for part in claim.parts for e in part.effects)
    if lost:
        said.append(f"{plural(lost, 'effect')} {'is' if lost == 1 else 'are'} not a number.")
    return " ".join(said)


def effects_title(claim):
    """The plot of effects as a sentence, for those who do not see it."""
    rows = []
    for part in claim.parts:
        spread = f", from {figure(min(part.finite))} to {figure(max(part.finite))}" \
            if part.finite and claim.kind != "share" else ""
        rows.append(f"{part.name + ': ' if part.name else ''}{effect(part, claim.kind)}{spread}")
    what = "Shares of replicas, with intervals" if claim.kind == "share" else \
        "Effects of all replicas, with medians and intervals"
    return f"{what}. {'. '.join(rows)}. The rule's limit is {figure(claim.size)}."


def curve_caption(claim):
    curve, replicas = claim.curve, claim.replicas
    said = ["Medians of " + plural(replicas, "replica") + (", bars: quartiles." if curve.labels else
                                                           ", bands: quartiles.")] \
        if replicas > 1 else []
    if curve.log_y:
        said.append("Logarithmic scale." if not curve.log_x else "Both axes are logarithmic.")
    elif curve.log_x and not curve.labels:
        said.append(f"The axis of the {'places' if not curve.x else curve.x} is logarithmic.")
    return " ".join(said + claims_plots.prepared(curve)[3])


def curve_title(claim):
    curve, middle = claim.curve, claims_plots.quartiles(claim.curve)[1]
    names = curve.labels or [figure(at) for at in curve.at]
    arms = []
    for name, values in zip(curve.arms, middle):
        there = [(place, value) for place, value in zip(names, values) if value == value]
        if not there:
            arms.append(f"{name}: no median")
        elif len(there) == 1:
            arms.append(f"{name}: {figure(there[0][1])} at {there[0][0]}")
        else:
            arms.append(f"{name}: {figure(there[0][1])} at {there[0][0]}, "
                        f"{figure(there[-1][1])} at {there[-1][0]}")
    return f"Medians of {curve.y}, over {curve.x}. {'. '.join(arms)}."


# --- the front page -------------------------------------------------------------------------------

def subject(findings):
    count = len(findings.claims)
    mended = sum(claim.version > 1 for claim in findings.claims)
    said = (f"{plural(count, 'sentence')} from widely copied texts on neural networks, each turned "
            "into an experiment whose rule was fixed before the run that counts; anyone can "
            "recompute every figure, to the last bit.")
    if mended > 0:
        said += (f" {mended} of them {'is' if mended == 1 else 'are'} in a later version: mended "
                 "after an earlier run was known, for a flaw that their row names.")
    return said


def summary(findings):
    """The counts as a sentence."""
    counts = [f"{len(findings.with_verdict(v))} {v}" for v in claims.VERDICTS
              if v != claims.NOT_RUN or findings.with_verdict(v)]
    return f"Of {plural(len(findings.claims), 'sentence')}: {', '.join(counts)}."


def section_counts(members):
    return ", ".join(f"{sum(c.verdict == v for c in members)} {v}" for v in claims.VERDICTS
                     if any(c.verdict == v for c in members))


def source_text(source):
    return source or "in none of the texts"


def contradictions(findings):
    """[(contradiction, outcome, [(id, claim or None, what it speaks for)])], undecided ones last."""
    rows = []
    for one in findings.contradictions:
        speaks = []
        for name, for_one in one.claims:
            claim = findings.find(name)
            spoken = claims.side(claim.verdict, for_one) if claim else None
            speaks.append((name, claim, {"one": "for the first", "other": "for the second",
                                         None: "for neither"}[spoken]))
        rows.append((one, claims.outcome(findings, one), speaks))
    return sorted(rows, key=lambda row: row[1] == "undecided")


def contradiction_counts(findings):
    outcomes = [claims.outcome(findings, one) for one in findings.contradictions]
    counts = {word: outcomes.count(word) for word in WORDS}
    said = [f"the first in {counts['one']}", f"the second in {counts['other']}"]
    said += [f"verdicts are mixed in {counts['mixed']}"] if counts["mixed"] else []
    return f"Of {len(outcomes)}: {', '.join(said)}; {counts['undecided']} are undecided."


def commands(claim):
    said = [RUN.format(claim.id)]
    return said + [VERIFY] if claim.was_run else said


def seconds(claim):
    return "not recorded" if claim.seconds is None else numbers.seconds(claim.seconds)
