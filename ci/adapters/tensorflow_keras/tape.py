# SPDX-License-Identifier: MIT
"""Gradients by tf.GradientTape, named as in the cases: d<input> for every input that has one."""
import tensorflow as tf


def with_gradients(case, operation, needed, optional=(), output="y", upstream="dy", always=False):
    """The value of operation(**inputs) as `output` and, where the case has an upstream gradient,
    the gradient of every floating input. The operation is called with the inputs by name: all
    `needed` ones, and those of the `optional` ones that the case has. With `always` the upstream
    gradient is 1 where the case has none."""
    names = [*needed, *(name for name in optional if name in case)]
    inputs = {name: case[name] for name in names}
    floating = {name: x for name, x in inputs.items() if x.dtype.is_floating or x.dtype.is_complex}
    with tf.GradientTape() as tape:
        tape.watch(list(floating.values()))
        value = operation(**inputs)
    outputs = {output: value}
    if upstream in case or always:
        back_through(case, tape, value, floating, outputs, upstream)
    return outputs


def with_layer(case, layer, weights, call=None):
    """The same for a Keras layer of an input x. `weights` says which of its weights an input of the
    case is: {"gamma": "gamma"}; one that the case does not have stays as the layer made it."""
    x = case["x"]
    if not layer.built:
        layer.build(x.shape)
    variables = {name: getattr(layer, weight).value for name, weight in weights.items()}
    for name, variable in variables.items():
        if name in case:
            variable.assign(tf.reshape(case[name], variable.shape))
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = call(x) if call else layer(x)
    outputs = {"y": value}
    if "dy" in case:
        back_through(case, tape, value, {"x": x, **variables}, outputs, "dy")
        for name in variables:
            if name in case:
                outputs["d" + name] = tf.reshape(outputs["d" + name], case[name].shape)
    return outputs


def back_through(case, tape, value, sources, outputs, upstream):
    """Adds the gradients of the sources, by name, to the outputs."""
    gradients = tape.gradient(value, list(sources.values()),
                              case[upstream] if upstream in case else None,
                              unconnected_gradients=tf.UnconnectedGradients.ZERO)
    for name, gradient in zip(sources, gradients):
        outputs["d" + name] = tf.convert_to_tensor(gradient)
