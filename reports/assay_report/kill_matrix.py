# SPDX-License-Identifier: MIT
"""The kill matrix of a technique as an SVG: forks down, cases across, colour by ratio.

Drawn by hand: the cells of a colour are one path, so thousands of them stay small and sharp."""
from __future__ import annotations

from html import escape

from . import palette, svg

CELL, GAP = 15, 1
TEXT = 11.5
LETTER = 6.6  # the width of a letter in a font as wide as any that a reader will have


def cell_square(column, row, left, top):
    side = CELL - GAP
    return f"M{left + column * CELL} {top + row * CELL}h{side}v{side}h-{side}z"


def cell_dot(column, row, left, top):
    """A round stroke without length."""
    middle = (CELL - GAP) / 2
    return f"M{left + column * CELL + middle:g} {top + row * CELL + middle:g}h0"


def paths(rows, columns, left, top):
    """One path for each colour, then the dots that mark cells which cannot tell."""
    colours, marks = {}, []
    for y, fork in enumerate(rows):
        ratios = {c.case: c.ratio_f64 for c in fork.cells if c.applies}
        for x, case in enumerate(columns):
            ratio = ratios.get(case)
            number = None if ratio is None else palette.kill_class(ratio)
            colour = palette.NOT_APPLICABLE if number is None else palette.KILL_CLASSES[number][1]
            colours.setdefault(colour, []).append(cell_square(x, y, left, top))
            if number == 0:
                marks.append(cell_dot(x, y, left, top))
    for colour in sorted(colours):
        edge = f' stroke="{palette.RULE}" stroke-width="0.7"' if colour == palette.PAPER else ""
        yield f'<path fill="{colour}"{edge} d="{"".join(colours[colour])}"/>'
    if marks:
        yield (f'<path stroke="{palette.INK}" stroke-width="3.4" stroke-linecap="round" '
               f'fill="none" d="{"".join(marks)}"/>')


def label(text, x, y, extra):
    return (f'<text x="{x:g}" y="{y:g}" font-size="{TEXT}" fill="{palette.INK}" {extra}>'
            f'{escape(text)}</text>')


def matrix(rows, title):
    """The forks of one technique. Returns (svg, width in pixels)."""
    columns = [c.case for c in rows[0].cells]
    columns += sorted({c.case for row in rows for c in row.cells} - set(columns))
    left = round(max(len(row.name) for row in rows) * LETTER) + 10
    rise = max((len(case) for case in columns), default=1) * LETTER
    top = round(rise * 0.87) + 12
    # The last label leans to the right, past the last column.
    width = left + len(columns) * CELL + round(rise * 0.5)
    height = top + len(rows) * CELL + 2
    parts = [svg.opening(f"0 0 {width} {height}", title)]
    parts += paths(rows, columns, left, top)
    for y, row in enumerate(rows):
        parts.append(label(row.name, left - 6, top + y * CELL + 11, 'text-anchor="end"'))
    for x, case in enumerate(columns):
        at = f"{left + x * CELL + 10} {top - 5}"
        parts.append(label(case, 0, 0, f'transform="translate({at}) rotate(-60)"'))
    return "".join(parts) + "</svg>", width
