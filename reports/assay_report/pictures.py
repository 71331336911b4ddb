# SPDX-License-Identifier: MIT
"""Pictures of techniques at work: attacks on the trained digits network, a generative network over
its training, synthetic samples. They show what was computed, and are no evidence that it is right:
that is what the ratios are for."""
from __future__ import annotations

import math

import matplotlib
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from . import palette
from .figures import NARROW, axes_at, canvas, dots

IMAGE, SHADES = 8, 24  # digits are 8 x 8
CLOUD = "#b4bcc6"
NORMS = {"linf": "L∞: no pixel moves by more", "l2": "L2: Euclidean length",
         "l1": "L1: sum of absolute changes"}


def norms_of(attacks):
    """The curves by norm, in the order of the record."""
    groups = {}
    for curve in attacks.curves:
        groups.setdefault(curve.norm, []).append(curve)
    return groups


# --- attacks --------------------------------------------------------------------------------------

def spread(positions, least):
    """Moves heights apart until neighbours differ by `least`, keeping their order."""
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    moved = list(positions)
    for before, i in zip(order, order[1:]):
        moved[i] = max(moved[i], moved[before] + least)
    return moved


def draw_curve_panel(axes, norm, curves, chance):
    ends = spread([100 * c.accuracy[-1] for c in curves], 9)
    for i, (curve, end) in enumerate(zip(curves, ends)):
        colour = palette.SERIES[i % len(palette.SERIES)]
        heights = [100 * a for a in curve.accuracy]
        axes.plot(curve.epsilon, heights, color=colour, linewidth=1.8)
        dots(axes, zip(curve.epsilon, heights), colour, 4)
        axes.text(curve.epsilon[-1] * 1.02, end, curve.attack, color=colour, va="center",
                  fontsize=10.5)
    top = max(c.epsilon[-1] for c in curves)
    axes.set(xlim=(0, top), ylim=(-2, 102), xlabel="radius ε")
    axes.set_title(NORMS.get(norm, norm), loc="left", fontsize=11.5)
    axes.axhline(100 * chance, color=palette.GREY, linewidth=0.8, linestyle=(0, (3, 2)))
    axes.text(0.01 * top, 100 * chance + 1.5, "guessing", color=palette.GREY, fontsize=9.5,
              va="bottom")
    axes.grid(axis="y", color=palette.RULE, linewidth=0.6)
    axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4))


def draw_attacks(width, attacks):
    narrow = width == NARROW
    groups = norms_of(attacks)
    columns = 1 if narrow else len(groups)
    height, room = 210, 128
    figure = canvas(width, (height + 62) * (len(groups) if narrow else 1) + 8)
    panel = (width - 46) / columns
    for k, (norm, curves) in enumerate(groups.items()):
        column, row = (0, k) if narrow else (k, 0)
        left = 46 + column * panel
        axes = axes_at(figure, left, 26 + row * (height + 62), width - left - panel + room,
                       46 + (len(groups) - 1 - row if narrow else 0) * (height + 62))
        draw_curve_panel(axes, norm, curves, attacks.chance)
        if column == 0:
            axes.set_ylabel("still right (%)")
    return figure


def draw_image(axes, pixels, colour, caption):
    """Squares of one shade as one path: sharp at any size, in print too."""
    shades = {}
    for i, pixel in enumerate(pixels):
        shade = round(SHADES * min(max(pixel, 0), 1))
        shades.setdefault(shade, []).append((i % IMAGE, i // IMAGE))
    for shade, squares in shades.items():
        vertices = [(x + dx, y + dy) for x, y in squares
                    for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
        axes.add_patch(PathPatch(Path(vertices, codes * len(squares)), linewidth=0,
                                 facecolor=str(1 - shade / SHADES)))
    axes.set(xlim=(0, IMAGE), ylim=(IMAGE, 0), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=True, color=colour, linewidth=1.6)
    axes.set_xlabel(caption, color=colour, fontsize=10, labelpad=3)


def draw_examples(width, attacks):
    """Pairs of digits, before and after."""
    narrow = width == NARROW
    shown = attacks.examples[:4 if narrow else 8]
    pitch = (width - 74) / len(shown)
    side = min(pitch - 12, 84)
    figure = canvas(width, 2 * (side + 30) + 8)
    for k, example in enumerate(shown):
        left = 74 + k * pitch
        for row, (pixels, seen) in enumerate(((example.image, example.before),
                                              (example.adversarial, example.after))):
            axes = axes_at(figure, left, 4 + row * (side + 30), width - left - side,
                           2 * (side + 30) + 8 - 4 - row * (side + 30) - side)
            right = seen == example.label
            draw_image(axes, pixels, palette.GREEN if right else palette.VERMILLION,
                       f"“{seen}”")
    for row, text in enumerate(("clean", "attacked")):
        figure.text(4 / width, 1 - (4 + row * (side + 30) + side / 2) / (2 * (side + 30) + 8),
                    text, va="center", fontsize=10.5)
    return figure


# --- clouds ---------------------------------------------------------------------------------------

def square_limits(points):
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    reach = max(max(xs) - min(xs), max(ys) - min(ys)) / 2 * 1.06 or 1
    x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return (x - reach, x + reach), (y - reach, y + reach)


def draw_gan(width, gan):
    narrow = width == NARROW
    shown = gan.snapshots
    columns = 2 if narrow else len(shown)
    rows = math.ceil(len(shown) / columns)
    side = (width - 8 * (columns - 1)) / columns
    figure = canvas(width, rows * (side + 24))
    xs, ys = square_limits(gan.target + [p for s in shown for p in s.samples])
    for k, snapshot in enumerate(shown):
        left, top = k % columns * (side + 8), k // columns * (side + 24) + 22
        axes = axes_at(figure, left, top, width - left - side, rows * (side + 24) - top - side)
        dots(axes, gan.target, CLOUD, 3.2)
        dots(axes, snapshot.samples, palette.BLUE, 3.2)
        axes.set(xlim=xs, ylim=ys, xticks=[], yticks=[])
        for spine in axes.spines.values():
            spine.set(visible=True, color=palette.RULE)
        axes.set_title("before training" if snapshot.iteration == 0
                       else f"after {snapshot.iteration:,}", loc="left", fontsize=11)
    return figure


def draw_smote(width, smote):
    narrow = width == NARROW
    height = 330 if narrow else 400
    figure = canvas(width, height + 26)
    axes = axes_at(figure, 4, 26, 4, 4)
    dots(axes, smote.majority, CLOUD, 3.6)
    dots(axes, smote.synthetic, palette.BLUE, 3)
    dots(axes, smote.minority, palette.VERMILLION, 5.5)
    points = smote.majority + smote.minority
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    dx, dy = 0.03 * (max(xs) - min(xs)), 0.03 * (max(ys) - min(ys))
    axes.set(xlim=(min(xs) - dx, max(xs) + dx), ylim=(min(ys) - dy, max(ys) + dy), xticks=[],
             yticks=[])
    legend = axes_at(figure, 4, 4, 4, height + 4)
    legend.set(xlim=(0, width), ylim=(-1, 1))
    legend.axis("off")
    for k, (colour, size, text) in enumerate((
            (CLOUD, 5, f"majority ({len(smote.majority)})"),
            (palette.VERMILLION, 6, f"minority ({len(smote.minority)})"),
            (palette.BLUE, 5, f"synthetic ({len(smote.synthetic)})"))):
        left = 6 + k * (114 if narrow else 150)
        dots(legend, [(left, 0)], colour, size)
        legend.text(left + 8, 0, text, va="center", fontsize=10 if narrow else 11.5)
    for spine in axes.spines.values():
        spine.set(visible=True, color=palette.RULE)
    return figure
