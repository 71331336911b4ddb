# SPDX-License-Identifier: MIT
"""Layers of one operator; formulas in reference/foundations/."""
import numpy as np

from session import floating, operator


def dense_layer(case):
    x, w = case["x"], case["w"]
    b = case["b"] if "b" in case else floating(np.zeros(w.shape[1:]))
    return operator(case, "Gemm", {"x": x, "w": w, "b": b})
