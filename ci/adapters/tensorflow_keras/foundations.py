# SPDX-License-Identifier: MIT
"""keras.layers.Dense and networks of it, one-hot encoding and counts of parameters; formulas in
reference/foundations/."""
import keras
import tensorflow as tf
from keras import layers, losses

from assay_adapter import Declined
from conventions import demand, whole
from tape import back_through, with_layer

LOSSES = {
    "cross_entropy": lambda: losses.SparseCategoricalCrossentropy(from_logits=True),
    "mean_squared_error": losses.MeanSquaredError,
    "binary_cross_entropy": lambda: losses.BinaryCrossentropy(from_logits=True)}


def dense_layer(case):
    return with_layer(case, layers.Dense(case.array("w").shape[1]), {"w": "kernel", "b": "bias"})


def _perceptron(case):
    """The layers of the inputs w1, b1, w2, ..., with the activation between them."""
    activation = case.choice("activation", "relu", "tanh", "sigmoid")
    numbers = [k for k in range(1, 9) if f"w{k}" in case]
    made, sources = [], {}
    for k in numbers:
        shape = case.array(f"w{k}").shape
        layer = layers.Dense(shape[1], activation=activation if k < len(numbers) else None)
        layer.build((None, shape[0]))
        layer.kernel.assign(case[f"w{k}"])
        layer.bias.assign(case[f"b{k}"])
        made.append(layer)
        sources.update({f"w{k}": layer.kernel.value, f"b{k}": layer.bias.value})
    return keras.Sequential(made), sources


def multilayer_perceptron(case):
    network, sources = _perceptron(case)
    x = case["x"]
    name = case.choice("loss", *LOSSES)
    target = case["labels"] if name == "cross_entropy" else case["targets"]
    if name == "binary_cross_entropy" and target.shape[1] > 1:
        target = target[..., tf.newaxis]
    with tf.GradientTape() as tape:
        tape.watch(x)
        output = network(x)
        loss = LOSSES[name]()(target, output[..., tf.newaxis] if target.shape.rank == 3 else output)
    outputs = {"output": output, "loss": loss}
    back_through(case, tape, loss, {"x": x, **sources}, outputs, "dloss")
    return outputs


def one_hot_encoding(case):
    """tf.one_hot: labels outside give a row of off."""
    demand(case, "outside", "refuse", "off")
    if case.has_number("ignored"):
        raise Declined("an ignored label that is a class is not offered by the library")
    if "rows" in case:
        raise Declined("no value for blank rows is offered by the library")
    case.number("blank", -1)
    case.choice("ties", "first", "last")
    labels = case["labels"]
    classes = whole(case, "classes", int(tf.reduce_max(labels)) + 1)
    counted = tf.boolean_mask(labels, (labels >= 0) & (labels < classes))
    return {"encoded": tf.one_hot(labels, classes, on_value=case.number("on", 1),
                                  off_value=case.number("off", 0), dtype=keras.config.floatx()),
            "counts": tf.math.bincount(tf.cast(counted, tf.int32), minlength=classes)}


def parameter_count(case):
    """Counts of a model that was built for the input's shape."""
    demand(case, "recurrent_bias", "one", "one")
    two = case.choice("gru_bias", "one", "two") == "two"
    shape = tuple(int(side) for side in case.array("input_shape"))
    recurrent = any(row[0] in (7, 8, 9) for row in case.array("layers"))
    if recurrent and shape[0] != 1:
        raise Declined("Keras's recurrent layers take sequences")
    # A sequence of T steps is (1,T,C) here and (T,C) in Keras.
    sequence = recurrent
    inputs = keras.Input(shape[1:] if sequence else shape)
    value, outputs = inputs, {"shape": [], "parameters": [], "trained": []}
    for kind, units, kernel, stride, same, bias in case.array("layers"):
        layer = _layer(kind, int(units), int(kernel), int(stride), bool(same), bool(bias), two)
        value = layer(value)
        outputs["shape"].append(([1, 1] + list(value.shape[1:]))[-3:])
        outputs["parameters"].append(layer.count_params())
        outputs["trained"].append(sum(int(tf.size(w.value)) for w in layer.trainable_weights))
    return {**outputs, "total": sum(outputs["parameters"]),
            "total_trained": sum(outputs["trained"])}


def _layer(kind, units, kernel, stride, same, bias, two):
    space = {"strides": stride, "padding": "same" if same else "valid"}
    return [
        lambda: layers.Dense(units, use_bias=bias),
        lambda: layers.Conv2D(units, kernel, use_bias=bias, **space),
        lambda: layers.Conv2DTranspose(units, kernel, use_bias=bias, **space),
        lambda: layers.MaxPooling2D(kernel, **space),
        layers.Flatten,
        lambda: layers.Activation("relu"),
        layers.BatchNormalization,
        lambda: layers.SimpleRNN(units, use_bias=bias),
        lambda: layers.LSTM(units, use_bias=bias),
        lambda: layers.GRU(units, use_bias=bias, reset_after=two),
        lambda: layers.SeparableConv2D(units, kernel, use_bias=bias, **space),
    ][int(kind)]()
