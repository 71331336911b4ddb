# SPDX-License-Identifier: MIT
"""keras.regularizers, constraints, dropout layers and the callback that stops early; formulas in
reference/regularization/. Keras draws by itself: what was kept is read from the same layer, made
again with the same seed, on ones."""
import keras
import tensorflow as tf
from keras import layers, regularizers

from conventions import demand, demand_number, draws_itself, fuzz, whole
from tape import with_gradients

SEED = 7


def _penalty(case, regularizer, of=("w",), output="penalty"):
    return with_gradients(case, lambda **xs: tf.add_n([regularizer(x) for x in xs.values()]), of,
                          output=output, upstream="dpenalty", always=True)


def _rate(case):
    """Keras's rate from the number p."""
    case.choice("threshold", "below_rate", "below_keep")
    p = case.number("p")
    return 1 - p if case.choice("argument", "rate", "keep") == "keep" else p


def activity_penalty(case):
    case.choice("at_zero", "zero")
    demand(case, "divided", "batch", "batch")
    layer = layers.ActivityRegularization(case.number("l1", 0), case.number("l2", 0))

    def penalty(a):
        layer(a)
        return tf.add_n(layer.losses)

    return with_gradients(case, penalty, ["a"], output="penalty", upstream="dpenalty", always=True)


def alpha_dropout(case):
    draws_itself(case, "u")
    demand(case, "scope", "element", "element")
    x, rate = case["x"], _rate(case)
    y = layers.AlphaDropout(rate, seed=SEED)(x, training=True)
    ones = tf.ones_like(x)
    kept = tf.cast(layers.AlphaDropout(rate, seed=SEED)(ones, training=True) > 0, x.dtype)
    return {"y": y, "kept": kept}


def dropout(case):
    draws_itself(case, "u")
    demand(case, "scaling", "inverted", "inverted")
    x, rate = case["x"], _rate(case)
    layer = layers.Dropout(rate, seed=SEED)
    ones = layers.Dropout(rate, seed=SEED)(tf.ones_like(x), training=True)
    return {"y": layer(x, training=True), "y_inference": layer(x, training=False),
            "kept": tf.cast(ones != 0, x.dtype)}


def early_stopping(case):
    """The callback of a model whose weights are those of the case."""
    demand(case, "stop_when", "reached", "reached")
    restore = demand(case, "restore", "yes", "yes", "no") == "yes"
    weights = case["weights"]
    model = keras.Sequential([layers.Dense(1, use_bias=False)])
    model.build((None, weights.shape[1]))
    settings = {"baseline": float(case.array("baseline"))} if "baseline" in case else {}
    callback = keras.callbacks.EarlyStopping(
        monitor="validation", mode=case.choice("mode", "min", "max"),
        patience=whole(case, "patience", 0), min_delta=case.number("min_delta", 0),
        restore_best_weights=restore, start_from_epoch=whole(case, "start_epoch", 0), **settings)
    callback.set_model(model)
    callback.on_train_begin()
    model.stop_training = False
    values = case.array("validation")
    improved, wait, before = [0] * len(values), [0] * len(values), None
    last = len(values) - 1
    for epoch, value in enumerate(values):
        model.set_weights([tf.reshape(weights[epoch], [-1, 1])])
        before = callback.best
        callback.on_epoch_end(epoch, {"validation": float(value)})
        improved[epoch] = int(callback.best != before)
        wait[epoch] = callback.wait
        if model.stop_training:
            last = epoch
            break
    callback.on_train_end()
    best = callback.best if callback.best is not None else settings.get("baseline")
    found = any(improved)
    return {"stop_epoch": last, "stopped": int(model.stop_training), "wait": wait, "best": best,
            "best_epoch": callback.best_epoch if found else -1, "improved": improved,
            "restored": model.get_weights()[0][:, 0]}


def elastic_net(case):
    demand(case, "form", "separate", "separate")
    return _penalty(case, regularizers.L1L2(case.number("l1"), case.number("l2")))


def gaussian_noise(case):
    draws_itself(case, "noise")
    x = case["x"]
    if case.choice("form", "add", "multiply") == "add":
        layer = layers.GaussianNoise(case.number("deviation"), seed=SEED)
    else:
        layer = layers.GaussianDropout(case.number("p"), seed=SEED)
    return {"y": layer(x, training=True), "y_inference": layer(x, training=False)}


def l1_penalty(case):
    demand_number(case, "slope_at_zero", 0, 0)
    return _penalty(case, regularizers.L1(case.number("lambda") / case.number("samples", 1)))


def l2_penalty(case):
    demand(case, "half", "no", "no")
    regularizer = regularizers.L2(case.number("lambda") / case.number("samples", 1))
    included = case.choice("biases", "excluded", "included") == "included"
    outputs = _penalty(case, regularizer, ["w", "b"] if included else ["w"])
    if not included and "b" in case:
        outputs["db"] = tf.zeros_like(case["b"])
    return outputs


def max_norm_constraint(case):
    demand(case, "form", "clip", "rescale")
    axis = 0 if case.choice("unit", "column", "row") == "column" else 1
    w = case["w"]
    with fuzz(case.number("epsilon", 0)):
        after = keras.constraints.MaxNorm(case.number("limit"), axis=axis)(w)
    return {"w_after": after, "norm": keras.ops.norm(w, axis=axis)}


def proximal_l1(case):
    demand(case, "acceleration", "none", "none")
    demand(case, "nonnegative", "no", "no")
    w = tf.Variable(case["w"])
    l1, l2 = (tf.constant(case.number(name, 0), w.dtype) for name in ("lambda", "l2"))
    after = []
    for gradient, rate in zip(case["g"], case["rate"]):
        tf.raw_ops.ResourceApplyProximalGradientDescent(
            var=w.handle, alpha=rate, l1=l1, l2=l2, delta=gradient)
        after.append(tf.identity(w))
    after = tf.stack(after)
    return {"w_after": after, "z_after": after,
            "zeros": tf.math.count_nonzero(after == 0, axis=1)}


def spatial_dropout(case):
    kept_shape = draws_itself(case, "u")
    x, rate = case["x"], _rate(case)
    order = case.choice("channels", "first", "last")
    data_format = f"channels_{order}"

    def layer():
        return layers.SpatialDropout2D(rate, seed=SEED, data_format=data_format)

    y, ones = layer()(x, training=True), layer()(tf.ones_like(x), training=True)
    kept = ones[:, :, 0, 0] if order == "first" else ones[:, 0, 0, :]
    assert tuple(kept.shape) == tuple(kept_shape)
    return {"y": y, "kept": tf.cast(kept != 0, x.dtype)}
