# SPDX-License-Identifier: MIT
"""jax.numpy, jax.lax and their gradients; formulas in reference/gradients/."""
import jax
import jax.numpy as jnp
import optax
from assay_adapter import Declined

from autograd import compiled, differentiate, inputs_of, with_gradients
from networks import ACTIVATIONS, perceptron


def argmax(case):
    """jnp.argmax, and the value there by jnp.take_along_axis."""
    place = {"largest": jnp.argmax, "smallest": jnp.argmin}[
        case.choice("extremum", "largest", "smallest")]
    axis = 0 if case.choice("axis", "features", "samples") == "samples" else 1
    case.choice("ties", "first")

    def operation(x):
        index = jnp.expand_dims(place(x, axis=axis), axis)
        return jnp.take_along_axis(x, index, axis=axis).squeeze(axis)

    return with_gradients(case, operation, ["x"]) | {
        "index": compiled(lambda x: place(x, axis=axis), case["x"])}


def broadcast_addition(case):
    return with_gradients(case, lambda a, b: a + b, ["a", "b"])


def complex_product(case):
    """The product of complex arrays. JAX's vjp does not conjugate: its cotangent of a real loss is
    the conjugate of the gradient, on both sides."""
    joined = lambda x: jax.lax.complex(x[..., 0], x[..., 1])
    parted = lambda x: jnp.stack([x.real, x.imag], axis=-1)
    inputs = inputs_of(case, ["a", "b"], ["dy"])
    if inputs["a"].dtype not in (jnp.float32, jnp.float64):
        raise Declined("JAX has complex numbers of binary32 and binary64")
    if any(x.shape[-1] != 2 for x in inputs.values()):
        raise ValueError("a complex number has two parts")

    def operation(a, b, dy=None):
        y, pull = jax.vjp(lambda a, b: a * b, joined(a), joined(b))
        if dy is None:
            return {"y": parted(y)}
        da, db = pull(jnp.conj(joined(dy)))
        return {"y": parted(y), "da": parted(jnp.conj(da)), "db": parted(jnp.conj(db))}

    return compiled(lambda inputs: operation(**inputs), inputs)


def concatenation(case):
    without = case.choice("without", "none", "first", "second", "third")
    outputs = with_gradients(case, lambda x1, x2, x3: jnp.concatenate([x1, x2, x3], axis=1),
                             ["x1", "x2", "x3"])
    outputs.pop({"first": "dx1", "second": "dx2", "third": "dx3"}.get(without), None)
    return outputs


def cross_product(case):
    return with_gradients(case, lambda a, b: jnp.cross(a, b), ["a", "b"])


def cumulative_product(case):
    case.choice("exclusive", "no")
    reverse = case.choice("reverse", "no", "yes") == "yes"
    return with_gradients(case, lambda x: jax.lax.cumprod(x, axis=1, reverse=reverse), ["x"])


def embedding_lookup(case):
    case.choice("frequency", "ignored")
    if case.has_number("padding"):
        raise Declined("jnp.take has no padding row")
    inputs = inputs_of(case, ["w", "index"])
    value, gradients = differentiate(
        lambda w, index: jnp.take(w, index, axis=0), inputs, ["w"], case["dy"])
    return {"y": value, "gradient_w": gradients["dw"]}


def euclidean_norm(case):
    if case.number("epsilon", 0.0) != 0:
        raise Declined("jnp.linalg.norm has no epsilon")
    return with_gradients(case, lambda x: jnp.linalg.norm(x, axis=1), ["x"])


def gather_scatter(case):
    """jnp.take_along_axis, and .at[].add and .set."""
    operation = case.choice("operation", "gather", "add", "set")
    if operation == "gather":
        return with_gradients(case, lambda x, index: jnp.take_along_axis(x, index, axis=0),
                              ["x", "index"])
    case.number("self", 0.0)  # of the operations mean and largest

    def scatter(x, index, start):
        place = start.at[index, jnp.arange(start.shape[1])]
        return place.add(x) if operation == "add" else place.set(x)

    return with_gradients(case, scatter, ["x", "index", "start"])


def gradient_clipping_by_norm(case):
    case.choice("norm", "two")
    if case.number("epsilon", 0.0) != 0:
        raise Declined("optax.clip_by_global_norm has no epsilon")
    limit = case.number("limit")
    apart = case.choice("scope", "global", "tensor") == "tensor"
    names = [name for name in (f"g{i}" for i in range(1, 9)) if name in case]
    gradients = [case[name] for name in names]
    clip = optax.clip_by_global_norm(limit)

    def operation(gradients):
        if apart:
            clipped = [clip.update(g, clip.init(g))[0] for g in gradients]
            return clipped, jnp.stack([optax.tree.norm(g) for g in gradients])
        return clip.update(gradients, clip.init(gradients))[0], optax.tree.norm(gradients)[None]

    clipped, norm = compiled(operation, gradients)
    return {"norm": norm} | {"clipped" + name[1:]: value for name, value in zip(names, clipped)}


def gradient_clipping_by_value(case):
    """optax.clip, which is symmetric; jnp.clip where low and high are stated."""
    g = case["g"]
    if case.has_number("limit"):
        clip = optax.clip(case.number("limit"))
        return {"clipped": compiled(lambda g: clip.update(g, clip.init(g))[0], g)}
    low, high = case.number("low"), case.number("high")
    return {"clipped": compiled(lambda g: jnp.clip(g, low, high), g)}


def gradient_norms(case):
    """optax.tree.norm of the gradients of a perceptron."""
    layer = case.choice("of", "weights", "layer") == "layer"
    outputs, gradients, layers = perceptron(case)
    norms = [optax.tree.norm([gradients[f"d{kind}{l}"] for kind in ("wb" if layer else "w")])
             for l in range(1, layers + 1)]
    return {"loss": outputs["loss"], "norm": jnp.stack(norms), "ratio": norms[0] / norms[-1]}


def hessian_vector_product(case):
    """jax.jvp of the loss is the slope; its gradient is the product with the Hessian."""
    weights, directions = ["w1", "b1", "w2", "b2"], ["v1", "c1", "v2", "c2"]
    inputs = inputs_of(case, ["x", "t", *weights, *directions])

    def slope(x, t, **moving):
        def loss(w1, b1, w2, b2):
            return optax.l2_loss(jnp.tanh(x @ w1 + b1) @ w2 + b2, t).sum() / x.shape[0]

        return jax.jvp(loss, [moving[name] for name in weights],
                       [moving[name] for name in directions])[1]

    value, gradients = differentiate(slope, inputs, [*weights, *directions], case.get("dslope"))
    return {"slope": value} | gradients


def in_place_update(case):
    """.at[].set leaves the old value where a gradient needs it."""
    function = {"tanh": jnp.tanh, "square": jnp.square}[case.choice("function", "tanh", "square")]
    factor, shift = case.number("factor"), case.number("shift", 0.0)

    def operation(x):
        h = function(x)
        return h.at[:].multiply(factor).at[:].add(shift)

    return with_gradients(case, operation, ["x"])


def log_sum_exp(case):
    if case.has_number("empty"):
        raise Declined("jax.nn.logsumexp of nothing is minus infinity")
    if "mask" not in case:
        return with_gradients(case, lambda x: jax.nn.logsumexp(x, axis=1), ["x"])
    return with_gradients(case, lambda x, mask: jax.nn.logsumexp(x, axis=1, where=mask != 0),
                          ["x", "mask"])


def power(case):
    return with_gradients(case, lambda x, p: jnp.power(x, p), ["x", "p"])


def product(case):
    return with_gradients(case, lambda x: jnp.prod(x, axis=1), ["x"])


def recurrent_growth(case):
    """jax.lax.scan over the steps. Gradients of all states are those of zeros added to them."""
    linear = case.choice("activation", "tanh", "linear") == "linear"
    activation = ACTIVATIONS["identity" if linear else "tanh"]
    if case.has_number("steps_back"):
        raise Declined("jax.lax.scan goes back to the start")
    inputs = inputs_of(case, ["h0", "x", "w"])
    inputs["shift"] = jnp.zeros_like(inputs["x"])

    def operation(h0, x, w, shift):
        def body(h, step):
            h = activation((h + step[1]) @ w + step[0])
            return h, None

        return jax.lax.scan(body, h0, (x, shift))[0]

    h, gradients = differentiate(operation, inputs, ["h0", "x", "w", "shift"], case["dh"])
    of_states = jnp.concatenate([case["dh"][None], gradients.pop("dshift")[::-1]])
    norm = jnp.linalg.norm(of_states.reshape(len(of_states), -1), axis=1)
    return {"h": h, "norm": norm} | gradients


def residual_block(case):
    activation = ACTIVATIONS[case.choice("activation", "tanh", "relu", "sigmoid")]
    order = case.choice("order", "plain", "post", "pre")
    scale = case.number("scale", 1.0)

    def operation(x, w1, b1, w2, b2):
        inner = activation(x) if order == "pre" else x
        y = x + scale * (activation(inner @ w1 + b1) @ w2 + b2)
        return activation(y) if order == "post" else y

    return with_gradients(case, operation, ["x", "w1", "b1", "w2", "b2"])


def sort(case):
    """jax.lax.top_k of all or some, or jnp.sort and jnp.argsort."""
    ascending = case.choice("order", "descending", "ascending") == "ascending"
    count = case["dy"].shape[1] if "dy" in case else case["x"].shape[1]

    def both(x):
        if ascending:
            return jnp.sort(x, axis=1)[:, :count], jnp.argsort(x, axis=1)[:, :count]
        return jax.lax.top_k(x, count)

    return with_gradients(case, lambda x: both(x)[0], ["x"]) | {
        "index": compiled(lambda x: both(x)[1], case["x"])}


def standard_deviation(case):
    if case.number("epsilon", 0.0) != 0:
        raise Declined("jnp.std has no epsilon")
    correction = case.number("correction", 1.0)
    return with_gradients(case, lambda x: jnp.std(x, axis=1, ddof=correction), ["x"])


def stop_gradient(case):
    detach = case.choice("detach", "none", "gate", "value", "input", "output")
    inputs = inputs_of(case, ["x", "u", "v"])
    stop = {name: jax.lax.stop_gradient if name == detach else lambda x: x
            for name in ("gate", "value", "input", "output")}

    def operation(x, u, v):
        x = stop["input"](x)
        a = stop["value"](jnp.tanh(x @ u))
        return stop["output"](a * stop["gate"](jax.nn.sigmoid(x @ v)))

    value, gradients = differentiate(operation, inputs, ["x", "u", "v"], case["dy"])
    return {"y": value} | {"gradient_" + name[1:]: g for name, g in gradients.items()}


def trace(case):
    offset = case.whole("offset", 0)
    return with_gradients(case, lambda x: jnp.trace(x, offset, axis1=1, axis2=2), ["x"])
