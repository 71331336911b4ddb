# SPDX-License-Identifier: MIT
"""sklearn.datasets, with the draws of the case; formulas in reference/synthetic_data/."""
import numpy as np
from sklearn import datasets

from assay_adapter import Declined
from draws import Draws


def _orders(case, *names):
    return [case[name] for name in names if name in case]


def make_blobs(case):
    case.choice("remainder", "first")
    z = case["z"]
    uniforms = [] if "centers" in case else [case["u"]]
    count = len(case["centers"]) if "centers" in case else len(case["u"])
    # Blobs of stated sizes are asked for by a list of them, which needs their centres as well.
    sizes = case["count"].tolist() if "count" in case else len(z)
    box = (case.number("low", -10), case.number("high", 10))
    centers = case["centers"].astype(float) if "centers" in case else count
    if "count" in case and "centers" not in case:
        centers = None
    deviation = case["deviations"].astype(float) if "deviations" in case else case.number(
        "deviation", 1)
    x, y, center = datasets.make_blobs(
        sizes, n_features=z.shape[1], centers=centers, cluster_std=deviation, center_box=box,
        shuffle="order" in case, return_centers=True,
        random_state=Draws(uniforms=uniforms, normals=[z], orders=_orders(case, "order")))
    return {"x": x, "y": y, "center": center, "size": np.bincount(y, minlength=count)}


def make_moons(case):
    case.choice("end", "included")
    case.choice("noise_to", "shuffled")
    z = case["z"]
    sizes = len(z)
    if case.has_number("outer"):
        outer = case.whole("outer")
        sizes = (outer, len(z) - outer)
    x, y = datasets.make_moons(
        sizes, shuffle="order" in case, noise=case.number("noise", 0),
        random_state=Draws(normals=[z], orders=_orders(case, "order")))
    return {"x": x, "y": y}


class _Vertices(Draws):
    """The corners of the hypercube are the first of a permutation of all of them."""

    def permutation(self, x):
        return np.concatenate([self.vertex, np.setdiff1d(np.arange(x), self.vertex)])


def make_classification(case):
    z, vertex, a = case["z"], case["vertex"], case["a"]
    samples, informative = z.shape
    classes, clusters = case.whole("classes", 2), len(vertex)
    redundant, repeated, useless = (
        case[name].shape[-1] if name in case else 0 for name in ("b", "c", "useless"))
    features = informative + redundant + repeated + useless
    uniforms = []
    hypercube = case.choice("hypercube", "yes", "no") == "yes"
    if not hypercube:
        uniforms += [case["stretch_cluster"], case["stretch_feature"]]
    uniforms += [a] + [case[name] for name in ("b", "c") if name in case]
    share = case.number("flip_share", 0.01)
    labels = []
    if "flip" in case:
        uniforms.append(case["flip"])
        labels = [case["label"][case["flip"] < share]]
    else:
        share = 0.0
        uniforms.append(np.full(samples, 0.5))
    uniforms += [case[name] for name in ("v", "w") if name in case]
    shift = None if "v" in case else case.number("shift", 0)
    scale = None if "w" in case else case.number("scale", 1)
    both = ("order" in case) + ("feature_order" in case)
    orders = []
    if both:
        orders = [case["order"] if "order" in case else np.arange(samples),
                  case["feature_order"] if "feature_order" in case else np.arange(features)]
    weights = None
    if "percent" in case:
        weights = (case["percent"] / 100).tolist()
    state = _Vertices(uniforms=uniforms, normals=[z] + [case[n] for n in ("useless",) if n in case],
                      indices=labels, orders=orders)
    state.vertex = vertex
    ratio = clusters / 2 ** informative
    if ratio <= 0.01 or ratio >= 0.99 and not np.array_equal(vertex, np.arange(clusters)):
        raise Declined("the library draws so few or so many corners in another way")
    x, y = datasets.make_classification(
        samples, features, n_informative=informative, n_redundant=redundant, n_repeated=repeated,
        n_classes=classes, n_clusters_per_class=clusters // classes, weights=weights, flip_y=share,
        class_sep=case.number("separation", 1), hypercube=hypercube, shift=shift, scale=scale,
        shuffle=bool(both), random_state=state)
    sizes = np.full(clusters, samples // clusters)
    if weights is not None or samples % clusters:
        sizes = np.array([int(samples * (weights or [1 / classes] * classes)[k % classes]
                              / (clusters // classes)) for k in range(clusters)])
        for i in range(samples - sizes.sum()):
            sizes[i % clusters] += 1
    return {"x": x, "y": y, "size": sizes}


def make_regression(case):
    if "left" in case:
        raise Declined("the library makes the factors of low rank from draws of its own")
    if case.choice("coefficients", "drawn", "given") == "given":
        raise Declined("the library multiplies the draws with 100")
    z, g = case["z"], case["g"]
    features = z.shape[1]
    both = ("order" in case) + ("feature_order" in case)
    orders = []
    if both:
        orders = [case["order"] if "order" in case else np.arange(len(z)),
                  case["feature_order"] if "feature_order" in case else np.arange(features)]
    x, y, coefficient = datasets.make_regression(
        len(z), features, n_informative=len(g), n_targets=g.shape[1], bias=case.number("bias", 0),
        noise=case.number("noise", 0), shuffle=bool(both), coef=True,
        random_state=Draws(uniforms=[g], normals=[z] + ([case["e"]] if "e" in case else []),
                           orders=orders))
    return {"x": x, "y": y.reshape(len(z), -1), "coefficient": coefficient.reshape(features, -1)}
