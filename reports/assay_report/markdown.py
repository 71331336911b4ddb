# SPDX-License-Identifier: MIT
"""The summary for a pull request, in GitHub's Markdown."""
from __future__ import annotations

from . import findings, numbers, tables, text
from .numbers import NO_BREAK


def cell(value):
    """Text that cannot end its cell."""
    return str(value).replace("|", "\\|").replace("\n", " ").replace(NO_BREAK, " ")


def table(header, rows, align):
    """A table; `align` has a letter for each column: l for text, r for numbers."""
    lines = ["| " + " | ".join(header) + " |",
             "|" + "|".join("---:" if letter == "r" else "---" for letter in align) + "|"]
    lines += ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines)


def implementations(record):
    rows = []
    for i in record.implementations:
        o = findings.outcome(i)
        where = f"`{o.worst.full_name}`" if o.worst else "–"
        rows.append((i.label, o.passed, o.bad, o.not_covered,
                     numbers.ratio(o.worst.ratio) if o.worst else "–", where))
    return table(("implementation", "passed", "failed", "not covered", "worst ratio", "in"), rows,
                 "lrrrrl")


def failures(record):
    shown, more = tables.failures(record)
    if not shown:
        return []
    rows = [(i.label, f"`{c.full_name}`", c.status, numbers.ratio(c.ratio),
             c.diagnosis or c.message or "–") for i, c in shown]
    parts = ["### What fails",
             table(("implementation", "case", "status", "ratio", "why"), rows, "lllrl")]
    return parts + ([f"... and {more} more."] if more else [])


def bits(record):
    if not record.same_bits or not record.same_bits.runs:
        return []
    rows = [(r.label, f"`{numbers.short_hash(r.hash)}`", tables.bits_result(r))
            for r in record.same_bits.runs]
    return ["<details><summary>Same bits</summary>\n\n"
            + table(("configuration", "hash", "result"), rows, "lll") + "\n\n</details>"]


def times(record):
    shown = findings.shown_timing(record)
    if not shown:
        return []
    rows = [(r.label, numbers.seconds(r.median),
             "limit" if r.is_limit else numbers.times(r.ratio_to_limit))
            for group in findings.timing_groups(shown).values() for r in group]
    title = "### Time per step" + (f": {shown.what}" if shown.what else "")
    return [title, table(("row", "median", "to the limit"), rows, "lrr")]


def placements(record):
    rows = tables.placements(record)
    if not rows:
        return []
    return ["<details><summary>Where ranks ran</summary>\n\n"
            + table(("ranks", "hosts", "on each", "CPUs of each rank"), rows, "rlrl")
            + "\n\n</details>"]


def origin(record):
    e = record.environment
    facts = [record.started, f"commit `{numbers.short_hash(str(e.get('commit') or ''))}`"]
    facts += ["with uncommitted changes"] if e.get("dirty") is True else []
    facts += [str(e[key]) for key in ("cpu", "compiler") if e.get(key)]
    return "<sub>" + " · ".join(fact for fact in facts if fact) + "</sub>"


def summary(record, speed_parts=()):
    """`speed_parts`: of a record of `make speed`."""
    verdict = "VALID" if record.valid else "INVALID"
    parts = [f"## Assay: {verdict}", text.verdict(record),
             "\n".join(f"- {sentence}" for sentence in text.sentences(record))]
    parts += failures(record)
    if record.implementations:
        parts += ["### Ratios (error ÷ bound; at most 1 passes)", implementations(record)]
    parts += times(record) + list(speed_parts) + bits(record) + placements(record)
    parts += [origin(record)]
    return "\n\n".join(parts).replace(NO_BREAK, " ") + "\n"
