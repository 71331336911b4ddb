# SPDX-License-Identifier: MIT
"""The page: a record as one HTML document that needs nothing beside it."""
from __future__ import annotations

import os
import re

import jinja2
from markupsafe import Markup, escape

from . import figures, findings, kill_matrix, numbers, palette, pictures, scaling, scaling_plot, tables, text

TEMPLATES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")

SECTIONS = (("says", "What this says"), ("reading", "How to read a ratio"),
            ("ratios", "Coverage and ratios"), ("learning", "Learning curves"),
            ("claims_quick", "Claims of the quick tier"),
            ("pictures", "In pictures"), ("timing", "Time per step"), ("bits", "The same bits everywhere"),
            ("scaling", "Scale (simulated)"),
            ("kill", "Known mistakes"), ("environment", "Environment"),
            ("reproduce", "How to reproduce this"))


def marked(value):
    """`Backticks` as code, everything else escaped."""
    return Markup(re.sub(r"`([^`]*)`", r"<code>\1</code>", str(escape(value))))


def breakable(name):
    """A long name in code, which may break after an underscore or a slash."""
    return Markup(re.sub(r"([_/])", r"\1<wbr>", str(escape(name))))


def capital(words):
    """The first letter upper-case, the others as they are."""
    return words[:1].upper() + words[1:]


def environment():
    made = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True,
                              trim_blocks=True, lstrip_blocks=True,
                              undefined=jinja2.StrictUndefined)
    made.filters.update(marked=marked, capital=capital, breakable=breakable, ratio=numbers.ratio,
                        digits=numbers.digits, percent=numbers.percent, times=numbers.times,
                        duration=numbers.duration, seconds=numbers.seconds,
                        short_hash=numbers.short_hash, bits_result=tables.bits_result,
                        fork_ratio=tables.fork_ratio)
    made.globals.update(plural=numbers.plural, listing=numbers.listing, spared=findings.spared,
                        not_recorded=numbers.NOT_RECORDED)
    return made


def plots(record):
    """The figures that the record has data for, by name."""
    made = {"sketch": figures.plot(
        figures.draw_sketch, "sketch",
        "A line with the golden in the middle of an interval of one bound to each side. An answer "
        "inside has a ratio below 1 and passes; one outside fails.", wide=figures.TEXT)}
    if any(findings.judged(i) for i in record.implementations):
        made["ratios"] = figures.plot(
            figures.draw_ratios, "ratios", "Dots: the ratio of every case for each implementation "
            "on a logarithmic axis. " + text.ratios_caption(record), record.implementations)
    if record.training and any(run.epochs for run in record.training.runs):
        made["curves"] = figures.plot(
            figures.draw_curves, "curves", "Lines: training loss and accuracy by epoch. "
            + text.curves_caption(record).replace("`", ""), record.training)
    made |= pictures_of(record)
    simulation = scaling.shown(record)
    if simulation:
        made["scaling"] = figures.plot(scaling_plot.draw, "scaling", "Lines: time against ranks. "
                                       + scaling.caption(simulation), simulation)
    timing = findings.shown_timing(record)
    if timing:
        made["timing"] = figures.plot(
            figures.draw_timing, "timing", "Dots with ranges: time per step against the limit. "
            + text.timing_caption(record), timing)
    return made


def pictures_of(record):
    shown, made = record.pictures, {}
    if shown and shown.attacks and shown.attacks.curves:
        made["attacks"] = figures.plot(pictures.draw_attacks, "attacks", "Lines: accuracy against "
                                       "radius. " + text.attacks_caption(shown.attacks),
                                       shown.attacks)
    if shown and shown.attacks and shown.attacks.examples:
        made["examples"] = figures.plot(pictures.draw_examples, "examples", "Digits in pairs. "
                                        + text.examples_caption(shown.attacks), shown.attacks)
    if shown and shown.gan and shown.gan.snapshots and shown.gan.target:
        made["gan"] = figures.plot(pictures.draw_gan, "gan", "Clouds of points. "
                                   + text.gan_caption(shown.gan), shown.gan)
    if shown and shown.smote and shown.smote.majority and shown.smote.minority:
        made["smote"] = figures.plot(pictures.draw_smote, "smote", "A cloud of points. "
                                     + text.smote_caption(shown.smote), shown.smote)
    return made


def matrices(record):
    """[(technique, forks, svg, width, caption)]"""
    made = []
    for technique, rows in findings.by_technique(findings.forks_of(record.kill)).items():
        caption = text.matrix_caption(technique, rows)
        svg, width = kill_matrix.matrix(rows, "Matrix of forks against cases. "
                                        + caption.replace("`", ""))
        made.append((technique, rows, Markup(svg), width, caption))
    return made


def sections(speed):
    """Those of this report: other libraries stand behind the engine's own times."""
    if speed is None:
        return SECTIONS
    from . import speed as speeds
    at = [name for name, _ in SECTIONS].index("timing") + 1
    return SECTIONS[:at] + (("speed", speeds.TITLE),) + SECTIONS[at:]


def context(record, for_print, speed):
    from . import speed as speeds  # which makes a page of its own with this module
    made = {} if speed is None else speeds.values(speed)
    return made | {
        "record": record, "for_print": for_print, "sections": sections(speed), "text": text,
        "scaling": scaling,
        "tables": tables, "findings": findings, "palette": palette, "plots": plots(record),
        "outcomes": [findings.outcome(i) for i in record.implementations],
        "matrices": matrices(record) if record.kill and not for_print else [],
        "timing": findings.shown_timing(record), "totals": findings.totals(record),
    }


def page(record, for_print=False, speed=None):
    """The whole document, with a record of `make speed` if there is one. For print, what a screen
    folds away is open."""
    templates = environment()
    font = Markup(palette.PRINT_FONT if for_print else palette.FONT)
    style = templates.get_template("style.css").render(palette=palette, font=font)
    return templates.get_template("report.html.j2").render(style=Markup(style),
                                                           **context(record, for_print, speed))
