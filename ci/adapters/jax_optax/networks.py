# SPDX-License-Identifier: MIT
"""Dense layers and perceptrons of Flax, for the families that have them."""
import flax.linen as nn
import jax
import jax.numpy as jnp
import optax

from autograd import differentiate, inputs_of

ACTIVATIONS = {"relu": jax.nn.relu, "tanh": jnp.tanh, "sigmoid": jax.nn.sigmoid,
               "identity": jax.nn.identity}


def dense(x, w, b=None):
    """flax.linen.Dense with these weights."""
    module = nn.Dense(w.shape[1], use_bias=b is not None, param_dtype=w.dtype)
    return module.apply({"params": {"kernel": w} | ({} if b is None else {"bias": b})}, x)


def perceptron(case):
    """Outputs of multilayer_perceptron, the gradients by name, and the number of layers."""
    activation = ACTIVATIONS[case.choice("activation", "relu", "tanh", "sigmoid")]
    loss = case.choice("loss", "cross_entropy", "mean_squared_error", "binary_cross_entropy")
    layers = depth(case)
    names = [f"{kind}{layer}" for layer in range(1, layers + 1) for kind in "wb"]
    wanted = "labels" if loss == "cross_entropy" else "targets"
    inputs = inputs_of(case, ["x", wanted, *names])
    of = {"cross_entropy": optax.softmax_cross_entropy_with_integer_labels,
          "mean_squared_error": optax.squared_error,
          "binary_cross_entropy": optax.sigmoid_binary_cross_entropy}[loss]

    def operation(x, **others):
        for layer in range(1, layers + 1):
            x = dense(x if layer == 1 else activation(x), others[f"w{layer}"], others[f"b{layer}"])
        return of(x, others[wanted]).mean(), x

    (value, output), gradients = differentiate(operation, inputs, ["x", *names], has_aux=True)
    return {"loss": value, "output": output} | gradients, gradients, layers


def depth(case):
    return max((layer for layer in range(1, 9) if f"w{layer}" in case), default=1)
