# SPDX-License-Identifier: MIT
"""flax.linen's normalizations, and jax.nn.standardize; formulas in reference/normalization/."""
import flax.linen as nn
import jax
import jax.numpy as jnp
from assay_adapter import Declined

from autograd import compiled, differentiate, with_gradients
from networks import ACTIVATIONS, dense


def batch_normalization(case):
    _ordinary(case)
    case.choice("average", "exponential")
    inference = case.choice("mode", "training", "inference") == "inference"
    last = case.choice("layout", "channels_first", "channels_last") == "channels_last"
    case.choice("one_value", "refused", "variance_zero")
    old = case.choice("momentum_weighs", "new", "old") == "old"
    share = case.number("momentum", 0.1)
    running = "running_mean" in case
    biased = case.choice("running_variance_kind", "unbiased", "biased") == "biased"
    if running and not inference and not biased:
        raise Declined("flax.linen.BatchNorm keeps the biased variance")
    inputs = _weighted(case)
    x, channels = inputs["x"], inputs["gamma"].shape[0]
    module = nn.BatchNorm(
        use_running_average=inference, axis=-1 if last or x.ndim == 2 else 1,
        epsilon=case.number("epsilon", 1e-5), momentum=share if old else 1 - share,
        param_dtype=x.dtype)
    before = _statistics(channels, x.dtype)
    if running:
        before = {"mean": case["running_mean"], "var": case["running_variance"]}
    outputs, after = _with_statistics(case, module, before, inputs)
    if running:
        outputs |= {"running_mean_after": after["mean"], "running_variance_after": after["var"]}
    if inference:
        return outputs
    # With the momentum 0 the statistics kept are those of this batch.
    of_batch = _with_statistics(case, module.clone(momentum=0.0), before, inputs)[1]
    return outputs | {"mean": of_batch["mean"], "variance": of_batch["var"]}


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
    if case.choice("masked", "normalized", "zero") == "zero":
        raise Declined("flax.linen.BatchNorm normalizes the masked positions too")
    inputs = _weighted(case)
    x, channels = inputs["x"], inputs["gamma"].shape[0]
    module = nn.BatchNorm(use_running_average=False, epsilon=case.number("epsilon", 1e-3),
                          momentum=0.0, param_dtype=x.dtype)
    outputs, after = _with_statistics(case, module, _statistics(channels, x.dtype), inputs,
                                      mask=case["mask"][..., None] != 0)
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


def _statistics(channels, dtype):
    return {"mean": jnp.zeros(channels, dtype), "var": jnp.ones(channels, dtype)}


def _weighted(case):
    """x, and gamma and beta, which are 1 and 0 where they are not given but have gradients."""
    x = case["x"]
    last = case.choice("layout", "channels_first", "channels_last") == "channels_last"
    sequences = case.technique in ("layer_normalization", "masked_normalization")
    shape = x.shape[-1 if last or sequences or x.ndim == 2 else 1]
    return {"x": x, "gamma": case["gamma"] if "gamma" in case else jnp.ones(shape, x.dtype),
            "beta": case["beta"] if "beta" in case else jnp.zeros(shape, x.dtype)}


def _differentiated(case, operation, inputs):
    if "dy" not in case:
        return {"y": compiled(lambda inputs: operation(**inputs), inputs)}
    value, gradients = differentiate(operation, inputs, list(inputs), case["dy"])
    return {"y": value} | gradients


def _with_statistics(case, module, before, inputs, **settings):
    """The outputs of a flax.linen.BatchNorm, and the statistics that it keeps."""
    def apply(x, gamma, beta):
        variables = {"params": {"scale": gamma, "bias": beta}, "batch_stats": before}
        return module.apply(variables, x, mutable=["batch_stats"], **settings)

    after = compiled(lambda inputs: apply(**inputs)[1], inputs)
    return _differentiated(case, lambda **inputs: apply(**inputs)[0], inputs), after["batch_stats"]


def _by_channels(case, last, make):
    inputs = _weighted(case)
    module = make(epsilon=case.number("epsilon", 1e-5), param_dtype=inputs["x"].dtype)
    first = not last and inputs["x"].ndim > 2

    def operation(x, gamma, beta):
        y = module.apply({"params": {"scale": gamma, "bias": beta}},
                         jnp.moveaxis(x, 1, -1) if first else x)
        return jnp.moveaxis(y, -1, 1) if first else y

    return _differentiated(case, operation, inputs)
