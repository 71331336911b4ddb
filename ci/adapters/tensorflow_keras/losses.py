# SPDX-License-Identifier: MIT
"""keras.losses, and tf.nn's losses where Keras has no argument for what is asked; formulas in
reference/losses/.

Keras averages over the last axis. A last axis of 1 is added where every element is a loss of its
own, so that its reductions see all of them.
"""
import keras
import tensorflow as tf
from keras import losses

from assay_adapter import Declined
from conventions import demand, demand_number, fuzz
from tape import back_through, with_gradients

REDUCTIONS = {"mean": "sum_over_batch_size", "sum": "sum", "none": None, "mean_of_sums": None}


class _Elementwise(losses.Loss):
    """A loss of TensorFlow's, with Keras's reductions."""

    def __init__(self, function, reduction):
        super().__init__(reduction=reduction)
        self.function = function

    def call(self, t, y):
        return self.function(t, y)[..., 0]


def _target(case, name):
    return tf.cast(case[name], keras.config.floatx())


def _reduced(case, kind, y, t, per_sample=False, **settings):
    """Keras's loss of this kind, reduced as the case asks."""
    reduction = case.choice("reduction", *REDUCTIONS)
    keras_reduction = REDUCTIONS[reduction]
    weight = case.get("sample_weight")
    by_weight = case.choice("normalizer", "count", "weights") == "weights" and weight is not None
    if by_weight and reduction == "mean":
        keras_reduction = "mean_with_sample_weight"
    divisor = tf.reduce_sum(weight) if by_weight else len(y)
    if not per_sample:
        if weight is not None:
            weight = tf.broadcast_to(weight[:, tf.newaxis], y.shape)
        y, t = y[..., tf.newaxis], t[..., tf.newaxis]
    value = kind(reduction=keras_reduction, **settings)(t, y, sample_weight=weight)
    return tf.reduce_sum(value) / divisor if reduction == "mean_of_sums" else value


def _loss(case, kind, output="y", target="t", epsilon=None, **settings):
    t = _target(case, target)
    with fuzz(keras.config.epsilon() if epsilon is None else epsilon):
        return with_gradients(
            case, lambda **inputs: _reduced(case, kind, inputs[output], t, **settings),
            [output], output="loss", upstream="dloss", always=True)


def adversarial_loss(case):
    """The sum of two binary cross-entropies with targets of their own."""
    smoothing = case.number("smoothing", 0)
    reduction = REDUCTIONS[case.choice("reduction", "mean", "sum")]
    cross_entropy = losses.BinaryCrossentropy(from_logits=True, reduction=reduction)
    player = case.choice("player", "discriminator", "generator")

    def loss_of(logits, target):
        logits = logits[..., tf.newaxis]
        return cross_entropy(tf.fill(logits.shape, tf.constant(target, logits.dtype)), logits)

    if player == "generator":
        minimax = case.choice("goal", "non_saturating", "minimax") == "minimax"
        case.choice("sides", "one", "two")
        case.choice("combine", "sum", "half")
        return with_gradients(
            case, lambda fake: -loss_of(fake, 0) if minimax else loss_of(fake, 1),
            ["fake"], output="loss", upstream="dloss", always=True)
    demand(case, "combine", "sum", "sum")
    case.choice("goal", "non_saturating", "minimax")
    real, fake = case["real"], case["fake"]
    low = smoothing if case.choice("sides", "one", "two") == "two" else 0
    with tf.GradientTape() as tape:
        tape.watch([real, fake])
        real_loss, fake_loss = loss_of(real, 1 - smoothing), loss_of(fake, low)
        loss = real_loss + fake_loss
    outputs = {"loss": loss, "real_loss": real_loss, "fake_loss": fake_loss}
    back_through(case, tape, loss, {"real": real, "fake": fake}, outputs, "dloss")
    return outputs


def binary_cross_entropy(case):
    if case.choice("form", "logits", "probabilities") == "probabilities":
        demand(case, "clip", "none", "probability")
        return _loss(case, losses.BinaryCrossentropy, epsilon=case.number("epsilon", 1e-7))
    if "pos_weight" not in case:
        return _loss(case, losses.BinaryCrossentropy, output="z", from_logits=True)
    weight = case["pos_weight"][:, tf.newaxis]
    return _loss(case, _Elementwise, output="z", function=lambda t, z:
                 tf.nn.weighted_cross_entropy_with_logits(t, z, weight))


def cosine_similarity(case):
    demand(case, "form", "one_minus", "negative")
    case.choice("epsilon_place", "each")
    epsilon = case.number("epsilon", 1e-8)
    with fuzz(epsilon):
        return with_gradients(
            case, lambda a, b: _reduced(case, losses.CosineSimilarity, a, b, per_sample=True),
            ["a", "b"], output="loss", upstream="dloss", always=True)


def cross_entropy(case):
    labels, smoothing = case["labels"], case.number("label_smoothing", 0)
    demand(case, "smoothing", "all_classes", "all_classes")
    reduction = case.choice("reduction", "mean", "sum", "none")
    by_weight = case.choice("normalizer", "weights", "samples") == "weights"
    weight = None
    if "class_weight" in case:
        weight = tf.gather(case["class_weight"], tf.maximum(labels, 0))
    if smoothing and weight is not None:
        raise Declined("Keras weighs samples by their class, not the classes of a smoothed target")
    settings = {"from_logits": True, "reduction": REDUCTIONS[reduction]}
    if by_weight and reduction == "mean" and weight is not None:
        settings["reduction"] = "mean_with_sample_weight"
    if not smoothing:
        kind = losses.SparseCategoricalCrossentropy(ignore_class=-1, **settings)
        target = labels
    elif tf.reduce_any(labels < 0):
        raise Declined("Keras ignores no class when targets are smoothed")
    else:
        kind = losses.CategoricalCrossentropy(label_smoothing=smoothing, **settings)
        target = keras.ops.one_hot(labels, case.array("z").shape[1])
    return with_gradients(case, lambda z: kind(target, z, sample_weight=weight), ["z"],
                          output="loss", upstream="dloss", always=True)


def dice_loss(case):
    demand(case, "smooth_place", "denominator", "denominator")
    demand(case, "power", "one", "one")
    reduction = REDUCTIONS[case.choice("reduction", "mean", "sum")]
    axis = 1 if case.choice("over", "samples", "batch") == "samples" else None
    if case.choice("form", "dice", "tversky") == "dice":
        kind = losses.Dice(reduction=reduction, axis=axis)
    else:
        kind = losses.Tversky(alpha=case.number("alpha", 0.5), beta=case.number("beta", 0.5),
                              reduction=reduction, axis=axis)
    t = case["t"]
    with fuzz(case.number("smooth", 1e-7)):
        return with_gradients(case, lambda y: kind(t, y), ["y"], output="loss", upstream="dloss",
                              always=True)


def focal_loss(case):
    settings = {"gamma": case.number("gamma", 2), "from_logits": True}
    if case.choice("balance", "none", "alpha") == "alpha":
        settings.update(apply_class_balancing=True, alpha=case.number("alpha", 0.25))
    return _loss(case, losses.BinaryFocalCrossentropy, output="z", **settings)


def hinge(case):
    """Keras tells by itself whether labels are signs, or zeros and ones."""
    demand_number(case, "margin", 1, 1)
    case.choice("labels", "signs", "zero_one")
    squared = case.choice("squared", "no", "yes") == "yes"
    return _loss(case, losses.SquaredHinge if squared else losses.Hinge)


def huber(case):
    demand(case, "form", "huber", "huber")
    return _loss(case, losses.Huber, delta=case.number("delta", 1))


def kullback_leibler_divergence(case):
    demand(case, "input", "logarithms", "probabilities")
    demand(case, "target", "probabilities", "probabilities")
    demand(case, "clip", "no", "yes")
    return _loss(case, losses.KLDivergence, epsilon=case.number("epsilon", 1e-7))


def log_cosh(case):
    return _loss(case, losses.LogCosh)


def mean_absolute_error(case):
    return _loss(case, losses.MeanAbsoluteError)


def mean_absolute_percentage_error(case):
    demand(case, "percent", "yes", "yes")
    demand(case, "epsilon_place", "larger", "larger")
    return _loss(case, losses.MeanAbsolutePercentageError, epsilon=case.number("epsilon", 1e-7))


def mean_squared_error(case):
    if case.choice("half", "no", "yes") == "no":
        return _loss(case, losses.MeanSquaredError)
    demand(case, "reduction", "mean", "sum")
    t = case["t"]
    return with_gradients(case, lambda y: tf.nn.l2_loss(y - t), ["y"], output="loss",
                          upstream="dloss", always=True)


def mean_squared_logarithmic_error(case):
    demand(case, "clip", "no", "yes")
    return _loss(case, losses.MeanSquaredLogarithmicError, epsilon=case.number("epsilon", 1e-7))


def multi_margin(case):
    demand(case, "over", "sum", "largest")
    demand(case, "divisor", "classes", "none")
    demand(case, "power", "one", "one")
    demand_number(case, "margin", 1, 1)
    target = keras.ops.one_hot(case["labels"], case.array("y").shape[1])
    return with_gradients(
        case, lambda y: _reduced(case, losses.CategoricalHinge, y, target, per_sample=True),
        ["y"], output="loss", upstream="dloss", always=True)


def poisson_negative_log_likelihood(case):
    full = case.choice("full", "no", "yes") == "yes"
    if case.choice("input", "logarithms", "rates") == "logarithms":
        return _loss(case, _Elementwise, function=lambda t, y:
                     tf.nn.log_poisson_loss(t, y, compute_full_loss=full))
    if full:
        raise Declined("Keras's Poisson loss has no term for the factorial")
    return _loss(case, losses.Poisson, epsilon=case.number("epsilon", 1e-8))
