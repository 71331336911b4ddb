# SPDX-License-Identifier: MIT
"""Rankings in words: as parts of a page, as Markdown, as CSV; and the report on several checks."""
from __future__ import annotations

import csv
import io

from markupsafe import Markup

from . import html, markdown, numbers, palette, pdf, ranking

CSV_HEADER = ("precision", "family", "technique", "implementation", "version", "place", "standing",
              "cases", "failing", "grade", "largest_ratio", "fewest_digits")
PAIRS_HEADER = ("precision", "implementation", "version", "against", "against_version",
                "techniques", "cases", "better", "level", "worse")
RULES = (
    "Implementations are compared in pairs, on the cases that both answer and on no others. The "
    "better grade wins: A within the bound, B within 4 times, C within 16 times, F beyond. Within "
    "a grade the smaller ratio wins if it is less than half of the other; closer ones are less "
    "than one bit apart, and level. Of a technique, the worst of the common cases counts.",
    "In a technique an implementation leads if it is ahead of every other that answers some of "
    "the same cases, is behind if some other is ahead of it, and level otherwise; it is alone if "
    "nobody else answers any of its cases. Its place is 1, and one more for each that is ahead of "
    "it; grade, ratio and digits beside it are the worst of all its cases. Impossible requests are "
    "not compared, and of numbers drawn at random only the grade is.",
    "There is no order over everything, since no two answer the same questions. Rows and columns "
    "are sorted by the share of techniques in which nobody is ahead, of those compared.")


def shade(answer):
    """The index into palette.GRADES: the grade and, within A, how close to the bound."""
    return next(i for i, (grade, end, *_) in enumerate(palette.GRADES)
                if grade == answer.grade and (grade != "A" or (answer.ratio or 0) <= end))


def details(place):
    """What stands behind a place: digits and cases."""
    said = [] if place.answer.digits is None else [f"{numbers.digits(place.answer.digits)} digits"]
    said.append(f"{place.failing} of {numbers.plural(place.cases, 'case')} beyond"
                if place.failing else numbers.plural(place.cases, "case"))
    return ", ".join(said)


def percent(fraction):
    return "–" if fraction is None else numbers.percent(round(fraction, 3))


def sentence(one):
    """What can be said of a precision as a whole."""
    count = len(one.entrants)
    if count < 2:
        return (f"In {one.precision} only {one.entrants[0].name} answers, so there is nothing to "
                "compare.")
    said = (f"In {one.precision}, {count} implementations answer "
            f"{numbers.plural(one.techniques, 'technique')}, {one.compared} of them on cases that "
            "two or more have in common")
    level = sum(p.level for p in one.pairs.values())
    cases = sum(p.cases for p in one.pairs.values())
    return said + (f"; {percent(level / cases)} of the comparisons of two answers end level."
                   if cases else ".")


def title(one, technique, place):
    """What a cell of the heat map says when it is pointed at."""
    return (f"{one.labels[place.entrant]}, {technique}: ratio {numbers.ratio(place.answer.ratio)}, "
            f"{details(place)}")


def for_templates(found, for_print=False):
    """What ranking.html.j2 needs. For print, only what fits some pages."""
    return {"rankings": found, "for_print": for_print, "rules": RULES, "palette": palette,
            "ranking_sentence": sentence, "shade": shade, "title": title, "details": details,
            "share": percent}


# --- Markdown and CSV -----------------------------------------------------------------------------

def scores_table(one):
    rows = []
    for s in one.scores:
        t = s.standings
        rows.append((s.entrant.full_name, s.techniques, t["alone"], t["leads"], t["level"],
                     t["behind"], percent(s.unsurpassed), s.cases,
                     *(percent(s.share(grade)) for grade in ranking.GRADES)))
    return markdown.table(("implementation", "techniques", "alone", "leads", "level", "behind",
                           "not behind", "cases", *ranking.GRADES), rows, "l" + "r" * 11)


def pairs_table(one):
    rows = [(one.labels[a], *("" if a is b else pair_text(one.pairs[a, b]) for b in one.entrants))
            for a in one.entrants]
    header = ("better / level / worse than", *(markdown.cell(one.labels[e]) for e in one.entrants))
    return markdown.table(header, rows, "l" + "r" * len(rows))


def pair_text(pair):
    return f"{pair.better} / {pair.level} / {pair.worse}" if pair.cases else "–"


def order_text(one, found):
    """Those who answer a technique in one line, best first."""
    return " · ".join(f"{p.place or '–'} {one.labels[p.entrant]} **{p.answer.grade}** "
                      f"{numbers.ratio(p.answer.ratio)} ({details(p)})" for p in found)


def markdown_parts(found):
    parts = []
    for one in found:
        parts += [f"### Ranking in {one.precision}", sentence(one), scores_table(one)]
        if len(one.entrants) > 1:
            parts.append(pairs_table(one))
        for family, techniques in one.families.items():
            rows = [(f"`{technique}`", order_text(one, ps)) for technique, ps in techniques.items()]
            parts.append(f"<details><summary>{family.replace('_', ' ')} ({len(rows)})</summary>\n\n"
                         + markdown.table(("technique", "place, grade, largest ratio"), rows, "ll")
                         + "\n\n</details>")
    return parts


def plain_number(value):
    return "" if value is None else f"{value:.6g}"


def csv_bytes(header, rows):
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return file.getvalue().encode()


def tables(found):
    """The figures as CSV by the names of their files: the heat maps, and the pairs."""
    cells = ((one.precision, family, technique, p.entrant.name, p.entrant.version, p.place or "",
              p.standing, p.cases, p.failing, p.answer.grade, plain_number(p.answer.ratio),
              plain_number(p.answer.digits))
             for one in found for family, techniques in one.families.items()
             for technique, ps in techniques.items() for p in ps)
    pairs = ((one.precision, a.name, a.version, b.name, b.version, p.techniques, p.cases, p.better,
              p.level, p.worse)
             for one in found for (a, b), p in one.pairs.items())
    return {"ranking.csv": csv_bytes(CSV_HEADER, cells),
            "ranking_pairs.csv": csv_bytes(PAIRS_HEADER, pairs)}


# --- the report on several checks -----------------------------------------------------------------

def page(entrants, found, for_print=False):
    templates = html.environment()
    font = Markup(palette.PRINT_FONT if for_print else palette.FONT)
    style = templates.get_template("style.css").render(palette=palette, font=font,
                                                       running="comparison")
    names = numbers.listing(dict.fromkeys(e.full_name for e in entrants))
    return templates.get_template("comparison.html.j2").render(
        style=Markup(style), entrants=entrants, names=names, **for_templates(found, for_print))


def summary(found):
    parts = ["## Implementations compared by Assay", *RULES, *markdown_parts(found)]
    return "\n\n".join(parts).replace(numbers.NO_BREAK, " ") + "\n"


def files(entrants):
    """The report by the names of its files."""
    found = ranking.rankings(entrants)
    return {"report.html": page(entrants, found).encode(),
            "report.pdf": pdf.document(page(entrants, found, for_print=True)),
            "report.md": summary(found).encode(), **tables(found)}
