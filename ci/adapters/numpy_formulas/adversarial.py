# SPDX-License-Identifier: MIT
"""Losses of attacks and defences; definitions in reference/adversarial/."""
import numpy as np

from activations import log_softmax_of


def difference_of_logits_ratio(case):
    z, labels, tiny = case["z"], case["labels"], case.number("tiny", 1e-12)
    rows = np.arange(len(z))
    order = np.argsort(-z, axis=1, kind="stable")
    if z.shape[1] < (4 if "target" in case else 3):
        raise ValueError("too few classes")
    first, third = order[:, 0], order[:, 2]
    if "target" in case:
        rival, fourth = case["target"], order[:, 3]
        lower = (z[rows, third] + z[rows, fourth]) / 2
    else:
        rival = np.where(first == labels, order[:, 1], first)
        lower = z[rows, third]
    above, below = z[rows, rival] - z[rows, labels], z[rows, first] - lower + tiny
    loss = above / below
    dz = np.zeros_like(z)
    upstream = case["dloss"] if "dloss" in case else np.ones(len(z), z.dtype)
    np.add.at(dz, (rows, rival), upstream / below)
    np.add.at(dz, (rows, labels), -upstream / below)
    slope = -upstream * loss / below
    np.add.at(dz, (rows, first), slope)
    if "target" in case:
        np.add.at(dz, (rows, third), -slope / 2)
        np.add.at(dz, (rows, fourth), -slope / 2)
    else:
        np.add.at(dz, (rows, third), -slope)
    return {"loss": loss, "dz": dz}


def trades_loss(case):
    z, other, labels, beta = case["z"], case["z_adversarial"], case["labels"], case.number("beta")
    n, classes = z.shape
    w = {"samples": n, "elements": n * classes, "sum": 1}[
        case.choice("mean", "samples", "elements", "sum")]
    upstream = case["dloss"] if "dloss" in case else 1
    log_p, log_q = log_softmax_of(z), log_softmax_of(other)
    p, q = np.exp(log_p), np.exp(log_q)
    t = (labels[:, None] == np.arange(classes)).astype(z.dtype)
    cross = -log_p[np.arange(n), labels]
    if case.choice("divergence", "forward", "reverse") == "forward":
        kl = (p * (log_p - log_q)).sum(axis=1)
        dz, d_other = p * ((log_p - log_q) - kl[:, None]), q - p
    else:
        kl = (q * (log_q - log_p)).sum(axis=1)
        dz, d_other = p - q, q * ((log_q - log_p) - kl[:, None])
    stopped = case.choice("clean", "through", "stopped") == "stopped"
    slope = (p - t) / n + (0 if stopped else beta * dz / w)
    return {"cross_entropy": cross, "divergence": kl,
            "loss": cross.sum() / n + beta * kl.sum() / w,
            "slope" if stopped else "dz": upstream * slope,
            "dz_adversarial": upstream * beta * d_other / w}
