# SPDX-License-Identifier: MIT
"""Activations, elementwise and over classes; definitions in reference/activations/."""
import math

import numpy as np

SELU_ALPHA, SELU_SCALE = 1.6732632423543772848, 1.0507009873554804934


def expit(x):
    """1 / (1 + e^-x) without overflow."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def log1pexp(x):
    """log(1 + e^x) without overflow."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def normal_cdf(x):
    erfc = np.vectorize(math.erfc, otypes=[float])
    return (erfc(-x / math.sqrt(2)) / 2).astype(x.dtype)


def softmax_of(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax_of(x):
    shifted = x - x.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _answer(case, y, slope):
    return {"y": y, "dx": case["dy"] * slope} if "dy" in case else {"y": y}


def _at_zero(case, name, left, right, names=("left", "right", "mean")):
    """The derivative at a kink."""
    return dict(zip(names, (left, right, (left + right) / 2)))[case.choice(name, *names)]


def _kinked(case, y, left, right):
    """Slopes left and right of 0, and a convention at 0."""
    x = case["x"]
    at = _at_zero(case, "derivative_at_zero", left, right)
    return _answer(case, y, np.where(x > 0, right, np.where(x < 0, left, at)))


def linear(case):
    return _answer(case, case["x"], 1)


def sigmoid(case):
    y = expit(case["x"])
    return _answer(case, y, y * (1 - y))


def tanh(case):
    y = np.tanh(case["x"])
    return _answer(case, y, 1 - y**2)


def relu(case):
    x = case["x"]
    at = {"zero": 0, "half": 0.5, "one": 1}[
        case.choice("derivative_at_zero", "zero", "half", "one")]
    return _answer(case, np.maximum(x, 0), np.where(x > 0, 1, np.where(x < 0, 0, at)))


def leaky_relu(case):
    x, slope = case["x"], case.number("slope", 0.01)
    return _kinked(case, np.where(x > 0, x, slope * x), slope, 1)


def prelu(case):
    x, a = case["x"], case["a"]
    axis = case.choice("channel_axis", "first", "last")
    if a.ndim and x.ndim == 3 and axis == "first":
        a = a[:, None]
    at = _at_zero(case, "derivative_at_zero", a, 1)
    answer = _answer(case, np.where(x > 0, x, a * x),
                     np.where(x > 0, 1, np.where(x < 0, a, at)))
    if "dy" in case:
        da = case["dy"] * np.minimum(x, 0)
        channel = 1 if x.ndim == 3 and axis == "first" else x.ndim - 1
        if case["a"].ndim == 0:
            answer["da"] = da.sum()
        else:
            answer["da"] = da.sum(axis=tuple(i for i in range(x.ndim) if i != channel))
    return answer


def randomized_leaky_relu(case):
    x = case["x"]
    divided = case.choice("form", "multiplied", "divided") == "divided"
    lower = case.number("lower", 3 if divided else 1 / 8)
    upper = case.number("upper", 8 if divided else 1 / 3)
    if case.choice("mode", "train", "inference") == "train":
        s = lower + (upper - lower) * case["uniform"]
    else:
        s = (lower + upper) / 2
    y, left = (x / s, 1 / s) if divided else (s * x, s)
    return _kinked(case, np.where(x > 0, x, y), left, 1)


def elu(case):
    x, alpha = case["x"], case.number("alpha", 1)
    negative = np.minimum(x, 0)
    y = np.where(x > 0, x, alpha * np.expm1(negative))
    return _kinked(case, y, alpha * np.exp(negative), 1)


def celu(case):
    x, alpha = case["x"], case.number("alpha", 1)
    negative = np.minimum(x, 0) / alpha
    return _answer(case, np.where(x > 0, x, alpha * np.expm1(negative)), np.exp(negative))


def selu(case):
    x = case["x"]
    negative = np.minimum(x, 0)
    y = SELU_SCALE * np.where(x > 0, x, SELU_ALPHA * np.expm1(negative))
    return _kinked(case, y, SELU_SCALE * SELU_ALPHA * np.exp(negative), SELU_SCALE)


def softplus(case):
    x, beta = case["x"], case.number("beta", 1)
    y, slope = np.logaddexp(0, beta * x) / beta, expit(beta * x)
    if case.choice("tail", "smooth", "linear") == "linear":
        beyond = beta * x > case.number("threshold", 20)
        y, slope = np.where(beyond, x, y), np.where(beyond, 1, slope)
    return _answer(case, y, slope)


def squareplus(case):
    x, b = case["x"], case.number("b", 4)
    r = np.hypot(x, math.sqrt(b))
    # (x + r) / 2 would cancel on the left.
    y = np.where(x > 0, (x + r) / 2, b / 2 / (r - x))
    y = np.where(r == 0, 0, y)
    at = _at_zero(case, "derivative_at_zero", 0, 1)
    return _answer(case, y, np.where(r == 0, at, y / r))


def softsign(case):
    x = case["x"]
    below = 1 + np.abs(x)
    return _answer(case, x / below, 1 / below / below)


def silu(case):
    x = case["x"]
    beta = case["beta"] if "beta" in case else 1.0
    s, complement = expit(beta * x), expit(-beta * x)
    answer = _answer(case, x * s, s * (1 + beta * x * complement))
    if "beta" in case and "dy" in case:
        answer["dbeta"] = (case["dy"] * x**2 * s * complement).sum()
    return answer


def mish(case):
    x = case["x"]
    t = np.tanh(log1pexp(x))
    return _answer(case, x * t, t + x * (1 - t**2) * expit(x))


def gelu(case):
    x = case["x"]
    approximation = case.choice("approximation", "none", "tanh", "sigmoid")
    if approximation == "none":
        p = normal_cdf(x)
        density = np.exp(-x**2 / 2) / math.sqrt(2 * math.pi)
        return _answer(case, x * p, p + x * density)
    if approximation == "tanh":
        c = math.sqrt(8 / math.pi)
        u, du = c * (x + 0.044715 * x**3), c * (1 + 3 * 0.044715 * x**2)
    else:
        u, du = 1.702 * x, 1.702
    return _answer(case, x * expit(u), expit(u) + x * expit(u) * expit(-u) * du)


def glu(case):
    x = case["x"]
    if x.shape[-1] % 2:
        raise ValueError("an odd number of features")
    half = x.shape[-1] // 2
    first = case.choice("gate_half", "last", "first") == "first"
    interleaved = case.choice("arrangement", "halves", "interleaved") == "interleaved"
    a, b = (slice(0, None, 2), slice(1, None, 2)) if interleaved else (
        slice(0, half), slice(half, None))
    if first:
        a, b = b, a
    v, g = x[:, a], x[:, b]
    f, slope = _gate(case.choice("gate", "sigmoid", "tanh", "relu", "silu", "gelu", "linear"), g)
    answer = {"y": v * f}
    if "dy" in case:
        answer["dx"] = np.empty_like(x)
        answer["dx"][:, a] = case["dy"] * f
        answer["dx"][:, b] = case["dy"] * v * slope
    return answer


def _gate(name, g):
    s = expit(g)
    if name == "silu":
        return g * s, s * (1 + g * expit(-g))
    if name == "gelu":
        p = normal_cdf(g)
        return g * p, p + g * np.exp(-g**2 / 2) / math.sqrt(2 * math.pi)
    if name == "tanh":
        return np.tanh(g), 1 - np.tanh(g)**2
    return {"sigmoid": (s, s * expit(-g)), "relu": (np.maximum(g, 0), (g > 0).astype(g.dtype)),
            "linear": (g, np.ones_like(g))}[name]


def log_sigmoid(case):
    x = case["x"]
    return _answer(case, np.minimum(x, 0) - np.log1p(np.exp(-np.abs(x))), expit(-x))


def tanh_shrink(case):
    x = case["x"]
    return _answer(case, x - np.tanh(x), np.tanh(x)**2)


def _clipped(case, x, low, high, inside, below, above):
    """Slopes of a function that is straight between low and high, and level beyond."""
    at = {"outside": (below, above), "inside": (inside, inside),
          "mean": ((inside + below) / 2, (inside + above) / 2)}[
              case.choice("derivative_at_bounds", "outside", "inside", "mean")]
    slope = np.where(x < low, below, np.where(x > high, above, inside))
    return np.where(x == low, at[0], np.where(x == high, at[1], slope))


def hard_tanh(case):
    x, low, high = case["x"], case.number("min", -1), case.number("max", 1)
    return _answer(case, np.clip(x, low, high), _clipped(case, x, low, high, 1, 0, 0))


def hard_sigmoid(case):
    x, slope, offset = case["x"], case.number("slope", 1 / 6), case.number("offset", 0.5)
    t = slope * x + offset
    return _answer(case, np.clip(t, 0, 1), _clipped(case, t, 0, 1, slope, 0, 0))


def hard_swish(case):
    x = case["x"]
    y = np.where(x <= -3, 0, np.where(x >= 3, x, x * (x + 3) / 6))
    return _answer(case, y, _clipped(case, x, -3, 3, (2 * x + 3) / 6, 0, 1))


def hard_shrink(case):
    x, threshold = case["x"], case.number("lambda", 0.5)
    keep = case.choice("at_threshold", "zero", "keep") == "keep"
    kept = np.abs(x) >= threshold if keep else np.abs(x) > threshold
    return _answer(case, np.where(kept, x, 0), kept)


def soft_shrink(case):
    x, threshold = case["x"], case.number("lambda", 0.5)
    at = {"zero": 0, "one": 1, "mean": 0.5}[
        case.choice("derivative_at_threshold", "zero", "one", "mean")]
    slope = np.where(np.abs(x) > threshold, 1, np.where(np.abs(x) == threshold, at, 0))
    return _answer(case, np.sign(x) * np.maximum(np.abs(x) - threshold, 0), slope)


def step(case):
    x, threshold = case["x"], case.number("threshold", 0)
    low = {"binary": 0, "bipolar": -1}[case.choice("output", "binary", "bipolar")]
    at = {"high": 1, "low": low, "mean": (1 + low) / 2}[
        case.choice("at_threshold", "high", "low", "mean")]
    return {"y": np.where(x > threshold, 1, np.where(x < threshold, low, at))}


def softmax(case):
    x = case["x"]
    fully = case.choice("fully_masked", "zero", "uniform", "refused")
    if "mask" not in case:
        y = softmax_of(x)
    else:
        mask = case["mask"] == 1
        empty = ~mask.any(axis=-1, keepdims=True)
        if fully == "refused" and empty.any():
            raise ValueError("a row is fully masked")
        y = softmax_of(np.where(mask, x, np.where(empty, 0, -np.inf)))
        y = np.where(empty, 1 / x.shape[-1] if fully == "uniform" else 0, y)
    answer = {"y": y}
    if "dy" in case:
        dy = case["dy"]
        answer["dx"] = y * (dy - (dy * y).sum(axis=-1, keepdims=True))
        if "mask" in case:
            answer["dx"] = np.where(empty, 0, answer["dx"])
    return answer


def log_softmax(case):
    x = case["x"]
    answer = {"y": log_softmax_of(x)}
    if "dy" in case:
        dy = case["dy"]
        answer["dx"] = dy - softmax_of(x) * dy.sum(axis=-1, keepdims=True)
    return answer


def sparsemax(case):
    x = case["x"]
    s = x - x.max(axis=-1, keepdims=True)
    ordered = -np.sort(-s, axis=-1)
    sums, k = np.cumsum(ordered, axis=-1), np.arange(1, x.shape[-1] + 1, dtype=x.dtype)
    count = (1 + k * ordered > sums).sum(axis=-1, keepdims=True)
    tau = (np.take_along_axis(sums, count - 1, axis=-1) - 1) / count.astype(x.dtype)
    y = np.maximum(s - tau, 0)
    answer = {"y": y}
    if "dy" in case:
        dy, support = case["dy"], y > 0
        mean = (dy * support).sum(axis=-1, keepdims=True) / support.sum(axis=-1, keepdims=True)
        answer["dx"] = np.where(support, dy - mean.astype(x.dtype), 0)
    return answer


def maxout(case):
    x, pieces = case["x"], case.whole("pieces", 2)
    tie = case.choice("tie", "first", "last", "shared")
    apart = case.choice("arrangement", "together", "apart") == "apart"
    if pieces < 1 or x.shape[1] % pieces:
        raise ValueError("pieces do not divide the features")
    p = x.reshape(len(x), pieces, -1).swapaxes(1, 2) if apart else x.reshape(len(x), -1, pieces)
    y = p.max(axis=-1)
    answer = {"y": y}
    if "dy" in case:
        if tie == "shared":
            share = (p == y[..., None]).astype(x.dtype)
            share /= share.sum(axis=-1, keepdims=True)
        else:
            index = p.argmax(axis=-1) if tie == "first" else (
                pieces - 1 - p[..., ::-1].argmax(axis=-1))
            share = (index[..., None] == np.arange(pieces)).astype(x.dtype)
        dp = share * case["dy"][..., None]
        answer["dx"] = (dp.swapaxes(1, 2) if apart else dp).reshape(x.shape)
    return answer
