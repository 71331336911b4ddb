# SPDX-License-Identifier: MIT
"""The report on claims: page, Markdown, figures as CSV; and single plots."""
from __future__ import annotations

from markupsafe import Markup

from . import claims, claims_plots, claims_text as text, comparison, html, markdown, numbers
from . import palette, pdf, record as records

FIGURES = ("claim", "version", "replica", "kind", "part_or_arm", "x", "value")
VERDICTS = ("claim", "version", "section", "family", "verdict", "kind", "size", "needs", "replicas",
            "part", "part_verdict", "median", "interval_lower", "interval_upper", "mean",
            "mean_interval_lower", "mean_interval_upper", "p", "p_adjusted", "share_lower",
            "share_upper", "replicas_needed", "cpu_seconds", "figures_sha256", "rule_sha256",
            "sentence", "source")


def plots(findings):
    """{id: (SVG of the effects, SVG of the curves or None)}"""
    return {claim.id: (Markup(claims_plots.effects(claim, text.effects_title(claim))),
                       Markup(claims_plots.curves(claim, text.curve_title(claim)))
                       if claim.has_curve else None)
            for claim in findings.everything if claim.was_run}


def page(findings, drawn, for_print=False):
    templates = html.environment()
    templates.filters.update(figure=numbers.figure, slug=text.slug)
    font = Markup(palette.PRINT_FONT if for_print else palette.FONT)
    values = {"palette": palette, "font": font, "running": "report on claims"}
    style = "".join(templates.get_template(name).render(**values)
                    for name in ("style.css", "claims.css"))
    script = templates.get_template("claims.js").render()
    return templates.get_template("claims.html.j2").render(
        style=Markup(style), script=Markup(script), findings=findings, plots=drawn, text=text,
        claims=claims, for_print=for_print)


# --- Markdown -------------------------------------------------------------------------------------

def summary(findings):
    parts = [f"## {text.TITLE}", text.subject(findings), f"**{text.summary(findings)}** "
             "The panels are in [report.html](report.html); the figures in `figures.csv` and "
             "`verdicts.csv`."]
    if findings.contradictions:
        rows = [(one.one, one.other, f"**{text.WORDS[outcome]}**",
                 ", ".join(link(name) if claim else name for name, claim, _ in speaks))
                for one, outcome, speaks in text.contradictions(findings)]
        parts += ["### Contradictions", markdown.table(
            ("one says", "another says", "which stands", "claims"), rows, "llll")]
    for letter, families in findings.sections:
        members = [claim for family in families for claim in family.claims]
        title = "Negative controls" if letter == claims.CONTROLS else numbers.listing(
            dict.fromkeys(family.title for family in families))
        rows = [(link(claim.id), f"{text.SIGNS[claim.verdict]} {claim.verdict}", claim.sentence,
                 "; ".join(f"{part.name + ': ' if part.name else ''}"
                           f"{text.effect(part, claim.kind)}" for part in claim.parts) or "–")
                for claim in members]
        parts += [f"### {letter}. {title}: {text.section_counts(members)}",
                  markdown.table(("claim", "verdict", "sentence", "median effect (95 % interval)"),
                                 rows, "llll")]
    parts.append(f"<sub>Recompute: `{text.VERIFY}`</sub>")
    return "\n\n".join(parts).replace(numbers.NO_BREAK, " ") + "\n"


def link(name):
    return f"[{name}](report.html#{name})"


# --- CSV ------------------------------------------------------------------------------------------

def plain(value):
    """A number to the last bit."""
    return "" if value is None else repr(value)


def figures_rows(findings):
    for claim in findings.everything:
        start, curve = (claim.id, claim.version), claim.curve
        places = curve.labels or [plain(at) for at in curve.at]
        for r in range(claim.replicas if claim.was_run else 0):
            for part in claim.parts:
                yield (*start, r, "effect", part.name, "", plain(part.effects[r]))
            for arm, values in zip(curve.arms, curve.values[r]):
                for place, value in zip(places, values):
                    yield (*start, r, "curve", arm, place, plain(value))


def verdicts_rows(findings):
    for family in findings.families:
        for claim in family.claims:
            start = (claim.id, claim.version, claim.section, family.title, claim.verdict,
                     claim.kind, plain(claim.size), claim.needs, claim.replicas)
            end = (plain(claim.seconds), claim.hash, claim.rule_hash, claim.sentence, claim.source)
            for part in claim.parts:
                values = (part.median, *part.interval, part.mean, *part.mean_interval, part.p,
                          part.adjusted, *(part.share or (None, None)))
                yield (*start, part.name, part.verdict, *map(plain, values), part.needed or "", *end)
            if not claim.parts:
                yield (*start, *[""] * 13, *end)


# --- files ----------------------------------------------------------------------------------------

def files(findings):
    """The report by the names of its files."""
    drawn = plots(findings)
    return {"report.html": page(findings, drawn).encode(),
            "report.pdf": pdf.document(page(findings, drawn, for_print=True)),
            "report.md": summary(findings).encode(),
            "figures.csv": comparison.csv_bytes(FIGURES, figures_rows(findings)),
            "verdicts.csv": comparison.csv_bytes(VERDICTS, verdicts_rows(findings))}


def named_claims(findings, names):
    found = [findings.find(name) for name in names]
    for name, claim in zip(names, found):
        if claim is None:
            raise records.RecordError(f"it has no claim '{name}'")
        if not claim.was_run:
            raise records.RecordError(f"the claim {name} has not been run, so there is no plot; "
                                      f"{text.RUN.format(name)}")
    return found


def single_plots(findings, names):
    """Plots of these claims for other pages, as <id>.svg: sentence and verdict above both plots."""
    claims_named = named_claims(findings, names)
    return {f"{claim.id}.svg": claims_plots.single(
        claim, text.effects_title(claim), claim.has_curve and text.curve_title(claim),
        f"{text.SIGNS[claim.verdict]} {claim.verdict}. {text.finding(claim)}").encode()
        for claim in claims_named}
