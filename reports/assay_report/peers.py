# SPDX-License-Identifier: MIT
"""The report on other people's implementations: a record of ci/peers/run.py as a page and as
Markdown, with its ranking as CSV. A column is one implementation in one precision."""
from __future__ import annotations

import os
from dataclasses import dataclass

from markupsafe import Markup

from . import comparison, html, markdown, numbers, palette, ranking

WHOSE = {"theirs": "a defect of the implementation", "convention": "another convention",
         "ours": "a mistake of ours"}


@dataclass(frozen=True)
class Column:
    """One run of one peer."""
    peer: str
    label: str
    precision: str
    version: str
    seconds: float
    rows: dict

    @property
    def covered(self):
        return sum(row["covered"] for row in self.rows.values())

    @property
    def passed(self):
        return sum(row["passed"] for row in self.rows.values())

    @property
    def impossible(self):
        return sum(row["impossible"] for row in self.rows.values())

    @property
    def refused(self):
        return sum(row["refused"] for row in self.rows.values())

    @property
    def techniques(self):
        return sum(1 for row in self.rows.values() if row["covered"])

    @property
    def worst(self):
        return max((row["ratio"] for row in self.rows.values() if row["passed"]), default=0)

    @property
    def digits(self):
        return min((row["digits"] for row in self.rows.values() if row["digits"] is not None),
                   default=None)


def columns(record):
    return [Column(peer["peer"], one["implementation"], one["precision"], one["version"],
                   one["seconds"], one["techniques"])
            for peer in record["peers"] for one in peer["runs"]]


def failing_cases(peer, index):
    """The cases that finding number `index` explains, with the precisions in which they fail."""
    found = {}
    for one in peer["runs"]:
        for technique, row in one["techniques"].items():
            for failure in row["failures"]:
                if failure.get("finding") == index:
                    found.setdefault(f"{technique}/{failure['case']}", []).append(
                        (one["precision"], failure))
    return found


def diagnoses(peer, index):
    """What the check itself said about them, most frequent first."""
    count = {}
    for failures in failing_cases(peer, index).values():
        for _, failure in failures:
            if failure["diagnosis"]:
                count[failure["diagnosis"]] = count.get(failure["diagnosis"], 0) + 1
    return sorted(count, key=count.get, reverse=True)[:2]


def unexplained(record):
    return [problem for peer in record["peers"] for problem in peer["problems"]]


def verdict(record):
    all_columns = columns(record)
    covered, passed = sum(c.covered for c in all_columns), sum(c.passed for c in all_columns)
    findings = sum(len(peer["findings"]) for peer in record["peers"])
    sentence = (f"{len(record['peers'])} implementations gave {covered:,} answers; {passed:,} are "
                f"within their bounds, and the other {covered - passed:,} have "
                f"{numbers.plural(findings, 'explanation')}.")
    problems = unexplained(record)
    return sentence + (f" {numbers.plural(len(problems), 'point')} still open." if problems else "")


def page(record, found):
    templates = html.environment()
    style = templates.get_template("style.css").render(
        palette=palette, font=Markup(palette.FONT), running="report on implementations")
    return templates.get_template("peers.html.j2").render(
        style=Markup(style), record=record, columns=columns(record), failing_cases=failing_cases,
        whose=WHOSE, diagnoses=diagnoses, verdict=verdict(record), unexplained=unexplained(record),
        **comparison.for_templates(found))


def summary(record, found):
    rows = [(c.label, c.version, c.precision, c.techniques, f"{c.passed} of {c.covered}",
             numbers.ratio(c.worst), "–" if c.digits is None else f"{c.digits:.1f}",
             f"{c.refused} of {c.impossible}") for c in columns(record)]
    parts = ["## Other people's implementations, judged by Assay", verdict(record),
             markdown.table(("implementation", "version", "precision", "techniques", "cases passed",
                             "largest ratio that passed", "fewest digits",
                             "impossible requests refused"), rows, "lllrrrrr"),
             "### How implementations are ranked", *comparison.RULES,
             *comparison.markdown_parts(found)]
    for peer in record["peers"]:
        if peer["findings"]:
            parts.append(f"### {peer['implementation']}")
            parts += [finding_text(peer, i, f) for i, f in enumerate(peer["findings"])]
    if unexplained(record):
        parts += ["### Still open", "\n".join(f"- {p}" for p in unexplained(record))]
    parts.append(f"<sub>{record['date']} · commit `{record['commit'][:12]}` · `make peers`</sub>")
    return "\n\n".join(parts).replace(numbers.NO_BREAK, " ") + "\n"


def finding_text(peer, index, finding):
    cases = failing_cases(peer, index)
    shown = ", ".join(f"`{name}`" for name in list(cases)[:4])
    more = f" and {len(cases) - 4} more" if len(cases) > 4 else ""
    text = [f"**{finding['title']}** ({WHOSE[finding['whose']]}; "
            f"{', '.join(finding['precisions'])}). {' '.join(finding['reason'].split())} "
            f"Cases: {shown}{more}."]
    if finding.get("reproduction"):
        text.append("<details><summary>reproduction</summary>\n\n```python\n"
                    + finding["reproduction"].strip() + "\n```\n\nprints `"
                    + finding["prints"].strip() + "`"
                    + (f", right is `{finding['right'].strip()}`" if finding.get("right") else "")
                    + "\n\n</details>")
    return "\n\n".join(text)


def write(record, folder):
    """report.html, report.md and the tables of the ranking beside the record."""
    found = ranking.rankings(ranking.read_entrants(record, "the record"))
    made = {"report.html": page(record, found).encode(),
            "report.md": summary(record, found).encode(), **comparison.tables(found)}
    for name, content in made.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
