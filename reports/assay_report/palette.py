# SPDX-License-Identifier: MIT
"""Colours that stay apart for colour-blind readers and in grey print (Okabe and Ito; cividis).

The page, the figures and the matrices take them from here alone."""
from __future__ import annotations

import math

INK, GREY, RULE, PAPER = "#1b1f24", "#59636e", "#d0d7de", "#ffffff"
BLUE, GREEN, ORANGE, VERMILLION, PURPLE = "#0072b2", "#00805d", "#c98500", "#c4400a", "#a3588a"
SHADE = "#e3eef6"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif"

BY_ARITHMETIC = {"serial": BLUE, "reproducible": GREEN, "fast": ORANGE}
SERIES = (BLUE, ORANGE, GREEN, PURPLE, VERMILLION)

# How far a kill is from a pass, by the ratio's upper end: from light to dark, as cividis runs.
KILL_CLASSES = ((1, "#ffffff", "at most 1: cannot tell"),
                (10, "#fde737", "1 to 10"),
                (1e2, "#d4c34f", "to 10²"),
                (1e4, "#a59c74", "to 10⁴"),
                (1e6, "#7c7b78", "to 10⁶"),
                (1e9, "#575c6d", "to 10⁹"),
                (math.inf, "#00224e", "above, or ∞"))
NOT_APPLICABLE = "#e8ebef"

# Tints of table cells by ratio, close to failing = darker. Text stays legible on all of them.
TINTS = ((0, "#ffffff"), (0.01, "#f3f8fc"), (0.03, "#e4f0f8"), (0.1, "#d0e5f3"), (0.3, "#b5d6ec"),
         (1, "#8fc1e2"))


def kill_class(ratio):
    """The index into KILL_CLASSES. Whatever is not a number has failed like an infinity."""
    for i, (end, _, _) in enumerate(KILL_CLASSES):
        if ratio <= end:
            return i
    return len(KILL_CLASSES) - 1


def tint(ratio):
    for end, colour in TINTS:
        if ratio <= end:
            return colour
    return VERMILLION
