# SPDX-License-Identifier: MIT
"""Synthetic data from stored draws; definitions in reference/synthetic_data/."""
import numpy as np


def _order(case, name, count):
    order = case[name] if name in case else np.arange(count)
    if sorted(order.tolist()) != list(range(count)):
        raise ValueError(f"{name} is no permutation")
    return order


def gaussian_cloud(case):
    z, mean = case["z"], case["mean"]
    last = case.choice("factor", "lower", "deviates_first") == "deviates_first"
    answer = {"distance": (z**2).sum(axis=1)}
    if "covariance" in case:
        factor = np.linalg.cholesky(case["covariance"])
        return {**answer, "factor": factor, "x": mean + z @ (factor if last else factor.T)}
    deviation = case["deviation"]
    return {**answer, "factor": np.diag(deviation), "x": mean + deviation * z}


def make_blobs(case):
    z = case["z"]
    low, high = case.number("low", -10), case.number("high", 10)
    center = case["centers"] if "centers" in case else low + (high - low) * case["u"]
    n, k = len(z), len(center)
    first = case.choice("remainder", "first", "last") == "first"
    size = np.full(k, n // k)
    extra = n % k
    size[:extra if first else 0] += 1
    if not first and extra:
        size[k - extra:] += 1
    if "count" in case:
        size = case["count"]
    if size.sum() != n:
        raise ValueError("the sizes do not add up")
    deviation = case["deviations"] if "deviations" in case else np.full(
        k, case.number("deviation", 1), z.dtype)
    blob = np.repeat(np.arange(k), size)
    x, order = center[blob] + deviation[blob][:, None] * z, _order(case, "order", n)
    return {"x": x[order], "y": blob[order], "center": center, "size": size}


def make_moons(case):
    z, noise = case["z"], case.number("noise", 0)
    n = len(z)
    outer = case.whole("outer", n // 2)
    included = case.choice("end", "included", "excluded") == "included"

    def angles(count):
        return np.linspace(0, np.pi, count, endpoint=included)

    a, b = angles(outer), angles(n - outer)
    points = np.concatenate([np.stack([np.cos(a), np.sin(a)], axis=1),
                             np.stack([1 - np.cos(b), 1 - np.sin(b) - 0.5], axis=1)])
    order = _order(case, "order", n)
    shuffled = case.choice("noise_to", "shuffled", "points") == "shuffled"
    x = points[order] + noise * (z if shuffled else z[order])
    return {"x": x, "y": (np.arange(n) >= outer)[order]}


def make_regression(case):
    scale = {"drawn": 100, "given": 1}[case.choice("coefficients", "drawn", "given")]
    g, bias, noise = case["g"], case.number("bias", 0), case.number("noise", 0)
    if "left" in case:
        left, right = case["left"], case["right"]
        rank, tail = case.number("rank"), case.number("tail", 0.5)
        k = np.arange(left.shape[1])
        s = (1 - tail) * np.exp(-(k / rank)**2) + tail * np.exp(-k / (10 * rank))
        f = left * s.astype(left.dtype) @ right.T
    else:
        f = case["z"]
    beta = np.zeros((f.shape[1], g.shape[1]), g.dtype)
    beta[:len(g)] = scale * g
    t = f @ beta + bias
    if "e" in case:
        t = t + noise * case["e"]
    rows = _order(case, "order", len(f))
    columns = _order(case, "feature_order", f.shape[1])
    return {"x": f[rows][:, columns], "y": t[rows], "coefficient": beta[columns]}


def make_classification(case):
    z, vertex, a = case["z"], case["vertex"], case["a"]
    n, informative = z.shape
    classes, clusters = case.whole("classes", 2), len(vertex)
    if clusters % classes:
        raise ValueError("the clusters are no multiple of the classes")
    s = case.number("separation", 1)
    bits = (vertex[:, None] >> np.arange(informative)[::-1]) & 1
    corner = s * (2 * bits - 1).astype(z.dtype)
    if case.choice("hypercube", "yes", "no") == "no":
        corner = corner * case["stretch_cluster"][:, None] * case["stretch_feature"]
    size = np.full(clusters, n // clusters)
    if "percent" in case:
        percent = case["percent"]
        size = np.array([n * percent[k % classes] // (100 * clusters // classes)
                         for k in range(clusters)])
    for i in range(n - size.sum()):
        size[i % clusters] += 1
    cluster = np.repeat(np.arange(clusters), size)
    h = np.einsum("ni,nij->nj", z, (2 * a - 1)[cluster]) + corner[cluster]
    parts = [h]
    if "b" in case:
        parts.append(h @ (2 * case["b"] - 1))
    told = np.concatenate(parts, axis=1)
    if "c" in case:
        index = np.floor((told.shape[1] - 1) * case["c"] + 0.5).astype(int)
        parts.append(told[:, index])
    if "useless" in case:
        parts.append(case["useless"])
    f = np.concatenate(parts, axis=1)
    y = cluster % classes
    share = case.number("flip_share", 0.01)
    if "flip" in case:
        y = np.where(case["flip"] < share, case["label"], y)
    shift = s * (2 * case["v"] - 1) if "v" in case else case.number("shift", 0)
    scale = 1 + 100 * case["w"] if "w" in case else case.number("scale", 1)
    rows, columns = _order(case, "order", n), _order(case, "feature_order", f.shape[1])
    return {"x": ((f + shift) * scale)[rows][:, columns], "y": y[rows], "size": size}
