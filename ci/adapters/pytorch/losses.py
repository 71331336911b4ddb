# SPDX-License-Identifier: MIT
"""torch.nn.functional's losses; definitions in reference/losses/."""
import torch
import torch.nn.functional as F

from assay_adapter import Declined
from autograd import gradients


def _answer(case, loss, inputs, upstream="dloss", **others):
    """The loss, and its gradients times the upstream one, which is 1 where the case has none."""
    dloss = case[upstream] if upstream in case else torch.ones_like(loss)
    return {"loss": loss, **others, **gradients(loss, dloss, inputs)}


def _inputs(case, *names):
    return {name: case[name].requires_grad_() for name in names}


def _reduced(case, operation):
    """operation(reduction), a loss an element or a sample, reduced by the library where it offers
    the reduction, otherwise from its losses without one; with sample weights always these."""
    reduction = case.choice("reduction", "mean", "sum", "mean_of_sums", "none")
    by_weights = case.choice("normalizer", "count", "weights") == "weights"
    weight = case.get("sample_weight")
    if weight is None and reduction != "mean_of_sums":
        return operation(reduction)
    value = operation("none")
    samples = len(value)
    if weight is not None:
        value = value * (weight if value.dim() == 1 else weight[:, None])
        samples = weight.sum() if by_weights else samples
    if reduction == "none":
        return value
    elements = value[0].numel() if reduction == "mean" else 1
    return value.sum() if reduction == "sum" else value.sum() / (samples * elements)


def adversarial_loss(case):
    """Binary cross-entropies of real and generated logits, as in PyTorch's DCGAN example."""
    player = case.choice("player", "discriminator", "generator")
    reduction = case.choice("reduction", "mean", "sum")
    smoothing = case.number("smoothing", 0.0)
    sides = case.choice("sides", "one", "two")

    def against(logits, target):
        return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target),
                                                  reduction=reduction)

    if player == "generator":
        inputs = _inputs(case, "fake")
        minimax = case.choice("goal", "non_saturating", "minimax") == "minimax"
        loss = -against(inputs["fake"], 0.0) if minimax else against(inputs["fake"], 1.0)
        return _answer(case, loss, inputs)
    inputs = _inputs(case, "real", "fake")
    real = against(inputs["real"], 1 - smoothing)
    fake = against(inputs["fake"], smoothing if sides == "two" else 0.0)
    loss = real + fake
    if case.choice("combine", "sum", "half") == "half":
        loss = loss / 2
    return _answer(case, loss, inputs, real_loss=real, fake_loss=fake)


def binary_cross_entropy(case):
    t = case["t"]
    if case.choice("form", "logits", "probabilities") == "logits":
        inputs, positive = _inputs(case, "z"), case.get("pos_weight")
        return _answer(case, _reduced(case, lambda reduction: F.binary_cross_entropy_with_logits(
            inputs["z"], t, reduction=reduction, pos_weight=positive)), inputs)
    if case.choice("clip", "none", "logarithm") == "none" and not _inside(case.array("y")):
        raise Declined("F.binary_cross_entropy clips logarithms at -100, always")
    inputs = _inputs(case, "y")
    return _answer(case, _reduced(case, lambda reduction: F.binary_cross_entropy(
        inputs["y"], t, reduction=reduction)), inputs)


def _inside(y):
    """Whether no logarithm of these probabilities is clipped at -100."""
    return ((y > 1e-43) & (y < 1)).all()


def cosine_similarity(case):
    case.choice("form", "one_minus")
    case.choice("epsilon_place", "product")
    if case.has_number("epsilon"):
        raise Declined("F.cosine_embedding_loss has an epsilon of its own, 1e-12 in the squares")
    margin = case.number("margin", 0.0)
    inputs = _inputs(case, "a", "b")
    t = case["t"] if "t" in case else torch.ones(len(inputs["a"]))
    return _answer(case, _reduced(case, lambda reduction: F.cosine_embedding_loss(
        *inputs.values(), t, margin, reduction=reduction)), inputs)


def cross_entropy(case):
    inputs = _inputs(case, "z")
    z, labels, weight = inputs["z"], case["labels"], case.get("class_weight")
    reduction = case.choice("reduction", "mean", "sum", "none")
    case.choice("smoothing", "all_classes")
    smoothing = case.number("label_smoothing", 0.0)
    if reduction == "mean" and case.choice("normalizer", "weights", "samples") == "samples":
        loss = F.cross_entropy(z, labels, weight, ignore_index=-1, reduction="sum",
                               label_smoothing=smoothing) / (labels >= 0).sum()
    else:
        loss = F.cross_entropy(z, labels, weight, ignore_index=-1, reduction=reduction,
                               label_smoothing=smoothing)
    return _answer(case, loss, inputs)


def gaussian_negative_log_likelihood(case):
    full = case.choice("full", "no", "yes") == "yes"
    case.choice("clamp", "passing")
    epsilon = case.number("epsilon", 1e-6)
    inputs, t = _inputs(case, "y", "v"), case["t"]
    return _answer(case, _reduced(case, lambda reduction: F.gaussian_nll_loss(
        inputs["y"], t, inputs["v"], full, epsilon, reduction)), inputs)


def huber(case):
    inputs, t = _inputs(case, "y"), case["t"]
    if case.choice("form", "huber", "smooth_l1") == "huber":
        delta = case.number("delta", 1.0)
        return _answer(case, _reduced(case, lambda reduction: F.huber_loss(
            inputs["y"], t, reduction, delta)), inputs)
    beta = case.number("beta", 1.0)
    return _answer(case, _reduced(case, lambda reduction: F.smooth_l1_loss(
        inputs["y"], t, reduction=reduction, beta=beta)), inputs)


def kullback_leibler_divergence(case):
    case.choice("input", "logarithms")
    case.choice("clip", "no")
    logarithms = case.choice("target", "probabilities", "logarithms") == "logarithms"
    inputs, t = _inputs(case, "y"), case["t"]

    def operation(reduction):
        return F.kl_div(inputs["y"], t, reduction=reduction, log_target=logarithms)

    if case.choice("reduction", "mean", "sum", "mean_of_sums", "none") == "mean_of_sums" and (
            "sample_weight" not in case):
        case.choice("normalizer", "count", "weights")
        return _answer(case, operation("batchmean"), inputs)
    return _answer(case, _reduced(case, operation), inputs)


def margin_ranking(case):
    case.choice("power", "one")
    case.choice("half", "no")
    if case.number("slope_at_zero", 1.0) != 1:
        raise Declined("F.margin_ranking_loss has the slope 1 at its kink")
    margin = case.number("margin", 0.0)
    inputs, t = _inputs(case, "a", "b"), case["t"]
    return _answer(case, _reduced(case, lambda reduction: F.margin_ranking_loss(
        *inputs.values(), t, margin, reduction=reduction)), inputs)


def mean_absolute_error(case):
    inputs, t = _inputs(case, "y"), case["t"]
    return _answer(case, _reduced(case, lambda reduction: F.l1_loss(
        inputs["y"], t, reduction=reduction)), inputs)


def mean_squared_error(case):
    case.choice("half", "no")
    inputs, t = _inputs(case, "y"), case["t"]
    return _answer(case, _reduced(case, lambda reduction: F.mse_loss(
        inputs["y"], t, reduction=reduction)), inputs)


def multi_margin(case):
    case.choice("over", "sum")
    case.choice("divisor", "classes")
    power = {"one": 1, "two": 2}[case.choice("power", "one", "two")]
    margin, weight = case.number("margin", 1.0), case.get("class_weight")
    inputs, labels = _inputs(case, "y"), case["labels"]
    return _answer(case, _reduced(case, lambda reduction: F.multi_margin_loss(
        inputs["y"], labels, power, margin, weight, reduction=reduction)), inputs)


def poisson_negative_log_likelihood(case):
    logarithms = case.choice("input", "logarithms", "rates") == "logarithms"
    full = case.choice("full", "no", "yes") == "yes"
    epsilon = case.number("epsilon", 1e-8)
    inputs, t = _inputs(case, "y"), case["t"]
    return _answer(case, _reduced(case, lambda reduction: F.poisson_nll_loss(
        inputs["y"], t, logarithms, full, eps=epsilon, reduction=reduction)), inputs)


def reconstruction_error(case):
    """Errors of samples, and the mean or sum of those that are learnt from."""
    function = {"squared": F.mse_loss, "absolute": F.l1_loss}[
        case.choice("error", "squared", "absolute")]
    inputs, t = _inputs(case, "y"), case["t"]
    value = function(inputs["y"], t, reduction="none")
    error = value.mean(1) if case.choice("over", "mean", "sum") == "mean" else value.sum(1)
    learnt = error[case["normal"].bool()] if "normal" in case else error
    loss = learnt.mean() if case.choice("reduction", "mean", "sum") == "mean" else learnt.sum()
    return _answer(case, loss, inputs, error=error)


def triplet_loss(case):
    case.choice("form", "margin")
    margin = case.number("margin", 0.2)
    epsilon = 0.0
    if case.choice("epsilon_place", "none", "difference") == "difference":
        epsilon = case.number("epsilon", 1e-6)
    inputs = _inputs(case, "a", "p", "n")
    if case.choice("distance", "squared", "euclidean") == "euclidean":
        return _answer(case, _reduced(case, lambda reduction: F.triplet_margin_loss(
            *inputs.values(), margin, eps=epsilon, reduction=reduction)), inputs)
    if epsilon != 0:
        raise Declined("squared distances are handed over, and their epsilon is not the library's")
    return _answer(case, _reduced(case, lambda reduction: F.triplet_margin_with_distance_loss(
        *inputs.values(), distance_function=_squared, margin=margin, reduction=reduction)), inputs)


def _squared(a, b):
    return F.mse_loss(a, b, reduction="none").sum(-1)
