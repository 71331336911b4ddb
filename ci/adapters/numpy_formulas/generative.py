# SPDX-License-Identifier: MIT
"""Losses and statistics of generative networks; definitions in reference/generative/."""
import math

import numpy as np

from activations import expit, log1pexp, softmax_of


def _upstream(case, name="dloss"):
    return case[name] if name in case else 1


def _scores(case):
    """Both batches, by what their sums are divided, and the factor of their sum."""
    mean = case.choice("reduction", "mean", "sum") == "mean"
    c = {"sum": 1, "half": 0.5}[case.choice("combine", "sum", "half")]
    real = case["real"] if "real" in case else None
    fake = case["fake"]
    return (real, fake, real.size if mean and real is not None else 1, fake.size if mean else 1, c,
            case.choice("player", "discriminator", "generator") == "generator")


def hinge_gan_loss(case):
    real, fake, w_real, w_fake, c, generator = _scores(case)
    margin, upstream = case.number("margin", 1), _upstream(case)
    goal = case.choice("goal", "linear", "hinge")
    at = {"zero": 0, "half": 0.5, "one": 1}[
        case.choice("derivative_at_kink", "zero", "half", "one")]

    def k(u):
        return np.where(u > 0, 1, np.where(u < 0, 0, at)).astype(u.dtype)

    if generator and goal == "linear":
        return {"loss": -fake.sum() / w_fake, "dfake": np.full_like(fake, -1) * (upstream / w_fake)}
    if generator:
        return {"loss": np.maximum(0, margin - fake).sum() / w_fake,
                "dfake": -k(margin - fake) * (upstream / w_fake)}
    r = np.maximum(0, margin - real).sum() / w_real
    f = np.maximum(0, margin + fake).sum() / w_fake
    return {"real_loss": r, "fake_loss": f, "loss": c * (r + f),
            "dreal": -k(margin - real) * (c * upstream / w_real),
            "dfake": k(margin + fake) * (c * upstream / w_fake)}


def least_squares_gan_loss(case):
    real, fake, w_real, w_fake, c, generator = _scores(case)
    low, high = case.number("a", 0), case.number("b", 1)
    wanted, upstream = case.number("c", 1), _upstream(case)
    h = {"half": 0.5, "one": 1}[case.choice("factor", "half", "one")]
    if generator:
        return {"loss": h * ((fake - wanted)**2).sum() / w_fake,
                "dfake": 2 * h * (fake - wanted) * (upstream / w_fake)}
    r, f = h * ((real - high)**2).sum() / w_real, h * ((fake - low)**2).sum() / w_fake
    return {"real_loss": r, "fake_loss": f, "loss": c * (r + f),
            "dreal": 2 * h * (real - high) * (c * upstream / w_real),
            "dfake": 2 * h * (fake - low) * (c * upstream / w_fake)}


def relativistic_gan_loss(case):
    real, fake, w_real, w_fake, c, generator = _scores(case)
    v, upstream = -1 if generator else 1, _upstream(case)
    kind = case.choice("loss_kind", "standard", "least_squares", "hinge")

    def p(z, v):
        if kind == "standard":
            return log1pexp(-v * z), -v * expit(-v * z)
        if kind == "least_squares":
            return (z - v)**2, 2 * (z - v)
        return np.maximum(0, 1 - v * z), -v * (1 - v * z > 0).astype(z.dtype)

    if case.choice("form", "average", "paired") == "paired":
        value, slope = p(real - fake, v)
        slope = slope * (upstream / w_real)
        return {"loss": value.sum() / w_real, "dreal": slope, "dfake": -slope}
    of_real, s = p(real - fake.mean(), v)
    of_fake, t = p(fake - real.mean(), -v)
    s, t = s * (c * upstream / w_real), t * (c * upstream / w_fake)
    r, f = of_real.sum() / w_real, of_fake.sum() / w_fake
    return {"real_loss": r, "fake_loss": f, "loss": c * (r + f),
            "dreal": s - t.sum() / real.size, "dfake": t - s.sum() / fake.size}


def _lengths(a, b):
    """Differences of all pairs, and their lengths."""
    difference = a[:, None] - b[None]
    return difference, np.sqrt((difference**2).sum(axis=2))


def energy_distance(case):
    x, y = case["x"], case["y"]
    n, m = len(x), len(y)
    unbiased = case.choice("estimate", "biased", "unbiased") == "unbiased"
    root = case.choice("root", "no", "yes") == "yes"
    pairs_x, pairs_y = (n * (n - 1), m * (m - 1)) if unbiased else (n * n, m * m)
    own, inner = _lengths(x, x)
    other, across = _lengths(x, y)
    xy, xx, yy = across.mean(), inner.sum() / pairs_x, _lengths(y, y)[1].sum() / pairs_y
    square = 2 * xy - xx - yy
    energy = np.sqrt(max(square, 0)) if root else square
    answer = {"xy": xy, "xx": xx, "yy": yy, "energy": energy}
    if "denergy" in case:
        def pushes(difference, length):
            return (difference / np.where(length > 0, length, 1)[..., None]).sum(axis=1)

        dx = 2 * pushes(other, across) / (n * m) - 2 * pushes(own, inner) / pairs_x
        if root:
            dx = dx / (2 * energy) if energy > 0 else 0 * dx
        answer["dx"] = case["denergy"] * dx
    return answer


def maximum_mean_discrepancy(case):
    x, y = case["x"], case["y"]
    n, m = len(x), len(y)
    unbiased = case.choice("estimate", "biased", "unbiased") == "unbiased"
    gaussian = case.choice("kernel", "gaussian", "polynomial") == "gaussian"
    mean = case.choice("combination", "sum", "mean") == "mean"
    median = case.choice("scale", "given", "median") == "median"
    gamma, offset = case.number("gamma", 1 / x.shape[1]), case.number("offset", 1)
    degree, answer = case.number("degree", 3), {}
    if gaussian:
        sigma = case["bandwidth"]
        if median:
            both = np.concatenate([x, y])
            sigma = sigma * np.median(_lengths(both, both)[1][np.triu_indices(n + m, 1)])
        answer["sigma"] = sigma
        scale = 1 / len(sigma) if mean else 1

    def kernel(a, b):
        """k, and its derivative by a."""
        if not gaussian:
            base = gamma * a @ b.T + offset
            slope = (degree * gamma * base**(degree - 1))[..., None] * b[None]
            return base**degree, slope
        difference = a[:, None] - b[None]
        square = (difference**2).sum(axis=2)
        each = np.exp(-square[..., None] / (2 * sigma**2))
        slope = -scale * (each / sigma**2).sum(axis=2)[..., None] * difference
        return scale * each.sum(axis=2), slope

    pairs_x, pairs_y = (n * (n - 1), m * (m - 1)) if unbiased else (n * n, m * m)
    (k_xx, d_xx), (k_xy, d_xy), (k_yy, _) = kernel(x, x), kernel(x, y), kernel(y, y)
    if unbiased:
        k_xx, k_yy = k_xx * (1 - np.eye(n, dtype=x.dtype)), k_yy * (1 - np.eye(m, dtype=x.dtype))
        d_xx = d_xx * (1 - np.eye(n, dtype=x.dtype))[..., None]
    xx, yy, xy = k_xx.sum() / pairs_x, k_yy.sum() / pairs_y, k_xy.mean()
    answer |= {"xx": xx, "yy": yy, "xy": xy, "mmd": xx + yy - 2 * xy}
    if "dmmd" in case:
        answer["dx"] = case["dmmd"] * (2 * d_xx.sum(axis=1) / pairs_x
                                       - 2 * d_xy.sum(axis=1) / (n * m))
    return answer


def sliced_wasserstein(case):
    x, y, direction = case["x"], case["y"], case["direction"]
    n = len(x)
    p = {"two": 2, "one": 1}[case.choice("p", "two", "one")]
    largest = case.choice("aggregate", "mean", "max") == "max"
    root = case.choice("root", "yes", "no") == "yes"
    a, b = x @ direction.T, y @ direction.T
    order = np.argsort(a, axis=0, kind="stable")
    gap = np.take_along_axis(a, order, axis=0) - np.sort(b, axis=0)
    part = (np.abs(gap)**p).mean(axis=0)
    total = part.max() if largest else part.mean()
    distance = total**(1 / p) if root else total
    answer = {"part": part, "distance": distance}
    if "ddistance" in case:
        share = (np.arange(len(part)) == part.argmax()) if largest else np.full(
            len(part), 1 / len(part))
        outer = 1
        if root:
            outer = distance**(1 - p) / p if distance > 0 else 0
        slope = np.zeros_like(a)
        np.put_along_axis(slope, order, p * np.sign(gap) * np.abs(gap)**(p - 1) / n, axis=0)
        answer["dx"] = case["ddistance"] * outer * (slope * share).astype(x.dtype) @ direction
    return answer


def sample_moments(case):
    x, ddof = case["x"], case.whole("ddof", 1)
    n, mean = len(x), case["x"].mean(axis=0)
    centred = x - mean
    if n <= ddof:
        raise ZeroDivisionError("nothing to divide by")
    covariance = centred.T @ centred / (n - ddof)
    gap, target = mean - case["target_mean"], case["target_covariance"]
    answer = {"mean": mean, "covariance": covariance, "mean_error": np.linalg.norm(gap),
              "covariance_error": np.linalg.norm(covariance - target),
              "mahalanobis": gap @ np.linalg.solve(target, gap)}
    if "dmean" in case:
        d = case["dcovariance"]
        answer["dx"] = case["dmean"] / n + centred @ (d + d.T) / (n - ddof)
    return answer


def frechet_distance(case):
    x, ddof, epsilon = case["x"], case.whole("ddof", 1), case.number("epsilon", 0)

    def moments(v):
        return v.mean(axis=0), np.atleast_2d(np.cov(v, rowvar=False, ddof=ddof))

    mean, a = moments(x)
    mean_y, b = moments(case["y"]) if "y" in case else (case["mean_y"], case["covariance_y"])
    identity = epsilon * np.eye(len(mean))
    a, b = a + identity, b + identity
    lower = np.linalg.cholesky(a)
    roots = np.sqrt(np.maximum(np.linalg.eigvalsh(lower.T @ b @ lower), 0))
    mean_term = ((mean - mean_y)**2).sum()
    distance = mean_term + np.trace(a) + np.trace(b) - 2 * roots.sum()
    if case.choice("root", "no", "yes") == "yes":
        distance = np.sqrt(max(distance, 0))
    return {"mean_term": mean_term, "root_trace": roots.sum(), "distance": distance}


def inception_score(case):
    p = case["p"] if "p" in case else softmax_of(case["z"])
    splits, ddof = case.whole("splits", 1), case.whole("ddof", 0)
    case.choice("form", "divergence", "entropies")
    bounds = [s * len(p) // splits for s in range(splits + 1)]
    score, marginal = [], []
    for begin, end in zip(bounds, bounds[1:]):
        part = p[begin:end]
        q = part.mean(axis=0)
        logs = np.log(np.where(part > 0, part, 1)) - np.log(np.where(q > 0, q, 1))
        score.append(np.exp((part * logs).sum(axis=1).mean()))
        marginal.append(q)
    return {"score": score, "marginal": marginal, "mean": np.mean(score),
            "deviation": np.std(score, ddof=ddof)}


def gan_mode_coverage(case):
    samples, centres = case["samples"], case["centres"]
    d = ((samples[:, None] - centres[None])**2).sum(axis=2)
    nearest = d.argmin(axis=1)
    radius = (case.number("multiple", 3) * case.number("deviation"))**2
    within = case.choice("edge", "within", "strict") == "within"
    good = d.min(axis=1) <= radius if within else d.min(axis=1) < radius
    counted = good if case.choice("counted", "good", "all") == "good" else np.ones_like(good)
    counts, k = np.bincount(nearest[counted], minlength=len(centres)), len(centres)
    base = {"nats": 1, "bits": math.log(2)}[case.choice("base", "nats", "bits")]
    if counts.sum():
        r = counts / counts.sum()
        divergence = (r * np.log(np.where(r > 0, k * r, 1))).sum()
    else:
        divergence = math.log(k)
    return {"nearest": nearest, "good": good, "counts": counts, "quality": good.mean(),
            "covered": (counts >= case.whole("least", 1)).sum(), "divergence": divergence / base}


def minibatch_discrimination(case):
    x, tensor = case["x"], case["T"]
    n = len(x)
    m = np.einsum("na,abc->nbc", x, tensor)
    difference = m[:, None] - m[None]
    k = np.exp(-np.abs(difference).sum(axis=3))
    excluded = case.choice("self", "included", "excluded") == "excluded"
    if excluded:
        k = k * (1 - np.eye(n, dtype=x.dtype))[..., None]
    count = 1
    if case.choice("reduction", "sum", "mean") == "mean":
        count = n - 1 if excluded else n
        if count == 0:
            raise ZeroDivisionError("nobody else")
    o = k.sum(axis=1) / count + (case["bias"] if "bias" in case else 0)
    answer = {"o": o, "y": np.concatenate([x, o], axis=1)}
    if "dy" in case:
        dy = case["dy"]
        e = dy[:, x.shape[1]:]
        dm = -((e[:, None] + e[None]) * k / count)[..., None] * np.sign(difference)
        dm = dm.sum(axis=1)
        answer |= {"dx": dy[:, :x.shape[1]] + np.einsum("nbc,abc->na", dm, tensor),
                   "dT": np.einsum("na,nbc->abc", x, dm)}
        if "bias" in case:
            answer["dbias"] = e.sum(axis=0)
    return answer


def minibatch_standard_deviation(case):
    x, features, epsilon = case["x"], case.whole("features", 1), case.number("epsilon", 1e-8)
    n, channels, places = x.shape
    g = min(case.whole("group_size", 4), n)
    m = n // g
    if n % g or channels % features:
        raise ValueError("groups or features of unequal size")
    contiguous = case.choice("groups", "interleaved", "contiguous") == "contiguous"
    correction = {"biased": 0, "unbiased": 1}[case.choice("variance", "biased", "unbiased")]
    place = np.arange(n) // g if contiguous else np.arange(n) % m
    order = np.argsort(place, kind="stable")
    grouped = x[order].reshape(m, g, channels, places)
    centred = grouped - grouped.mean(axis=1, keepdims=True)
    s = np.sqrt((centred**2).sum(axis=1, keepdims=True) / (g - correction) + epsilon)
    statistic = s.reshape(m, features, -1).mean(axis=2)
    wide = np.broadcast_to(statistic[place][..., None], (n, features, places))
    answer = {"statistic": statistic, "y": np.concatenate([x, wide], axis=1)}
    if "dy" in case:
        dy = case["dy"]
        size = channels // features * places
        t = dy[:, channels:].sum(axis=2)[order].reshape(m, g, features).sum(axis=1) / size
        t = np.repeat(t, channels // features, axis=1)[:, None, :, None]
        slope = t * centred / ((g - correction) * s)
        answer["dx"] = dy[:, :channels].copy()
        answer["dx"][order] += slope.reshape(n, channels, places)
    return answer


def optimal_discriminator(case):
    p, q = case["p"], case["q"]
    w = case["weight"] if "weight" in case else np.ones_like(p)
    normalized = case.choice("normalization", "no", "yes") == "yes"
    distance = case.choice("measure", "divergence", "distance") == "distance"
    base = {"nats": 1, "bits": math.log(2)}[case.choice("base", "nats", "bits")]
    both_zero = {"half": 0.5, "zero": 0}[case.choice("both_zero", "half", "zero")]
    sum_p, sum_q = (w * p).sum(), (w * q).sum()
    if normalized:
        p, q = p / sum_p, q / sum_q
    total = p + q
    there = np.where(total > 0, total, 1)
    d = np.where(total > 0, p / there, both_zero)
    u = (p - q) / there

    def times_log(a, log):
        return np.where(a > 0, a * np.where(a > 0, log, 0), 0)

    log_p, log_q = np.log1p(u), np.log1p(-u)
    real = -(w * times_log(p, np.log(p / there))).sum()
    fake = -(w * times_log(q, np.log(q / there))).sum()
    j_p, j_q = (w * times_log(p, log_p)).sum() / 2, (w * times_log(q, log_q)).sum() / 2
    js = (j_p + j_q) / base
    answer = {"optimal": d, "real_loss": real, "fake_loss": fake, "value": -(real + fake),
              "jensen_shannon": np.sqrt(js) if distance else js,
              "accuracy": (1 + (w * np.abs(p - q)).sum() / 2) / 2}
    if "discriminator" in case:
        other = case["discriminator"]
        answer["played"] = (w * (p * np.log(other) + q * np.log1p(-other))).sum()
    if "djensen_shannon" in case:
        scale = case["djensen_shannon"] / base
        if distance:
            scale = scale / (2 * np.sqrt(js))
        dp, dq = np.where(total > 0, log_p / 2, 0), np.where(total > 0, log_q / 2, 0)
        if normalized:
            dp, dq = (dp - j_p) / sum_p, (dq - j_q) / sum_q
        answer |= {"dp": scale * w * dp, "dq": scale * w * dq}
    return answer


def gumbel_softmax(case):
    z, temperature = case["z"], case.number("temperature", 1)
    hard = case.choice("hard", "no", "yes") == "yes"
    if case.choice("noise", "uniform", "gumbel") == "uniform":
        u = case["u"]
        if ((u <= 0) | (u >= 1)).any():
            raise ValueError("u is not between 0 and 1")
        g = -np.log(-np.log(u))
    else:
        g = case["g"]
    s, index = softmax_of((z + g) / temperature), (z + g).argmax(axis=-1)
    y = (index[..., None] == np.arange(z.shape[-1])).astype(z.dtype) if hard else s
    answer = {"y": y, "index": index}
    dy = case["dy"] if "dy" in case else 0
    if "e" in case:
        e = case["e"]
        answer["v"] = y @ e
        if "dv" in case:
            answer["de"] = np.einsum("nlk,nle->ke", y, case["dv"])
            dy = dy + case["dv"] @ e.T
    if "dy" in case or "dv" in case:
        dz = s / temperature * (dy - (s * dy).sum(axis=-1, keepdims=True))
        answer["estimate" if hard else "dz"] = dz
    return answer


def spectral_normalization(case):
    w, epsilon, axis = case["w"], case.number("epsilon", 1e-12), case.whole("axis", 0)
    matrix = np.moveaxis(w, axis, 0).reshape(w.shape[axis], -1)
    added = case.choice("guard", "maximum", "added") == "added"
    mode = case.choice("mode", "training", "evaluation", "recomputed")
    u_first = case.choice("order", "v_first", "u_first") == "u_first"

    def unit(x):
        length = np.linalg.norm(x)
        return x / (length + epsilon if added else max(length, epsilon))

    u, v = case.get("u"), case.get("v")
    iterations = case.whole("iterations", 1)
    if mode == "recomputed":
        v = unit(matrix.T @ u)
    if mode == "training":
        for _ in range(iterations):
            if u_first:
                u = unit(matrix @ v)
                v = unit(matrix.T @ u)
            else:
                v = unit(matrix.T @ u)
                u = unit(matrix @ v)
    sigma = u @ (matrix @ v)
    answer = {"sigma": sigma, "u": u, "v": v, "y": w / sigma}
    if "dy" in case:
        dy = case["dy"]
        outer = np.moveaxis(np.outer(u, v).reshape(np.moveaxis(w, axis, 0).shape), 0, axis)
        gradient = dy / sigma - (dy * w).sum() / sigma**2 * outer
        answer["dw" if mode == "evaluation" else "gradient"] = gradient
    return answer


def style_loss(case):
    f, s = case["f"], case["s"]
    n, channels, places = f.shape
    kind = case.choice("gram", "plain", "positions", "all")
    scale = case.choice("scale", "gatys", "mean", "sum")
    of_style, of_content = case.number("style_weight", 1), case.number("content_weight", 1)
    removed = case.choice("center", "kept", "removed") == "removed"
    upstream = _upstream(case)

    def centred(v):
        return v - v.mean(axis=2, keepdims=True) if removed else v

    def divisor(v):
        return {"plain": 1, "positions": v.shape[2], "all": v.shape[1] * v.shape[2]}[kind]

    a, b = centred(f), centred(s)
    gram = a @ a.swapaxes(1, 2) / divisor(f)
    gap = gram - b @ b.swapaxes(1, 2) / divisor(s)
    factor = {"gatys": 1 / (4 * channels**2 * places**2), "mean": 1 / channels**2, "sum": 1}[scale]
    h = {"gatys": 0.5, "mean": 1 / (channels * places), "sum": 1}[scale]
    style = factor * (gap**2).sum() / n
    df = 4 * factor * of_style * upstream / (n * divisor(f)) * (gap @ a)
    answer = {"gram": gram, "style": style, "loss": of_style * style, "df": df}
    if "c" in case:
        difference = f - case["c"]
        content = h * (difference**2).sum() / n
        answer |= {"content": content, "loss": of_style * style + of_content * content,
                   "df": df + 2 * h * of_content * upstream / n * difference}
    return answer
