# SPDX-License-Identifier: MIT
"""The two plots of a claim: effects of all replicas against the rule, and curves with quartiles.
Both are narrow enough for a phone and stand beside each other on wide pages."""
from __future__ import annotations

import math
import re
import textwrap
from html import escape

import matplotlib
import numpy

from . import figures, numbers, palette, svg

WIDTH = 360            # of one plot, in pixels
LETTER = 6.3           # about the width of a letter at SMALL
SMALL, LINE = 11, 15   # size of the font, and the height of a line
LANE = 44              # the dots of a part, with its interval below them
MARKS = "os^Dv*"
DASHES = ("-", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)), (0, (3, 2)), (0, (8, 3)))


def wrapped(text, width=WIDTH):
    return textwrap.wrap(text, max(12, int(width / LETTER))) or [""]


def tick_text(value, _=None):
    return numbers.figure(value, 6)


def locator_of(is_log, low, high, count=5):
    if not is_log:
        return matplotlib.ticker.MaxNLocator(count, steps=[1, 2, 2.5, 5, 10])
    few = high / low < 100
    return matplotlib.ticker.LogLocator(subs=(1, 2, 5) if few else (1,), numticks=count + 1)


def ticks_of(axis, is_log, low, high, count=5):
    """Few ticks with plain numbers, on any scale."""
    axis.set_major_locator(locator_of(is_log, low, high, count))
    axis.set_major_formatter(matplotlib.ticker.FuncFormatter(tick_text))
    axis.set_minor_locator(matplotlib.ticker.NullLocator())


# --- effects --------------------------------------------------------------------------------------

def zones(claim):
    """[(from, to, whether it is for the claim)] of the effect, or of the share."""
    size = claim.size
    if claim.kind == "above":
        return [(size, math.inf, True), (-math.inf, -size, False)]
    if claim.kind == "equivalent":
        return [(-size, size, True), (-math.inf, -size, False), (size, math.inf, False)]
    return [(size, math.inf, True), (-math.inf, size, False)]


def marks_of(claim):
    """Where the rule has its limits, and 0 where it asks for a sign."""
    return [claim.size] if claim.kind in ("share", "always") else [0, claim.size]


def usual(part):
    """The effects that the axis has to show: without a few that are far beyond all others."""
    low, high = numpy.quantile(part.finite, (0.25, 0.75))
    reach = 6 * (high - low)
    near = [e for e in part.finite if low - reach <= e <= high + reach]
    few = len(part.finite) - len(near) <= max(1, 0.1 * len(part.finite))
    return ((near if few else part.finite)
            + [v for v in (part.median, *part.interval) if v is not None])


def effect_range(claim):
    if claim.kind == "share":
        return 0.0, 1.0
    values = [v for part in claim.parts if part.finite for v in usual(part)] + marks_of(claim)
    if claim.kind == "equivalent":
        values.append(-claim.size)
    low, high = min(values), max(values)
    room = 0.06 * (high - low) or 0.5 * abs(high) or 1.0
    return low - room, high + room


def beyond(claim):
    """Effects that are off the axis."""
    if claim.kind == "share":
        return []
    low, high = effect_range(claim)
    return [e for part in claim.parts for e in part.finite if not low <= e <= high]


def label_of(part):
    return wrapped(part.name) if part.name else []


def draw_effects(claim):
    lane = LANE if len(claim.parts) > 1 else 96
    names = [label_of(part) for part in claim.parts]
    below = wrapped(axis_of_effect(claim))
    height = sum(LINE * len(name) + lane for name in names) + 6
    figure = figures.canvas(WIDTH, height + 22 + 30 + LINE * len(below))
    axes = figures.axes_at(figure, 10, 22, 10, 30 + LINE * len(below))
    low, high = effect_range(claim)
    axes.set(xlim=(low, high), ylim=(height, 0))
    draw_zones(axes, claim, low, high)
    y = 0
    for part, name in zip(claim.parts, names):
        for line in name:
            axes.text(0.01, y + LINE, line, transform=axes.get_yaxis_transform(), fontsize=SMALL,
                      va="baseline")
            y += LINE
        (draw_share if claim.kind == "share" else draw_part)(axes, part, y, lane, low, high)
        y += lane
    axes.set_yticks([])
    ticks_of(axes.xaxis, False, low, high)
    axes.set_xlabel("\n".join(below), fontsize=SMALL, linespacing=1.2)
    figures.plain(axes)
    return figure


def axis_of_effect(claim):
    return f"share of replicas: {claim.effect}" if claim.kind == "share" else claim.effect


def draw_zones(axes, claim, low, high):
    pixels = (WIDTH - 20) / (high - low)
    for start, end, is_for in zones(claim):
        start, end = max(start, low), min(end, high)
        if start >= end:
            continue
        ground, ink = palette.FOR if is_for else palette.AGAINST
        axes.axvspan(start, end, color=ground, linewidth=0)
        word = "supports" if is_for else "refutes"
        if (end - start) * pixels > len(word) * LETTER + 4:
            axes.text((start + end) / 2, 1.01, word, color=ink, fontsize=SMALL, ha="center",
                      va="bottom", transform=axes.get_xaxis_transform())
    for x in marks_of(claim) + ([-claim.size] if claim.kind == "equivalent" else []):
        axes.axvline(x, color=palette.GREY, linewidth=0.9 if x == 0 else 0.8,
                     linestyle="-" if x == 0 else (0, (3, 2)))


def draw_part(axes, part, y, lane, low, high):
    """Dots, one for each replica, and below them the median with its interval."""
    step = (high - low) * 5 / (WIDTH - 20)
    centre, room = y + (lane - 14) / 2 + 1, (lane - 20) / 2
    inside = [e for e in part.finite if low <= e <= high]
    figures.dots(axes, [(x, centre + dy) for x, dy in figures.swarm(inside, step, room, 5)],
                 palette.GREY, 4.5)
    for edge, mark, count in ((low, "<", sum(e < low for e in part.finite)),
                              (high, ">", sum(e > high for e in part.finite))):
        if count:
            axes.plot(edge, centre, mark, color=palette.INK, markersize=7, clip_on=False)
    draw_interval(axes, part.interval, part.median, y + lane - 9)


def draw_share(axes, part, y, lane, low, high):
    share = part.ones / len(part.effects)
    draw_interval(axes, part.share, share, y + lane / 2)
    right = share < 0.5
    end = part.share[1 if right else 0]
    axes.annotate(f"{part.ones} of {len(part.effects)}",
                  (share if end is None else end, y + lane / 2), fontsize=SMALL, va="center",
                  xytext=(9 if right else -9, 0), textcoords="offset points",
                  ha="left" if right else "right")


def draw_interval(axes, interval, middle, y):
    if None not in interval:
        axes.plot(interval, [y, y], color=palette.INK, linewidth=2.4, solid_capstyle="butt",
                  clip_on=False)
    if middle is not None:
        axes.plot(middle, y, "D", color=palette.INK, markeredgecolor=palette.PAPER, markersize=7.5,
                  clip_on=False)


# --- curves ---------------------------------------------------------------------------------------

def quartiles(curve):
    """Lower quartile, median and upper quartile: [3, arm, place]. Not a number where fewer than
    half of the replicas have one."""
    values = numpy.array(curve.values, dtype=float)
    found = numpy.full((3,) + values.shape[1:], numpy.nan)
    for arm, place in numpy.ndindex(*values.shape[1:]):
        there = values[:, arm, place]
        there = there[numpy.isfinite(there)]
        if there.size and 2 * there.size >= len(values):
            found[:, arm, place] = numpy.quantile(there, (0.25, 0.5, 0.75))
    return found


def missing(curve):
    return sum(v is None for replica in curve.values for arm in replica for v in arm)


def lifted(values, factor=2.0):
    """For a logarithmic axis: what is not above 0 goes to the lower edge. The values, that edge,
    and whether anything was moved."""
    positive = values[numpy.isfinite(values) & (values > 0)]
    edge = positive.min() / factor if positive.size else 1.0
    moved = numpy.isfinite(values) & (values <= 0)
    return numpy.where(moved, edge, values), edge, bool(moved.any())


def value_range(found, is_log):
    """Of the value axis: all medians, and the bands, unless those would leave the medians less
    than a quarter of the room."""
    medians = found[1][numpy.isfinite(found[1])]
    everything = found[numpy.isfinite(found)]
    if not medians.size:
        return (1.0, 10.0) if is_log else (0.0, 1.0)
    scale, back = (math.log10, lambda v: 10.0 ** v) if is_log else (float, float)
    low, high = scale(medians.min()), scale(medians.max())
    reach = 1.5 * (high - low) or math.inf
    low, high = (max(low - reach, scale(everything.min())),
                 min(high + reach, scale(everything.max())))
    room = 0.05 * (high - low) or (0.3 if is_log else 0.1 * abs(high) or 1.0)
    return back(low - room), back(high + room)


def prepared(curve):
    """Quartiles as they are drawn, the range of their axis, and what the caption has to say."""
    found, notes = quartiles(curve), []
    if curve.log_y:
        found, _, moved = lifted(found)
        if moved:
            notes.append("Values that are not above 0 are drawn at the lower edge.")
    low, high = value_range(found, curve.log_y)
    drawn = found[numpy.isfinite(found)]
    if drawn.size and (drawn.min() < low or drawn.max() > high):
        notes.append("Quartiles reach beyond the axis.")
    if missing(curve):
        total = sum(len(arm) for replica in curve.values for arm in replica)
        notes.append(f"{missing(curve)} of {total} values are not numbers, as of runs that "
                     "diverged, and are left out; no median stands where they are more than half.")
    return found, low, high, notes


def draw_curve(claim):
    curve = claim.curve
    found, low, high, _ = prepared(curve)
    title = wrapped(curve.y)
    columns = 2 if max(map(len, curve.arms)) <= 20 else 1
    legend = LINE * math.ceil(len(curve.arms) / columns) + 8
    top = LINE * len(title) + legend + 6
    if curve.labels:
        figure, axes = draw_places(curve, found, low, high, top)
    else:
        figure, axes = draw_lines(curve, found, low, high, top)
    height = figure.get_size_inches()[1] * 72
    figure.text(10 / WIDTH, 1 - 2 / height, "\n".join(title), fontsize=SMALL, va="top",
                linespacing=1.25)
    figure.legend(handles=[matplotlib.lines.Line2D(
        [], [], color=colour(a), linestyle="none" if curve.labels else DASHES[a], marker=MARKS[a],
        markersize=5, linewidth=1.8, label=short(name, 42)) for a, name in enumerate(curve.arms)],
        loc="upper left", bbox_to_anchor=(6 / WIDTH, 1 - LINE * len(title) / height), ncols=columns,
        fontsize=SMALL, handlelength=2.6, borderaxespad=0.2, labelspacing=0.25, columnspacing=1.2)
    return figure


def short(text, most):
    return text if len(text) <= most else text[:most - 1] + "…"


def colour(arm):
    return palette.ARMS[arm % len(palette.ARMS)]


def draw_lines(curve, found, low, high, top):
    below = wrapped(curve.x)
    ticks = [v for v in locator_of(curve.log_y, low, high).tick_values(low, high)
             if low <= v <= high]
    left = 16 + 6.5 * max((len(tick_text(v)) for v in ticks), default=4)
    figure = figures.canvas(WIDTH, top + 200 + 26 + LINE * len(below))
    axes = figures.axes_at(figure, left, top, 18, 26 + LINE * len(below))
    at, edge, moved = numpy.array(curve.at), None, False
    if curve.log_x:
        at, edge, moved = lifted(at, 4.0)
        axes.set_xscale("log")
    if curve.log_y:
        axes.set_yscale("log")
    every = max(1, math.ceil(len(at) / 8))
    for a in range(len(curve.arms)):
        axes.fill_between(at, found[0, a], found[2, a], color=colour(a), alpha=0.16, linewidth=0)
        if len(at) == 1:
            axes.plot([at, at], found[::2, a], color=colour(a), linewidth=2.2, alpha=0.55)
        axes.plot(at, found[1, a], color=colour(a), linestyle=DASHES[a], linewidth=1.8,
                  marker=MARKS[a], markersize=5, markevery=(a % every, every))
    axes.set_ylim(low, high)
    ticks_of(axes.yaxis, curve.log_y, low, high)
    ticks_of(axes.xaxis, curve.log_x, at.min(), at.max(), 6)
    if moved:
        name_zero(axes, edge, at)
    elif len(at) <= 6 and all(float(x).is_integer() for x in at) and not curve.log_x:
        axes.set_xticks(at)
    axes.set_xlabel("\n".join(below), fontsize=SMALL, linespacing=1.2)
    axes.grid(axis="y", color=palette.RULE, linewidth=0.6)
    return figure, axes


def name_zero(axes, edge, at):
    """The place 0 of a logarithmic axis stands left of all others, under its name."""
    kept = [t for t in axes.get_xticks() if at.min() * 2.5 < t <= at.max() * 1.01]
    axes.set_xticks([edge, *kept], ["0", *map(tick_text, kept)])
    axes.xaxis.set_minor_locator(matplotlib.ticker.NullLocator())


def draw_places(curve, found, low, high, top):
    """Places with names: a row for each, since a line between them would mean nothing."""
    names = [wrapped(name) for name in curve.labels]
    lane = 8 * len(curve.arms) + 10
    height = sum(LINE * len(name) + lane for name in names) + 4
    figure = figures.canvas(WIDTH, top + height + 48)
    axes = figures.axes_at(figure, 10, top, 18, 48)
    if curve.log_y:
        axes.set_xscale("log")
    axes.set(xlim=(low, high), ylim=(height, 0))
    y = 0
    for place, name in enumerate(names):
        for line in name:
            axes.text(0, y + LINE - 2, line, transform=axes.get_yaxis_transform(), fontsize=SMALL,
                      va="baseline")
            y += LINE
        for a in range(len(curve.arms)):
            at = y + 8 * a + 8
            axes.plot(found[::2, a, place], [at, at], color=colour(a), linewidth=2.2, alpha=0.55,
                      solid_capstyle="butt")
            axes.plot(found[1, a, place], at, MARKS[a], color=colour(a), markersize=6)
        y += lane
        axes.axhline(y, color=palette.RULE, linewidth=0.6)
    axes.set_yticks([])
    ticks_of(axes.xaxis, curve.log_y, low, high)
    axes.set_xlabel(short(f"by {curve.x}" if curve.x else "", 50), fontsize=SMALL)
    axes.grid(axis="x", color=palette.RULE, linewidth=0.6)
    figures.plain(axes)
    return figure, axes


# --- as SVG ---------------------------------------------------------------------------------------

def effects(claim, title):
    return svg.of_figure(draw_effects(claim), f"{claim.id}-e", title)


def curves(claim, title):
    return svg.of_figure(draw_curve(claim), f"{claim.id}-c", title)


def single(claim, title, curve_title, verdict):
    """A picture that stands alone: sentence, verdict, and both plots beside each other."""
    made = [effects(claim, title)] + ([curves(claim, curve_title)] if curve_title else [])
    sizes = [[float(v) for v in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', one).groups()]
             for one in made]
    width = 2 * WIDTH + 40
    lines = [(line, 600) for line in wrapped(f"{claim.id}: {claim.sentence}", 0.66 * width)]
    lines += [(line, 400) for line in wrapped(verdict, 0.73 * width)]
    top = 20 * len(lines) + 18
    texts = [f'<text x="10" y="{20 * i + 24}" font-size="14" font-weight="{weight}" '
             f'fill="{palette.INK}">{escape(line)}</text>' for i, (line, weight) in enumerate(lines)]
    height = top + max(size[1] for size in sizes) + 8
    plots = [re.sub("<svg ", f'<svg x="{i * (WIDTH + 40)}" y="{top}" ', one, count=1)
             for i, one in enumerate(made)]
    start = svg.opening(f"0 0 {width} {height:g}", f"{claim.sentence} {title}")
    return "\n".join([start.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '),
                      f'<rect width="{width}" height="{height:g}" fill="{palette.PAPER}"/>',
                      *texts, *plots, "</svg>", ""])
