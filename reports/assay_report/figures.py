# SPDX-License-Identifier: MIT
"""The plots. Each is drawn twice, for a wide page and for a phone; one unit is one CSS pixel."""
from __future__ import annotations

import math
from dataclasses import dataclass

import matplotlib

matplotlib.use("svg")

from matplotlib.figure import Figure  # noqa: E402
from matplotlib.patches import PathPatch  # noqa: E402
from matplotlib.path import Path  # noqa: E402

from . import findings, numbers, palette, svg  # noqa: E402

WIDE, TEXT, NARROW = 880, 670, 350
matplotlib.rcParams.update({
    "svg.fonttype": "none", "svg.hashsalt": "assay", "font.family": "DejaVu Sans",
    "font.size": 12, "axes.labelsize": 12, "xtick.labelsize": 11.5, "ytick.labelsize": 11.5,
    "axes.edgecolor": palette.GREY, "axes.linewidth": 0.8, "text.color": palette.INK,
    "axes.labelcolor": palette.INK, "xtick.color": palette.GREY, "ytick.color": palette.GREY,
    "xtick.labelcolor": palette.INK, "ytick.labelcolor": palette.INK, "axes.spines.top": False,
    "axes.spines.right": False, "legend.frameon": False, "legend.fontsize": 11.5,
    "mathtext.default": "regular", "path.simplify": False, "axes.unicode_minus": True,
})


@dataclass(frozen=True)
class Plot:
    """One figure of the report."""
    wide: str
    narrow: str
    title: str


def plot(draw, name, title, *arguments, wide=WIDE):
    wide = svg.of_figure(draw(wide, *arguments), f"{name}-w", title)
    narrow = svg.of_figure(draw(NARROW, *arguments), f"{name}-n", title)
    return Plot(wide, narrow, title)


def canvas(width, height):
    # 72 points an inch: a point is a unit of the SVG, which is a pixel of the page.
    return Figure(figsize=(width / 72, height / 72), dpi=72)


def axes_at(figure, left, top, right, bottom):
    """Axes with these margins in pixels."""
    width, height = figure.get_size_inches() * 72
    return figure.add_axes([left / width, bottom / height, (width - left - right) / width,
                            (height - top - bottom) / height])


def plain(axes):
    """Only the bottom line, for plots whose rows are names."""
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_axisbelow(True)


def dots(axes, points, colour, size, **style):
    """Dots as one path of round strokes without length: a tenth of the bytes of markers."""
    vertices, codes = [], []
    for x, y in points:
        vertices += [(x, y), (x, y)]
        codes += [Path.MOVETO, Path.LINETO]
    if vertices:
        path = Path(vertices, codes)
        path.should_simplify = False
        axes.add_patch(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=size,
                                 capstyle="round", **style))


# --- how to read a ratio --------------------------------------------------------------------------

def draw_sketch(width):
    figure = canvas(width, 118)
    axes = axes_at(figure, 4, 4, 4, 4)
    narrow = width == NARROW
    axes.set(xlim=(-2.45, 2.45), ylim=(-1.25, 1.3))
    axes.axis("off")
    axes.axvspan(-1, 1, 0.36, 0.64, color=palette.SHADE)
    axes.plot([-2.4, 2.4], [0, 0], color=palette.GREY, linewidth=0.8)
    for x, text in ((-1, "golden − bound"), (0, "golden"), (1, "golden + bound")):
        axes.plot([x, x], [-0.36, 0.36], color=palette.INK, linewidth=1.8 if x == 0 else 0.9)
        axes.text(x, -0.78, text, ha="center", va="center", fontsize=10 if narrow else 12)
    for x, colour, text in ((0.4, palette.GREEN, "ratio 0.4\npasses"),
                            (1.7, palette.VERMILLION, "ratio 1.7\nfails")):
        dots(axes, [(x, 0)], colour, 11)
        axes.text(x, 0.85, text, ha="center", va="center", color=colour, linespacing=1.25,
                  fontsize=11 if narrow else 12)
    return figure


# --- all ratios -----------------------------------------------------------------------------------

def swarm(values, step, room, pitch=0.08):
    """(value, offset) for each value: those in one bin stand above and below each other, `pitch`
    apart, or closer where they would need more than `room` to either side."""
    bins = {}
    for value in sorted(values):
        bins.setdefault(round(value / step), []).append(value)
    tallest = max((len(b) for b in bins.values()), default=1)
    pitch = min(pitch, room / max(1, (tallest - 1) / 2))
    return [(position * step, (i + 1) // 2 * pitch * (1 if i % 2 else -1))
            for position, members in bins.items() for i in range(len(members))]


def decades(implementations):
    """The axis in powers of ten: at least a decade beyond failure, at most six below."""
    finite = [math.log10(c.ratio) for i in implementations for c in findings.judged(i)
              if 0 < c.ratio < math.inf]
    low = max(-6, math.floor(min(finite, default=-2)))
    return min(low, -2), max(1, math.ceil(max(finite, default=0)))


def draw_ratio_row(axes, implementation, row, low, high, step):
    ratios = [c.ratio for c in findings.judged(implementation)]
    colour = palette.BY_ARITHMETIC.get(implementation.arithmetic, palette.PURPLE)
    finite = [max(math.log10(r), low) for r in ratios if 0 < r < math.inf]
    points = [(x, row + dy) for x, dy in swarm(finite, step, 0.34)]
    dots(axes, [p for p in points if p[0] <= 0], colour, 3)
    dots(axes, [p for p in points if p[0] > 0], palette.VERMILLION, 6)
    for x, count, ink in ((low - 0.8 * scale_of(low, high), ratios.count(0), palette.INK),
                          (high + 0.5 * scale_of(low, high), ratios.count(math.inf),
                           palette.VERMILLION)):
        if count:
            axes.text(x, row, f"{count}", ha="center", va="center", color=ink,
                      fontweight="bold" if ink != palette.INK else "normal")


def scale_of(low, high):
    """Room for the columns of 0 and of infinity, as a share of the axis."""
    return (high - low) / 8


def ratio_ticks(implementations, low, high, narrow):
    """(positions, labels), with columns of their own for exact answers and infinite ratios."""
    scale = scale_of(low, high)
    ticks = list(range(low, high + 1, max(1, round((high - low) / (4 if narrow else 9)))))
    if 0 not in ticks:
        ticks = sorted({t for t in ticks if abs(t) > 1} | {0})
    labels = ["1" if t == 0 else numbers.power_of_ten(t) for t in ticks]
    ticks.append(low - 0.8 * scale)
    labels.append("0" if narrow else "0, exact")
    if any(c.ratio == math.inf for i in implementations for c in findings.judged(i)):
        ticks.append(high + 0.5 * scale)
        labels.append("∞")
    return ticks, labels


def draw_ratios(width, implementations):
    narrow = width == NARROW
    pitch = 60 if narrow else 50
    figure = canvas(width, pitch * len(implementations) + 78)
    axes = axes_at(figure, 6 if narrow else 262, 24, 6, 54)
    low, high = decades(implementations)
    scale = scale_of(low, high)
    step = (high - low + 2 * scale) / (100 if narrow else 190)
    axes.set(xlim=(low - 1.3 * scale, high + scale), ylim=(len(implementations) - 0.5, -0.62))
    axes.axvspan(0, high + scale, color="#fbeee7", linewidth=0)
    axes.axvline(0, color=palette.VERMILLION, linewidth=1.4)
    axes.axvline(low - 0.3 * scale, color=palette.RULE, linewidth=0.8)
    for row, implementation in enumerate(implementations):
        axes.axhline(row + 0.5, color=palette.RULE, linewidth=0.6)
        draw_ratio_row(axes, implementation, row, low, high, step)
        if narrow:
            axes.text(low - 1.2 * scale, row - 0.41, implementation.label, fontsize=10.5,
                      va="center")
    axes.text(0.07 * scale, -0.66, "fails", color=palette.VERMILLION, va="bottom")
    axes.text(-0.07 * scale, -0.66, "passes", color=palette.INK, va="bottom", ha="right")
    axes.set_xticks(*ratio_ticks(implementations, low, high, narrow))
    axes.set_xlabel("ratio = error ÷ bound (one dot a case)")
    axes.set_yticks([] if narrow else range(len(implementations)),
                    [] if narrow else [i.label for i in implementations])
    plain(axes)
    return figure


# --- learning curves ------------------------------------------------------------------------------

def curve_label(group):
    more = f" and {len(group) - 1} with the same bits" if len(group) > 1 else ""
    return group[0].label + more


def draw_curves(width, training):
    narrow = width == NARROW
    groups = findings.groups_of_runs(training.runs)
    legend = 20 * (len(groups) + 2 if narrow else max(2, len(groups))) + 8
    figure = canvas(width, (520 if narrow else 300) + legend)
    if narrow:
        loss = axes_at(figure, 52, 26, 12, 290 + legend)
        accuracy = axes_at(figure, 52, 286, 12, 44 + legend)
    else:
        loss = axes_at(figure, 52, 30, 468, 44 + legend)
        accuracy = axes_at(figure, 490, 30, 14, 44 + legend)
    for i, group in enumerate(groups):
        draw_run(loss, accuracy, group[0].epochs, palette.SERIES[i % len(palette.SERIES)], i)
    finish_curves(loss, accuracy, training)
    # Columns are filled from above: the second one holds the styles, so the first needs two rows.
    handles = [matplotlib.lines.Line2D([], [], color=palette.SERIES[i % len(palette.SERIES)],
                                       linewidth=2, label=curve_label(group))
               for i, group in enumerate(groups)]
    for style, text in (("-", "test set"), (":", "training set")):
        handles.append(matplotlib.lines.Line2D([], [], color=palette.GREY, linestyle=style,
                                               label=f"accuracy on the {text}"))
    figure.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 0), handlelength=2,
                  borderaxespad=0.3, labelspacing=0.45,
                  ncols=1 if narrow else 2, columnspacing=3)
    return figure


def draw_run(loss, accuracy, epochs, colour, order):
    """Curves that lie on each other stay visible: the later one is dashed and thinner."""
    width = max(1.2, 3 - 1.4 * order)
    style = "-" if order == 0 else (0, (4, 3))
    number = [e.number for e in epochs]

    def line(axes, values, **look):
        pairs = [(n, v) for n, v in zip(number, values) if v is not None]
        if pairs:
            axes.plot(*zip(*pairs), color=colour, **look)

    line(loss, [e.loss for e in epochs], linewidth=width, linestyle=style)
    line(accuracy, [percent_of(e.test_accuracy) for e in epochs], linewidth=width, linestyle=style)
    line(accuracy, [percent_of(e.train_accuracy) for e in epochs], linewidth=max(1, width - 0.8),
         linestyle=":")


def percent_of(fraction):
    return None if fraction is None else 100 * fraction


def finish_curves(loss, accuracy, training):
    positive = [e.loss for run in training.runs for e in run.epochs if e.loss is not None]
    if positive and min(positive) > 0:
        loss.set_yscale("log")
        loss.yaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda y, _: f"{y:g}"))
        # Less than two decades have too few powers of ten to read a value from.
        if max(positive) / min(positive) < 100:
            loss.yaxis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
        loss.yaxis.set_minor_formatter(matplotlib.ticker.NullFormatter())
    loss.set_title("Training loss (mean per sample)", loc="left", fontsize=12)
    accuracy.set_title("Accuracy (%)", loc="left", fontsize=12)
    tests = [100 * e.test_accuracy for run in training.runs for e in run.epochs
             if e.test_accuracy is not None]
    if tests:
        low = 80 if max(tests) > 85 else min(tests)
        accuracy.set_ylim(min(low, max(tests) - 5), 100.6)
        accuracy.yaxis.set_major_locator(matplotlib.ticker.MaxNLocator(5, steps=[1, 2, 5, 10]))
    if training.target is not None:
        accuracy.axhline(100 * training.target, color=palette.VERMILLION, linewidth=1)
        accuracy.text(1, 100 * training.target, "target", color=palette.VERMILLION, ha="right",
                      va="top", transform=accuracy.get_yaxis_transform())
    for axes in (loss, accuracy):
        axes.set_xlabel("epoch")
        axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(integer=True, nbins=8,
                                                                     steps=[1, 2, 5, 10]))
        axes.grid(axis="y", color=palette.RULE, linewidth=0.6)


# --- time per step --------------------------------------------------------------------------------

def timing_layout(timing):
    """(y, row or None, group) from top to bottom; None is the heading of a group."""
    layout, y = [], 0.0
    for precision, rows in findings.timing_groups(timing).items():
        layout.append((y, None, precision))
        for row in rows:
            y += 1
            layout.append((y, row, precision))
        y += 1.25
    return layout, y - 0.4


def time_axis(axes, rows):
    """Logarithmic if the times differ by more than five, else from zero."""
    low, high = min(r.minimum for r in rows), max(r.maximum for r in rows)
    if low > 0 and high / low > 5:
        axes.set_xscale("log")
        axes.set_xlim(low / 1.25, high * 1.25)
        subs = (1, 2, 5) if high / low < 200 else (1,)
        axes.xaxis.set_major_locator(matplotlib.ticker.LogLocator(subs=subs))
        axes.xaxis.set_minor_formatter(matplotlib.ticker.NullFormatter())
        scale = ", logarithmic"
    else:
        axes.set_xlim(0, high * 1.08 or 1)
        axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(5))
        scale = ""
    axes.xaxis.set_major_formatter(
        matplotlib.ticker.FuncFormatter(lambda x, _: numbers.seconds(x) if x > 0 else "0"))
    axes.set_xlabel("time per step (median and range of repetitions" + scale + ")")


def draw_timing_row(axes, row, y, narrow):
    colour = palette.INK if row.is_limit else \
        palette.BY_ARITHMETIC.get(row.arithmetic, palette.PURPLE)
    axes.plot([row.minimum, row.maximum], [y, y], color=colour, linewidth=2.4,
              solid_capstyle="butt", alpha=0.6)
    dots(axes, [(row.median, y)], colour, 8)
    text = "limit" if row.is_limit else numbers.times(row.ratio_to_limit) \
        if row.ratio_to_limit else ""
    edge = axes.get_yaxis_transform()
    axes.text(1.02, y, text, transform=edge, va="center", color=colour,
              fontweight="bold" if not row.is_limit else "normal", fontsize=11 if narrow else 12)
    axes.text(0 if narrow else -0.02, y - (0.38 if narrow else 0), row.label, transform=edge,
              va="center", ha="left" if narrow else "right", fontsize=10.5 if narrow else 11.5,
              bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1})


def draw_timing(width, timing):
    narrow = width == NARROW
    layout, height = timing_layout(timing)
    pitch = 46 if narrow else 30
    figure = canvas(width, pitch * (height + 0.5) + 60)
    axes = axes_at(figure, 8 if narrow else 282, 6, 56 if narrow else 78, 54)
    axes.set_ylim(height, -0.5)
    time_axis(axes, timing.rows)
    if narrow:
        axes.set_xlabel("time per step (median, range)")
    for y, row, precision in layout:
        if row is None:
            axes.text(0 if narrow else -0.02, y, precision, transform=axes.get_yaxis_transform(),
                      va="center", ha="left" if narrow else "right", color=palette.GREY,
                      fontweight="bold")
            continue
        limit = findings.limit_of(row)
        if limit:
            axes.plot([limit, limit], [y - (0.2 if narrow else 0.5), y + 0.5], color=palette.INK,
                      linewidth=1, linestyle=(0, (3, 2)))
        draw_timing_row(axes, row, y, narrow)
    axes.set_yticks([])
    axes.grid(axis="x", color=palette.RULE, linewidth=0.6)
    plain(axes)
    return figure
