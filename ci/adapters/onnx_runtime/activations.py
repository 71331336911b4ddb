# SPDX-License-Identifier: MIT
"""Activations of the standard and of the runtime; formulas in reference/activations/."""
import numpy as np
from onnx import helper

from assay_adapter import Declined
from session import MICROSOFT, answer, attribute, constant, kind, operator

FOLLOWS = {"hard_tanh": {"derivative_at_bounds": "inside"}}


def _forward(case, name, **attributes):
    """Operators that the runtime has no gradient of."""
    return operator(case, name, {"x": case["x"]}, **attributes)


def sigmoid(case):
    return operator(case, "Sigmoid", {"x": case["x"]})


def tanh(case):
    return operator(case, "Tanh", {"x": case["x"]})


def relu(case):
    case.choice("derivative_at_zero", "zero")
    return operator(case, "Relu", {"x": case["x"]})


def leaky_relu(case):
    case.choice("derivative_at_zero", "left")
    return operator(case, "LeakyRelu", {"x": case["x"]}, alpha=attribute(case, "slope", 0.01))


def gelu(case):
    form = case.choice("approximation", "none", "tanh", "sigmoid")
    if form == "sigmoid":
        return operator(case, "QuickGelu", {"x": case["x"]}, domain=MICROSOFT, alpha=1.702)
    return operator(case, "Gelu", {"x": case["x"]}, approximate=form)


def silu(case):
    if "beta" in case:
        raise Declined("the runtime's slope is an attribute, which has no gradient")
    return operator(case, "QuickGelu", {"x": case["x"]}, domain=MICROSOFT, alpha=1.0)


def softmax(case):
    if "mask" in case:
        raise Declined("the standard's Softmax has no mask")
    case.choice("fully_masked", "zero", "uniform", "refused")
    return operator(case, "Softmax", {"x": case["x"]}, axis=-1)


def log_softmax(case):
    return operator(case, "LogSoftmax", {"x": case["x"]}, axis=-1)


def hard_tanh(case):
    low, high = case.number("min", -1), case.number("max", 1)
    nodes = [constant("low", low, kind()), constant("high", high, kind()),
             helper.make_node("Clip", ["x", "low", "high"], ["y"])]
    return answer(case, nodes, {"x": case["x"]})


def linear(case):
    return operator(case, "Identity", {"x": case["x"]})


def elu(case):
    case.choice("derivative_at_zero", "left")
    return _forward(case, "Elu", alpha=attribute(case, "alpha", 1))


def celu(case):
    return _forward(case, "Celu", alpha=attribute(case, "alpha", 1))


def selu(case):
    case.choice("derivative_at_zero", "left")
    return _forward(case, "Selu")


def hard_sigmoid(case):
    case.choice("derivative_at_bounds", "outside")
    return _forward(case, "HardSigmoid", alpha=attribute(case, "slope", 1 / 6),
                    beta=attribute(case, "offset", 0.5))


def hard_swish(case):
    case.choice("derivative_at_bounds", "outside")
    return _forward(case, "HardSwish")


def mish(case):
    return _forward(case, "Mish")


def softsign(case):
    return _forward(case, "Softsign")


def softplus(case):
    case.choice("tail", "smooth")
    if case.number("beta", 1) != 1:
        raise Declined("the standard's Softplus has no slope")
    return _forward(case, "Softplus")


def hard_shrink(case):
    case.choice("at_threshold", "zero", "keep")
    return _forward(case, "Shrink", bias=0.0, lambd=attribute(case, "lambda", 0.5))


def soft_shrink(case):
    case.choice("derivative_at_threshold", "zero")
    threshold = attribute(case, "lambda", 0.5)
    return _forward(case, "Shrink", bias=threshold, lambd=threshold)


def prelu(case):
    case.choice("derivative_at_zero", "left")
    x, a = case["x"], case["a"]
    first = case.choice("channel_axis", "first", "last") == "first"
    slopes = a[:, np.newaxis] if first and x.ndim == 3 and a.ndim == 1 else a
    values = answer(case, [helper.make_node("PRelu", ["x", "a"], ["y"])], {"x": x, "a": slopes})
    if "da" in values:
        values["da"] = values["da"].reshape(a.shape)
    return values
