# SPDX-License-Identifier: MIT
"""The report on what changed between records of `make bench`, or between runs of the claims: page,
Markdown, and the differences as CSV. The first record is what the others are compared with."""
from __future__ import annotations

import string
from dataclasses import dataclass

from markupsafe import Markup

from . import changes, changes_claims, changes_parts, changes_text as text, changes_time
from . import comparison, findings, html, markdown, numbers, palette, pdf
from . import kinds_of_change as kinds
from .record import RecordError
from .text import started

CSV = ("record", "part", "where", "item", "change", "before", "after", "before_value",
       "after_value", "matters", "direction", "why_not")
WORDS = {kinds.BETTER: "better", kinds.WORSE: "worse", kinds.NEWS: "neither", kinds.NO: ""}


@dataclass(frozen=True)
class Comparison:
    """Two records, and what changed from the old one to the new one."""
    names: tuple
    old: object
    new: object
    changes: list
    findings: list  # sentences, what matters first
    same_run: bool
    parts: list

    @property
    def verdict(self):
        return text.verdict(self.findings, self.same_run)

    @property
    def word(self):
        return text.word(self.findings, self.same_run)

    @property
    def worse(self):
        return text.is_worse(self.findings)

    @property
    def matters(self):
        return [f for f in self.findings if f.kind.matters != kinds.NO]

    @property
    def rest(self):
        return [f for f in self.findings if f.kind.matters == kinds.NO]


def compare(names, old, new, found, build):
    total = len({i.label for i in getattr(old, "implementations", [])}
                & {i.label for i in getattr(new, "implementations", [])})
    made = Comparison(names, old, new, found, text.findings(found, names, total), old == new, [])
    made.parts.extend(build(made))
    return made


def compare_records(names, old, new):
    found = [one for differ in (changes.result, changes.conformance, changes.same_bits,
                                changes.kill, changes.training, changes.claims, changes_time.times)
             for one in differ(old, new)]
    return compare(names, old, new, found, changes_parts.parts)


def compare_claims(names, old, new):
    return compare(names, old, new, changes_claims.compare(old, new), changes_parts.claims_parts)


@dataclass(frozen=True)
class Report:
    """Everything the page needs. entries: [(name, path, when)]"""
    title: str
    command: str
    entries: list
    comparisons: list
    summary: list  # [(aspect, text of each record)], of more than two records
    differing: list  # [(comparison, term, before, after)] of the runs themselves
    rules: list


def letters(paths):
    if len(paths) > len(string.ascii_uppercase):
        raise RecordError(f"{len(paths)} records are too many for one page; name at most "
                          f"{len(string.ascii_uppercase)}")
    return string.ascii_uppercase[:len(paths)]


def of_records(paths, records):
    names = letters(paths)
    made = [compare_records((names[0], name), records[0], record)
            for name, record in list(zip(names, records))[1:]]
    differing = [(one, *row) for one in made
                 for row in changes_parts.compared_facts((one.old, one.new))[0]]
    summary = changes_parts.summary(names, records, made) if len(records) > 2 else []
    return Report("What changed, and does it matter?", "make bench",
                  [(name, path, started(r)) for name, path, r in zip(names, paths, records)], made,
                  summary, differing, [*text.RULES, changes_time.RULE, text.NOT_COMPARED])


def of_claims(paths, found):
    names = letters(paths)
    made = [compare_claims((names[0], name), found[0], one)
            for name, one in list(zip(names, found))[1:]]
    return Report("Which claims stand otherwise?", "assay claims run",
                  [(name, path, "") for name, path in zip(names, paths)], made,
                  changes_parts.claims_summary(names, found, made) if len(found) > 2 else [], [],
                  [text.CLAIMS_RULE])


# --- the three forms ------------------------------------------------------------------------------

def page(report, for_print=False):
    templates = html.environment()
    font = Markup(palette.PRINT_FONT if for_print else palette.FONT)
    style = templates.get_template("style.css").render(palette=palette, font=font,
                                                       running="comparison of records")
    return templates.get_template("changes.html.j2").render(
        style=Markup(style), report=report, for_print=for_print,
        level=2 if len(report.comparisons) == 1 else 3)


def listed(found, why=False):
    return "\n".join(f"- {f.sentence}" + (f" *{f.why[0].upper() + f.why[1:]}.*" if f.why else "")
                     for f in found)


def folded(title, body):
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def markdown_table(table):
    return markdown.table(table.header, table.rows, table.align)


def markdown_comparison(one):
    parts = [f"### {one.names[1]} compared with {one.names[0]}: {one.word.lower()}", one.verdict]
    if one.matters:
        parts += ["#### What matters", listed(one.matters)]
    if one.rest:
        parts += ["#### What changed and does not matter", listed(one.rest)]
    for part in one.parts:
        body = [*part.said, *([part.caption] if part.plot else []),
                *(markdown_table(table) for table in part.tables)]
        parts.append(folded(part.title, "\n\n".join(body)))
    return parts


def markdown_text(report):
    rows = [(name, f"`{path}`", when or "–") for name, path, when in report.entries]
    parts = [f"## Assay: {report.title}",
             markdown.table(("record", "file", "started"), rows, "lll")]
    if report.summary:
        header = ("", *(name for name, *_ in report.entries))
        parts.append(markdown.table(header, report.summary, "l" * len(header)))
    for one in report.comparisons:
        parts += markdown_comparison(one)
    parts.append(folded("How this was judged", "\n\n".join(report.rules)))
    return "\n\n".join(parts).replace(numbers.NO_BREAK, " ") + "\n"


def plain(value):
    return str(value).replace(numbers.NO_BREAK, " ").replace(numbers.THIN, " ")


def number(value):
    return "" if value is None else repr(value)


def csv_rows(report):
    for one, term, before, after in report.differing:
        yield (one.names[1], "runs", "", term, "differs", plain(before), plain(after), "", "", "no",
               "", "it describes the run and is no result")
    for one in report.comparisons:
        for c in one.changes:
            yield (one.names[1], c.kind.part, c.subject, c.item,
                   c.kind.one.format(old=one.names[0], new=one.names[1]), plain(c.before),
                   plain(c.after), number(c.old), number(c.new), "yes" if c.matters else "no",
                   WORDS[c.kind.matters], "" if c.matters else c.kind.why)


def files(report):
    """The report by the names of its files."""
    return {"report.html": page(report).encode(),
            "report.pdf": pdf.document(page(report, for_print=True)),
            "report.md": markdown_text(report).encode(),
            "changes.csv": comparison.csv_bytes(CSV, csv_rows(report))}
