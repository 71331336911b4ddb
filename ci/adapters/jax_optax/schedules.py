# SPDX-License-Identifier: MIT
"""optax.schedules; formulas in reference/schedules/. A schedule is a function of the count of
steps; the case says which count each step has."""
import jax
import jax.numpy as jnp
import numpy as np
import optax
from assay_adapter import Declined


def cosine_annealing(case):
    after = case.choice("after", "restart", "stay", "back")
    if after == "back":
        raise Declined("optax.cosine_decay_schedule stays at its end")
    rate, minimum = case.number("rate"), case.number("minimum", 0.0)
    period, multiplier = case.whole("period"), case.number("multiplier", 1.0)
    if after == "stay":
        return _rates(case, optax.cosine_decay_schedule(rate, period, minimum / rate))
    # Cycles until the last step is in one, each with a warm-up of no steps.
    last, cycles, end = _counts(case).max(), [], 0
    while not cycles or (period > 0 and end <= last):
        end += int(period)
        cycles.append({"init_value": rate, "peak_value": rate, "warmup_steps": 0,
                       "decay_steps": int(period), "end_value": minimum})
        period = period * multiplier
    return _rates(case, optax.sgdr_schedule(cycles))


def cyclical_learning_rate(case):
    """optax.join_schedules of straight lines."""
    case.choice("mode", "triangular")
    case.choice("scale_by", "step")  # of decays, which the triangle does not have
    base, maximum, up = case.number("base"), case.number("maximum"), case.whole("up")
    down = case.whole("down", up)
    last, pieces, boundaries, at = _counts(case).max(), [], [], 0
    while not pieces or (up + down > 0 and at <= last):
        pieces += [optax.linear_schedule(base, maximum, up),
                   optax.linear_schedule(maximum, base, down)]
        boundaries += [at + up, at + up + down]
        at += up + down
    return _rates(case, optax.join_schedules(pieces, boundaries[:-1]))


def exponential_decay(case):
    if case.choice("form", "exponential", "power") == "exponential":
        raise Declined("optax.exponential_decay has the form of a power")
    staircase = case.choice("staircase", "no", "yes") == "yes"
    minimum = case.number("minimum", 0.0)
    return _rates(case, optax.exponential_decay(
        case.number("rate"), case.whole("decay_steps", 1), case.number("decay"),
        case.whole("begin", 0), staircase, minimum if minimum else None))


def linear_warmup(case):
    first = case.choice("first_rate", "zero", "start_rate")
    after = case.choice("after", "constant", "linear")
    rate, warmup = case.number("rate"), case.whole("warmup")
    start = case.number("start") if first == "start_rate" else 0.0
    if after == "constant":
        return _rates(case, optax.warmup_constant_schedule(start, rate, warmup))
    down = optax.linear_schedule(rate, 0.0, case.whole("total") - warmup)
    up = optax.linear_schedule(start, rate, warmup)
    return _rates(case, optax.join_schedules([up, down], [warmup]))


def piecewise_constant(case):
    if case.choice("form", "rates", "factors") == "rates":
        raise Declined("optax.piecewise_constant_schedule has factors")
    case.choice("boundary", "at")
    factors = dict(zip(case.array("boundaries").tolist(), case.array("factors").tolist()))
    return _rates(case, optax.piecewise_constant_schedule(case.number("rate"), factors))


def polynomial_decay(case):
    case.choice("after", "stay")
    return _rates(case, optax.polynomial_schedule(
        case.number("rate"), case.number("minimum", 0.0), case.number("power", 1.0),
        case.whole("decay_steps")))


def reduce_on_plateau(case):
    """optax.contrib.reduce_on_plateau, which scales the updates of an optimizer."""
    case.choice("mode", "min")
    relative = case.choice("threshold", "absolute", "relative") == "relative"
    case.choice("patience_is", "reached")
    cooldown = case.whole("cooldown", 0)
    if case.choice("cooldown_end", "counted", "skipped") == "counted" and cooldown:
        raise Declined("optax.contrib.reduce_on_plateau skips all epochs of a cooldown")
    during = case.choice("recorded", "after", "during") == "during"
    rate, delta = case.number("rate"), case.number("min_delta", 0.0)
    if delta == 0:
        raise Declined("optax.contrib.reduce_on_plateau needs a threshold above 0")
    plateau = optax.contrib.reduce_on_plateau(
        case.number("factor"), case.whole("patience"), rtol=delta if relative else 0.0,
        atol=0.0 if relative else delta, cooldown=cooldown,
        min_scale=case.number("minimum", 0.0) / rate)
    metric = case["metric"]
    one = jnp.asarray(rate, metric.dtype)
    state = plateau.init(one)
    update = jax.jit(lambda one, state, value: plateau.update(one, state, value=value))
    rates, bests, now = [], [], one
    for value in np.asarray(metric):
        before = now
        now, state = update(one, state, value)
        rates.append(before if during else now)
        bests.append(state.best_value)
    return {"rate": np.stack(rates), "best": np.stack(bests)}


def step_decay(case):
    """optax.exponential_decay as a staircase."""
    case.choice("boundary", "at")
    case.choice("factor_form", "multiply")
    minimum = case.number("minimum", 0.0)
    return _rates(case, optax.exponential_decay(
        case.number("rate"), case.whole("every"), case.number("factor"), 0, True,
        minimum if minimum else None))


def _counts(case):
    """The time of each step, as reference/schedules/schedule.h counts it."""
    if case.number("steps_per_epoch", 1) == 0:
        raise Declined("an epoch without steps is not asked of optax")
    steps = np.arange(case.whole("steps")) + case.whole("first", 0)
    return (steps // case.whole("steps_per_epoch", 1)
            + (case.choice("counted_from", "zero", "one") == "one"))


def _rates(case, schedule):
    counts = case._convert(_counts(case).astype(np.int64))
    return {"rate": jax.jit(jax.vmap(schedule))(counts)}
