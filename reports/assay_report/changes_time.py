# SPDX-License-Identifier: MIT
"""Times of two records beside each other, as ratios to the limit of their own run, which the state
of the machine moves less than seconds: as values, and as a plot."""
from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import Optional

from . import changes, figures, findings, numbers, palette
from .kinds_of_change import KINDS, NO, change

LEAST = 1.1        # a change of more than 10 % in either direction
REPETITIONS = 4    # fewer have no quartiles
RULE = ("Times of two runs depend on the state of the machine, so a time is divided by the median "
        "of the bare matrix products of the same run and number of ranks, its limit. A change of "
        "this ratio matters if it is more than 10 % (the new one ÷ the old one above 1.1, or below "
        "1 ÷ 1.1) and the quartile ranges of the repetitions, divided in the same way, do not "
        "overlap. Slower and faster are meant in this ratio.")


@dataclass(frozen=True)
class Time:
    """A row of one record: its ratio to the limit, with the quartiles of its repetitions."""
    seconds: float
    ratio: Optional[float]
    lower: Optional[float]
    upper: Optional[float]


@dataclass(frozen=True)
class Pair:
    """A row in both records. quotient: ratio of the second by that of the first; low and high: from
    the quartiles that are closest to those that are farthest, so 1 is outside if none overlap."""
    label: str
    arithmetic: str
    is_limit: bool
    before: Time
    after: Time

    @property
    def quotient(self):
        both = self.before.ratio and self.after.ratio
        return self.after.ratio / self.before.ratio if both else None

    @property
    def judged(self):
        return self.quotient is not None and None not in (self.before.lower, self.after.lower)

    @property
    def low(self):
        return self.after.lower / self.before.upper

    @property
    def high(self):
        return self.after.upper / self.before.lower

    @property
    def kind(self):
        """"slower", "faster", "time_within" or "time_unjudged"; None if nothing moved."""
        if self.before == self.after:
            return None
        if not self.judged:
            return "time_unjudged"
        if self.low > 1 and self.quotient > LEAST:
            return "slower"
        return "faster" if self.high < 1 and self.quotient < 1 / LEAST else "time_within"


def time_of(row):
    limit = findings.limit_of(row)
    if not limit or min(row.seconds, default=0) <= 0 or len(row.seconds) < REPETITIONS:
        return Time(row.median, row.ratio_to_limit or None, None, None)
    lower, _, upper = statistics.quantiles(row.seconds, n=4, method="inclusive")
    return Time(row.median, row.ratio_to_limit, lower / limit, upper / limit)


def withheld(old, new, names):
    """Why times are not compared, or ""."""
    bad = [name for name, record in zip(names, (old, new)) if not record.valid]
    if bad:
        return (f"Timings are left out, because {numbers.listing(bad)} "
                f"{'is' if len(bad) == 1 else 'are'} invalid: a time says something only about a "
                "computation that is also right.")
    lacking = [name for name, record in zip(names, (old, new)) if not findings.shown_timing(record)]
    if lacking:
        return f"Timings of {numbers.listing(lacking)}: {numbers.NOT_RECORDED}."
    if old.timing.what != new.timing.what:
        works = [record.timing.what or "unknown" for record in (old, new)]
        return f"Timings are not compared, because the work differs: {'; '.join(works)}."
    return ""


def rows(record):
    return record.timing.rows if record.valid and record.timing else []


def pairs(old, new):
    """Rows that both have, and what only one has: [Pair], [(label, first, second)]."""
    found = changes.matched(rows(old), rows(new), lambda r: r.label)
    both = [Pair(label, b.arithmetic, b.is_limit, time_of(a), time_of(b))
            for label, a, b in found if a and b]
    return both, [(label, a, b) for label, a, b in found if not (a and b)]


def ratio_text(time):
    if time.ratio is None:
        return numbers.seconds(time.seconds)
    quartiles = "" if time.lower is None else f" [{time.lower:.2f} to {time.upper:.2f}]"
    return numbers.times(time.ratio) + quartiles


def times(old, new):
    """The changes of times. The limit itself is no result."""
    if withheld(old, new, ("", "")):
        return []
    both, single = pairs(old, new)
    found = [change(pair.kind, "", pair.label, ratio_text(pair.before), ratio_text(pair.after),
                    old=pair.before.ratio, new=pair.after.ratio,
                    size=abs((pair.quotient or 1) - 1))
             for pair in both if pair.kind and not pair.is_limit]
    return found + [change("time_only", "", label, *(numbers.seconds(r.median) if r else "–"
                                                     for r in (a, b))) for label, a, b in single]


# --- the plot -------------------------------------------------------------------------------------

def drawn(found):
    return [pair for pair in found if pair.judged and not pair.is_limit]


def span(shown):
    """The axis: all ranges, and what matters to either side."""
    low = min([1 / 1.25, *(min(p.low, p.quotient) for p in shown)])
    high = max([1.25, *(max(p.high, p.quotient) for p in shown)])
    return low / 1.04, high * 1.04


def draw_pair(axes, pair, y, narrow):
    matters = pair.kind and KINDS[pair.kind].matters != NO
    colour = palette.GREY if not matters else \
        palette.VERMILLION if pair.kind == "slower" else palette.BLUE
    edge = axes.get_yaxis_transform()
    axes.plot([pair.low, pair.high], [y, y], color=colour, linewidth=2.4, solid_capstyle="butt",
              alpha=0.7)
    axes.plot(pair.quotient, y, "D" if matters else "o", color=colour, markersize=7)
    said = f"{pair.quotient:.2f}{numbers.NO_BREAK}×" + (f", {pair.kind}" if matters else "")
    axes.text(1.02, y, said, transform=edge, va="center", color=colour,
              fontweight="bold" if matters else "normal", fontsize=10 if narrow else 12)
    axes.text(0 if narrow else -0.02, y - (0.38 if narrow else 0), pair.label, transform=edge,
              va="center", ha="left" if narrow else "right", fontsize=10.5 if narrow else 11.5,
              bbox={"facecolor": palette.PAPER, "edgecolor": "none", "pad": 1})


def draw(width, shown, names):
    narrow = width == figures.NARROW
    pitch = 46 if narrow else 32
    figure = figures.canvas(width, pitch * len(shown) + 94)
    axes = figures.axes_at(figure, 8 if narrow else 262, 26, 96 if narrow else 112, 54)
    axes.set_ylim(len(shown) - 0.5, -0.6)
    axes.set_xscale("log")
    axes.set_xlim(*span(shown))
    axes.axvspan(1 / LEAST, LEAST, color=palette.NOT_APPLICABLE, linewidth=0)
    axes.axvline(1, color=palette.INK, linewidth=1)
    for y, pair in enumerate(shown):
        draw_pair(axes, pair, y, narrow)
    axes.text(0, 1, "← faster", transform=axes.transAxes, va="bottom", color=palette.BLUE)
    axes.text(1, 1, "slower →", transform=axes.transAxes, va="bottom", ha="right",
              color=palette.VERMILLION)
    axes.set_xlabel(f"ratio to the limit, {names[1]} ÷ {names[0]}" + ("" if narrow else
                    " (dot: of the medians; line: of the quartiles)"))
    finish_axis(axes, narrow)
    axes.set_yticks([])
    figures.plain(axes)
    return figure


def finish_axis(axes, narrow):
    """Few round numbers on a logarithmic axis."""
    low, high = axes.get_xlim()
    steps = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.8, 1, 1.25, 2, 5, 10, 20, 50, 100)
    if high / low < 2.5 and not narrow:
        steps = (0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.6, 1.8, 2)
    shown = [s for s in steps if low <= s <= high]
    axes.set_xticks(shown, [f"{s:g}" for s in shown])
    axes.set_xticks([], minor=True)


def caption(shown, names):
    counts = {kind: sum(p.kind == kind for p in shown) for kind in ("slower", "faster")}
    rest = len(shown) - sum(counts.values())
    parts = [f"{numbers.plural(count, 'row')} {word}" for word, count in counts.items() if count]
    parts += [f"{numbers.plural(rest, 'row')} not told apart"] if rest else []
    return (f"{names[1]} against {names[0]}: {numbers.listing(parts)}. The line of a row leaves "
            "out 1 if the quartile ranges do not overlap; the grey band is 10 % to either side.")


def plot(found, names):
    """The figure, or None if no row can be judged."""
    shown = drawn(found)
    name = f"changes-{names[1]}"
    return figures.plot(draw, name, "Dots with ranges: the change of ratios to the limit. "
                        + caption(shown, names), shown, names) if shown else None
