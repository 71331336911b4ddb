# SPDX-License-Identifier: MIT
"""Learning rates over time; definitions in reference/schedules/. Times are whole, rates float64."""
import math

import numpy as np


def _times(case):
    t = np.arange(case.whole("steps")) + case.whole("first", 0)
    counted = {"zero": 0, "one": 1}[case.choice("counted_from", "zero", "one")]
    return t // case.whole("steps_per_epoch", 1) + counted


def exponential_decay(case):
    x = np.maximum(_times(case) - case.number("begin", 0), 0) / case.number("decay_steps", 1)
    if case.choice("staircase", "no", "yes") == "yes":
        x = np.floor(x)
    rate, decay = case.number("rate"), case.number("decay")
    if case.choice("form", "exponential", "power") == "exponential":
        rates = rate * np.exp(-decay * x)
    else:
        rates = rate * decay**x
    return {"rate": np.maximum(rates, case.number("minimum", 0))}


def inverse_time_decay(case):
    x = _times(case) / case.number("decay_steps", 1)
    if case.choice("staircase", "no", "yes") == "yes":
        x = np.floor(x)
    below = 1 + case.number("decay") * x
    if case.choice("form", "inverse", "inverse_root") == "inverse_root":
        below = np.sqrt(below)
    return {"rate": np.maximum(case.number("rate") / below, case.number("minimum", 0))}


def inverse_square_root(case):
    n, rate, warmup = _times(case), case.number("rate"), case.number("warmup")
    form = case.choice("form", "noam", "scaled", "shifted")
    later = np.maximum(n, 1)
    if form == "noam":
        shape = np.minimum(1 / np.sqrt(later), n / (warmup * math.sqrt(warmup)))
        return {"rate": rate / math.sqrt(case.number("width")) * shape}
    if form == "scaled":
        return {"rate": rate * np.minimum(n / warmup, np.sqrt(warmup / later))}
    scale = case.number("scale", warmup)
    after = rate / np.sqrt(np.maximum(n + (scale - warmup), 1) / scale)
    return {"rate": np.where(n < warmup, rate * n / warmup, after)}


def step_decay(case):
    n, every = _times(case), case.whole("every")
    if case.choice("boundary", "at", "after") == "after":
        n = np.maximum(n - 1, 0)
    k, rate, factor = n // every, case.number("rate"), case.number("factor")
    divide = case.choice("factor_form", "multiply", "divide") == "divide"
    rates = rate / factor**k if divide else rate * factor**k
    return {"rate": np.maximum(rates, case.number("minimum", 0))}


def piecewise_constant(case):
    n, boundaries = _times(case), case["boundaries"]
    side = {"at": "right", "after": "left"}[case.choice("boundary", "at", "after")]
    k = np.searchsorted(boundaries, n, side=side)
    if case.choice("form", "rates", "factors") == "rates":
        return {"rate": case["rates"][k]}
    products = np.concatenate([[1.0], np.cumprod(case.array("factors"))])
    return {"rate": case.number("rate") * products[k]}


def polynomial_decay(case):
    n, steps = _times(case), case.whole("decay_steps")
    length = steps
    if case.choice("after", "stay", "cycle") == "cycle":
        length = steps * np.maximum(np.ceil(n / steps), 1)
    else:
        n = np.minimum(n, steps)
    low = case.number("minimum", 0)
    left = (length - n) / length
    return {"rate": low + (case.number("rate") - low) * left**case.number("power", 1)}


def cosine_annealing(case):
    n, period = _times(case), case.whole("period")
    multiplier = case.whole("multiplier", 1)
    after = case.choice("after", "restart", "stay", "back")
    position, length = n, np.full(len(n), period)
    if after == "stay":
        position = np.minimum(n, period)
    if after == "restart":
        position = n.copy()
        for _ in range(len(n) + int(n.max())):
            beyond = position >= length
            if not beyond.any():
                break
            position = np.where(beyond, position - length, position)
            length = np.where(beyond, length * multiplier, length)
    low = case.number("minimum", 0)
    share = (1 + np.cos(np.pi * position / length)) / 2
    return {"rate": low + (case.number("rate") - low) * share}


def cyclical_learning_rate(case):
    n, up = _times(case), case.number("up")
    down = case.number("down", up)
    p, cycle = n % (up + down), n // (up + down)
    share = np.where(p <= up, p / up, (up + down - p) / down)
    mode = case.choice("mode", "triangular", "triangular2", "exp_range")
    by_cycle = case.choice("scale_by", "step", "cycle") == "cycle"
    scale = {"triangular": lambda: 1.0, "triangular2": lambda: 0.5**cycle,
             "exp_range": lambda: case.number("decay")**(cycle if by_cycle else n)}[mode]()
    base = case.number("base")
    return {"rate": base + (case.number("maximum") - base) * share * scale}


def linear_warmup(case):
    p, rate, warmup = _times(case), case.number("rate"), case.number("warmup")
    first = case.choice("first_rate", "zero", "one_over_n", "start_rate")
    w = warmup or 1
    if first == "start_rate":
        start = case.number("start")
        rising = start + (rate - start) * p / w
    else:
        rising = rate * (p + (first == "one_over_n")) / w
    after = case.choice("after", "constant", "linear", "inverse_root")
    if after == "linear":
        total = case.number("total")
        then = rate * np.maximum(total - p, 0) / (total - warmup)
    else:
        then = rate * np.sqrt(warmup / np.maximum(p, 1)) if after == "inverse_root" else rate
    return {"rate": np.where(p < warmup, rising, then)}


def one_cycle(case):
    n, maximum = _times(case), case.number("maximum")
    initial = maximum / case.number("initial_divisor", 25)
    from_maximum = case.choice("final_from", "initial", "maximum") == "maximum"
    final = (maximum if from_maximum else initial) / case.number("final_divisor", 1e4)
    total, share = case.number("total"), case.number("share")
    less = {"last_step": 1, "after_last": 0}[case.choice("ends", "last_step", "after_last")]
    top, end = share * total - less, total - less
    if (n > end).any():
        raise ValueError("total: a step beyond the cycle")
    high, low = case.number("momentum_high", 0.95), case.number("momentum_low", 0.85)
    legs = [(0, top, initial, maximum, high, low)]
    if case.choice("phases", "two", "three") == "two":
        legs += [(top, end, maximum, final, low, high)]
    else:
        legs += [(top, 2 * top, maximum, initial, low, high), (2 * top, end, initial, final, high,
                                                               high)]
    cosine = case.choice("shape", "cosine", "linear") == "cosine"
    rate, momentum = np.zeros(len(n)), np.zeros(len(n))
    for begin, until, rate_from, rate_to, from_, to in reversed(legs):
        p = (n - begin) / (until - begin)
        w = (1 + np.cos(np.pi * p)) / 2 if cosine else 1 - p
        here = n <= until
        rate = np.where(here, rate_to + (rate_from - rate_to) * w, rate)
        momentum = np.where(here, to + (from_ - to) * w, momentum)
    return {"rate": rate, "momentum": momentum}


def rate_by_outcome(case):
    rate, losses = case.number("rate"), case.array("loss")
    against_best = case.choice("against", "previous", "best") == "best"
    capped = case.choice("fine_tuning", "capped", "free") == "capped"
    low, high = case.number("minimum", 0), case.number("maximum")
    divergence, gain = case.number("divergence", 0), case.number("min_gain", 0)
    phase, patience = case.whole("fine_tuning_from", 0), case.whole("patience")
    up, down = case.number("raise"), case.number("lower")
    fine = case.number("fine_tuning_rate", 0.0) if phase else None
    wait, reference, top, rows = 0, None, high, []
    for epoch, loss in enumerate(losses):
        verdict = 0
        if phase and epoch == phase:
            rate, wait, reference = fine, 0, None
            top = fine if capped else high
        if reference is not None:
            if loss > reference + divergence * abs(reference):
                rate, wait, verdict = max(rate * down, low), 0, -1
            elif loss < reference - gain * abs(reference):
                wait = 0
            else:
                wait += 1
                if wait == patience:
                    rate, wait, verdict = min(rate * up, top), 0, 1
        reference = loss if reference is None or not against_best else min(reference, loss)
        rows.append((rate, verdict))
    return dict(zip(("rate", "verdict"), map(np.array, zip(*rows))))


def reduce_on_plateau(case):
    sign = {"min": 1, "max": -1}[case.choice("mode", "min", "max")]
    relative = case.choice("threshold", "absolute", "relative") == "relative"
    exceeded = case.choice("patience_is", "reached", "exceeded") == "exceeded"
    skipped = case.choice("cooldown_end", "counted", "skipped") == "skipped"
    during = case.choice("recorded", "after", "during") == "during"
    rate, factor, low = case.number("rate"), case.number("factor"), case.number("minimum", 0)
    patience, delta = case.whole("patience"), case.number("min_delta", 0)
    pause, best, wait, cooldown, rows = case.whole("cooldown", 0), None, 0, 0, []
    for value in case.array("metric"):
        before = rate
        waiting = cooldown > 0
        cooldown = max(cooldown - 1, 0)
        counts = not (waiting if skipped else cooldown > 0)
        margin = delta * abs(best) if relative and best is not None else delta
        if best is None or sign * value < sign * best - margin:
            best, wait = value, 0
        elif counts:
            wait += 1
            if wait > patience if exceeded else wait >= patience:
                rate, wait, cooldown = max(rate * factor, low), 0, pause
        rows.append((before if during else rate, best))
    return dict(zip(("rate", "best"), map(np.array, zip(*rows))))
