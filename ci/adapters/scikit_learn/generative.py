# SPDX-License-Identifier: MIT
"""SciPy's functions where they are what the field uses; formulas in reference/generative/."""
import numpy as np
import scipy.linalg
import scipy.special
import scipy.stats

from assay_adapter import Declined
from conventions import only


def frechet_distance(case):
    x, ddof = case["x"], case.whole("ddof", 1)
    epsilon = case.number("epsilon", 0)
    mean, covariance = x.mean(axis=0), np.atleast_2d(np.cov(x, rowvar=False, ddof=ddof))
    if "y" in case:
        y = case["y"]
        mean_y, covariance_y = y.mean(axis=0), np.atleast_2d(np.cov(y, rowvar=False, ddof=ddof))
    else:
        mean_y, covariance_y = case["mean_y"], case["covariance_y"]
    identity = epsilon * np.eye(len(mean))
    covariance, covariance_y = covariance + identity, covariance_y + identity
    root_trace = np.trace(scipy.linalg.sqrtm(covariance @ covariance_y).real)
    mean_term = np.sum((mean - mean_y) ** 2)
    distance = mean_term + np.trace(covariance) + np.trace(covariance_y) - 2 * root_trace
    if case.choice("root", "no", "yes") == "yes":
        distance = np.sqrt(distance)
    return {"distance": distance, "mean_term": mean_term, "root_trace": root_trace}


def inception_score(case):
    p = case["p"] if "p" in case else scipy.special.softmax(case["z"], axis=-1)
    form = case.choice("form", "divergence", "entropies")
    splits = case.whole("splits", 1)
    bounds = [s * len(p) // splits for s in range(splits + 1)]
    score, marginal = [], []
    for begin, end in zip(bounds, bounds[1:]):
        part = p[begin:end]
        q = part.mean(axis=0)
        if form == "divergence":
            gain = scipy.special.rel_entr(part, q).sum(axis=1).mean()
        else:
            gain = scipy.special.entr(q).sum() - scipy.special.entr(part).sum(axis=1).mean()
        score.append(np.exp(gain))
        marginal.append(q)
    return {"score": score, "marginal": marginal, "mean": np.mean(score),
            "deviation": np.std(score, ddof=case.whole("ddof", 0))}


def sliced_wasserstein(case):
    if "ddistance" in case:
        raise Declined("the library has no gradient")
    only(case, "p", "two", "one")
    case.choice("root", "yes", "no")
    x, y = case["x"], case["y"]
    part = [scipy.stats.wasserstein_distance(x @ u, y @ u) for u in case["direction"]]
    aggregate = {"mean": np.mean, "max": np.max}[case.choice("aggregate", "mean", "max")]
    return {"part": part, "distance": aggregate(part)}
