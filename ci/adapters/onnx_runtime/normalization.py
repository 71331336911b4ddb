# SPDX-License-Identifier: MIT
"""Normalisations of the standard; formulas in reference/normalization/."""
import numpy as np
from onnx import helper

from assay_adapter import Declined
from session import answer, attribute, constant, floating, kind, operator, whole


def _scale_and_shift(case, channels):
    """gamma and beta, and the names of those that the case does not have."""
    values = {name: case[name] if name in case else floating(np.full(channels, otherwise))
              for name, otherwise in (("gamma", 1), ("beta", 0))}
    return values


def _divisor(case):
    case.choice("epsilon_place", "inside_root")
    case.choice("deviation", "population")
    return attribute(case, "epsilon", 1e-5)


def _channels_first(case, x):
    """Whether channels are last, and nodes to and from channels first."""
    if x.ndim == 4 and case.choice("layout", "channels_first", "channels_last") == "channels_last":
        return ([helper.make_node("Transpose", ["x"], ["maps"], perm=[0, 3, 1, 2])], "maps",
                "maps_out", [helper.make_node("Transpose", ["maps_out"], ["y"],
                                              perm=[0, 2, 3, 1])], -1)
    return [], "x", "y", [], 1


def layer_normalization(case):
    epsilon, x = _divisor(case), case["x"]
    node = helper.make_node("LayerNormalization", ["x", "gamma", "beta"],
                            ["y", "mean", "inverse_deviation"], axis=-1, epsilon=epsilon)
    # The gradient in f64 is a composition that the runtime writes in the operators of this version.
    return _named(answer(case, [node], {"x": x, **_scale_and_shift(case, x.shape[-1:])}, opset=17))


def _named(values):
    return {name: values[name] for name in ("y", "dx", "dgamma", "dbeta") if name in values}


def instance_normalization(case):
    epsilon, x = _divisor(case), case["x"]
    before, source, target, after, axis = _channels_first(case, x)
    node = helper.make_node("InstanceNormalization", [source, "gamma", "beta"], [target],
                            epsilon=epsilon)
    return _named(answer(case, [*before, node, *after],
                         {"x": x, **_scale_and_shift(case, x.shape[axis:][:1])}))


def group_normalization(case):
    case.choice("group_channels", "contiguous")
    epsilon, groups, x = _divisor(case), whole(case, "groups"), case["x"]
    before, source, target, after, axis = _channels_first(case, x)
    node = helper.make_node("GroupNormalization", [source, "gamma", "beta"], [target],
                            epsilon=epsilon, num_groups=groups, stash_type=kind())
    return _named(answer(case, [*before, node, *after],
                         {"x": x, **_scale_and_shift(case, x.shape[axis:][:1])}))


def batch_normalization(case):
    case.choice("epsilon_place", "inside_root")
    case.choice("one_value", "variance_zero")
    case.choice("average", "exponential")
    epsilon = attribute(case, "epsilon", 1e-5)
    if case.choice("mode", "training", "inference") == "training":
        raise Declined("the runtime trains this operator on no processor")
    case.choice("momentum_weighs", "new", "old")
    case.choice("running_variance_kind", "unbiased", "biased")
    case.number("momentum", 0.1)
    case.number("batches", 0)
    x = case["x"]
    before, source, target, after, axis = _channels_first(case, x)
    node = helper.make_node("BatchNormalization",
                            [source, "gamma", "beta", "running_mean", "running_variance"],
                            [target], epsilon=epsilon)
    running = {name: case[name] for name in ("running_mean", "running_variance")}
    values = answer(case, [*before, node, *after],
                    {"x": x, **_scale_and_shift(case, x.shape[axis:][:1]), **running})
    return _named(values) | {name + "_after": running[name] for name in running}


def rms_normalization(case):
    case.choice("epsilon_place", "inside_root")
    if "w" in case:
        case.choice("weight", "plain")
    else:
        case.choice("weight", "plain", "one_plus")  # there is none
    epsilon, x = attribute(case, "epsilon", 1e-5), case["x"]
    w = case["w"] if "w" in case else floating(np.ones(x.shape[-1:]))
    node = helper.make_node("SimplifiedLayerNormalization", ["x", "w"],
                            ["y", "inverse_deviation"], axis=-1, epsilon=epsilon)
    values = answer(case, [node], {"x": x, "w": w})
    return {name: values[name] for name in ("y", "dx", "dw")
            if name in values and (name != "dw" or "w" in case)}


def l2_normalization(case):
    case.choice("guard", "larger_norm")
    if case.number("epsilon", 1e-12) != 0:
        raise Declined("the standard's LpNormalization has no epsilon")
    return operator(case, "LpNormalization", {"x": case["x"]}, axis=1, p=2)


def local_response_normalization(case):
    case.choice("share", "divided")
    size = whole(case, "size", 5)
    if size % 2 == 0:
        case.choice("window_side", "after")
    else:  # then it has no longer side
        case.choice("window_side", "before", "after")
    options = {"alpha": attribute(case, "alpha", 1e-4), "beta": attribute(case, "beta", 0.75),
               "bias": attribute(case, "k", 1)}
    x = case["x"]
    if x.ndim == 2:
        nodes = [constant("wide", [*x.shape, 1, 1]), constant("narrow", x.shape),
                 helper.make_node("Reshape", ["x", "wide"], ["maps"]),
                 helper.make_node("LRN", ["maps"], ["maps_out"], size=size, **options),
                 helper.make_node("Reshape", ["maps_out", "narrow"], ["y"])]
        return answer(case, nodes, {"x": x})
    before, source, target, after, _ = _channels_first(case, x)
    node = helper.make_node("LRN", [source], [target], size=size, **options)
    return answer(case, [*before, node, *after], {"x": x})
