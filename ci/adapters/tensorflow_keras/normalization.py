# SPDX-License-Identifier: MIT
"""Keras's normalization layers, and tf.nn's operations where Keras has none; formulas in
reference/normalization/."""
import keras
import tensorflow as tf
from keras import layers

from assay_adapter import Declined
from conventions import demand, demand_number, whole
from tape import back_through, with_gradients, with_layer

AFFINE = {"gamma": "gamma", "beta": "beta"}
# The means that Keras's preprocessing of images has, mode "caffe".
CAFFE = (103.939, 116.779, 123.68)


def _axis(case, default="channels_first"):
    other = {"channels_first": "channels_last", "channels_last": "channels_first"}[default]
    return 1 if case.choice("layout", default, other) == "channels_first" else -1


def batch_normalization(case):
    """Keras's momentum weighs the old statistics. Those of the batch alone are the running ones of
    a layer with momentum 0."""
    demand(case, "epsilon_place", "inside_root", "inside_root")
    demand(case, "average", "exponential", "exponential")
    case.choice("one_value", "refused", "variance_zero")
    training = case.choice("mode", "training", "inference") == "training"
    momentum = case.number("momentum", 0.1)
    if case.choice("momentum_weighs", "new", "old") == "new":
        momentum = 1 - momentum
    running = {"running_mean": "moving_mean", "running_variance": "moving_variance"}
    if training and "running_variance" in case:
        demand(case, "running_variance_kind", "unbiased", "biased")
    else:
        case.choice("running_variance_kind", "unbiased", "biased")
    axis, epsilon, x = _axis(case), case.number("epsilon", 1e-5), case["x"]

    def layer(momentum):
        made = layers.BatchNormalization(axis=axis, momentum=momentum, epsilon=epsilon)
        made.build(x.shape)
        for name, weight in running.items():
            if name in case:
                getattr(made, weight).assign(case[name])
        return made

    if not training:
        if "running_mean" not in case or "running_variance" not in case:
            raise Declined("the library always has running statistics")
        used = layer(momentum)
        outputs = with_layer(case, used, AFFINE, call=lambda x: used(x, training=False))
        return {**outputs, "running_mean_after": used.moving_mean,
                "running_variance_after": used.moving_variance}
    used, batch = layer(momentum), layer(0.0)
    outputs = with_layer(case, used, AFFINE, call=lambda x: used(x, training=True))
    batch(x, training=True)
    outputs.update(mean=batch.moving_mean, variance=batch.moving_variance)
    if "running_mean" in case:
        outputs.update(running_mean_after=used.moving_mean,
                       running_variance_after=used.moving_variance)
    return outputs


def batch_normalization_placement(case):
    before = (case.choice("placement", "before_activation", "after_activation")
              == "before_activation")
    if before and "b" in case:
        raise Declined("the composition has no bias before a normalization")
    x, w = case["x"], case["w"]
    dense = layers.Dense(w.shape[1], use_bias="b" in case)
    norm = layers.BatchNormalization(epsilon=case.number("epsilon", 1e-5))
    activation = layers.Activation(case.choice("activation", "relu", "tanh"))
    model = keras.Sequential([dense, norm, activation] if before else [dense, activation, norm])
    model.build(x.shape)
    sources = {"x": x}
    for name, weight in (("w", dense.kernel), ("b", dense.bias), ("gamma", norm.gamma),
                         ("beta", norm.beta)):
        if name in case:
            weight.assign(case[name])
        if weight is not None:
            sources[name] = weight.value
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x, training=True)
    outputs = {"y": y}
    if "dy" in case:
        back_through(case, tape, y, sources, outputs, "dy")
    return outputs


def channel_mean_subtraction(case):
    """keras.applications.imagenet_utils.preprocess_input, mode "caffe"."""
    demand(case, "channels", "reversed", "reversed")
    demand_number(case, "divisor", 1, 1)
    data_format = case.choice("layout", "channels_last", "channels_first")
    if "mean" in case or "deviation" in case:
        raise Declined("Keras has its own means")
    return with_gradients(
        case, lambda x: keras.applications.imagenet_utils.preprocess_input(
            x, data_format=data_format, mode="caffe"), ["x"])


def _groups(case, groups):
    demand(case, "epsilon_place", "inside_root", "inside_root")
    demand(case, "deviation", "population", "population")
    return with_layer(case, layers.GroupNormalization(
        groups=groups, axis=_axis(case), epsilon=case.number("epsilon", 1e-5)), AFFINE)


def group_normalization(case):
    demand(case, "group_channels", "contiguous", "contiguous")
    return _groups(case, whole(case, "groups"))


def instance_normalization(case):
    return _groups(case, -1)


def l2_normalization(case):
    epsilon = case.number("epsilon", 1e-12)
    if case.choice("guard", "larger_norm", "larger_square") == "larger_square":
        return with_gradients(case, lambda x: tf.nn.l2_normalize(x, axis=1, epsilon=epsilon), ["x"])
    return with_gradients(case, lambda x: keras.ops.normalize(x, axis=1, epsilon=epsilon), ["x"])


def layer_normalization(case):
    demand(case, "epsilon_place", "inside_root", "inside_root")
    demand(case, "deviation", "population", "population")
    return with_layer(case, layers.LayerNormalization(epsilon=case.number("epsilon", 1e-5)), AFFINE)


def local_response_normalization(case):
    """tf.nn has it for 32 bits and less, channels last, of four axes."""
    if keras.config.floatx() == "float64":
        raise Declined("TensorFlow has no kernel for binary64")
    size, alpha = whole(case, "size", 5), case.number("alpha", 1e-4)
    if size % 2 == 0:
        raise Declined("a window of even size is not offered by the library")
    case.choice("window_side", "before", "after")
    if case.choice("share", "divided", "whole") == "divided":
        alpha /= size
    settings = {"depth_radius": size // 2, "bias": case.number("k", 1), "alpha": alpha,
                "beta": case.number("beta", 0.75)}
    rank, first = case.array("x").ndim, _axis(case) == 1

    def normalize(x):
        if rank == 2:
            return tf.nn.local_response_normalization(x[:, None, None], **settings)[:, 0, 0]
        if not first:
            return tf.nn.local_response_normalization(x, **settings)
        last = tf.transpose(x, [0, 2, 3, 1])
        return tf.transpose(tf.nn.local_response_normalization(last, **settings), [0, 3, 1, 2])

    return with_gradients(case, normalize, ["x"])


def masked_normalization(case):
    demand(case, "masked", "normalized", "normalized")
    mask = tf.cast(case["mask"], tf.bool)
    layer = layers.BatchNormalization(momentum=0.0, epsilon=case.number("epsilon", 1e-3))
    outputs = with_layer(case, layer, AFFINE, call=lambda x: layer(x, training=True, mask=mask))
    return {**outputs, "mean": layer.moving_mean, "variance": layer.moving_variance}


def rms_normalization(case):
    demand(case, "epsilon_place", "inside_root", "inside_root")
    if "w" in case:
        demand(case, "weight", "plain", "plain")
    else:
        case.choice("weight", "plain", "one_plus")
    return with_layer(case, layers.RMSNormalization(epsilon=case.number("epsilon", 1e-5)),
                      {"w": "scale"} if "w" in case else {})


def standardization(case):
    """keras.layers.Normalization, adapted to x."""
    demand(case, "deviation", "population", "population")
    layer, x = layers.Normalization(axis=-1), case["x"]
    layer.adapt(x)
    outputs = {"mean": tf.reshape(layer.mean, [-1]), "z": layer(x),
               "standard_deviation": tf.sqrt(tf.reshape(layer.variance, [-1]))}
    if "x_new" in case:
        outputs["z_new"] = layer(case["x_new"])
    return outputs
