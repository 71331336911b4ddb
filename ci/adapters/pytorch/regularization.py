# SPDX-License-Identifier: MIT
"""torch.nn's dropouts with masks of their own, and what else PyTorch has; formulas in
reference/regularization/.

PyTorch draws its masks itself and takes none, so of the dropouts only the statistical cases are
covered. It has no penalties as such; of its operations the L1 norm is one.
"""
import torch
import torch.nn.functional as F

from assay_adapter import Declined
from conventions import demand_whole, drawn_by_library


def _rate(case):
    """The probability to drop."""
    rate = case.choice("argument", "rate", "keep") == "rate"
    p = case.number("p")
    case.choice("threshold", "at_least_rate", "below_keep")  # of draws that are not used
    return p if rate else 1 - p


def dropout(case):
    case.choice("scaling", "inverted")
    drawn_by_library(case, "u")
    return {"y": F.dropout(case["x"], _rate(case))}


def spatial_dropout(case):
    case.choice("channels", "first")
    drawn_by_library(case, "u")
    return {"y": F.dropout2d(case["x"], _rate(case))}


def alpha_dropout(case):
    channels = case.choice("scope", "element", "channel") == "channel"
    drawn_by_library(case, "u")
    operation = F.feature_alpha_dropout if channels else F.alpha_dropout
    return {"y": operation(case["x"], _rate(case), training=True)}


def gaussian_noise(case):
    case.choice("form", "add")
    drawn_by_library(case, "noise")
    return {"y": torch.normal(case["x"], case.number("deviation"))}


def batch_noise(case):
    """F.batch_norm of each batch, then the spread of what it makes of one sample."""
    epsilon, sample = case.number("epsilon", 1e-5), demand_whole(case, "sample")
    correction = int(case.choice("spread", "population", "sample") == "sample")
    x, batches = case["x"].requires_grad_(), case["batch"]
    rows = []
    for members in batches:
        places = (members == sample).nonzero()
        if len(places) == 0 or epsilon <= 0 or len(batches) <= correction:
            raise Declined("a request that the library never sees")
        rows.append(F.batch_norm(x[members], None, None, training=True, eps=epsilon)[places[0, 0]])
    y = torch.stack(rows)
    variance, mean = torch.var_mean(y, 0, correction=correction)
    outputs = {"y": y, "mean": mean, "variance": variance, "noise": variance.mean()}
    if "dy" in case:
        outputs["dx"], = torch.autograd.grad(y, x, case["dy"])
    return outputs


def l1_penalty(case):
    factor = case.number("lambda")
    samples = case.number("samples", 1)
    if case.number("slope_at_zero", 0) != 0:
        raise Declined("the slope of the norm at 0 is 0")
    if samples < 1:
        raise Declined("a number of samples that the library never sees")
    w = case["w"].requires_grad_()
    penalty = factor / samples * torch.linalg.vector_norm(w, 1)
    upstream = case["dpenalty"] if "dpenalty" in case else torch.ones(())
    return {"penalty": penalty, "dw": torch.autograd.grad(penalty, w, upstream)[0]}


def proximal_l1(case):
    """A step of torch.optim.SGD, then the proximal map of the penalty, F.softshrink."""
    case.choice("acceleration", "none")
    case.choice("nonnegative", "no")
    if case.number("l2", 0) != 0:
        raise Declined("the library shrinks for an L1 penalty alone")
    strength, g, rates = case.number("lambda"), case["g"], case.array("rate")
    if rates.shape != (len(g),):
        raise Declined("the library takes one rate at a time, and here not every step has one")
    w = torch.nn.Parameter(case["w"])
    optimizer = torch.optim.SGD([w])
    rows = []
    for gradient, rate in zip(g, rates):
        if rate < 0:
            raise Declined("a rate below 0 is refused when the optimizer is made, not later")
        optimizer.param_groups[0]["lr"] = float(rate)
        w.grad = gradient.clone()
        optimizer.step()
        w.data.copy_(F.softshrink(w.data, float(rate) * strength))
        rows.append(w.detach().clone())
    w_after = torch.stack(rows)
    return {"w_after": w_after, "z_after": w_after, "zeros": (w_after == 0).sum(dim=1)}
