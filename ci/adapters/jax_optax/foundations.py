# SPDX-License-Identifier: MIT
"""flax.linen.Dense, jax.nn.one_hot and what is made of them; formulas in reference/foundations/."""
import jax
import jax.numpy as jnp
from assay_adapter import Declined

from autograd import compiled, differentiate, inputs_of, with_gradients
from networks import ACTIVATIONS, dense, depth, perceptron


def artificial_neuron(case):
    """flax.linen.Dense with one unit."""
    name = case.choice("activation", "identity", "sigmoid", "tanh", "relu")
    inputs = inputs_of(case, ["x", "w", "b"])

    def net(x, w, b, shift=0.0):
        return dense(x, w[:, None], b[None])[:, 0] + shift

    outputs = {"z": compiled(lambda inputs: net(**inputs), inputs)}
    if "da" not in case:
        return outputs | {"a": compiled(lambda inputs: ACTIVATIONS[name](net(**inputs)), inputs)}
    inputs["shift"] = jnp.zeros_like(outputs["z"])
    value, gradients = differentiate(lambda **inputs: ACTIVATIONS[name](net(**inputs)), inputs,
                                     list(inputs), case["da"])
    return outputs | {"a": value, "dz": gradients.pop("dshift")} | gradients


def dense_layer(case):
    if "b" in case:
        return with_gradients(case, dense, ["x", "w", "b"])
    inputs = inputs_of(case, ["x", "w"])
    inputs["b"] = jnp.zeros(inputs["w"].shape[1], inputs["w"].dtype)
    if "dy" not in case:
        return {"y": compiled(lambda x, w: dense(x, w), inputs["x"], inputs["w"])}
    value, gradients = differentiate(dense, inputs, ["x", "w", "b"], case["dy"])
    return {"y": value} | gradients


def linear_collapse(case):
    """Dense layers, and jnp.linalg.multi_dot of their weights."""
    layers = depth(case)
    numbers = range(1, layers + 1)
    inputs = inputs_of(case, ["x", *(f"w{layer}" for layer in numbers)],
                       [f"b{layer}" for layer in numbers])

    def operation(x, **weights):
        kernels = [weights[f"w{layer}"] for layer in numbers]
        weight = jnp.linalg.multi_dot(kernels) if layers > 1 else kernels[0]
        network, bias = x, jnp.zeros((1, x.shape[1]), x.dtype)
        for layer in numbers:
            parameters = weights[f"w{layer}"], weights.get(f"b{layer}")
            network, bias = dense(network, *parameters), dense(bias, *parameters)
        return {"network": network, "weight": weight, "bias": bias[0],
                "collapsed": dense(x, weight, bias[0])}

    return compiled(lambda inputs: operation(**inputs), inputs)


def multilayer_perceptron(case):
    outputs, _, _ = perceptron(case)
    return outputs


def one_hot_encoding(case):
    """jax.nn.one_hot, and jnp.argmax back."""
    outside = case.choice("outside", "refuse", "off", "wrap")
    if outside == "wrap":
        raise Declined("jax.nn.one_hot gives no row to a label outside")
    case.choice("ties", "first")
    if case.number("on", 1.0) != 1 or case.number("off", 0.0) != 0:
        raise Declined("jax.nn.one_hot has 1 and 0")
    if case.has_number("ignored") or case.has_number("blank"):
        raise Declined("jax.nn.one_hot knows no label to ignore")
    labels = case["labels"]
    classes = case.whole("classes", int(case.array("labels").max()) + 1)
    encoded = compiled(lambda labels: jax.nn.one_hot(labels, classes), labels)
    outputs = {"encoded": encoded, "counts": encoded.sum(axis=0)}
    if "rows" in case:
        rows = case.array("rows")
        if (rows == rows[:, :1]).all(axis=1).any():
            raise Declined("jnp.argmax knows no blank row")
        outputs["decoded"] = jnp.argmax(case["rows"], axis=1)
    return outputs
