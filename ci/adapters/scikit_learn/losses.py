# SPDX-License-Identifier: MIT
"""The losses of sklearn._loss, with their gradients: what its boosting and its linear models
descend along. They are losses a sample of one output; formulas in reference/losses/."""
import numpy as np
from sklearn._loss import loss as library

from assay_adapter import Declined


def _weights(case, shape):
    """(N,K) weights of the elements, from weights of the samples."""
    weight = case.get("sample_weight")
    return None if weight is None else np.repeat(weight, shape[1])


def _divisor(case, shape):
    """By what the sum over all elements is divided; None where nothing is added."""
    reduction = case.choice("reduction", "mean", "sum", "mean_of_sums", "none")
    by_weights = "weights" == case.choice("normalizer", "count", "weights")
    samples = case["sample_weight"].sum() if by_weights and "sample_weight" in case else shape[0]
    return {"mean": samples * shape[1], "sum": 1, "mean_of_sums": samples,
            "none": None}[reduction]


def _elementwise(case, loss, factor=1):
    """The library's loss and gradient of every element, added and divided as the case asks.
    `factor`: the library's half of a square is doubled where the case wants all of it."""
    y, t = case["y" if "y" in case else "z"], case["t"]
    y_flat = np.ascontiguousarray(y.ravel())
    value, slope = loss.loss_gradient(np.ascontiguousarray(t.ravel().astype(y.dtype)), y_flat,
                                      sample_weight=_weights(case, y.shape))
    value, slope = factor * value.reshape(y.shape), factor * slope.reshape(y.shape)
    upstream = case["dloss"] if "dloss" in case else 1
    divisor = _divisor(case, y.shape)
    name = "dy" if "y" in case else "dz"
    if divisor is None:
        return {"loss": value, name: slope * upstream}
    return {"loss": value.sum() / divisor, name: slope * upstream / divisor}


def mean_squared_error(case):
    factor = {"no": 2, "yes": 1}[case.choice("half", "no", "yes")]
    return _elementwise(case, library.HalfSquaredError(), factor)


def mean_absolute_error(case):
    return _elementwise(case, library.AbsoluteError())


def quantile_loss(case):
    case.choice("at_zero", "zero")
    if "quantiles" in case:
        raise Declined("the library has one quantile for all outputs")
    return _elementwise(case, library.PinballLoss(quantile=case.number("quantile", 0.5)))


def huber(case):
    case.choice("form", "huber")
    loss = library.HuberLoss()
    loss.closs.delta = case.number("delta", 1)
    return _elementwise(case, loss)


def poisson_negative_log_likelihood(case):
    case.choice("input", "logarithms")
    case.choice("full", "no")
    return _elementwise(case, library.HalfPoissonLoss())


def binary_cross_entropy(case):
    case.choice("form", "logits")
    if "pos_weight" in case:
        raise Declined("the library has no weight of the positive class in its loss")
    return _elementwise(case, library.HalfBinomialLoss())


def cross_entropy(case):
    z, labels = case["z"], case["labels"]
    if np.any(labels < 0):
        raise Declined("the library ignores no labels")
    if case.number("label_smoothing", 0):
        raise Declined("the library has no label smoothing")
    case.choice("smoothing", "all_classes", "other_classes")
    if z.shape[1] < 3:
        raise Declined("the library's multinomial loss is for three classes or more")
    weight = case["class_weight"][labels] if "class_weight" in case else None
    value, slope = library.HalfMultinomialLoss(n_classes=z.shape[1]).loss_gradient(
        labels.astype(z.dtype), np.ascontiguousarray(z), sample_weight=weight)
    upstream = case["dloss"] if "dloss" in case else 1
    reduction = case.choice("reduction", "mean", "sum", "none")
    by_weights = case.choice("normalizer", "weights", "samples") == "weights"
    if reduction == "none":
        return {"loss": value, "dz": slope * np.reshape(upstream, (-1, 1))}
    divisor = 1 if reduction == "sum" else (
        weight.sum() if by_weights and weight is not None else len(labels))
    return {"loss": value.sum() / divisor, "dz": slope * upstream / divisor}
