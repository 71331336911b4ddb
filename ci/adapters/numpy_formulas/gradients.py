# SPDX-License-Identifier: MIT
"""Operations whose gradients are easy to get wrong; definitions in reference/gradients/."""
import math

import numpy as np

from activations import expit
from networks import activation, derivative, forward_and_backward


def argmax(case):
    x = case["x"] if case.choice("axis", "features", "samples") == "features" else case["x"].T
    sign = {"largest": 1, "smallest": -1}[case.choice("extremum", "largest", "smallest")]
    if case.choice("ties", "first", "last") == "first":
        index = (sign * x).argmax(axis=1)
    else:
        index = x.shape[1] - 1 - (sign * x)[:, ::-1].argmax(axis=1)
    rows = np.arange(len(x))
    dx = np.zeros_like(x)
    dx[rows, index] = case["dy"]
    transposed = case.choice("axis", "features", "samples") == "samples"
    return {"index": index, "y": x[rows, index], "dx": dx.T if transposed else dx}


def broadcast_addition(case):
    a, b, dy = case["a"], case["b"], case["dy"]
    axes = tuple(i for i in range(2) if b.shape[i] == 1)
    return {"y": a + b, "da": dy, "db": dy.sum(axis=axes, keepdims=True)}


def complex_product(case):
    def number(name):
        value = case[name]
        if value.shape[-1] != 2:
            raise ValueError("a real and an imaginary part")
        return value[..., 0] + 1j * value[..., 1]

    def parts(z):
        return np.stack([z.real, z.imag], axis=-1)

    a, b, dy = number("a"), number("b"), number("dy")
    return {"y": parts(a * b), "da": parts(dy * b.conj()), "db": parts(dy * a.conj())}


def concatenation(case):
    parts = [case["x1"], case["x2"], case["x3"]]
    without = {"none": -1, "first": 0, "second": 1, "third": 2}[
        case.choice("without", "none", "first", "second", "third")]
    slopes = np.split(case["dy"], np.cumsum([p.shape[1] for p in parts])[:2], axis=1)
    return {"y": np.concatenate(parts, axis=1),
            **{f"dx{i + 1}": s for i, s in enumerate(slopes) if i != without}}


def cross_product(case):
    a, b, dy = case["a"], case["b"], case["dy"]
    return {"y": np.cross(a, b), "da": np.cross(b, dy), "db": np.cross(dy, a)}


def _products_before(x):
    """The product of all elements before each, along the last axis."""
    before = np.ones_like(x)
    before[..., 1:] = np.cumprod(x[..., :-1], axis=-1)
    return before


def product(case):
    x = case["x"]
    before, after = _products_before(x), _products_before(x[:, ::-1])[:, ::-1]
    return {"y": x.prod(axis=1), "dx": case["dy"][:, None] * before * after}


def cumulative_product(case):
    x, dy = case["x"], case["dy"]
    reverse = case.choice("reverse", "no", "yes") == "yes"
    exclusive = case.choice("exclusive", "no", "yes") == "yes"
    if reverse:
        x, dy = x[:, ::-1], dy[:, ::-1]
    y = _products_before(x) if exclusive else np.cumprod(x, axis=1)
    dx, columns = np.zeros_like(x), x.shape[1]
    for k in range(columns):
        others = x.copy()
        others[:, k] = 1
        products = _products_before(others) if exclusive else np.cumprod(others, axis=1)
        dx[:, k] = (dy * products)[:, k + exclusive:].sum(axis=1)
    return {"y": y[:, ::-1], "dx": dx[:, ::-1]} if reverse else {"y": y, "dx": dx}


def dead_units(case):
    active = np.abs(case["a"]) > case.number("threshold", 0)
    activity = active.mean(axis=0)
    return {"activity": activity, "is_dead": activity == 0, "fraction": (activity == 0).mean()}


def embedding_lookup(case):
    w, index, dy = case["w"], case["index"], case["dy"]
    gradient = np.zeros_like(w)
    np.add.at(gradient, index, dy)
    if case.choice("frequency", "ignored", "divided") == "divided":
        counts = np.bincount(index, minlength=len(w))
        gradient /= np.maximum(counts, 1)[:, None].astype(w.dtype)
    if case.has_number("padding"):
        gradient[case.whole("padding")] = 0
    return {"y": w[index], "gradient_w": gradient}


def euclidean_norm(case):
    x = case["x"]
    y = np.sqrt((x**2).sum(axis=1) + case.number("epsilon", 0))
    safe = np.where(y > 0, y, 1)
    return {"y": y, "dx": case["dy"][:, None] * x / safe[:, None]}


def standard_deviation(case):
    x, divisor = case["x"], case["x"].shape[1] - case.number("correction", 1)
    if divisor <= 0:
        raise ZeroDivisionError("nothing to divide by")
    e = x - x.mean(axis=1, keepdims=True)
    y = np.sqrt((e**2).sum(axis=1) / divisor + case.number("epsilon", 0))
    safe = np.where(y > 0, y, 1)
    dx = case["dy"][:, None] * e / (divisor * safe[:, None])
    return {"y": y, "dx": np.where(y[:, None] > 0, dx, 0)}


def log_sum_exp(case):
    x = case["x"]
    mask = case["mask"] == 1 if "mask" in case else np.ones(x.shape, bool)
    there = mask.any(axis=1)
    m = np.where(there, np.where(mask, x, -np.inf).max(axis=1), 0)
    e = np.where(mask, np.exp(np.where(mask, x - m[:, None], 0)), 0)
    total = np.where(there, e.sum(axis=1), 1)
    y = np.where(there, m + np.log(total), case.number("empty", 0))
    return {"y": y, "dx": case["dy"][:, None] * e / total[:, None]}


def guarded_division(case):
    a, b, dy = case["a"], case["b"], case["dy"]
    open_ = np.abs(b) > case.number("guard", 0)
    safe = np.where(open_, b, 1)
    y = a / safe
    return {"y": np.where(open_, y, case.number("fill", 0)), "da": np.where(open_, dy / safe, 0),
            "db": np.where(open_, -dy * y / safe, 0)}


def in_place_update(case):
    x, factor, shift = case["x"], case.number("factor"), case.number("shift")
    if case.choice("function", "tanh", "square") == "tanh":
        h = np.tanh(x)
        slope = 1 - h**2
    else:
        h, slope = x**2, 2 * x
    return {"y": factor * h + shift, "dx": case["dy"] * factor * slope}


def power(case):
    x, p, dy = case["x"], case["p"], case["dy"]
    y = x**p
    zero = x == 0
    safe = np.where(zero, 1, x)
    slope = np.where(zero, (p == 1) * np.ones_like(x), p * safe**(p - 1))
    return {"y": y, "dx": dy * slope, "dp": np.where(zero, 0, dy * y * np.log(safe)).sum(axis=0)}


def pairwise_distance(case):
    d = case["x1"][:, None] - case["x2"][None] + case.number("epsilon", 0)
    p, dy, a = case.number("p", 2), case["dy"], np.abs(d)
    # The largest difference is taken out, so that powers neither overflow nor vanish.
    largest = a.max(axis=2, keepdims=True)
    scale = np.where(largest > 0, largest, 1)
    y = (((a / scale)**p).sum(axis=2) ** (1 / p)) * scale[..., 0]
    safe = np.where(y > 0, y, 1)[..., None]
    ratio = np.where(a > 0, a / safe, 1)
    slope = np.where((a > 0) & (y[..., None] > 0), np.sign(d) * ratio**(p - 1), 0)
    slope = dy[..., None] * slope
    return {"y": y, "dx1": slope.sum(axis=1), "dx2": -slope.sum(axis=0)}


def sort(case):
    x, dy = case["x"], case["dy"]
    ascending = case.choice("order", "descending", "ascending") == "ascending"
    wanted = dy.shape[1]
    index = np.argsort(x if ascending else -x, axis=1, kind="stable")[:, :wanted]
    dx = np.zeros_like(x)
    np.put_along_axis(dx, index, dy, axis=1)
    return {"index": index, "y": np.take_along_axis(x, index, axis=1), "dx": dx}


def stop_gradient(case):
    x, u, v, dy = case["x"], case["u"], case["v"], case["dy"]
    detach = case.choice("detach", "none", "gate", "value", "input", "output")
    a, b = np.tanh(x @ u), expit(x @ v)
    da, db = dy * b * (1 - a**2), dy * a * b * (1 - b)
    da = 0 * da if detach in ("value", "output") else da
    db = 0 * db if detach in ("gate", "output") else db
    dx = da @ u.T + db @ v.T
    return {"y": a * b, "gradient_u": x.T @ da, "gradient_v": x.T @ db,
            "gradient_x": 0 * dx if detach == "input" else dx}


def straight_through_estimator(case):
    x, dy = case["x"], case["dy"]
    passes = np.abs(x) <= case.number("clip", 1)
    if case.choice("backward", "clipped", "identity") == "identity":
        passes = np.ones_like(passes)
    return {"y": np.where(x >= 0, 1, -1), "gradient_x": np.where(passes, dy, 0)}


def trace(case):
    x, offset = case["x"], case.whole("offset", 0)
    return {"y": np.trace(x, offset, axis1=1, axis2=2),
            "dx": case["dy"][:, None, None] * np.eye(*x.shape[1:], k=offset, dtype=x.dtype)}


def gather_scatter(case):
    x, index, dy = case["x"], case["index"], case["dy"]
    operation = case.choice("operation", "gather", "add", "set", "mean", "largest")
    columns = np.broadcast_to(np.arange(index.shape[1]), index.shape)
    own = case.whole("self", 0) == 1
    if operation == "gather":
        dx = np.zeros_like(x)
        np.add.at(dx, (index, columns), dy)
        return {"y": x[index, columns], "dx": dx}
    start = case["start"]
    counts = np.zeros(start.shape, int)
    np.add.at(counts, (index, columns), 1)
    if operation == "set":
        y = start.copy()
        owner = np.full(start.shape, -1)
        for n in range(len(index)):
            y[index[n], columns[n]] = x[n]
            owner[index[n], columns[n]] = n
        counting = owner[index, columns] == np.arange(len(index))[:, None]
        return {"y": y, "dx": np.where(counting, dy[index, columns], 0),
                "dstart": np.where(counts == 0, dy, 0)}
    if operation in ("add", "mean"):
        y = start.copy() if operation == "add" or own else np.where(counts == 0, start, 0)
        np.add.at(y, (index, columns), x)
        share = np.ones_like(start)
        alone = operation == "add" or own
        if operation == "mean":
            share = np.maximum(counts + own, 1).astype(x.dtype)
        y = y / share
        dstart = dy / share if alone else np.where(counts == 0, dy, 0)
        return {"y": y, "dx": dy[index, columns] / share[index, columns], "dstart": dstart}
    y = np.where((counts == 0) | own, start, -np.inf)
    np.maximum.at(y, (index, columns), x)
    hit = x == y[index, columns]
    share = np.zeros(start.shape, int)
    np.add.at(share, (index, columns), hit)
    self_hit = (counts == 0) | (own & (start == y))
    share = np.maximum(share + self_hit, 1).astype(x.dtype)
    return {"y": y, "dx": np.where(hit, dy[index, columns] / share[index, columns], 0),
            "dstart": np.where(self_hit, dy / share, 0)}


def gradient_clipping_by_value(case):
    if case.has_number("limit"):
        low, high = -case.number("limit"), case.number("limit")
    else:
        low, high = case.number("low"), case.number("high")
    if low > high:
        raise ValueError("low is above high")
    return {"clipped": np.clip(case["g"], low, high)}


def gradient_clipping_by_norm(case):
    tensors = [case[f"g{k}"] for k in range(1, 9) if f"g{k}" in case]
    order = {"two": 2, "one": 1, "infinity": np.inf}[case.choice("norm", "two", "one", "infinity")]
    limit, epsilon = case.number("limit"), case.number("epsilon", 0)
    if case.choice("scope", "global", "tensor") == "global":
        norms = [np.linalg.norm(np.concatenate(tensors), order)]
    else:
        norms = [np.linalg.norm(g, order) for g in tensors]
    answer = {"norm": norms}
    for k, g in enumerate(tensors):
        norm = norms[min(k, len(norms) - 1)] + epsilon
        answer[f"clipped{k + 1}"] = g * (limit / norm) if norm > limit else g
    return answer


def gradient_norms(case):
    with_biases = case.choice("of", "weights", "layer") == "layer"
    answer = forward_and_backward(case)
    norm = []
    layer = 1
    while f"dw{layer}" in answer:
        squares = (answer[f"dw{layer}"]**2).sum()
        if with_biases and f"b{layer}" in case:
            squares = squares + (answer[f"db{layer}"]**2).sum()
        norm.append(np.sqrt(squares))
        layer += 1
    if norm[-1] == 0:
        raise ZeroDivisionError("no gradient in the last layer")
    return {"loss": answer["loss"], "norm": np.array(norm), "ratio": norm[0] / norm[-1]}


def hessian_vector_product(case):
    x, t, w2 = case["x"], case["t"], case["w2"]
    v1, v2, c1, c2 = case["v1"], case["v2"], case["c1"], case["c2"]
    n = len(x)
    h = np.tanh(x @ case["w1"] + case["b1"])
    s, rz = 1 - h**2, x @ v1 + c1
    rh = s * rz
    e = (h @ w2 + case["b2"] - t) / n
    ry = c2 + h @ v2 + rh @ w2
    upstream = case["dslope"] if "dslope" in case else 1
    g, rg = upstream * e, upstream * ry / n
    back = g @ w2.T
    gz = s * back
    rgz = s * (rg @ w2.T + g @ v2.T) - 2 * h * rh * back
    return {"slope": (e * ry).sum(), "dw1": x.T @ rgz, "db1": rgz.sum(axis=0),
            "dw2": h.T @ rg + rh.T @ g, "db2": rg.sum(axis=0), "dv1": x.T @ gz,
            "dc1": gz.sum(axis=0), "dv2": h.T @ g, "dc2": g.sum(axis=0)}


def recurrent_growth(case):
    h, w, xs, g = case["h0"], case["w"], case["x"], case["dh"]
    linear = case.choice("activation", "tanh", "linear") == "linear"
    cut = case.has_number("steps_back")
    steps = case.whole("steps_back", len(xs))
    states = [h]
    for x in xs:
        z = states[-1] @ w + x
        states.append(z if linear else np.tanh(z))
    dx, dw = np.zeros_like(xs), np.zeros_like(w)
    norm = [_norm(g)]
    for k, t in enumerate(reversed(range(len(xs)))):
        if k >= steps:
            g = np.zeros_like(g)
        else:
            dx[t] = g if linear else g * (1 - states[t + 1]**2)
            dw += states[t].T @ dx[t]
            g = dx[t] @ w.T
        norm.append(_norm(g))
    prefix = "gradient_" if cut else "d"
    return {"h": states[-1], "norm": np.array(norm), prefix + "x": dx, prefix + "w": dw,
            prefix + "h0": g}


def _norm(g):
    """The Euclidean norm, without squares that underflow."""
    m = np.abs(g).max()
    return m * np.linalg.norm(g / m) if m > 0 else 0.0


def residual_block(case):
    x, w1, w2, dy = case["x"], case["w1"], case["w2"], case["dy"]
    scale, order = case.number("scale", 1), case.choice("order", "plain", "post", "pre")
    name = case.choice("activation", "tanh", "relu", "sigmoid")
    u = activation(name, x) if order == "pre" else x
    h = activation(name, u @ w1 + case["b1"])
    s = x + scale * (h @ w2 + case["b2"])
    y = activation(name, s) if order == "post" else s
    ds = dy * derivative(name, y) if order == "post" else dy
    dr = scale * ds
    dz = dr @ w2.T * derivative(name, h)
    du = dz @ w1.T
    if order == "pre":
        du = du * derivative(name, u)
    return {"y": y, "dx": ds + du, "dw1": u.T @ dz, "db1": dz.sum(axis=0), "dw2": h.T @ dr,
            "db2": dr.sum(axis=0)}


def _normalised(kind, z, epsilon):
    if kind == "none":
        return z, np.ones_like(z[:, :1])
    axis = {"batch": 0, "layer": 1}[kind]
    centred = z - z.mean(axis=axis, keepdims=True)
    s = np.sqrt((centred**2).mean(axis=axis, keepdims=True) + epsilon)
    return centred / s, s


def _deep(case, x, weights):
    """The network of dense layers, each normalised and activated: values, and their way back."""
    kind = case.choice("normalization", "none", "batch", "layer")
    name, epsilon = case.choice("activation", "tanh", "relu", "sigmoid"), case.number(
        "epsilon", 2.0**-17)
    values, hats, roots = [x], [], []
    for w in weights:
        v, s = _normalised(kind, values[-1] @ w, epsilon)
        values.append(activation(name, v))
        hats.append(v)
        roots.append(s)

    def back(g):
        slopes = []
        for w, a, y, v, s in zip(reversed(weights), reversed(values[:-1]), reversed(values[1:]),
                                 reversed(hats), reversed(roots)):
            dv = g * derivative(name, y)
            if kind != "none":
                axis = {"batch": 0, "layer": 1}[kind]
                dv = (dv - dv.mean(axis=axis, keepdims=True)
                      - v * (dv * v).mean(axis=axis, keepdims=True)) / s
            slopes.append(a.T @ dv)
            g = dv @ w.T
        return g, slopes[::-1]

    return values[-1], back


def normalized_depth(case):
    weights = [case["w1"], *case["w"]]
    y, back = _deep(case, case["x"], weights)
    dx, slopes = back(case["dy"])
    norm = np.array([np.linalg.norm(s) for s in slopes])
    if norm[-1] == 0:
        raise ZeroDivisionError("no gradient in the last layer")
    return {"y": y, "dx": dx, "dw1": slopes[0], "norm": norm, "ratio": norm[0] / norm[-1]}


def explosion_control(case):
    x, targets = case["x"], case["targets"]
    weights, rows = [case["w1"], *case["w"]], []
    rate, decay, penalty = case.number("rate"), case.number("decay", 0), case.number("penalty", 0)

    def length(arrays):
        return math.sqrt(sum((a.astype(float)**2).sum() for a in arrays))

    for t in range(case.whole("steps")):
        y, back = _deep(case, x, weights)
        _, slopes = back((y - targets) / len(x))
        step = [rate / (1 + decay * t) * (g + penalty * w) for g, w in zip(slopes, weights)]
        rows.append((((y - targets)**2).sum() / (2 * len(x)), length(slopes), length(weights),
                     length(step)))
        weights = [w - s for w, s in zip(weights, step)]
    answer = dict(zip(("loss", "norm", "size", "update"), map(np.array, zip(*rows))))
    return {**answer, "w1_end": weights[0], "w_end": np.array(weights[1:]).reshape(
        case["w"].shape)}


def finite_check(case):
    a, b, w = case["a"], case["b"], case["start"].copy()
    rate, limit = case.number("rate"), case.number("limit", math.inf)
    layers = {"backward": -1, "forward": 1}[case.choice("order", "backward", "forward")]
    action = case.choice("action", "skip", "stop", "zero")
    first, kind, bad, rows, stopped = (-1, -1, -1), 0, [], [], False
    for t, g in enumerate(a / b):
        wrong = ~np.isfinite(g) | (np.abs(g) > limit)
        bad.append(wrong.sum())
        if wrong.any() and first[0] < 0:
            layer, element = next((m, c) for m in range(len(g))[::layers]
                                  for c in np.flatnonzero(wrong[m])[:1])
            first, value = (t, layer, element), g[layer, element]
            kind = 1 if np.isnan(value) else 2 if np.isinf(value) else 3
        stopped = stopped or action == "stop" and wrong.any()
        if action == "zero":
            w = w - rate * np.where(wrong, 0, g)
        elif not wrong.any() and not stopped:
            w = w - rate * g
        rows.append(w)
    return {"bad": bad, "step": first[0], "layer": first[1], "element": first[2], "kind": kind,
            "w": np.array(rows)}
