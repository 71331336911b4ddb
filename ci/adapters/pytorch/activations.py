# SPDX-License-Identifier: MIT
"""torch.nn.functional's activations; formulas in reference/activations/."""
import torch
import torch.nn.functional as F

from assay_adapter import Declined
from autograd import with_gradients


def _of_x(case, operation):
    return with_gradients(case, lambda x: operation(x), ["x"])


def celu(case):
    alpha = case.number("alpha", 1.0)
    return _of_x(case, lambda x: F.celu(x, alpha))


def elu(case):
    case.choice("derivative_at_zero", "left")
    alpha = case.number("alpha", 1.0)
    return _of_x(case, lambda x: F.elu(x, alpha))


def gelu(case):
    approximate = case.choice("approximation", "none", "tanh")
    return _of_x(case, lambda x: F.gelu(x, approximate=approximate))


def glu(case):
    case.choice("gate", "sigmoid")
    half = case.choice("gate_half", "last", "first")
    interleaved = case.choice("arrangement", "halves", "interleaved") == "interleaved"

    def operation(x):
        if interleaved:
            x = x.unflatten(-1, (-1, 2)).transpose(-1, -2).flatten(-2)
        if half == "first":
            x = x.roll(x.shape[-1] // 2, -1)
        return F.glu(x, -1)
    return _of_x(case, operation)


def hard_shrink(case):
    case.choice("at_threshold", "zero")
    threshold = case.number("lambda", 0.5)
    return _of_x(case, lambda x: F.hardshrink(x, threshold))


def hard_sigmoid(case):
    case.choice("derivative_at_bounds", "outside")
    if abs(case.number("slope", 1 / 6) - 1 / 6) > 1e-15 or case.number("offset", 0.5) != 0.5:
        raise Declined("F.hardsigmoid has the slope 1/6 and the offset 1/2 alone")
    return _of_x(case, F.hardsigmoid)


def hard_swish(case):
    case.choice("derivative_at_bounds", "outside")
    return _of_x(case, F.hardswish)


def hard_tanh(case):
    inside = case.choice("derivative_at_bounds", "outside", "inside") == "inside"
    low, high = case.number("min", -1.0), case.number("max", 1.0)
    return _of_x(case, lambda x: x.clamp(low, high) if inside else F.hardtanh(x, low, high))


def leaky_relu(case):
    case.choice("derivative_at_zero", "left")
    slope = case.number("slope", 0.01)
    return _of_x(case, lambda x: F.leaky_relu(x, slope))


def linear(case):
    return _of_x(case, torch.nn.Identity())


def log_sigmoid(case):
    return _of_x(case, F.logsigmoid)


def log_softmax(case):
    return _of_x(case, lambda x: F.log_softmax(x, -1))


def maxout(case):
    pieces = case.whole("pieces", 2)
    together = case.choice("arrangement", "together", "apart") == "together"
    first = case.choice("tie", "first", "shared") == "first"

    def operation(x):
        x = x.unflatten(-1, (-1, pieces) if together else (pieces, -1))
        axis = -1 if together else -2
        return x.max(axis).values if first else x.amax(axis)
    return _of_x(case, operation)


def mish(case):
    return _of_x(case, F.mish)


def prelu(case):
    case.choice("derivative_at_zero", "left")
    last = case.choice("channel_axis", "first", "last") == "last"

    def operation(x, a):
        a = a.reshape(-1)
        return F.prelu(x.movedim(-1, 1), a).movedim(1, -1) if last else F.prelu(x, a)
    return with_gradients(case, operation, ["x", "a"])


def randomized_leaky_relu(case):
    training = case.choice("mode", "train", "inference") == "train"
    case.choice("form", "multiplied")
    case.choice("derivative_at_zero", "left")
    lower, upper = case.number("lower", 1 / 8), case.number("upper", 1 / 3)
    if training:
        case.drawn_by_library("uniform")
    return _of_x(case, lambda x: F.rrelu(x, lower, upper, training))


def relu(case):
    operation = {"zero": F.relu, "one": lambda x: x.clamp(min=0),
                 "half": lambda x: torch.maximum(x, torch.zeros(()))}
    return _of_x(case, operation[case.choice("derivative_at_zero", "zero", "half", "one")])


def selu(case):
    case.choice("derivative_at_zero", "left")
    return _of_x(case, F.selu)


def sigmoid(case):
    return _of_x(case, F.sigmoid)


def silu(case):
    if "beta" in case:
        raise Declined("F.silu has no beta")
    return _of_x(case, F.silu)


def soft_shrink(case):
    case.choice("derivative_at_threshold", "zero")
    threshold = case.number("lambda", 0.5)
    return _of_x(case, lambda x: F.softshrink(x, threshold))


def softmax(case):
    if "mask" not in case:
        return _of_x(case, lambda x: F.softmax(x, -1))
    mask = case["mask"].bool()
    if not mask.any(-1).all():
        raise Declined("a row that keeps nothing is NaN, whatever is asked for")
    case.choice("fully_masked", "zero", "uniform", "refused")
    return _of_x(case, lambda x: torch.masked.softmax(x, -1, mask=mask))


def softplus(case):
    beta = case.number("beta", 1.0)
    if case.choice("tail", "smooth", "linear") == "linear":
        threshold = case.number("threshold", 20.0)
    else:
        # From here on e^-t is less than any precision has beside t: linear is smooth.
        threshold = 40.0
    return _of_x(case, lambda x: F.softplus(x, beta, threshold))


def softsign(case):
    return _of_x(case, F.softsign)


def step(case):
    threshold = case.number("threshold", 0.0)
    x = case["x"] - threshold
    at = case.choice("at_threshold", "high", "low", "mean")
    if case.choice("output", "binary", "bipolar") == "binary":
        return {"y": torch.heaviside(x, torch.tensor({"high": 1.0, "low": 0.0, "mean": 0.5}[at]))}
    if at != "mean":
        raise Declined("torch.sign is 0 at the threshold")
    return {"y": torch.sign(x)}


def tanh(case):
    return _of_x(case, F.tanh)


def tanh_shrink(case):
    return _of_x(case, F.tanhshrink)
