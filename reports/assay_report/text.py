# SPDX-License-Identifier: MIT
"""The sentences of the report, made from the record. `Backticks` mark names."""
from __future__ import annotations

import math

from . import findings, numbers
from .numbers import NO_BREAK, listing, percent, plural

PROGRAMS = {"assay-reference": "the serial reference", "assay-engine": "the distributed engine"}


def verdict(record):
    """The line beside the verdict."""
    if record.valid and record.quick:
        return ("A quick run, which tries a launcher: a part of the corpus in one precision, two "
                "epochs of training; forks and pictures were left out.")
    if record.valid:
        return record.reason or "Every check of this run passed, so its timings may be quoted."
    reason = record.reason or "The record gives no reason."
    return reason[0].upper() + reason[1:] + ("" if reason.endswith(".") else ".")


def program_name(program):
    return PROGRAMS.get(program, f"`{program}`" if program else "an implementation")


def programs(record):
    return list(dict.fromkeys(program_name(i.program) for i in record.implementations))


def not_covered(record):
    """What an agreement does not say: an implementation may leave techniques out."""
    gaps = [(i, findings.outcome(i).not_covered) for i in record.implementations]
    most = max((count for _, count in gaps), default=0)
    if not most:
        return ""
    who = listing(dict.fromkeys(program_name(i.program) for i, count in gaps if count))
    return f"; {who} leaves up to {plural(most, 'case')} uncovered"


def conformance(record):
    if not record.implementations:
        return "No implementation was compared with the answers in this run."
    cases, stems = findings.totals(record)
    bad = [i for i in record.implementations if findings.failing(i)]
    setting = plural(len(record.implementations), "configuration")
    size = f"{plural(cases, 'case')} of {plural(stems, 'technique')}"
    if not bad:
        who = programs(record)
        each = f"all {setting}" if len(record.implementations) > 1 else "one configuration"
        agree = "agree" if len(who) > 1 else "agrees"
        return (f"On {size}, {listing(who)} {agree} with answers computed in binary128, within "
                f"bounds that are derived and not chosen, in {each}{not_covered(record)}.")
    names = list(dict.fromkeys(c.full_name for i in bad for c in findings.failing(i)))
    shown = listing(f"`{name}`" for name in names[:3])
    if len(names) > 3:
        shown = ", ".join(f"`{name}`" for name in names[:3]) + f" and {len(names) - 3} more"
    return (f"Of {setting}, {plural(len(bad), 'fails', 'fail')}: {plural(len(names), 'case')} of "
            f"{cases} {'is' if len(names) == 1 else 'are'} not right somewhere ({shown}).")


def worst_ratio(record):
    pair = findings.worst(record)
    if pair is None:
        return ""
    case, implementation = pair
    where = f"`{case.full_name}`, {implementation.label}"
    if math.isinf(case.ratio):
        return ("The worst answer has an infinite ratio: it is not a finite number, or is wrong "
                f"where no error is allowed ({where}).")
    if case.ratio > 1:
        return (f"The worst error is {numbers.ratio(case.ratio)} times what its bound allows "
                f"({where}).")
    return f"The worst error is {numbers.ratio(case.ratio)} of what its bound allows ({where})."


def range_of(values, nouns):
    """'1 to 4 ranks', '1, 2 and 8 ranks', or nothing if there is no choice."""
    values = sorted(set(values))
    if len(values) < 2:
        return ""
    if len(values) > 2 and values == list(range(values[0], values[-1] + 1)):
        return f"{values[0]} to {values[-1]} {nouns}"
    return f"{' and '.join(map(str, values)) if len(values) == 2 else listing(values)} {nouns}"


def varied(runs):
    """What was varied among the runs that had to agree: ' (1 to 4 ranks; 2 vector widths)'."""
    parts = ["serially" if any(r.ranks == 0 for r in runs) else "",
             range_of([r.ranks for r in runs if r.ranks > 0], "ranks"),
             range_of([r.threads for r in runs], "threads")]
    widths = {r.vector_width for r in runs if r.vector_width}
    cores = {r.openblas_core for r in runs if r.openblas_core}
    parts.append(f"{len(widths)} vector widths" if len(widths) > 1 else "")
    parts.append(f"{len(cores)} OpenBLAS cores" if len(cores) > 1 else "")
    parts = "; ".join(part for part in parts if part)
    return f" ({parts})" if parts else ""


def same_bits(record):
    bits = record.same_bits
    if bits is None or not bits.runs:
        return "Whether the bits depend on the number of ranks was not recorded."
    promised = [run for run in bits.runs if not run.negative_control]
    others = [run for run in promised if not run.same]
    if bits.identical and not others:
        control = [run for run in bits.runs if run.negative_control]
        note = ""
        if control and not any(run.same for run in control):
            note = "; the fast arithmetic, kept as a negative control, differs as it should"
        runs = plural(len(promised), "run")
        return f"Reproducible arithmetic gave the same bits in all {runs}{varied(promised)}{note}."
    differ = "differs" if len(others) == 1 else "differ"
    return (f"The promise of the same bits is broken: {len(others)} of {len(promised)} runs "
            f"{differ} ({listing(run.label for run in others[:3])}).")


def controls(record):
    tried = sum(c.tried for c in record.kill.controls)
    caught = sum(c.caught for c in record.kill.controls)
    return tried, caught


def kill(record):
    if record.kill is None:
        return "Whether known mistakes are caught was not recorded."
    k = record.kill
    tried, caught = controls(record)
    start = (f"The oracle is tested too: all {k.forks} known mistakes, implemented on purpose, are "
             "caught" if k.killed == k.forks else
             f"The oracle has holes: only {k.killed} of {k.forks} known mistakes, implemented on "
             "purpose, are caught")
    if not tried:
        return start + "."
    rest = f"all {tried:,}" if tried == caught else f"only {caught:,} of {tried:,}"
    return f"{start}, and so are {rest} negative controls."


def data_name(recipe):
    data = recipe.get("data")
    return "real handwritten digits" if data == "digits" else f"`{data}`" if data else "real data"


def training(record):
    t = record.training
    accuracies = [r.test_accuracy for r in t.runs if r.test_accuracy is not None] if t else []
    if not accuracies:
        return "No training on real data was recorded."
    low, high = percent(min(accuracies)), percent(max(accuracies))
    reach = high if low == high else f"{low} to {high}"
    target = "" if t.target is None else f" (target {percent(t.target)})"
    if not t.reached:
        return f"Training on {data_name(t.runs[0].recipe)} missed its target: {reach}{target}."
    return f"Trained on {data_name(t.runs[0].recipe)}, the network reaches {reach} on the test " \
           f"set{target}."


def timing(record):
    if not record.valid:
        return ("Timings are not shown, because the run is invalid: a fast wrong answer says "
                "nothing.")
    shown = findings.shown_timing(record)
    rows = [r for r in shown.rows if not r.is_limit and r.ratio_to_limit
            and r.arithmetic in ("reproducible", "fast")] if shown else []
    if not rows:
        return "No timings were recorded."
    parts = []
    for arithmetic in ("reproducible", "fast"):
        mine = [r.ratio_to_limit for r in rows if r.arithmetic == arithmetic]
        if mine:
            low, high = f"{min(mine):.2f}", f"{max(mine):.2f}"
            reach = low if low == high else f"{low} to {high}"
            parts.append(f"{reach} times as long in {arithmetic} arithmetic")
    return (f"A training step of the engine takes {listing(parts)}, compared with its matrix "
            "products alone in OpenBLAS.")


def claims(record):
    """One sentence, or none of an older record."""
    if not record.claims:
        return []
    counts = [f"{sum(c.verdict == verdict for c in record.claims)} {verdict}"
              for verdict in ("supported", "refuted", "not shown")]
    same = sum(c.published == "same" for c in record.claims)
    return [f"Of {len(record.claims)} claims of textbooks that were put to the test, {listing(counts)}; "
            f"{same} have the published figures, bit for bit."]


def sentences(record):
    """What this says: a handful of sentences, each from one part of the record."""
    first = f"{conformance(record)} {worst_ratio(record)}".strip()
    return [first, same_bits(record), kill(record), training(record), *claims(record),
            timing(record)]


# --- captions: one sentence each, the takeaway of a figure ----------------------------------------

def ratios_caption(record):
    cases = [c for i in record.implementations for c in findings.judged(i)]
    beyond = sum(c.ratio > 1 for c in cases)
    exact = sum(c.ratio == 0 for c in cases)
    if beyond:
        return (f"{beyond} of {len(cases):,} answers lie beyond their bound, right of the line; "
                f"{exact:,} are exact.")
    top = max((c.ratio for c in cases), default=0)
    return (f"All {len(cases):,} answers lie left of the line where failure begins, the nearest at "
            f"{numbers.ratio(top)}; {exact:,} are exact.")


def curves_caption(record):
    groups = findings.groups_of_runs(record.training.runs)
    largest = max(groups, key=len)
    if len(largest) < 2:
        return "No two runs end with the same weights."
    text = (f"{len(largest)} runs lie on one curve and end with the same weights to the last bit "
            f"(`{numbers.short_hash(largest[0].weights)}`): {listing(r.label for r in largest)}.")
    rest = [run.label for group in groups if group is not largest for run in group]
    if rest:
        text += f" Other weights: {listing(rest)}."
    return text


def timing_caption(record):
    rows = [r for r in findings.shown_timing(record).rows if not r.is_limit and r.ratio_to_limit]
    if not rows:
        return "No ratio to the limit was recorded."
    low, high = (pick(rows, key=lambda r: r.ratio_to_limit) for pick in (min, max))
    return (f"From {numbers.times(low.ratio_to_limit)} the limit ({low.label}) to "
            f"{numbers.times(high.ratio_to_limit)} ({high.label}).")


def attacks_caption(attacks):
    """What each attack leaves, in each norm at the radius where they differ most."""
    parts = []
    for norm in dict.fromkeys(c.norm for c in attacks.curves):
        curves = [c for c in attacks.curves if c.norm == norm]

        def differ(k, curves=curves):
            left = [c.accuracy[k] for c in curves]
            return max(left) - min(left)

        shown = max(range(min(len(c.epsilon) for c in curves)), key=differ)
        left = listing(f"{c.attack} {percent(c.accuracy[shown])}" for c in curves)
        parts.append(f"within {curves[0].epsilon[shown]:g} ({norm}) {left}")
    return f"What is left: {'; '.join(parts)}."


def examples_caption(attacks):
    fooled = sum(e.after != e.label for e in attacks.examples)
    return (f"Digits before and after {attacks.example_attack}, and what the network reads: "
            f"{fooled} of {len(attacks.examples)} are misread.")


def gan_caption(gan):
    last = gan.snapshots[-1]

    def centre(points):
        return " ".join(f"{sum(p[k] for p in points) / len(points):.2f}" for k in (0, 1))

    return (f"Generated points (blue) move onto the target (grey): their mean after "
            f"{last.iteration:,} iterations is ({centre(last.samples)}), that of the target "
            f"({centre(gan.target)}).")


def smote_caption(smote):
    return (f"{plural(len(smote.synthetic), 'synthetic sample')}, each on the segment between a "
            f"sample of the minority and one of its nearest neighbours in it.")


def matrix_caption(technique, rows):
    killed = sum(row.good for row in rows)
    cells = [c for row in rows for c in row.cells if c.applies]
    silent = sum(c.ratio_f64 <= 1 for c in cells)
    fewest = findings.hardest(rows)
    return (f"`{technique}`: {killed} of {plural(len(rows), 'fork')} killed; "
            f"{len(cells) - silent} of {plural(len(cells), 'cell')} tell right from wrong, and the "
            f"fork hardest to catch is `{fewest.name}`, with {plural(fewest.killed_f64, 'case')} "
            f"of {fewest.applies}.")


def started(record):
    """The day of the run in words, from the record's ISO time."""
    months = ("January February March April May June July August September October November "
              "December").split()
    parts = record.started[:10].split("-")
    if len(parts) == 3 and all(p.isdigit() for p in parts) and 1 <= int(parts[1]) <= 12:
        return f"{int(parts[2])}{NO_BREAK}{months[int(parts[1]) - 1]} {parts[0]}"
    return record.started or "a day that was not recorded"
