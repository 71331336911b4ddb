# SPDX-License-Identifier: MIT
"""jax.nn's activations; formulas in reference/activations/."""
import jax
import jax.numpy as jnp
import optax
from assay_adapter import Declined

from autograd import with_gradients

# What the derivative is at a kink.
FOLLOWS = {
    "elu": {"derivative_at_zero": "left"},
    "hard_sigmoid": {"derivative_at_bounds": "outside"},
    "hard_swish": {"derivative_at_bounds": "outside"},
    "hard_tanh": {"derivative_at_bounds": "inside"},
    "leaky_relu": {"derivative_at_zero": "right"},
    "maxout": {"tie": "shared"},
    "prelu": {"derivative_at_zero": "right"},
    "relu": {"derivative_at_zero": "zero"},
    "selu": {"derivative_at_zero": "left"},
}


def celu(case):
    alpha = case.number("alpha", 1.0)
    return with_gradients(case, lambda x: jax.nn.celu(x, alpha), ["x"])


def elu(case):
    alpha = case.number("alpha", 1.0)
    return with_gradients(case, lambda x: jax.nn.elu(x, alpha), ["x"])


def gelu(case):
    approximate = case.choice("approximation", "none", "tanh") == "tanh"
    return with_gradients(case, lambda x: jax.nn.gelu(x, approximate=approximate), ["x"])


def glu(case):
    case.choice("gate", "sigmoid")
    case.choice("gate_half", "last")
    case.choice("arrangement", "halves")
    return with_gradients(case, jax.nn.glu, ["x"])


def hard_sigmoid(case):
    _only(case, "slope", 1 / 6)
    _only(case, "offset", 0.5)
    return with_gradients(case, jax.nn.hard_sigmoid, ["x"])


def hard_swish(case):
    return with_gradients(case, jax.nn.hard_swish, ["x"])


def hard_tanh(case):
    _only(case, "min", -1.0)
    _only(case, "max", 1.0)
    return with_gradients(case, jax.nn.hard_tanh, ["x"])


def leaky_relu(case):
    slope = case.number("slope", 0.01)
    return with_gradients(case, lambda x: jax.nn.leaky_relu(x, slope), ["x"])


def linear(case):
    return with_gradients(case, jax.nn.identity, ["x"])


def log_sigmoid(case):
    return with_gradients(case, jax.nn.log_sigmoid, ["x"])


def log_softmax(case):
    return with_gradients(case, jax.nn.log_softmax, ["x"])


def maxout(case):
    pieces = case.whole("pieces", 2)
    apart = case.choice("arrangement", "together", "apart") == "apart"

    def operation(x):
        if apart:
            return x.reshape(x.shape[0], pieces, -1).max(axis=1)
        return x.reshape(x.shape[0], -1, pieces).max(axis=2)

    return with_gradients(case, operation, ["x"])


def mish(case):
    return with_gradients(case, jax.nn.mish, ["x"])


def prelu(case):
    first = case.choice("channel_axis", "first", "last") == "first"

    def operation(x, a):
        if x.ndim == 3 and a.ndim == 1 and first:
            a = a[:, None]
        return jax.nn.leaky_relu(x, a)

    return with_gradients(case, operation, ["x", "a"])


def relu(case):
    return with_gradients(case, jax.nn.relu, ["x"])


def selu(case):
    return with_gradients(case, jax.nn.selu, ["x"])


def sigmoid(case):
    return with_gradients(case, jax.nn.sigmoid, ["x"])


def silu(case):
    if "beta" in case:
        raise Declined("jax.nn.silu has no beta")
    return with_gradients(case, jax.nn.silu, ["x"])


def softmax(case):
    if "mask" not in case:
        return with_gradients(case, jax.nn.softmax, ["x"])
    case.choice("fully_masked", "zero")
    mask = case["mask"] != 0
    return with_gradients(case, lambda x: jax.nn.softmax(x, where=mask), ["x"])


def softplus(case):
    case.choice("tail", "smooth")
    _only(case, "beta", 1.0)
    return with_gradients(case, jax.nn.softplus, ["x"])


def softsign(case):
    return with_gradients(case, jax.nn.soft_sign, ["x"])


def sparsemax(case):
    return with_gradients(case, lambda x: jax.vmap(optax.projections.projection_simplex)(x), ["x"])


def squareplus(case):
    b = case.number("b", 4.0)
    return with_gradients(case, lambda x: jax.nn.squareplus(x, b), ["x"])


def step(case):
    case.choice("output", "binary")
    _only(case, "threshold", 0.0)
    at_zero = {"high": 1.0, "low": 0.0, "mean": 0.5}[
        case.choice("at_threshold", "high", "low", "mean")]
    x = case["x"]
    return {"y": jnp.heaviside(x, jnp.asarray(at_zero, x.dtype))}


def tanh(case):
    return with_gradients(case, lambda x: jax.nn.tanh(x), ["x"])


def _only(case, name, offered):
    """Declines every number but the library's own, which may have been rounded to binary32."""
    value = case.number(name, offered)
    if abs(value - offered) > 1e-15 * abs(offered):
        raise Declined(f"{name} = {value:.9g} is not offered by the library")
