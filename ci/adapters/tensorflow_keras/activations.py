# SPDX-License-Identifier: MIT
"""keras.activations, its layers, and tf.nn where Keras has no argument for what is asked; formulas
in reference/activations/."""
import keras
import tensorflow as tf
from keras import activations

from conventions import demand, demand_number, whole
from tape import with_gradients, with_layer

# The derivative at a kink, where the case asks for another one.
FOLLOWS = {
    "elu": {"derivative_at_zero": "left"},
    "hard_sigmoid": {"derivative_at_bounds": "outside"},
    "hard_swish": {"derivative_at_bounds": "outside"},
    "leaky_relu": {"derivative_at_zero": "left"},
    "relu": {"derivative_at_zero": "zero"},
    "selu": {"derivative_at_zero": "right"},
    "soft_shrink": {"derivative_at_threshold": "zero"},
    "hard_shrink": {"at_threshold": "zero"},
}


def celu(case):
    alpha = case.number("alpha", 1)
    return with_gradients(case, lambda x: activations.celu(x, alpha), ["x"])


def elu(case):
    alpha = case.number("alpha", 1)
    return with_gradients(case, lambda x: activations.elu(x, alpha), ["x"])


def gelu(case):
    tanh = case.choice("approximation", "none", "tanh") == "tanh"
    return with_gradients(case, lambda x: activations.gelu(x, approximate=tanh), ["x"])


def glu(case):
    demand(case, "gate", "sigmoid", "sigmoid")
    demand(case, "gate_half", "last", "last")
    demand(case, "arrangement", "halves", "halves")
    return with_gradients(case, activations.glu, ["x"])


def hard_shrink(case):
    threshold = case.number("lambda", 0.5)
    return with_gradients(case, lambda x: activations.hard_shrink(x, threshold), ["x"])


def hard_sigmoid(case):
    demand_number(case, "slope", 1 / 6, 1 / 6)
    demand_number(case, "offset", 0.5, 0.5)
    return with_gradients(case, activations.hard_sigmoid, ["x"])


def hard_swish(case):
    return with_gradients(case, activations.hard_silu, ["x"])


def hard_tanh(case):
    """keras.activations.hard_tanh is this clipping; relu6 has another derivative at its bounds."""
    low, high = case.number("min", -1), case.number("max", 1)
    if (low, high) == (0, 6):
        if case.choice("derivative_at_bounds", "outside", "inside") == "outside":
            return with_gradients(case, activations.relu6, ["x"])
    case.choice("derivative_at_bounds", "inside")
    return with_gradients(case, lambda x: keras.ops.clip(x, low, high), ["x"])


def leaky_relu(case):
    slope = case.number("slope", 0.01)
    return with_gradients(case, lambda x: activations.leaky_relu(x, slope), ["x"])


def linear(case):
    return with_gradients(case, activations.linear, ["x"])


def log_sigmoid(case):
    return with_gradients(case, activations.log_sigmoid, ["x"])


def log_softmax(case):
    return with_gradients(case, activations.log_softmax, ["x"])


def maxout(case):
    pieces = whole(case, "pieces", 2)
    together = case.choice("arrangement", "together", "apart") == "together"
    case.choice("tie", "shared")

    def largest(x):
        shape = [len(x), -1, pieces] if together else [len(x), pieces, -1]
        return keras.ops.max(tf.reshape(x, shape), axis=2 if together else 1)

    return with_gradients(case, largest, ["x"])


def mish(case):
    return with_gradients(case, activations.mish, ["x"])


def prelu(case):
    rank, shared = case.array("x").ndim, case.array("a").ndim == 0
    first = case.choice("channel_axis", "first", "last") == "first"
    case.choice("derivative_at_zero", "zero")
    positions = [2 if first else 1] if rank == 3 else []
    axes = list(range(1, rank)) if shared else positions
    return with_layer(case, keras.layers.PReLU(shared_axes=axes), {"a": "alpha"})


def relu(case):
    return with_gradients(case, activations.relu, ["x"])


def selu(case):
    return with_gradients(case, activations.selu, ["x"])


def sigmoid(case):
    return with_gradients(case, activations.sigmoid, ["x"])


def silu(case):
    if "beta" in case:
        return with_gradients(case, lambda x, beta: tf.nn.silu(x, beta), ["x", "beta"])
    return with_gradients(case, activations.silu, ["x"])


def soft_shrink(case):
    threshold = case.number("lambda", 0.5)
    return with_gradients(case, lambda x: activations.soft_shrink(x, threshold), ["x"])


def softmax(case):
    if "mask" not in case:
        return with_gradients(case, activations.softmax, ["x"])
    case.choice("fully_masked", "zero")
    mask = tf.cast(case["mask"], tf.bool)
    return with_gradients(case, lambda x: keras.layers.Softmax()(x, mask=mask), ["x"])


def softplus(case):
    demand_number(case, "beta", 1, 1)
    demand(case, "tail", "smooth", "smooth")
    return with_gradients(case, activations.softplus, ["x"])


def softsign(case):
    return with_gradients(case, activations.softsign, ["x"])


def sparsemax(case):
    return with_gradients(case, activations.sparsemax, ["x"])


def squareplus(case):
    b = case.number("b", 4)
    case.choice("derivative_at_zero", "left")
    return with_gradients(case, lambda x: activations.squareplus(x, b), ["x"])


def step(case):
    threshold = case.number("threshold", 0)
    demand(case, "output", "binary", "binary")
    at = {"high": 1.0, "low": 0.0, "mean": 0.5}[case.choice("at_threshold", "high", "low", "mean")]
    return {"y": keras.ops.heaviside(case["x"] - threshold, at)}


def tanh(case):
    return with_gradients(case, activations.tanh, ["x"])


def tanh_shrink(case):
    return with_gradients(case, activations.tanh_shrink, ["x"])
