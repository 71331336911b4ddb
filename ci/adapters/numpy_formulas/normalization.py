# SPDX-License-Identifier: MIT
"""Normalisations of layers, and scaling of features; definitions in reference/normalization/."""
import math

import numpy as np

from networks import activation, derivative


def _normalised(case, x, axes, ddof=0):
    """x_hat, and a function that takes its gradient back; over these axes."""
    count = math.prod(x.shape[axis] for axis in axes)
    if count <= ddof:
        raise ZeroDivisionError("nothing to divide by")
    epsilon = case.number("epsilon", 1e-5)
    outside = case.choice("epsilon_place", "inside_root", "outside_root") == "outside_root"
    mean = x.mean(axis=axes, keepdims=True)
    variance = ((x - mean)**2).sum(axis=axes, keepdims=True) / (count - ddof)
    root = np.sqrt(variance) if outside else np.sqrt(variance + epsilon)
    s = root + epsilon if outside else root
    x_hat = (x - mean) / s
    of_slope = (x - mean) / np.where(root > 0, root, 1)

    def back(dx_hat):
        along = (dx_hat * x_hat).sum(axis=axes, keepdims=True) / (count - ddof)
        return (dx_hat - dx_hat.mean(axis=axes, keepdims=True) - of_slope * along) / s

    return x_hat, back, mean, variance, s


def _channels(case, x):
    """The axis of the channels."""
    last = case.choice("layout", "channels_first", "channels_last") == "channels_last"
    return x.ndim - 1 if last or x.ndim == 2 else 1


def _scaled(case, x, x_hat, back, channel):
    """gamma x_hat + beta, and all gradients."""
    shape = [1] * x.ndim
    shape[channel] = x.shape[channel]
    gamma = case["gamma"].reshape(shape) if "gamma" in case else np.ones(1, x.dtype)
    beta = case["beta"].reshape(shape) if "beta" in case else np.zeros(1, x.dtype)
    answer = {"y": gamma * x_hat + beta}
    if "dy" in case:
        dy = case["dy"]
        others = tuple(axis for axis in range(x.ndim) if axis != channel)
        answer |= {"dx": back(gamma * dy), "dgamma": (dy * x_hat).sum(axis=others),
                   "dbeta": dy.sum(axis=others)}
    return answer


def batch_normalization(case):
    x = case["x"]
    channel = _channels(case, x)
    axes = tuple(axis for axis in range(x.ndim) if axis != channel)
    count = x.size // x.shape[channel]
    one = case.choice("one_value", "refused", "variance_zero")
    shape = [1] * x.ndim
    shape[channel] = -1
    if case.choice("mode", "training", "inference") == "inference":
        epsilon = case.number("epsilon", 1e-5)
        outside = case.choice("epsilon_place", "inside_root", "outside_root") == "outside_root"
        variance = case["running_variance"].reshape(shape)
        s = np.sqrt(variance) + epsilon if outside else np.sqrt(variance + epsilon)
        x_hat = (x - case["running_mean"].reshape(shape)) / s
        return {**_scaled(case, x, x_hat, lambda dx_hat: dx_hat / s, channel),
                "running_mean_after": case["running_mean"],
                "running_variance_after": case["running_variance"]}
    if count == 1 and one == "refused":
        raise ZeroDivisionError("one value a channel")
    x_hat, back, mean, variance, _ = _normalised(case, x, axes)
    answer = _scaled(case, x, x_hat, back, channel)
    answer |= {"mean": mean.ravel(), "variance": variance.ravel()}
    if "running_mean" in case:
        momentum = case.number("momentum", 0.1)
        new = {"new": momentum, "old": 1 - momentum}[case.choice("momentum_weighs", "new", "old")]
        if case.choice("average", "exponential", "cumulative") == "cumulative":
            new = 1 / (case.number("batches", 0) + 1)
        kind = case.choice("running_variance_kind", "unbiased", "biased")
        of_batch = variance.ravel() * (count / (count - 1) if kind == "unbiased" else 1)
        answer["running_mean_after"] = (1 - new) * case["running_mean"] + new * mean.ravel()
        answer["running_variance_after"] = (1 - new) * case["running_variance"] + new * of_batch
    return answer


def layer_normalization(case):
    x = case["x"]
    ddof = {"population": 0, "sample": 1}[case.choice("deviation", "population", "sample")]
    x_hat, back, *_ = _normalised(case, x, (x.ndim - 1,), ddof)
    return _scaled(case, x, x_hat, back, x.ndim - 1)


def instance_normalization(case):
    x = case["x"]
    ddof = {"population": 0, "sample": 1}[case.choice("deviation", "population", "sample")]
    channel = _channels(case, x)
    x_hat, back, *_ = _normalised(case, x, (2, 3) if channel == 1 else (1, 2), ddof)
    return _scaled(case, x, x_hat, back, channel)


def group_normalization(case):
    x, groups = case["x"], case.whole("groups")
    ddof = {"population": 0, "sample": 1}[case.choice("deviation", "population", "sample")]
    strided = case.choice("group_channels", "contiguous", "strided") == "strided"
    channel = _channels(case, x)
    first = np.moveaxis(x, channel, 1)
    channels = first.shape[1]
    if channels % groups:
        raise ValueError("the groups do not divide the channels")
    order = np.arange(channels)
    if strided:
        order = order.reshape(-1, groups).T.ravel()

    def grouped(v):
        return np.moveaxis(v, channel, 1)[:, order].reshape(len(x), groups, -1)

    def ungrouped(v):
        back = np.empty_like(first)
        back[:, order] = v.reshape(first.shape)
        return np.moveaxis(back, 1, channel)

    x_hat, back, *_ = _normalised(case, grouped(x), (2,), ddof)
    return _scaled(case, x, ungrouped(x_hat), lambda d: ungrouped(back(grouped(d))), channel)


def rms_normalization(case):
    x, epsilon = case["x"], case.number("epsilon", 1e-5)
    one_plus = case.choice("weight", "plain", "one_plus") == "one_plus"
    outside = case.choice("epsilon_place", "inside_root", "outside_root") == "outside_root"
    square = (x**2).mean(axis=-1, keepdims=True)
    root = np.sqrt(square) if outside else np.sqrt(square + epsilon)
    s = root + epsilon if outside else root
    x_hat, of_slope = x / s, x / np.where(root > 0, root, 1)
    g = (1 + case["w"] if one_plus else case["w"]) if "w" in case else np.ones(1, x.dtype)
    answer = {"y": g * x_hat}
    if "dy" in case:
        dy = case["dy"]
        d = g * dy
        answer["dx"] = (d - of_slope * (d * x_hat).mean(axis=-1, keepdims=True)) / s
        if "w" in case:
            answer["dw"] = (dy * x_hat).reshape(-1, x.shape[-1]).sum(axis=0)
    return answer


def l2_normalization(case):
    x, epsilon = case["x"], case.number("epsilon", 1e-12)
    guard = case.choice("guard", "larger_norm", "larger_square", "under_root")
    square = (x**2).sum(axis=1, keepdims=True)
    if guard == "larger_norm":
        d, free = np.maximum(np.sqrt(square), epsilon), np.sqrt(square) > epsilon
    elif guard == "larger_square":
        d, free = np.sqrt(np.maximum(square, epsilon)), square > epsilon
    else:
        d, free = np.sqrt(square + epsilon), np.ones_like(square, bool)
    y = x / d
    answer = {"y": y}
    if "dy" in case:
        dy = case["dy"]
        answer["dx"] = (dy - free * y * (dy * y).sum(axis=1, keepdims=True)) / d
    return answer


def local_response_normalization(case):
    x, size = case["x"], case.whole("size", 5)
    channel = _channels(case, x)
    alpha, beta, k = case.number("alpha", 1e-4), case.number("beta", 0.75), case.number("k", 1)
    f = alpha / (1 if case.choice("share", "divided", "whole") == "whole" else size)
    before = size // 2 if case.choice("window_side", "before", "after") == "before" else (
        size - 1) // 2
    count = x.shape[channel]
    c = np.arange(count)
    offset = c[None, :] - c[:, None]
    window = ((offset >= -before) & (offset <= size - 1 - before)).astype(x.dtype)
    last = np.moveaxis(x, channel, -1)
    s = k + f * (last**2 @ window.T)
    t = s**-beta
    answer = {"y": np.moveaxis(last * t, -1, channel)}
    if "dy" in case:
        dy = np.moveaxis(case["dy"], channel, -1)
        dx = dy * t - 2 * f * beta * last * ((dy * last * t / s) @ window)
        answer["dx"] = np.moveaxis(dx, -1, channel)
    return answer


def masked_normalization(case):
    x, mask, epsilon = case["x"], case["mask"].astype(case["x"].dtype), case.number("epsilon", 1e-3)
    m, count = mask[..., None], mask.sum()
    if count == 0:
        raise ZeroDivisionError("nothing counts")
    zero = case.choice("masked", "normalized", "zero") == "zero"
    mean = (m * x).sum(axis=(0, 1)) / count
    variance = (m * (x - mean)**2).sum(axis=(0, 1)) / count
    s = np.sqrt(variance + epsilon)
    x_hat = (x - mean) / s
    gamma = case["gamma"] if "gamma" in case else np.ones(1, x.dtype)
    beta = case["beta"] if "beta" in case else np.zeros(1, x.dtype)
    y = gamma * x_hat + beta
    answer = {"y": y * m if zero else y, "mean": mean, "variance": variance}
    if "dy" in case:
        u = case["dy"] * m if zero else case["dy"]
        dbeta, dgamma = u.sum(axis=(0, 1)), (u * x_hat).sum(axis=(0, 1))
        answer |= {"dbeta": dbeta, "dgamma": dgamma,
                   "dx": gamma / s * (u - m * dbeta / count - m * x_hat * dgamma / count)}
    return answer


def weight_normalization(case):
    x, v = case["x"], case["v"]
    axis = {"output": 0, "input": 1, "whole": (0, 1)}[
        case.choice("axis", "output", "input", "whole")]
    epsilon = case.number("epsilon", 0)
    length = np.sqrt((v**2).sum(axis=axis, keepdims=True))
    u = v / length
    if case.choice("start", "given", "data") == "data":
        t = x @ u
        g = 1 / np.sqrt(t.var(axis=0) + epsilon)
        b = -t.mean(axis=0) * g
        return {"g": g, "b": b, "w": g * u, "y": x @ (g * u) + b}
    g = case["g"]
    wide = g[:, None] if axis == 1 else g
    w = wide * u
    b = case["b"] if "b" in case else 0
    answer = {"w": w, "y": x @ w + b}
    if "dy" in case:
        dy = case["dy"]
        dw = x.T @ dy
        dg = (dw * u).sum(axis=axis, keepdims=True)
        answer |= {"dx": dy @ w.T, "dv": wide / length * (dw - dg * u), "dg": dg.reshape(g.shape),
                   "db": dy.sum(axis=0)}
    return answer


def batch_normalization_placement(case):
    x, w, gamma, beta = case["x"], case["w"], case["gamma"], case["beta"]
    before = case.choice("placement", "before_activation", "after_activation")
    before = before == "before_activation"
    name = case.choice("activation", "relu", "tanh")
    if before and "b" in case:
        raise ValueError("a bias before the normalisation")
    if len(x) < 2:
        raise ZeroDivisionError("one sample")
    z = x @ w + (case["b"] if "b" in case else 0)
    a = z if before else activation(name, z)
    hat, back, *_ = _normalised(case, a, (0,))
    u = gamma * hat + beta
    y = activation(name, u) if before else u
    answer = {"y": y}
    if "dy" in case:
        du = case["dy"] * derivative(name, y) if before else case["dy"]
        dz = back(gamma * du)
        if not before:
            dz = dz * derivative(name, a)
        answer |= {"dgamma": (du * hat).sum(axis=0), "dbeta": du.sum(axis=0), "dw": x.T @ dz,
                   "dx": dz @ w.T}
        if "b" in case:
            answer["db"] = dz.sum(axis=0)
    return answer


def loss_smoothing(case):
    x, t, w, v = case["x"], case["t"], case["w"], case["v"]
    kind = case.choice("normalization", "batch", "none")
    epsilon = case.number("epsilon", 1e-5)

    def loss_and_gradient(w):
        z = x @ w
        s, u = 1, z
        if kind == "batch":
            centred = z - z.mean(axis=0)
            s = np.sqrt((centred**2).mean(axis=0) + epsilon)
            u = centred / s
        h = np.tanh(u)
        e = h @ v - t
        du = (2 * e / len(x))[:, None] * v * (1 - h**2)
        if kind == "batch":
            du = (du - du.mean(axis=0) - u * (du * u).mean(axis=0)) / s
        return (e**2).mean(), x.T @ du

    before, g = loss_and_gradient(w)
    loss, distance, smoothness = [], [], []
    for rate in case["rate"]:
        value, moved = loss_and_gradient(w - rate * g)
        loss.append(value)
        distance.append(np.linalg.norm(moved - g))
        smoothness.append(distance[-1] / (rate * np.linalg.norm(g)))
    return {"loss_before": before, "gradient_norm": np.linalg.norm(g), "loss": loss,
            "distance": distance, "smoothness": smoothness}


def channel_mean_subtraction(case):
    x = case["x"]
    last = case.choice("layout", "channels_last", "channels_first") == "channels_last"
    axis = 3 if last else 1
    reverse = case.choice("channels", "reversed", "kept") == "reversed"
    if "mean" in case:
        mean = case["mean"]
    else:
        if x.shape[axis] != 3:
            raise ValueError("means of three channels")
        mean = np.array([103.939, 116.779, 123.68])[::1 if reverse else -1].astype(x.dtype)
    shape = [1] * 4
    shape[axis] = -1
    deviation = case["deviation"].reshape(shape) if "deviation" in case else 1
    divisor = case.number("divisor", 1)
    turned = np.flip(x, axis) if reverse else x
    answer = {"y": (turned / divisor - mean.reshape(shape)) / deviation}
    if "dy" in case:
        dx = case["dy"] / deviation / divisor
        answer["dx"] = np.flip(dx, axis) if reverse else dx
    return answer


def _rescaled(case, transform, **statistics):
    answer = {**statistics, "z": transform(case["x"])}
    if "x_new" in case:
        answer["z_new"] = transform(case["x_new"])
    return answer


def standardization(case):
    x = case["x"]
    ddof = {"population": 0, "sample": 1}[case.choice("deviation", "population", "sample")]
    constant = (x == x[0]).all(axis=0)
    mean = np.where(constant, x[0], x.mean(axis=0))
    deviation = np.where(constant, 0, np.sqrt(((x - mean)**2).sum(axis=0) / (len(x) - ddof)))
    scale = np.where(constant, 1, deviation)
    return _rescaled(case, lambda v: (v - mean) / scale, mean=mean, standard_deviation=deviation)


def min_max_scaling(case):
    x, low, high = case["x"], case.number("low", 0), case.number("high", 1)
    smallest, largest = x.min(axis=0), x.max(axis=0)
    span = np.where(largest > smallest, largest - smallest, 1)
    clip = case.choice("clip", "no", "yes") == "yes"

    def scale(v):
        z = (v - smallest) / span * (high - low) + low
        return np.clip(z, low, high) if clip else z

    return _rescaled(case, scale, minimum=smallest, maximum=largest)


def max_abs_scaling(case):
    x = case["x"]
    everywhere = case.choice("scope", "feature", "all") == "all"
    largest = np.abs(x).max(axis=None if everywhere else 0)
    largest = np.broadcast_to(largest, x.shape[1:])
    divisor = np.where(largest > 0, largest, 1)
    clip = case.choice("clip", "no", "yes") == "yes"

    def scale(v):
        return np.clip(v / divisor, -1, 1) if clip else v / divisor

    return _rescaled(case, scale, largest=largest)


def robust_scaling(case):
    x, unit = case["x"], case.number("unit", 1)
    method = case.choice("interpolation", "linear", "weibull", "hazen", "lower", "higher",
                         "midpoint")
    low, high = case.number("low", 0.25), case.number("high", 0.75)
    spread = np.quantile(x, high, axis=0, method=method) - np.quantile(x, low, axis=0,
                                                                      method=method)
    center, scale = np.median(x, axis=0), np.where(spread == 0, 1, spread / unit)
    if case.choice("centering", "yes", "no") == "no":
        center = np.zeros_like(center)
    if case.choice("scaling", "yes", "no") == "no":
        scale = np.ones_like(scale)
    return _rescaled(case, lambda v: (v - center) / scale, center=center, scale=scale)
