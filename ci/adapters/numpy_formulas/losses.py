# SPDX-License-Identifier: MIT
"""Losses; definitions in reference/losses/."""
import math

import numpy as np

from activations import expit, log1pexp, log_softmax_of, softmax_of


def _reduced(case, value, slopes):
    """The loss of values (N,K), or (N) for losses a sample, and gradients from slopes by name."""
    value = np.asarray(value)
    elements = value.ndim > 1
    offered = ("mean", "sum", "mean_of_sums", "none") if elements else ("mean", "sum", "none")
    reduction = case.choice("reduction", *offered)
    normalizer = case.choice("normalizer", "count", "weights")
    samples = len(value)
    if "sample_weight" in case:
        weight = case["sample_weight"]
        if normalizer == "weights":
            samples = weight.sum()
        of_value = weight[:, None] if elements else weight
    else:
        weight, of_value = None, 1
    upstream = case["dloss"] if "dloss" in case else 1
    loss = of_value * value
    if reduction == "none":
        scale = of_value * upstream
    else:
        divisor = {"mean": samples * (value.shape[1] if elements else 1), "sum": 1,
                   "mean_of_sums": samples}[reduction]
        loss = loss.sum() / divisor
        scale = of_value * upstream / divisor
    scale = np.asarray(scale, value.dtype)
    answer = {"loss": loss}
    for name, slope in slopes.items():
        if not elements and scale.ndim == 1:
            answer[name] = slope * scale.reshape(-1, *[1] * (slope.ndim - 1))
        else:
            answer[name] = slope * scale
    return answer


def _upstream(case):
    return case["dloss"] if "dloss" in case else 1


def mean_squared_error(case):
    y, t = case["y"], case["t"]
    f = {"no": 1, "yes": 0.5}[case.choice("half", "no", "yes")]
    return _reduced(case, f * (y - t)**2, {"dy": 2 * f * (y - t)})


def mean_absolute_error(case):
    e = case["y"] - case["t"]
    return _reduced(case, np.abs(e), {"dy": np.sign(e)})


def mean_absolute_percentage_error(case):
    y, t = case["y"], case["t"]
    f = {"yes": 100, "no": 1}[case.choice("percent", "yes", "no")]
    epsilon = case.number("epsilon", 1e-7)
    larger = case.choice("epsilon_place", "larger", "sum") == "larger"
    m = np.maximum(np.abs(t), epsilon) if larger else np.abs(t) + epsilon
    return _reduced(case, f * np.abs(y - t) / m, {"dy": f * np.sign(y - t) / m})


def mean_squared_logarithmic_error(case):
    y, t = case["y"], case["t"]
    passes = 1
    if case.choice("clip", "no", "yes") == "yes":
        epsilon = case.number("epsilon", 1e-7)
        passes = y >= epsilon
        y, t = np.maximum(y, epsilon), np.maximum(t, epsilon)
    e = np.log1p(y) - np.log1p(t)
    return _reduced(case, e**2, {"dy": passes * 2 * e / (1 + y)})


def huber(case):
    e = case["y"] - case["t"]
    a = np.abs(e)
    form = case.choice("form", "huber", "smooth_l1", "pseudo_huber")
    if form == "smooth_l1":
        beta = case.number("beta", 1)
        if beta == 0:
            return _reduced(case, a, {"dy": np.sign(e)})
        return _reduced(case, np.where(a < beta, e**2 / (2 * beta), a - beta / 2),
                        {"dy": np.where(a < beta, e / beta, np.sign(e))})
    delta = case.number("delta", 1)
    if form == "huber":
        return _reduced(case, np.where(a <= delta, e**2 / 2, delta * (a - delta / 2)),
                        {"dy": np.where(a <= delta, e, delta * np.sign(e))})
    root = np.hypot(1, e / delta)
    # sqrt(1 + r) - 1 = r / (sqrt(1 + r) + 1), which keeps the digits of small errors.
    return _reduced(case, e * (e / (root + 1)), {"dy": e / root})


def log_cosh(case):
    e = case["y"] - case["t"]
    a = np.abs(e)
    large = a - math.log(2) + np.log1p(np.exp(-2 * a))
    # 2 sinh(e / 2)^2 = cosh e - 1
    small = np.log1p(2 * np.sinh(np.minimum(a, 2) / 2)**2)
    return _reduced(case, np.where(a < 1, small, large), {"dy": np.tanh(e)})


def quantile_loss(case):
    y, t = case["y"], case["t"]
    q = case["quantiles"] if "quantiles" in case else case.number("quantile", 0.5)
    at = {"zero": 0, "middle": 0.5 - q}[case.choice("at_zero", "zero", "middle")]
    e = t - y
    return _reduced(case, np.where(e >= 0, q * e, (q - 1) * e),
                    {"dy": np.where(e > 0, -q, np.where(e < 0, 1 - q, at)).astype(y.dtype)})


def poisson_negative_log_likelihood(case):
    y, t = case["y"], case["t"].astype(case["y"].dtype)
    if case.choice("input", "logarithms", "rates") == "logarithms":
        value, slope = np.exp(y) - t * y, np.exp(y) - t
    else:
        epsilon = case.number("epsilon", 1e-8)
        value, slope = y - t * np.log(y + epsilon), 1 - t / (y + epsilon)
    if case.choice("full", "no", "yes") == "yes":
        above = np.maximum(t, 1)
        stirling = above * np.log(above) - above + np.log(2 * math.pi * above) / 2
        value = value + np.where(t > 1, stirling, 0)
    return _reduced(case, value, {"dy": slope})


def gaussian_negative_log_likelihood(case):
    y, t, v = case["y"], case["t"], case["v"]
    epsilon = case.number("epsilon", 1e-6)
    w = np.maximum(v, epsilon)
    value = (np.log(w) + (y - t)**2 / w) / 2
    if case.choice("full", "no", "yes") == "yes":
        value = value + math.log(2 * math.pi) / 2
    dv = (1 - (y - t)**2 / w) / w / 2
    if case.choice("clamp", "passing", "cutting") == "cutting":
        dv = np.where(v < epsilon, 0, dv)
    return _reduced(case, value, {"dy": (y - t) / w, "dv": dv})


def binary_cross_entropy(case):
    t = case["t"]
    p = case["pos_weight"] if "pos_weight" in case else 1
    if case.choice("form", "logits", "probabilities") == "logits":
        z = case["z"]
        return _reduced(case, p * t * log1pexp(-z) + (1 - t) * log1pexp(z),
                        {"dz": (1 - t) * expit(z) - p * t * expit(-z)})
    y = case["y"]
    clip = case.choice("clip", "none", "logarithm", "probability", "shift")
    passes = 1
    if clip == "probability":
        epsilon = case.number("epsilon", 1e-7)
        passes = (y >= epsilon) & (y <= 1 - epsilon)
        y = np.clip(y, epsilon, 1 - epsilon)
    if clip == "shift":
        epsilon = case.number("epsilon", 1e-12)
        value = -(p * t * np.log(y + epsilon) + (1 - t) * np.log((1 - y) + epsilon))
        return _reduced(case, value, {"dy": (1 - t) / ((1 - y) + epsilon)
                                      - p * t / (y + epsilon)})
    if clip == "logarithm":
        value = -(p * t * np.maximum(np.log(y), -100)
                  + (1 - t) * np.maximum(np.log1p(-y), -100))
        return _reduced(case, value, {"dy": (y - t) / np.maximum((1 - y) * y, 1e-12)})
    value = -(p * t * np.log(y) + (1 - t) * np.log1p(-y))
    return _reduced(case, value, {"dy": passes * ((1 - t) / (1 - y) - p * t / y)})


def cross_entropy(case):
    z, labels = case["z"], case["labels"]
    classes = z.shape[1]
    e = case.number("label_smoothing", 0)
    hot = (labels[:, None] == np.arange(classes)).astype(z.dtype)
    if case.choice("smoothing", "all_classes", "other_classes") == "all_classes":
        t = (1 - e) * hot + e / classes
    else:
        t = np.where(hot == 1, 1 - e, e / max(classes - 1, 1)).astype(z.dtype)
    counts = labels >= 0
    c = case["class_weight"] if "class_weight" in case else np.ones(classes, z.dtype)
    t = t * c * counts[:, None]
    loss = -(t * log_softmax_of(z)).sum(axis=1)
    slope = softmax_of(z) * t.sum(axis=1, keepdims=True) - t
    reduction = case.choice("reduction", "mean", "sum", "none")
    by_weights = case.choice("normalizer", "weights", "samples") == "weights"
    upstream = _upstream(case)
    if reduction == "none":
        return {"loss": loss, "dz": slope * np.reshape(upstream, (-1, 1))}
    w = 1
    if reduction == "mean":
        w = c[labels[counts]].sum() if by_weights else counts.sum()
        if w == 0:
            raise ZeroDivisionError("no sample counts")
    return {"loss": loss.sum() / w, "dz": slope * (upstream / z.dtype.type(w))}


def expected_cost(case):
    cost = case["cost"]
    if case.choice("rows", "truth", "decision") == "decision":
        cost = cost.T
    p, row = softmax_of(case["z"]), cost[case["labels"]]
    value = (p * row).sum(axis=1)
    return _reduced(case, value, {"dz": p * (row - value[:, None])})


def focal_loss(case):
    z, t = case["z"], case["t"]
    gamma = case.number("gamma", 2)
    x = np.where(t == 1, z, -z)
    a = 1
    if case.choice("balance", "none", "alpha") == "alpha":
        alpha = case.number("alpha", 0.25)
        a = np.where(t == 1, alpha, 1 - alpha).astype(z.dtype)
    p, loss = expit(x), log1pexp(-x)
    power = np.exp(-gamma * log1pexp(x))
    slope = -np.where(t == 1, 1, -1) * a * power * (gamma * p * loss + expit(-x))
    return _reduced(case, a * power * loss, {"dz": slope})


def distillation_loss(case):
    z, v = case["z"], case["v"]
    temperature = case.number("temperature", 2)
    f = {"squared": temperature**2, "none": 1}[case.choice("scale", "squared", "none")]
    log_p, log_q = log_softmax_of(v / temperature), log_softmax_of(z / temperature)
    value = f * (np.exp(log_p) * (log_p - log_q)).sum(axis=1)
    slope = f / temperature * (np.exp(log_q) - np.exp(log_p))
    if case.choice("hard", "no", "yes") == "yes":
        w, labels = case.number("soft_weight", 0.5), case["labels"]
        hot = labels[:, None] == np.arange(z.shape[1])
        hard = -log_softmax_of(z)[np.arange(len(z)), labels]
        value = w * value + (1 - w) * hard
        slope = w * slope + (1 - w) * (softmax_of(z) - hot)
    return _reduced(case, value, {"dz": slope})


def kullback_leibler_divergence(case):
    y, t = case["y"], case["t"]
    clip = case.choice("clip", "no", "yes") == "yes"
    epsilon = case.number("epsilon", 1e-7)
    logarithms = case.choice("input", "logarithms", "probabilities") == "logarithms"
    if case.choice("target", "probabilities", "logarithms") == "logarithms":
        p, log_p = np.exp(t), t
    else:
        p = np.clip(t, epsilon, 1) if clip else t
        log_p = np.log(np.where(p > 0, p, 1))
    if logarithms:
        return _reduced(case, np.where(p > 0, p * (log_p - y), 0), {"dy": -p})
    q = np.clip(y, epsilon, 1) if clip else y
    slope = np.where(q == y, -p / q, 0)
    return _reduced(case, np.where(p > 0, p * (log_p - np.log(q)), 0), {"dy": slope})


def hinge(case):
    y, t, margin = case["y"], case["t"], case.number("margin", 1)
    s = t if case.choice("labels", "signs", "zero_one") == "signs" else 2 * t - 1
    s = s.astype(y.dtype)
    h = np.maximum(margin - s * y, 0)
    if case.choice("squared", "no", "yes") == "yes":
        return _reduced(case, h**2, {"dy": -2 * s * h})
    return _reduced(case, h, {"dy": np.where(h > 0, -s, 0)})


def multi_margin(case):
    y, labels, margin = case["y"], case["labels"], case.number("margin", 1)
    rows, classes = np.arange(len(y)), y.shape[1]
    two = case.choice("power", "one", "two") == "two"
    z = {"classes": classes, "none": 1, "others": classes - 1}[
        case.choice("divisor", "classes", "none", "others")]
    h = np.maximum(margin - y[rows, labels][:, None] + y, 0)
    h[rows, labels] = 0
    if case.choice("over", "sum", "largest") == "largest":
        others = y.copy()
        others[rows, labels] = -np.inf
        largest = others.argmax(axis=1)[:, None] == np.arange(classes)
        h = np.where(largest, h, 0)
    value, slope = (h**2, 2 * h) if two else (h, (h > 0).astype(y.dtype))
    slope[rows, labels] = -slope.sum(axis=1)
    c = case["class_weight"][labels] if "class_weight" in case else np.ones(len(y), y.dtype)
    return _reduced(case, c * value.sum(axis=1) / z, {"dy": c[:, None] * slope / z})


def margin_ranking(case):
    a, b, t = case["a"], case["b"], case["t"].astype(case["a"].dtype)
    f = {"no": 1, "yes": 0.5}[case.choice("half", "no", "yes")]
    h = case.number("margin", 0) - t * (a - b)
    at = case.number("slope_at_zero", 0)
    if case.choice("power", "one", "two") == "two":
        slope = -f * 2 * t * np.maximum(h, 0)
        return _reduced(case, f * np.maximum(h, 0)**2, {"da": slope, "db": -slope})
    slope = -f * t * np.where(h > 0, 1, np.where(h == 0, at, 0)).astype(a.dtype)
    return _reduced(case, f * np.maximum(h, 0), {"da": slope, "db": -slope})


def _distance(case, a, b):
    """The differences of embeddings, and the squares of their lengths."""
    place = case.choice("epsilon_place", "none", "difference", "sum")
    epsilon = case.number("epsilon", 1e-6)
    u = a - b + epsilon if place == "difference" else a - b
    square = (u**2).sum(axis=1)
    return u, square + epsilon if place == "sum" else square


def _unit(u, d):
    """u / d, and 0 where the length is 0."""
    return np.where(d[:, None] > 0, u / np.where(d > 0, d, 1)[:, None], 0)


def contrastive_loss(case):
    u, square = _distance(case, case["a"], case["b"])
    d, margin = np.sqrt(square), case.number("margin", 1)
    f = {"no": 1, "yes": 0.5}[case.choice("half", "no", "yes")]
    alike = case["t"] == {"one": 1, "zero": 0}[case.choice("similar", "one", "zero")]
    gap = np.maximum(margin - d, 0)
    if case.choice("power", "two", "one") == "two":
        value = np.where(alike, f * square, f * gap**2)
        da = np.where(alike[:, None], 2 * f * u, -2 * f * gap[:, None] * _unit(u, d))
    else:
        value = np.where(alike, f * d, f * gap)
        sign = np.where(alike, 1, -(gap > 0).astype(int)).astype(u.dtype)
        da = f * sign[:, None] * _unit(u, d)
    return _reduced(case, value, {"da": da, "db": -da})


def triplet_loss(case):
    a, p, n = case["a"], case["p"], case["n"]
    (u, near), (v, far) = _distance(case, a, p), _distance(case, a, n)
    squared = case.choice("distance", "squared", "euclidean") == "squared"
    if not squared:
        near, far = np.sqrt(near), np.sqrt(far)
    if case.choice("form", "margin", "soft") == "soft":
        value, g = log1pexp(near - far), expit(near - far)
    else:
        h = near - far + case.number("margin", 0.2)
        value, g = np.maximum(h, 0), (h > 0).astype(a.dtype)
    g = g[:, None]
    gu, gv = (2 * g * u, 2 * g * v) if squared else (g * _unit(u, near), g * _unit(v, far))
    return _reduced(case, value, {"da": gu - gv, "dp": -gu, "dn": gv})


def cosine_similarity(case):
    a, b = case["a"], case["b"]
    epsilon, margin = case.number("epsilon", 1e-8), case.number("margin", 0)
    each = case.choice("epsilon_place", "product", "each") == "each"
    t = case["t"] if "t" in case else np.ones(len(a), int)
    length_a, length_b = np.sqrt((a**2).sum(axis=1)), np.sqrt((b**2).sum(axis=1))
    if each:
        m = np.maximum(length_a, epsilon) * np.maximum(length_b, epsilon)
        free_a, free_b = length_a > epsilon, length_b > epsilon
    else:
        m = np.maximum(length_a * length_b, epsilon)
        free_a = free_b = length_a * length_b > epsilon
    c = (a * b).sum(axis=1) / m

    def slope(own, other, length, free):
        second = np.where(free, c / np.where(free, length, 1)**2, 0)[:, None] * own
        return other / m[:, None] - second

    one = {"one_minus": 1, "negative": 0}[case.choice("form", "one_minus", "negative")]
    value = np.where(t == 1, one - c, np.maximum(c - margin, 0))
    sign = np.where(t == 1, -1, (c > margin).astype(int)).astype(a.dtype)[:, None]
    return _reduced(case, value, {"da": sign * slope(a, b, length_a, free_a),
                                  "db": sign * slope(b, a, length_b, free_b)})


def nt_xent(case):
    z, temperature = case["z"], case.number("temperature", 0.5)
    epsilon, n = case.number("epsilon", 1e-12), len(case["z"])
    if n % 2:
        raise ValueError("an odd number of embeddings")
    length = np.sqrt((z**2).sum(axis=1, keepdims=True))
    u = z / np.maximum(length, epsilon)
    s = u @ u.T / temperature
    s[np.arange(n), np.arange(n)] = -np.inf
    if case.choice("layout", "neighbours", "halves") == "halves":
        partner = (np.arange(n) + n // 2) % n
    else:
        partner = np.arange(n) ^ 1
    log_p = log_softmax_of(s)
    divisor = {"mean": n, "sum": 1}[case.choice("reduction", "mean", "sum")]
    loss = -log_p[np.arange(n), partner].sum() / divisor
    g = (np.exp(log_p) - (partner[:, None] == np.arange(n))) * (_upstream(case) / divisor)
    g = g.astype(z.dtype)
    du = (g + g.T) @ u / temperature
    free = du - (du * u).sum(axis=1, keepdims=True) * u
    dz = np.where(length < epsilon, du / epsilon, free / np.where(length > 0, length, 1))
    return {"loss": loss, "dz": dz}


def dice_loss(case):
    y, t, smooth = case["y"], case["t"], case.number("smooth", 1e-7)
    above = smooth if case.choice("smooth_place", "denominator", "both") == "both" else 0
    two = case.choice("power", "one", "two") == "two"
    batch = case.choice("over", "samples", "batch") == "batch"
    axis = None if batch else 1

    def total(v):
        return v.sum(axis=axis, keepdims=True)

    overlap = total(y * t)
    a, b = (total(y**2), total(t**2)) if two else (total(y), total(t))
    slope_a = 2 * y if two else 1
    if case.choice("form", "dice", "tversky") == "dice":
        upper, lower = 2 * overlap + above, a + b + smooth
        slope_upper, slope_lower = 2 * t, slope_a
    else:
        alpha, beta = case.number("alpha", 0.5), case.number("beta", 0.5)
        upper = overlap + above
        lower = overlap + alpha * (a - overlap) + beta * (b - overlap) + smooth
        slope_upper, slope_lower = t, t + alpha * (slope_a - t) - beta * t
    f = upper / lower
    w = 1
    if case.choice("reduction", "mean", "sum") == "mean" and not batch:
        w = len(y)
    dy = (f * slope_lower - slope_upper) / lower * (_upstream(case) / w)
    return {"loss": (1 - f).sum() / w, "dy": dy}


def evidence_lower_bound(case):
    y, t, m, v = case["y"], case["t"], case["mean"], case["log_variance"]
    likelihood = case.choice("likelihood", "bernoulli", "gaussian", "squared")
    over = case.choice("over", "sum", "mean", "mean_reconstruction")
    beta = case.number("beta", 1)
    w = {"mean": len(y), "sum": 1}[case.choice("reduction", "mean", "sum")]
    if likelihood == "bernoulli":
        rho, slope = log1pexp(y) - t * y, expit(y) - t
    elif likelihood == "gaussian":
        rho, slope = (y - t)**2 / 2, y - t
    else:
        rho, slope = (y - t)**2, 2 * (y - t)
    of_r = 1 if over == "sum" else 1 / y.shape[1]
    of_d = 1 / m.shape[1] if over == "mean" else 1
    reconstruction = of_r * rho.sum() / w
    divergence = of_d * (np.expm1(v) - v + m**2).sum() / 2 / w
    scale = _upstream(case) / w
    return {"reconstruction": reconstruction, "divergence": divergence,
            "loss": reconstruction + beta * divergence, "dy": of_r * slope * scale,
            "dmean": beta * of_d * m * scale,
            "dlog_variance": beta * of_d * np.expm1(v) / 2 * scale}


def adversarial_loss(case):
    def b(z, t):
        return t * log1pexp(-z) + (1 - t) * log1pexp(z), (1 - t) * expit(z) - t * expit(-z)

    fake, upstream = case["fake"], _upstream(case)
    mean = case.choice("reduction", "mean", "sum") == "mean"
    w_fake = fake.size if mean else 1
    smoothing = case.number("smoothing", 0)
    two_sides = case.choice("sides", "one", "two") == "two"
    half = case.choice("combine", "sum", "half") == "half"
    goal = case.choice("goal", "non_saturating", "minimax")
    if case.choice("player", "discriminator", "generator") == "generator":
        value, slope = b(fake, 1) if goal == "non_saturating" else (-v for v in b(fake, 0))
        return {"loss": value.sum() / w_fake, "dfake": slope * (upstream / w_fake)}
    real = case["real"]
    w_real = real.size if mean else 1
    c = 0.5 if half else 1
    of_real, d_real = b(real, 1 - smoothing)
    of_fake, d_fake = b(fake, smoothing if two_sides else 0)
    r, f = of_real.sum() / w_real, of_fake.sum() / w_fake
    return {"real_loss": r, "fake_loss": f, "loss": c * (r + f),
            "dreal": d_real * (c * upstream / w_real), "dfake": d_fake * (c * upstream / w_fake)}


def multi_task_loss(case):
    x, w, t = case["x"], case["w"], case["t"]
    m = case["mask"].astype(x.dtype) if "mask" in case else np.ones_like(t)
    e, count = x @ w - t, m.sum(axis=0)
    if (count == 0).any():
        raise ZeroDivisionError("a task without labels")
    of_task = (m * e**2).sum(axis=0) / count
    upstream = _upstream(case)
    normalized = case.choice("normalized", "no", "yes") == "yes"
    h = {"yes": 0.5, "no": 1}[case.choice("half", "yes", "no")]
    answer = {"task_loss": of_task}
    if case.choice("weighting", "fixed", "uncertainty") == "fixed":
        c = case["weight"] if "weight" in case else np.ones(t.shape[1], x.dtype)
        z = c.sum() if normalized else 1
        answer["loss"] = (c * of_task).sum() / z
    else:
        s, z = case["s"], 1
        c = h * np.exp(-s)
        answer["loss"] = (c * of_task + h * s).sum()
        answer["ds"] = (h - c * of_task) * upstream
    slope = 2 * c * m * e / count * (upstream / z)
    return {**answer, "dx": slope @ w.T, "dw": x.T @ slope}


def perplexity(case):
    z, labels = case["z"], case["labels"]
    counts = labels >= 0
    if not counts.any():
        raise ZeroDivisionError("no token counts")
    bits = case.choice("unit", "nats", "bits") == "bits"
    safe = np.where(counts, labels, 0)
    log_p = log_softmax_of(z)
    q = np.where(counts, -np.take_along_axis(log_p, safe[..., None], axis=-1)[..., 0], 0)
    slope = np.exp(log_p) - (safe[..., None] == np.arange(z.shape[-1]))
    slope = np.where(counts[..., None], slope, 0)
    if case.choice("average", "tokens", "sequences") == "tokens":
        entropy = q.sum() / counts.sum()
        result = np.exp(entropy)
        scale = result / counts.sum()
    else:
        tokens = counts.sum(axis=1)
        there = tokens > 0
        each = q.sum(axis=1)[there] / tokens[there]
        entropy, result = each.mean(), np.exp(each).mean()
        scale = np.zeros((len(z), 1, 1), z.dtype)
        scale[there, 0, 0] = np.exp(each) / tokens[there] / there.sum()
    answer = {"perplexity": result, "entropy": entropy / math.log(2) if bits else entropy}
    if "dperplexity" in case:
        answer["dz"] = case["dperplexity"] * scale * slope
    return answer


def reconstruction_error(case):
    r = case["y"] - case["t"]
    c = {"mean": 1 / r.shape[1], "sum": 1}[case.choice("over", "mean", "sum")]
    kind = case.choice("error", "squared", "root", "absolute")
    if kind == "absolute":
        e, slope = c * np.abs(r).sum(axis=1), c * np.sign(r)
    else:
        e, slope = c * (r**2).sum(axis=1), 2 * c * r
        if kind == "root":
            e = np.sqrt(e)
            slope = np.where(e[:, None] > 0, c * r / np.where(e > 0, e, 1)[:, None], 0)
    normal = case["normal"] if "normal" in case else np.ones(len(r), int)
    w = normal.sum() if case.choice("reduction", "mean", "sum") == "mean" else 1
    if w == 0:
        raise ZeroDivisionError("no sample is normal")
    return {"error": e, "loss": (e * normal).sum() / w,
            "dy": (slope * normal[:, None]).astype(r.dtype) * (_upstream(case) / r.dtype.type(w))}
