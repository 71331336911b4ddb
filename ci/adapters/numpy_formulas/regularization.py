# SPDX-License-Identifier: MIT
"""Penalties, dropouts and their kin; definitions in reference/regularization/."""
import math

import numpy as np

from activations import SELU_ALPHA, SELU_SCALE, expit, softmax_of


def _upstream(case):
    return case["dpenalty"] if "dpenalty" in case else 1


def _rate_and_keep(case):
    p = case.number("p")
    rate = p if case.choice("argument", "rate", "keep") == "rate" else 1 - p
    keep = 1 - p if rate is p else p
    if not 0 <= p <= 1:
        raise ValueError("p is outside of 0 to 1")
    return rate, keep


def _kept(case, rate, keep):
    below = case.choice("threshold", "at_least_rate", "below_keep") == "below_keep"
    if "mask" in case:
        return case["mask"] == 1
    u = case.array("u")
    return u < keep if below else u >= rate


def dropout(case):
    x = case["x"]
    rate, keep = _rate_and_keep(case)
    kept = _kept(case, rate, keep)
    scaling = case.choice("scaling", "inverted", "classic", "realised")
    scale, factor = (1 / keep if keep else 0), 1
    if scaling == "classic":
        scale, factor = 1, keep
    if scaling == "realised":
        count = kept.sum(axis=1, keepdims=True)
        scale = np.where(count > 0, x.shape[1] / np.maximum(count, 1), 0).astype(x.dtype)
    answer = {"y": np.where(kept, scale * x, 0), "y_inference": factor * x, "kept": kept}
    if "dy" in case:
        answer["dx"] = np.where(kept, scale * case["dy"], 0)
    return answer


def alpha_dropout(case):
    x = case["x"]
    rate, keep = _rate_and_keep(case)
    if rate == 1:
        raise ZeroDivisionError("nothing is kept")
    kept = _kept(case, rate, keep)
    if case.choice("scope", "element", "channel") == "channel":
        kept = np.broadcast_to(kept.reshape(kept.shape + (1,) * (x.ndim - kept.ndim)), x.shape)
        told = kept[..., 0]
    else:
        told = kept
    alpha = -SELU_SCALE * SELU_ALPHA
    a = 1 / math.sqrt(keep * (1 + rate * alpha**2))
    b = -a * rate * alpha
    answer = {"y": a * np.where(kept, x, alpha) + b, "kept": told}
    if "dy" in case:
        answer["dx"] = np.where(kept, a * case["dy"], 0)
    return answer


def spatial_dropout(case):
    x = case["x"]
    rate, keep = _rate_and_keep(case)
    kept = _kept(case, rate, keep)
    last = case.choice("channels", "first", "last") == "last"
    whole = kept[:, None, None, :] if last else kept[:, :, None, None]
    scale = 1 / keep if keep else 0
    answer = {"y": np.where(whole, x * scale, 0), "kept": kept}
    if "dy" in case:
        answer["dx"] = np.where(whole, case["dy"] * scale, 0)
    return answer


def drop_connect(case):
    x, w = case["x"], case["w"]
    b = case["b"] if "b" in case else 0
    rate, keep = _rate_and_keep(case)
    kept = _kept(case, rate, keep)
    case.choice("scope", "sample", "batch")
    inverted = case.choice("scaling", "inverted", "inference") == "inverted"
    scale, factor = ((1 / keep if keep else 0), 1) if inverted else (1, keep)
    kept = np.broadcast_to(kept, (len(x), *w.shape)) if kept.ndim == 2 else kept
    v = np.where(kept, scale * w, 0)
    answer = {"y": b + np.einsum("ni,nio->no", x, v), "y_inference": b + x @ (factor * w)}
    if "dy" in case:
        dy = case["dy"]
        answer |= {"dx": np.einsum("no,nio->ni", dy, v), "db": dy.sum(axis=0),
                   "dw": np.where(kept, scale * x[:, :, None] * dy[:, None, :], 0).sum(axis=0)}
    return answer


def stochastic_depth(case):
    x, branch, p = case["x"], case["branch"], case.number("p")
    if case.choice("decay", "constant", "linear") == "linear":
        p = case.number("layer") / case.number("layers") * p
    survival = 1 - p
    if not 0 <= survival <= 1:
        raise ValueError("p is outside of 0 to 1")
    kept = case["mask"] == 1 if "mask" in case else case.array("u") < survival
    case.choice("scope", "sample", "batch")
    inverted = case.choice("scaling", "inverted", "inference") == "inverted"
    scale, factor = ((1 / survival if survival else 0), 1) if inverted else (1, survival)
    answer = {"y": x + np.where(kept[:, None], scale * branch, 0),
              "y_inference": x + factor * branch}
    if "dy" in case:
        answer |= {"dx": case["dy"], "dbranch": np.where(kept[:, None], scale * case["dy"], 0)}
    return answer


def gaussian_noise(case):
    x, noise = case["x"], case["noise"]
    if case.has_number("deviation"):
        deviation = case.number("deviation")
    else:
        p = case.number("p")
        deviation = math.sqrt(p / (1 - p))
    multiply = case.choice("form", "add", "multiply") == "multiply"
    factor = 1 + deviation * noise if multiply else 1
    answer = {"y": x * factor if multiply else x + deviation * noise, "y_inference": x}
    if "dy" in case:
        answer["dx"] = case["dy"] * factor
    return answer


def batch_noise(case):
    x, batch, dy = case["x"], case["batch"], case.get("dy")
    sample, epsilon = case.whole("sample"), case.number("epsilon")
    correction = {"population": 0, "sample": 1}[case.choice("spread", "population", "sample")]
    size = batch.shape[1]
    members = x[batch]
    mean = members.mean(axis=1)
    centred = members - mean[:, None]
    s = np.sqrt((centred**2).mean(axis=1) + epsilon)
    y = (x[sample] - mean) / s
    over = y.mean(axis=0)
    variance = ((y - over)**2).sum(axis=0) / (len(batch) - correction)
    answer = {"y": y, "mean": over, "variance": variance, "noise": variance.mean()}
    if dy is not None:
        dx = np.zeros_like(x)
        np.add.at(dx, np.full(len(batch), sample), dy / s)
        through = -(dy / s / size)[:, None] * (1 + (centred / s[:, None]) * y[:, None])
        np.add.at(dx, batch, through)
        answer["dx"] = dx
    return answer


def thinned_average(case):
    x, w, b = case["x"], case["w"], case["b"]
    rate, keep = _rate_and_keep(case)
    case.choice("threshold", "at_least_rate", "below_keep")
    name = case.choice("activation", "identity", "sigmoid", "tanh", "relu", "softmax")
    f = {"identity": lambda z: z, "sigmoid": expit, "tanh": np.tanh,
         "relu": lambda z: np.maximum(z, 0), "softmax": softmax_of}[name]
    inputs = x.shape[1]
    if inputs > 12:
        raise ValueError("too many inputs")
    masks = (np.arange(2**inputs)[:, None] >> np.arange(inputs)) & 1
    ones = masks.sum(axis=1)
    weight = np.array([keep**int(k) * rate**int(inputs - k) for k in ones]).astype(x.dtype)
    outputs = f(np.einsum("mi,ni,io->mno", masks.astype(x.dtype), x, w) + b)
    answer = {"weight": weight, "average": np.einsum("m,mno->no", weight, outputs),
              "scaled": f((keep * x) @ w + b)}
    if name == "softmax":
        logs = np.einsum("m,mno->no", weight, np.log(outputs))
        answer["geometric"] = softmax_of(logs)
    return answer


def l1_penalty(case):
    w = case["w"]
    factor = case.number("lambda") / case.number("samples", 1)
    slope = np.where(w == 0, case.number("slope_at_zero", 0), np.sign(w)).astype(w.dtype)
    return {"penalty": factor * np.abs(w).sum(), "dw": factor * slope * _upstream(case)}


def l2_penalty(case):
    w = case["w"]
    f = {"no": 1, "yes": 0.5}[case.choice("half", "no", "yes")]
    factor = f * case.number("lambda") / case.number("samples", 1)
    included = case.choice("biases", "excluded", "included") == "included"
    answer = {"penalty": factor * (w**2).sum(), "dw": 2 * factor * w * _upstream(case)}
    if "b" in case:
        b = case["b"]
        answer["db"] = 2 * factor * b * _upstream(case) if included else 0 * b
        if included:
            answer["penalty"] = factor * ((w**2).sum() + (b**2).sum())
    return answer


def elastic_net(case):
    w = case["w"]
    if case.choice("form", "separate", "ratio") == "separate":
        a, s = case.number("l1", 0), case.number("l2", 0)
    else:
        strength, ratio = case.number("lambda"), case.number("ratio")
        a, s = strength * ratio, strength * (1 - ratio) / 2
    return {"penalty": a * np.abs(w).sum() + s * (w**2).sum(),
            "dw": (a * np.sign(w) + 2 * s * w) * _upstream(case)}


def activity_penalty(case):
    a, l1, l2 = case["a"], case.number("l1", 0), case.number("l2", 0)
    w = {"batch": len(a), "nothing": 1, "elements": a.size}[
        case.choice("divided", "batch", "nothing", "elements")]
    at = {"zero": 0, "right": 1, "left": -1}[case.choice("at_zero", "zero", "right", "left")]
    sign = np.where(a == 0, at, np.sign(a)).astype(a.dtype)
    return {"penalty": (l1 * np.abs(a).sum() + l2 * (a**2).sum()) / w,
            "da": (l1 * sign + 2 * l2 * a) / w * _upstream(case)}


def max_norm_constraint(case):
    w, limit, epsilon = case["w"], case.number("limit"), case.number("epsilon", 0)
    axis = {"column": 0, "row": 1}[case.choice("unit", "column", "row")]
    norm = np.sqrt((w**2).sum(axis=axis, keepdims=True))
    if case.choice("form", "clip", "rescale") == "clip":
        after = np.where(norm > limit, w * (limit / np.where(norm > 0, norm + epsilon, 1)), w)
    else:
        after = w * (np.minimum(norm, limit) / np.where(epsilon + norm > 0, epsilon + norm, 1))
    return {"norm": norm.squeeze(axis), "w_after": after}


def orthogonal_penalty(case):
    w, strength = case["w"], case.number("lambda")
    sides = case.choice("sides", "columns", "rows", "both")
    excluded = case.choice("diagonal", "included", "excluded") == "excluded"
    f = {"no": 1, "yes": 0.5}[case.choice("half", "no", "yes")]

    def gap(gram):
        gap = gram - np.eye(len(gram), dtype=w.dtype)
        return gap * (1 - np.eye(len(gram), dtype=w.dtype)) if excluded else gap

    parts = []
    if sides != "rows":
        g = gap(w.T @ w)
        parts.append((g, w @ g))
    if sides != "columns":
        h = gap(w @ w.T)
        parts.append((h, h @ w))
    return {"penalty": f * strength * sum((g**2).sum() for g, _ in parts),
            "dw": 4 * f * strength * sum(slope for _, slope in parts) * _upstream(case),
            "orthonormality": max(np.abs(g).max() for g, _ in parts)}


def proximal_l1(case):
    w, strength, l2 = case["w"], case.number("lambda"), case.number("l2", 0)
    fista = case.choice("acceleration", "none", "fista") == "fista"
    positive = case.choice("nonnegative", "no", "yes") == "yes"
    z, t, rows = w, 1.0, []
    for g, rate in zip(case["g"], case["rate"], strict=True):
        v = z - rate * g
        if positive:
            new = np.maximum(v - rate * strength, 0) / (1 + rate * l2)
        else:
            new = np.sign(v) * np.maximum(np.abs(v) - rate * strength, 0) / (1 + rate * l2)
        after = (1 + math.sqrt(1 + 4 * t**2)) / 2
        z = new + (t - 1) / after * (new - w) if fista else new
        w, t = new, after
        rows.append((w, z, (w == 0).sum()))
    return dict(zip(("w_after", "z_after", "zeros"), map(np.array, zip(*rows))))


def transfer_penalty(case):
    w, start, v = case["w"], case["start"], case["v"]
    f = {"yes": 0.5, "no": 1}[case.choice("half", "yes", "no")]
    alpha, beta, rate = case.number("alpha"), case.number("beta"), case.number("rate")
    fisher = case["fisher"] if "fisher" in case else 1
    frozen = case.choice("base", "free", "frozen") == "frozen"
    upstream = _upstream(case)
    g = case["g"]
    dw, dv = 2 * f * alpha * fisher * (w - start) * upstream, 2 * f * beta * v * upstream
    return {"penalty": f * alpha * (fisher * (w - start)**2).sum() + f * beta * (v**2).sum(),
            "dw": dw, "dv": dv, "w_after": w if frozen else w - rate * (g + dw),
            "v_after": v - rate * (case["k"] + dv)}


def early_stopping(case):
    values, weights = case.array("validation"), case["weights"]
    sign = {"min": 1, "max": -1}[case.choice("mode", "min", "max")]
    exceeded = case.choice("stop_when", "reached", "exceeded") == "exceeded"
    restore = case.choice("restore", "yes", "no", "when_stopped")
    delta, patience = abs(case.number("min_delta", 0)), case.whole("patience", 0)
    start = case.whole("start_epoch", 0)
    best = case.array("baseline").item() if "baseline" in case else None
    best_epoch, wait, stopped, last = -1, 0, 0, len(values) - 1
    improved, waits = np.zeros(len(values), int), np.zeros(len(values), int)
    for e in range(start, len(values)):
        if best is None or sign * (best - values[e]) > delta:
            best, best_epoch, wait, improved[e] = values[e], e, 0, 1
        else:
            wait += 1
        waits[e] = wait
        if not improved[e] and (wait > patience if exceeded else wait >= patience):
            stopped, last = 1, e
            break
    back = restore == "yes" or restore == "when_stopped" and stopped
    restored = weights[best_epoch if back and best_epoch >= 0 else last]
    return {"best": best, "best_epoch": best_epoch, "improved": improved, "restored": restored,
            "stop_epoch": last, "stopped": stopped, "wait": waits}
