# SPDX-License-Identifier: MIT
"""The plots of the section on simulated clusters."""
from __future__ import annotations

import matplotlib

from . import figures, palette
from .scaling import MODELS, NAMES, curve


def draw_panel(axes, simulation, platform, scaling):
    for arithmetic in ("reproducible", "fast"):
        colour = palette.BY_ARITHMETIC[arithmetic]
        rows = [r for r in curve(simulation.rows, platform, scaling, arithmetic) if r.step > 0]
        axes.plot([r.ranks for r in rows], [r.step for r in rows], "o-", markersize=4,
                  color=colour, label=f"step, {arithmetic}")
        sums = [r for r in rows if r.ranks > 1 and r.sum > 0]
        axes.plot([r.ranks for r in sums], [r.sum for r in sums], "s--", markersize=3.5,
                  color=colour, label=f"sum of gradients, {arithmetic}")
        real = curve(simulation.measured, "this machine", scaling, arithmetic)
        axes.plot([r.ranks for r in real], [r.step for r in real], "x", markersize=7,
                  color=colour, label=f"measured here, {arithmetic}")
    rows = [r for r in curve(simulation.rows, platform, scaling, "reproducible") if r.models]
    for (key, name), style in zip(MODELS, (":", "-.", (0, (6, 2)))):
        points = [(r.ranks, r.models[key]) for r in rows if (r.models.get(key) or 0) > 0]
        if points:
            axes.plot(*zip(*points), linestyle=style, linewidth=1, color=palette.GREY,
                      label=f"model, {name}")
    axes.set_xscale("log", base=2)
    axes.set_yscale("log")
    axes.xaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda x, _: f"{x:g}"))
    axes.set_title(f"{scaling.capitalize()}, {NAMES.get(platform, platform)}", loc="left",
                   fontsize=12)
    axes.grid(color=palette.RULE, linewidth=0.6)
    axes.set_xlabel("ranks")


def draw(width, simulation):
    narrow = width == figures.NARROW
    panels = list(dict.fromkeys((r.platform, r.scaling) for r in simulation.rows))
    columns = 1 if narrow else 2
    lines, legend = -(-len(panels) // columns), 190 if narrow else 100
    height = 270 * lines + legend
    figure = figures.canvas(width, height)
    column = width / columns
    for i, (platform, scaling) in enumerate(panels):
        left, top = i % columns * column, i // columns * 270
        axes = figures.axes_at(figure, left + 58, top + 26, width - left - column + 12,
                               height - top - 270 + 50)
        draw_panel(axes, simulation, platform, scaling)
    handles, labels = figure.axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower left", bbox_to_anchor=(0, 0), ncols=columns)
    return figure
