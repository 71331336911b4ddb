# SPDX-License-Identifier: MIT
"""keras.optimizers.schedules, called with one step after the other, and the callback that watches a
metric; formulas in reference/schedules/. Rates are given as Python floats, as documented."""
import keras
import tensorflow as tf
from keras.optimizers import schedules

from conventions import demand, demand_number, whole


def _rates(case, schedule):
    """The schedule at the times of the case's steps."""
    first, epoch = whole(case, "first", 0), whole(case, "steps_per_epoch", 1)
    counted = 1 if case.choice("counted_from", "zero", "one") == "one" else 0
    times = [(first + t) // epoch + counted for t in range(whole(case, "steps"))]
    return {"rate": tf.stack([schedule(tf.constant(time, tf.int64)) for time in times])}


def cosine_annealing(case):
    rate, period = case.number("rate"), whole(case, "period")
    alpha = case.number("minimum", 0) / rate
    if case.choice("after", "restart", "stay") == "stay":
        case.number("multiplier", 1)
        return _rates(case, schedules.CosineDecay(rate, period, alpha=alpha))
    return _rates(case, schedules.CosineDecayRestarts(
        rate, period, t_mul=case.number("multiplier", 1), m_mul=1.0, alpha=alpha))


def exponential_decay(case):
    demand(case, "form", "exponential", "power")
    demand_number(case, "begin", 0, 0)
    demand_number(case, "minimum", 0, 0)
    staircase = case.choice("staircase", "no", "yes") == "yes"
    return _rates(case, schedules.ExponentialDecay(
        case.number("rate"), whole(case, "decay_steps", 1), case.number("decay"),
        staircase=staircase))


def inverse_time_decay(case):
    demand(case, "form", "inverse", "inverse")
    demand_number(case, "minimum", 0, 0)
    staircase = case.choice("staircase", "no", "yes") == "yes"
    return _rates(case, schedules.InverseTimeDecay(
        case.number("rate"), whole(case, "decay_steps", 1), case.number("decay"),
        staircase=staircase))


def linear_warmup(case):
    """The warm-up of Keras's cosine decay, whose cosine with alpha = 1 goes nowhere."""
    demand(case, "after", "constant", "constant")
    start = demand(case, "first_rate", "zero", "zero", "start_rate") == "start_rate"
    return _rates(case, schedules.CosineDecay(
        case.number("start") if start else 0.0, 1, alpha=1.0, warmup_target=case.number("rate"),
        warmup_steps=whole(case, "warmup")))


def piecewise_constant(case):
    demand(case, "form", "rates", "rates")
    demand(case, "boundary", "at", "after")
    boundaries = [int(b) for b in case.array("boundaries")]
    return _rates(case, schedules.PiecewiseConstantDecay(boundaries,
                                                         [float(r) for r in case.array("rates")]))


def polynomial_decay(case):
    cycle = case.choice("after", "stay", "cycle") == "cycle"
    return _rates(case, schedules.PolynomialDecay(
        case.number("rate"), whole(case, "decay_steps"), case.number("minimum", 0),
        power=case.number("power", 1), cycle=cycle))


def reduce_on_plateau(case):
    demand(case, "threshold", "absolute", "absolute")
    demand(case, "patience_is", "reached", "reached")
    demand(case, "cooldown_end", "counted", "counted")
    during = case.choice("recorded", "after", "during") == "during"
    callback = keras.callbacks.ReduceLROnPlateau(
        monitor="metric", mode=case.choice("mode", "min", "max"), factor=case.number("factor"),
        patience=whole(case, "patience"), min_delta=case.number("min_delta", 0),
        cooldown=whole(case, "cooldown", 0), min_lr=case.number("minimum", 0), verbose=0)
    model = keras.Sequential([keras.layers.Identity()])
    model.compile(keras.optimizers.SGD(case.number("rate")), loss="mse")
    callback.set_model(model)
    callback.on_train_begin()
    rates, best = [], []
    for epoch, value in enumerate(case.array("metric")):
        before = tf.identity(model.optimizer.learning_rate.value)
        callback.on_epoch_end(epoch, {"metric": float(value)})
        rates.append(before if during else tf.identity(model.optimizer.learning_rate.value))
        best.append(callback.best)
    return {"rate": tf.stack(rates), "best": best}


def step_decay(case):
    demand(case, "factor_form", "multiply", "multiply")
    demand(case, "boundary", "at", "at")
    demand_number(case, "minimum", 0, 0)
    return _rates(case, schedules.ExponentialDecay(
        case.number("rate"), whole(case, "every"), case.number("factor"), staircase=True))
