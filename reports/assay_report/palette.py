# SPDX-License-Identifier: MIT
"""Colours that stay apart for colour-blind readers and in grey print (after Okabe and Ito, and
Brewer's YlGnBu), and fonts. The page, the figures and the matrices take them from here alone."""
from __future__ import annotations

import math

INK, GREY, RULE, PAPER = "#1b1f24", "#59636e", "#d0d7de", "#ffffff"
BLUE, GREEN, ORANGE, VERMILLION, PURPLE = "#0072b2", "#00805d", "#a86400", "#c4400a", "#a3588a"
SHADE = "#e3eef6"
# What speaks for a sentence and what against it: ground and ink, always beside a sign or a word.
FOR, AGAINST = (SHADE, "#005f96"), ("#fbeadf", "#a83408")
# On paper the fonts are those of the machine that renders; fontconfig takes system-ui for a serif.
PRINT_FONT = "'Noto Sans', 'Open Sans', 'DejaVu Sans', sans-serif"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif"

BY_ARITHMETIC = {"serial": BLUE, "reproducible": GREEN, "fast": ORANGE}
SERIES = (BLUE, ORANGE, GREEN, PURPLE, VERMILLION)
ARMS = (BLUE, VERMILLION, GREEN, PURPLE, ORANGE, INK)

# How far a kill is from a pass, by the ratio's upper end: from light yellow to dark blue, so that
# nothing but "does not apply" is grey.
KILL_CLASSES = ((1, "#ffffff", "at most 1: cannot tell"),
                (10, "#f1f093", "1 to 10"),
                (1e2, "#b7e2b1", "to 10²"),
                (1e4, "#6cc5be", "to 10⁴"),
                (1e6, "#2e9cc3", "to 10⁶"),
                (1e9, "#2161a8", "to 10⁹"),
                (math.inf, "#0c2471", "above, or ∞"))
NOT_APPLICABLE = "#e8ebef"

# Tints of table cells by ratio, close to failing = darker. Text stays legible on all of them.
TINTS = ((0, "#ffffff"), (0.01, "#f5f9fc"), (0.03, "#e9f2f9"), (0.1, "#dcebf5"), (0.2, "#cbe1f1"),
         (0.4, "#b5d5eb"), (0.7, "#9bc6e4"), (1, "#7fb6db"))

# The heat map of grades, by the ratio's upper end: blue passes, darker the closer to the bound;
# yellow, orange and red do not. All have letters, for eyes and paper that do not tell them apart.
# White is left for what is not covered.
GRADES = (("A", 0, "#dbe9f5", INK, "exact, or obeys its laws"),
          ("A", 0.25, "#bbd7ed", INK, "ratio to 1/4"),
          ("A", 0.5, "#8fbfe2", INK, "to 1/2"),
          ("A", math.inf, "#5ea3d3", INK, "to 1"),
          ("B", 4, "#f5d76e", INK, "to 4"),
          ("C", 16, "#ec9a4c", INK, "to 16"),
          ("F", math.inf, "#b5340a", PAPER, "beyond"))


def kill_class(ratio):
    """The index into KILL_CLASSES."""
    return next(i for i, (end, _, _) in enumerate(KILL_CLASSES) if ratio <= end)


def tint(ratio):
    for end, colour in TINTS:
        if ratio <= end:
            return colour
    return VERMILLION
