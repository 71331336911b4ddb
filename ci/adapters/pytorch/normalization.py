# SPDX-License-Identifier: MIT
"""torch.nn's normalisations; formulas in reference/normalization/."""
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import parametrizations

from assay_adapter import Declined
from autograd import with_gradients
from conventions import demand_whole, division_refuses, missing_kernel_declines


def _with_slopes(case, y, **inputs):
    """Outputs y and, where the case has an upstream gradient, d<name> of every input."""
    outputs = {"y": y}
    if "dy" in case:
        gradients = torch.autograd.grad(y, list(inputs.values()), case["dy"])
        outputs |= {"d" + name: gradient for name, gradient in zip(inputs, gradients)}
    return outputs


def _maps(case):
    """Input x as a leaf, the same with its channels first, and the way back."""
    x = case["x"].requires_grad_()
    if x.dim() == 4 and case.choice("layout", "channels_first", "channels_last") == "channels_last":
        return x, x.permute(0, 3, 1, 2), lambda y: y.permute(0, 2, 3, 1)
    return x, x, lambda y: y


def _scale_and_shift(case, channels):
    gamma = case["gamma"] if "gamma" in case else torch.ones(channels)
    beta = case["beta"] if "beta" in case else torch.zeros(channels)
    return gamma.requires_grad_(), beta.requires_grad_()


def _divisor(case):
    case.choice("epsilon_place", "inside_root")
    case.choice("deviation", "population")
    return case.number("epsilon", 1e-5)


def batch_normalization(case):
    case.choice("epsilon_place", "inside_root")
    case.choice("one_value", "refused")
    training = case.choice("mode", "training", "inference") == "training"
    momentum = case.number("momentum", 0.1)
    if case.choice("momentum_weighs", "new", "old") == "old":
        momentum = 1 - momentum
    if case.choice("average", "exponential", "cumulative") == "cumulative":
        momentum = None  # PyTorch's name for it
    tracked = "running_mean" in case
    if tracked and training:
        case.choice("running_variance_kind", "unbiased")
    else:  # then nothing is updated
        case.choice("running_variance_kind", "unbiased", "biased")
    x, maps, back = _maps(case)
    kind = nn.BatchNorm2d if x.dim() == 4 else nn.BatchNorm1d
    layer = kind(maps.shape[1], case.number("epsilon", 1e-5), momentum, track_running_stats=tracked)
    layer.weight.data, layer.bias.data = (p.detach() for p in _scale_and_shift(case, maps.shape[1]))
    if tracked:
        layer.running_mean, layer.running_var = case["running_mean"], case["running_variance"]
        layer.num_batches_tracked.fill_(demand_whole(case, "batches", 0))
    elif not training:
        raise Declined("without running statistics the library takes those of the batch")
    y = back(layer.train(training)(maps))
    outputs = _with_slopes(case, y, x=x, gamma=layer.weight, beta=layer.bias)
    if training:
        axes = [axis for axis in range(maps.dim()) if axis != 1]
        outputs["variance"], outputs["mean"] = torch.var_mean(maps, axes, correction=0)
    if tracked:
        outputs["running_mean_after"] = layer.running_mean
        outputs["running_variance_after"] = layer.running_var
    return outputs


def batch_normalization_placement(case):
    x, w = case["x"].requires_grad_(), case["w"]
    dense = nn.Linear(*w.shape, bias="b" in case)
    dense.weight.data = w.T.contiguous()
    if "b" in case:
        dense.bias.data = case["b"]
    normal = nn.BatchNorm1d(w.shape[1], case.number("epsilon", 1e-5))
    normal.weight.data, normal.bias.data = (
        p.detach() for p in _scale_and_shift(case, w.shape[1]))
    active = {"relu": nn.ReLU(), "tanh": nn.Tanh()}[case.choice("activation", "relu", "tanh")]
    layers = {"before_activation": (normal, active), "after_activation": (active, normal)}
    y = nn.Sequential(dense, *layers[case.choice("placement", *layers)])(x)
    inputs = {"x": x, "w": dense.weight, "gamma": normal.weight, "beta": normal.bias}
    if "b" in case:
        inputs["b"] = dense.bias
    outputs = _with_slopes(case, y, **inputs)
    if "dw" in outputs:
        outputs["dw"] = outputs["dw"].T
    return outputs


def group_normalization(case):
    case.choice("group_channels", "contiguous")
    epsilon, groups = _divisor(case), demand_whole(case, "groups")
    x, maps, back = _maps(case)
    gamma, beta = _scale_and_shift(case, maps.shape[1])
    with division_refuses():
        y = back(F.group_norm(maps, groups, gamma, beta, epsilon))
    return _with_slopes(case, y, x=x, gamma=gamma, beta=beta)


def instance_normalization(case):
    epsilon = _divisor(case)
    x, maps, back = _maps(case)
    gamma, beta = _scale_and_shift(case, maps.shape[1])
    y = back(F.instance_norm(maps, weight=gamma, bias=beta, eps=epsilon))
    return _with_slopes(case, y, x=x, gamma=gamma, beta=beta)


def layer_normalization(case):
    epsilon, x = _divisor(case), case["x"].requires_grad_()
    gamma, beta = _scale_and_shift(case, x.shape[-1])
    y = F.layer_norm(x, x.shape[-1:], gamma, beta, epsilon)
    return _with_slopes(case, y, x=x, gamma=gamma, beta=beta)


def rms_normalization(case):
    case.choice("epsilon_place", "inside_root")
    if "w" in case:
        case.choice("weight", "plain")
    else:
        case.choice("weight", "plain", "one_plus")  # there is none
    epsilon = case.number("epsilon", 1e-5)
    return with_gradients(case, lambda x, w=None: F.rms_norm(x, x.shape[-1:], w, epsilon),
                          ["x"], ["w"])


def l2_normalization(case):
    case.choice("guard", "larger_norm")
    epsilon = case.number("epsilon", 1e-12)
    return with_gradients(case, lambda x: F.normalize(x, dim=1, eps=epsilon), ["x"])


def local_response_normalization(case):
    case.choice("share", "divided")
    size = demand_whole(case, "size", 5)
    if size % 2 == 0:
        case.choice("window_side", "before")
    else:  # then it has no longer side
        case.choice("window_side", "before", "after")
    options = {"alpha": case.number("alpha", 1e-4), "beta": case.number("beta", 0.75),
               "k": case.number("k", 1)}
    x, maps, back = _maps(case)
    if maps.dim() == 2:  # it wants positions
        maps, back = maps.unsqueeze(-1), lambda y: y.squeeze(-1)
    with missing_kernel_declines():
        return _with_slopes(case, back(F.local_response_norm(maps, size, **options)), x=x)


def weight_normalization(case):
    case.choice("start", "given")
    axis = {"output": 0, "input": 1, "whole": None}[
        case.choice("axis", "output", "input", "whole")]
    x, v, g = case["x"].requires_grad_(), case["v"], case["g"]
    if case.has_number("epsilon"):
        raise Declined("the library adds no epsilon")
    layer = nn.Linear(*v.shape)
    parametrizations.weight_norm(layer, dim=axis)
    length, direction = (layer.parametrizations.weight.original0,
                         layer.parametrizations.weight.original1)
    if g.numel() != length.numel():
        raise Declined("lengths that the library never sees")
    length.data, direction.data = g.reshape(length.shape), v.T.contiguous()
    layer.bias.data = case["b"] if "b" in case else torch.zeros(v.shape[1])
    outputs = _with_slopes(case, layer(x), x=x, v=direction, g=length, b=layer.bias)
    outputs["w"] = layer.weight.T
    if "dv" in outputs:
        outputs["dv"], outputs["dg"] = outputs["dv"].T, outputs["dg"].reshape(g.shape)
    return outputs
