# SPDX-License-Identifier: MIT
"""torch.nn.init with PyTorch's own random numbers; formulas in reference/initialization/.

PyTorch draws its weights itself and takes no deviates, so only the statistical cases are covered.
Its weights have their outputs first: (O,I), or (O,I,H,W) for a convolution.
"""
import torch
from torch import nn

from conventions import drawn_by_library, missing_kernel_declines


def _weights(case):
    """Empty weights of the sizes that the case asks for, as PyTorch has them."""
    sizes = drawn_by_library(case, "deviate")
    inputs, outputs = sizes[-2:]
    return torch.empty(outputs, inputs, *sizes[:-2])


def _as_asked(w):
    """The same weights, as the case has them."""
    return {"w": w.T if w.dim() == 2 else w.permute(2, 3, 1, 0)}


def glorot(case):
    w = _weights(case)
    kind = case.choice("distribution", "uniform", "normal")
    fill = nn.init.xavier_uniform_ if kind == "uniform" else nn.init.xavier_normal_
    return _as_asked(fill(w, case.number("gain", 1)))


def _kaiming(case, **options):
    w = _weights(case)
    fill = (nn.init.kaiming_normal_ if case.choice("distribution", "normal", "uniform") == "normal"
            else nn.init.kaiming_uniform_)
    return _as_asked(fill(w, mode=case.choice("fan", "fan_in", "fan_out"), **options))


def he(case):
    return _kaiming(case, a=case.number("negative_slope", 0), nonlinearity="leaky_relu")


def lecun(case):
    """He's initialisation for a linear layer, whose gain is 1."""
    return _kaiming(case, nonlinearity="linear")


def normal_initialization(case):
    w = _weights(case)
    if case.choice("spread", "deviation", "variance") == "deviation":
        deviation = case.number("standard_deviation", 1)
    else:
        deviation = case.number("variance") ** 0.5
    mean = case.number("mean", 0)
    return _as_asked(nn.init.normal_(w, mean, deviation))


def uniform_initialization(case):
    w = _weights(case)
    kind = case.choice("range", "stated", "limit", "fan_in")
    if kind == "fan_in":  # how torch.nn.Linear draws its weights
        return _as_asked(nn.Linear(w.shape[1], w.shape[0]).weight)
    if kind == "limit":
        low, high = -case.number("limit"), case.number("limit")
    else:
        low, high = case.number("low", -1), case.number("high", 1)
    return _as_asked(nn.init.uniform_(w, low, high))


def truncated_normal(case):
    case.choice("correction", "no")
    mean, deviation = case.number("mean", 0), case.number("standard_deviation", 1)
    if case.choice("bounds", "deviations", "absolute") == "absolute":
        low, high = case.number("low", -2), case.number("high", 2)
    else:
        cutoff = case.number("cutoff", 2) * deviation
        low, high = mean - cutoff, mean + cutoff
    _, inputs, outputs = drawn_by_library(case, "deviate")  # several attempts at each weight
    w = torch.empty(outputs, inputs)
    return _as_asked(nn.init.trunc_normal_(w, mean, deviation, low, high))


def orthogonal(case):
    case.choice("sign", "fixed")
    with missing_kernel_declines():
        return _as_asked(nn.init.orthogonal_(_weights(case), case.number("gain", 1)))
