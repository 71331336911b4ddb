# SPDX-License-Identifier: MIT
"""Layers of one operator; formulas in reference/foundations/."""
from session import operator


def dense_layer(case):
    return operator(case, "Gemm", {name: case[name] for name in ("x", "w", "b") if name in case})
