# SPDX-License-Identifier: MIT
"""flax.linen's normalizations, and jax.nn.standardize; formulas in reference/normalization/."""
import flax.linen as nn
import jax
import jax.numpy as jnp
from assay_adapter import Declined

from autograd import compiled, with_gradients
from networks import ACTIVATIONS, dense


def batch_normalization(case):
    case.choice("epsilon_place", "inside_root")
    case.choice("average", "exponential")
    inference = case.choice("mode", "training", "inference") == "inference"
    last = case.choice("layout", "channels_first", "channels_last") == "channels_last"
    case.choice("one_value", "refused", "variance_zero")
    old = case.choice("momentum_weighs", "new", "old") == "old"
    share = case.number("momentum", 0.1)
    running = "running_mean" in case
    if running and not inference:
        if case.choice("running_variance_kind", "unbiased", "biased") == "unbiased":
            raise Declined("flax.linen.BatchNorm keeps the biased variance")
    case.choice("running_variance_kind", "unbiased", "biased")
    x = case["x"]
    axis = -1 if last or x.ndim == 2 else 1
    channels = x.shape[axis]
    module = nn.BatchNorm(
        use_running_average=inference, axis=axis, epsilon=case.number("epsilon", 1e-5),
        momentum=share if old else 1 - share, use_scale="gamma" in case, use_bias="beta" in case,
        param_dtype=x.dtype)
    before = {"mean": case["running_mean"] if running else jnp.zeros(channels, x.dtype),
              "var": case["running_variance"] if running else jnp.ones(channels, x.dtype)}

    def apply(x, **weights):
        return module.apply({"params": _parameters(weights), "batch_stats": before}, x,
                            mutable=[] if inference else ["batch_stats"])

    outputs = with_gradients(case, lambda **inputs: apply(**inputs)[0], ["x"], ["gamma", "beta"])
    if inference:
        return outputs
    # With the momentum 0 the statistics kept are those of this batch.
    now = module.clone(momentum=0.0)
    weights = {name: case[name] for name in ("gamma", "beta") if name in case}
    of_batch = compiled(lambda x, weights: now.apply(
        {"params": _parameters(weights), "batch_stats": before}, x, mutable=["batch_stats"])[1],
        x, weights)["batch_stats"]
    outputs |= {"mean": of_batch["mean"], "variance": of_batch["var"]}
    if running:
        after = compiled(lambda x, weights: apply(x, **weights)[1], x, weights)["batch_stats"]
        outputs |= {"running_mean_after": after["mean"], "running_variance_after": after["var"]}
    return outputs


def batch_normalization_placement(case):
    """flax.linen.Dense, flax.linen.BatchNorm and the activation, in the order of the case."""
    after = case.choice("placement", "before_activation", "after_activation") == "after_activation"
    activation = ACTIVATIONS[case.choice("activation", "relu", "tanh")]
    units, dtype = case["w"].shape[1], case["w"].dtype
    module = nn.BatchNorm(use_running_average=False, epsilon=case.number("epsilon", 1e-5),
                          param_dtype=dtype)
    before = {"mean": jnp.zeros(units, dtype), "var": jnp.ones(units, dtype)}

    def normalized(v, gamma, beta):
        return module.apply({"params": {"scale": gamma, "bias": beta}, "batch_stats": before}, v,
                            mutable=["batch_stats"])[0]

    def operation(x, w, gamma, beta, b=None):
        z = dense(x, w, b)
        if after:
            return normalized(activation(z), gamma, beta)
        return activation(normalized(z, gamma, beta))

    return with_gradients(case, operation, ["x", "w", "gamma", "beta"], ["b"])


def group_normalization(case):
    case.choice("group_channels", "contiguous")
    _ordinary(case)
    last = case.choice("layout", "channels_first", "channels_last") == "channels_last"
    return _by_channels(case, last, lambda **settings: nn.GroupNorm(
        num_groups=case.whole("groups"), **settings))


def instance_normalization(case):
    _ordinary(case)
    last = case.choice("layout", "channels_first", "channels_last") == "channels_last"
    return _by_channels(case, last, lambda **settings: nn.InstanceNorm(**settings))


def layer_normalization(case):
    _ordinary(case)
    return _by_channels(case, True, lambda **settings: nn.LayerNorm(**settings))


def masked_normalization(case):
    """flax.linen.BatchNorm with its mask."""
    masked = case.choice("masked", "normalized", "zero")
    if masked == "zero":
        raise Declined("flax.linen.BatchNorm normalizes the masked positions too")
    x, mask = case["x"], case["mask"] != 0
    channels = x.shape[-1]
    module = nn.BatchNorm(use_running_average=False, epsilon=case.number("epsilon", 1e-3),
                          momentum=0.0, param_dtype=x.dtype)
    before = {"mean": jnp.zeros(channels, x.dtype), "var": jnp.ones(channels, x.dtype)}

    def apply(x, **weights):
        return module.apply({"params": _parameters(weights), "batch_stats": before}, x,
                            mask=mask[..., None], mutable=["batch_stats"])

    outputs = with_gradients(case, lambda **inputs: apply(**inputs)[0], ["x", "gamma", "beta"])
    weights = {name: case[name] for name in ("gamma", "beta")}
    after = compiled(lambda x, weights: apply(x, **weights)[1], x, weights)["batch_stats"]
    return outputs | {"mean": after["mean"], "variance": after["var"]}


def rms_normalization(case):
    case.choice("weight", "plain")
    case.choice("epsilon_place", "inside_root")
    epsilon = case.number("epsilon", 1e-5)
    dtype = case["x"].dtype

    def operation(x, w=None):
        module = nn.RMSNorm(epsilon=epsilon, use_scale=w is not None, param_dtype=dtype)
        return module.apply({"params": {} if w is None else {"scale": w}}, x)

    return with_gradients(case, operation, ["x"], ["w"])


def standardization(case):
    """jax.nn.standardize without an epsilon."""
    case.choice("deviation", "population")
    x = case["x"]
    mean, variance = compiled(lambda x: (jnp.mean(x, axis=0), jnp.var(x, axis=0)), x)
    outputs = {"mean": mean, "standard_deviation": jnp.sqrt(variance),
               "z": compiled(lambda x: jax.nn.standardize(x, axis=0, epsilon=0.0), x)}
    if "x_new" in case:
        outputs["z_new"] = compiled(
            lambda x, mean, variance: jax.nn.standardize(
                x, axis=0, mean=mean, variance=variance, epsilon=0.0),
            case["x_new"], mean, variance)
    return outputs


def weight_normalization(case):
    """flax.linen.WeightNorm around flax.linen.Dense."""
    case.choice("start", "given")
    axes = {"output": -1, "input": 0, "whole": None}[
        case.choice("axis", "output", "input", "whole")]
    # Flax always adds an epsilon to the squared norm; here it may be 0.
    epsilon, dtype = case.number("epsilon", 0.0), case["v"].dtype
    units = case["v"].shape[1]

    def apply(x, v, g, b):
        inner = nn.Dense(units, use_bias=True, param_dtype=dtype)
        module = nn.WeightNorm(inner, epsilon=epsilon, feature_axes=axes, param_dtype=dtype)
        return module.apply({"params": {"layer_instance": {"kernel": v, "bias": b},
                                        "layer_instance/kernel/scale": g}}, x)

    def weights(v, g):
        return apply(jnp.eye(v.shape[0], dtype=dtype), v, g, jnp.zeros(units, dtype))

    return with_gradients(case, apply, ["x", "v", "g", "b"]) | {
        "w": compiled(weights, case["v"], case["g"])}


def _ordinary(case):
    case.choice("epsilon_place", "inside_root")
    case.choice("deviation", "population")


def _parameters(weights):
    return {{"gamma": "scale", "beta": "bias"}[name]: value for name, value in weights.items()}


def _by_channels(case, last, make):
    epsilon, dtype = case.number("epsilon", 1e-5), case["x"].dtype

    def operation(x, **weights):
        module = make(epsilon=epsilon, use_scale="gamma" in weights, use_bias="beta" in weights,
                      param_dtype=dtype)
        first = not last and x.ndim > 2
        y = module.apply({"params": _parameters(weights)}, jnp.moveaxis(x, 1, -1) if first else x)
        return jnp.moveaxis(y, -1, 1) if first else y

    return with_gradients(case, operation, ["x"], ["gamma", "beta"])
