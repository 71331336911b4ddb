# SPDX-License-Identifier: MIT
"""Perceptrons of F.linear and an activation, as reference/foundations/multilayer_perceptron.h."""
import torch
import torch.nn.functional as F

from assay_adapter import Declined

ACTIVATIONS = {"relu": F.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid}


def parameters(case, prefix=""):
    """{name: tensor} of w1, b1, w2, b2, ..., with gradients; names begin with the prefix."""
    found, layer = {}, 1
    while f"{prefix}w{layer}" in case:
        for kind in "wb":
            name = f"{prefix}{kind}{layer}"
            if name in case:
                found[name] = case[name].requires_grad_()
        layer += 1
    return found


def layers(found, prefix=""):
    """[(w, b)] of such parameters; b is None where there is none."""
    weights = [name for name in found if name.startswith(prefix + "w")]
    return [(found[name], found.get(f"{prefix}b{name[len(prefix) + 1:]}")) for name in weights]


def perceptron(x, stack, activation):
    """Layers (w, b), weights stored inputs first, with the activation between them."""
    for i, (w, b) in enumerate(stack):
        if i > 0:
            x = activation(x)
        x = F.linear(x, w.t(), b)
    return x


def unit(x, w, b):
    """A layer of a single unit, of which weights and bias have no axis."""
    return F.linear(x, w[None], b[None])[:, 0]


def loss_of(case):
    """loss(outputs, samples): the convention `loss`, of labels or targets, over all samples or
    those that are chosen."""
    kind = case.choice("loss", "cross_entropy", "mean_squared_error", "binary_cross_entropy")
    targets = case["labels" if kind == "cross_entropy" else "targets"]

    def loss(z, samples=slice(None)):
        if kind == "cross_entropy":
            return F.cross_entropy(z, targets[samples], ignore_index=-1)
        if kind == "mean_squared_error":
            return F.mse_loss(z, targets[samples])
        return F.binary_cross_entropy_with_logits(z, targets[samples])
    return loss


def activation_of(case, name="activation", *offered):
    return ACTIVATIONS[case.choice(name, *(offered or ("relu", "tanh", "sigmoid")))]


def count(case, name):
    """A number that the adapter's own loop counts to, where PyTorch has nothing to refuse."""
    value = case.whole(name)
    if not isinstance(value, int) or value < 1:
        raise Declined(f"{name} = {value} is no number of turns, which PyTorch never sees")
    return value
