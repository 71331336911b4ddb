# SPDX-License-Identifier: MIT
"""TensorFlow's elementary operations and their gradients; formulas in reference/gradients/."""
import keras
import tensorflow as tf
from keras import layers

from assay_adapter import Declined
from conventions import demand, demand_number, whole
from tape import back_through, with_gradients


def argmax(case):
    """TensorFlow promises nothing about ties in argmax; its maximum shares the gradient."""
    axis = 1 if case.choice("axis", "features", "samples") == "features" else 0
    largest = case.choice("extremum", "largest", "smallest") == "largest"
    case.choice("ties", "first")
    outputs = with_gradients(
        case, lambda x: (tf.reduce_max if largest else tf.reduce_min)(x, axis=axis), ["x"])
    outputs["index"] = (tf.argmax if largest else tf.argmin)(case["x"], axis=axis)
    return outputs


def broadcast_addition(case):
    return with_gradients(case, lambda a, b: tf.add(a, b), ["a", "b"])


def complex_product(case):
    a, b, dy = (case[name] for name in ("a", "b", "dy"))

    def number(pair):
        return tf.complex(pair[..., 0], pair[..., 1])

    def pair(number):
        return tf.stack([tf.math.real(number), tf.math.imag(number)], axis=-1)

    if a.shape[-1] != 2 or b.shape[-1] != 2:
        raise Declined("TensorFlow's complex numbers have two parts")
    if a.dtype not in (tf.float32, tf.float64):
        raise Declined("TensorFlow's complex numbers have parts of 32 or 64 bits")
    sources = [number(a), number(b)]
    with tf.GradientTape() as tape:
        tape.watch(sources)
        y = tf.multiply(*sources)
    da, db = tape.gradient(y, sources, number(dy))
    return {"y": pair(y), "da": pair(da), "db": pair(db)}


def concatenation(case):
    without = {"none": None, "first": "dx1", "second": "dx2", "third": "dx3"}
    absent = without[case.choice("without", *without)]
    outputs = with_gradients(case, lambda x1, x2, x3: tf.concat([x1, x2, x3], axis=1),
                             ["x1", "x2", "x3"])
    return {name: value for name, value in outputs.items() if name != absent}


def cross_product(case):
    return with_gradients(case, lambda a, b: tf.linalg.cross(a, b), ["a", "b"])


def cumulative_product(case):
    exclusive = case.choice("exclusive", "no", "yes") == "yes"
    reverse = case.choice("reverse", "no", "yes") == "yes"
    return with_gradients(
        case, lambda x: tf.math.cumprod(x, axis=1, exclusive=exclusive, reverse=reverse), ["x"])


def embedding_lookup(case):
    demand(case, "frequency", "ignored", "ignored")
    if case.has_number("padding"):
        raise Declined("TensorFlow has no padding row without a gradient")
    index = case["index"]
    outputs = with_gradients(case, lambda w: tf.nn.embedding_lookup(w, index), ["w"])
    outputs["gradient_w"] = outputs.pop("dw")
    return outputs


def euclidean_norm(case):
    demand_number(case, "epsilon", 0, 0)
    return with_gradients(case, lambda x: tf.norm(x, axis=1), ["x"])


def gather_scatter(case):
    operation = case.choice("operation", "gather", "add", "largest", "mean", "set")
    index = case["index"]
    columns = tf.broadcast_to(tf.range(index.shape[1], dtype=tf.int64), index.shape)
    places = tf.stack([index, columns], axis=-1)
    if operation == "gather":
        return with_gradients(case, lambda x: tf.gather_nd(x, places), ["x"])
    demand_number(case, "self", 0, 1 if operation == "largest" else 0)
    scatter = {"add": tf.tensor_scatter_nd_add, "largest": tf.tensor_scatter_nd_max,
               "set": tf.tensor_scatter_nd_update}
    if operation not in scatter:
        raise Declined(f"operation = {operation} is not offered by the library")
    return with_gradients(case, lambda start, x: scatter[operation](start, places, x),
                          ["start", "x"])


def gradient_clipping_by_norm(case):
    """tf.clip_by_global_norm, and tf.clip_by_norm for each tensor."""
    demand(case, "norm", "two", "two")
    demand_number(case, "epsilon", 0, 0)
    limit = case.number("limit")
    gradients = [case[f"g{k}"] for k in range(1, 9) if f"g{k}" in case]
    if case.choice("scope", "global", "tensor") == "global":
        clipped, norm = tf.clip_by_global_norm(gradients, tf.constant(limit, gradients[0].dtype))
        norm = tf.reshape(norm, [1])
    else:
        clipped = [tf.clip_by_norm(g, limit) for g in gradients]
        norm = tf.stack([tf.norm(g) for g in gradients])
    return {"norm": norm, **{f"clipped{k}": c for k, c in enumerate(clipped, start=1)}}


def gradient_clipping_by_value(case):
    if case.has_number("limit"):
        low, high = -case.number("limit"), case.number("limit")
    else:
        low, high = case.number("low"), case.number("high")
    return {"clipped": tf.clip_by_value(case["g"], low, high)}


def guarded_division(case):
    demand_number(case, "guard", 0, 0)
    demand_number(case, "fill", 0, 0)
    return with_gradients(case, lambda a, b: tf.math.divide_no_nan(a, b), ["a", "b"])


def hessian_vector_product(case):
    """A gradient of a gradient: the slope of the loss along v is differentiated once more."""
    w = {name: case[name] for name in ("w1", "b1", "w2", "b2")}
    v = {name: case[name] for name in ("v1", "c1", "v2", "c2")}
    x, t = case["x"], case["t"]
    with tf.GradientTape() as outer:
        outer.watch([*w.values(), *v.values()])
        with tf.GradientTape() as inner:
            inner.watch(list(w.values()))
            hidden = tf.tanh(tf.matmul(x, w["w1"]) + w["b1"])
            error = tf.matmul(hidden, w["w2"]) + w["b2"] - t
            loss = tf.nn.l2_loss(error) / len(x)
        gradient = inner.gradient(loss, list(w.values()))
        slope = tf.add_n([tf.reduce_sum(g * along) for g, along in zip(gradient, v.values())])
    outputs = {"slope": slope}
    back_through(case, outer, slope, {**w, **v}, outputs, "dslope")
    return outputs


def log_sum_exp(case):
    """Where the mask admits everything."""
    if not case.array("mask").all():
        raise Declined("tf.reduce_logsumexp has no mask")
    case.number("empty", 0)
    return with_gradients(case, lambda x: tf.reduce_logsumexp(x, axis=1), ["x"])


def pairwise_distance(case):
    demand_number(case, "epsilon", 0, 0)
    demand_number(case, "p", 2, 2)
    return with_gradients(case, lambda x1, x2: keras.ops.cdist(x1, x2), ["x1", "x2"])


def power(case):
    return with_gradients(case, lambda x, p: tf.pow(x, p), ["x", "p"])


def product(case):
    return with_gradients(case, lambda x: tf.reduce_prod(x, axis=1), ["x"])


def residual_block(case):
    """Dense layers of Keras, added to what went in."""
    demand_number(case, "scale", 1, 1)
    order = case.choice("order", "plain", "post", "pre")
    activation = layers.Activation(case.choice("activation", "tanh", "relu", "sigmoid"))
    x, sources = case["x"], {}
    first, second = layers.Dense(case.array("b1").size), layers.Dense(case.array("b2").size)
    for k, (layer, width) in enumerate(((first, x.shape[1]), (second, case.array("b1").size)), 1):
        layer.build((None, width))
        layer.kernel.assign(case[f"w{k}"])
        layer.bias.assign(case[f"b{k}"])
        sources.update({f"w{k}": layer.kernel.value, f"b{k}": layer.bias.value})
    with tf.GradientTape() as tape:
        tape.watch(x)
        inside = activation(x) if order == "pre" else x
        y = layers.add([x, second(activation(first(inside)))])
        y = activation(y) if order == "post" else y
    outputs = {"y": y}
    back_through(case, tape, y, {"x": x, **sources}, outputs, "dy")
    return outputs


def sort(case):
    """tf.math.top_k; of equal values the smaller index comes first."""
    demand(case, "order", "descending", "descending")
    k = case.array("dy").shape[1]
    outputs = with_gradients(case, lambda x: tf.math.top_k(x, k).values, ["x"])
    outputs["index"] = tf.math.top_k(case["x"], k).indices
    return outputs


def standard_deviation(case):
    demand_number(case, "correction", 1, 0)
    demand_number(case, "epsilon", 0, 0)
    return with_gradients(case, lambda x: tf.math.reduce_std(x, axis=1), ["x"])


def stop_gradient(case):
    detach = case.choice("detach", "none", "gate", "value", "input", "output")
    sources = {name: case[name] for name in ("x", "u", "v")}

    def maybe(name, value):
        return tf.stop_gradient(value) if detach == name else value

    with tf.GradientTape() as tape:
        tape.watch(list(sources.values()))
        x = maybe("input", sources["x"])
        value = maybe("value", tf.tanh(tf.matmul(x, sources["u"])))
        gate = maybe("gate", tf.sigmoid(tf.matmul(x, sources["v"])))
        y = maybe("output", value * gate)
    outputs = {}
    back_through(case, tape, y, sources, outputs, "dy")
    return {"y": y, **{"gradient_" + name[1:]: value for name, value in outputs.items()}}


def trace(case):
    offset = whole(case, "offset", 0)
    return with_gradients(case, lambda x: keras.ops.trace(x, offset, axis1=1, axis2=2), ["x"])
