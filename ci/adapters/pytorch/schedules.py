# SPDX-License-Identifier: MIT
"""torch.optim.lr_scheduler's objects, stepped; formulas in reference/schedules/.

A schedule is asked for its rate at every time from 0 on; a case that is resumed, counts from one or
has several steps an epoch picks its times from these. PyTorch computes rates as Python floats,
whatever the precision of the parameters.
"""
import warnings

import torch
from torch.optim import lr_scheduler

from assay_adapter import Declined
from conventions import demand, demand_number, demand_whole, division_refuses

# Every time is asked for in its turn, and no optimizer needs a step before that.
warnings.filterwarnings("ignore", message="Detected call of `lr_scheduler.step")
warnings.filterwarnings("ignore", message="The epoch parameter in `scheduler.step")


def _optimizer(rate):
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate, momentum=0.5)


def _times(case):
    """The time of every step of the case (reference/schedules/schedule.h)."""
    steps, first = demand_whole(case, "steps"), demand_whole(case, "first", 0)
    per_epoch = demand_whole(case, "steps_per_epoch", 1)
    if steps < 1 or first < 0 or per_epoch < 1:
        raise Declined("steps that the library never sees")
    counted = case.choice("counted_from", "zero", "one") == "one"
    return [(first + t) // per_epoch + counted for t in range(steps)]


def _groups(last, rate, make):
    """The optimizer's settings at the times 0 .. last, of the schedule make(optimizer)."""
    optimizer = _optimizer(rate)
    with division_refuses():
        schedule = make(optimizer)
        groups = [dict(optimizer.param_groups[0])]
        for _ in range(last):
            schedule.step()
            groups.append(dict(optimizer.param_groups[0]))
    return groups


def _rates(case, rate, make):
    """The rate of every step of the case."""
    times = _times(case)
    groups = _groups(times[-1], rate, make)
    return {"rate": [groups[n]["lr"] for n in times]}


def cosine_annealing(case):
    after = case.choice("after", "restart", "stay", "back")
    minimum, rate = case.number("minimum", 0), case.number("rate")
    period = case.whole("period")
    if after == "stay" and _times(case)[-1] > period:
        raise Declined("after = stay is not offered by the library")
    if after != "restart":
        return _rates(case, rate, lambda o: lr_scheduler.CosineAnnealingLR(o, period, minimum))
    multiplier = case.whole("multiplier", 1)
    return _rates(case, rate, lambda o: lr_scheduler.CosineAnnealingWarmRestarts(
        o, period, multiplier, minimum))


def cyclical_learning_rate(case):
    mode = case.choice("mode", "triangular", "triangular2", "exp_range")
    options = {"mode": mode, "base_lr": case.number("base"), "max_lr": case.number("maximum"),
               "step_size_up": demand_whole(case, "up"), "cycle_momentum": False}
    options["step_size_down"] = demand_whole(case, "down", options["step_size_up"])
    if mode == "exp_range":
        options["gamma"] = case.number("decay")
        if case.choice("scale_by", "step", "cycle") == "cycle":
            # scale_mode counts only with a scale function of one's own, which would be the answer.
            raise Declined("scale_by = cycle is not offered for exp_range by the library")
    return _rates(case, options["base_lr"], lambda o: lr_scheduler.CyclicLR(o, **options))


def exponential_decay(case):
    demand(case, "form", "exponential", "power")
    demand_number(case, "minimum", 0, 0)
    demand_number(case, "begin", 0, 0)
    gamma, decay_steps = case.number("decay"), demand_whole(case, "decay_steps", 1)
    if case.choice("staircase", "no", "yes") == "yes":
        return _rates(case, case.number("rate"),
                      lambda o: lr_scheduler.StepLR(o, decay_steps, gamma))
    demand_number(case, "decay_steps", 1, 1)
    return _rates(case, case.number("rate"), lambda o: lr_scheduler.ExponentialLR(o, gamma))


def linear_warmup(case):
    first_rate = case.choice("first_rate", "zero", "one_over_n", "start_rate")
    after = case.choice("after", "constant", "linear")
    rate, warmup = case.number("rate"), demand_whole(case, "warmup")
    share, steps = None, warmup  # of the first rate in the full one; until that is reached
    if warmup > 0:
        if first_rate == "zero":
            raise Declined("a first rate of 0 is not offered by the library")
        share, steps = 1 / warmup, warmup - 1
        if first_rate == "start_rate":
            share, steps = case.number("start") / rate, warmup
            if share > 1:
                raise Declined("a rate that falls in the warm-up is not offered by the library")
    total = demand_whole(case, "total") if after == "linear" else None

    def rises(optimizer):
        return lr_scheduler.LinearLR(optimizer, share, 1, steps)

    def falls(optimizer):
        return lr_scheduler.LinearLR(optimizer, 1, 0, total - warmup)

    def both(optimizer):
        return lr_scheduler.SequentialLR(optimizer, [rises(optimizer), falls(optimizer)], [warmup])

    if warmup < 0 or after == "constant" and warmup == 0:
        raise Declined("nothing is left for the library")
    if after == "linear" and total <= warmup:
        raise Declined("a decay without steps never reaches the library")
    return _rates(case, rate, rises if after == "constant" else both if warmup > 0 else falls)


def one_cycle(case):
    case.choice("ends", "last_step")
    case.choice("final_from", "initial")
    shape = {"cosine": "cos", "linear": "linear"}[case.choice("shape", "cosine", "linear")]
    maximum, total = case.number("maximum"), demand_whole(case, "total")
    options = {"max_lr": maximum, "total_steps": total, "pct_start": case.number("share"),
               "anneal_strategy": shape, "div_factor": case.number("initial_divisor", 25),
               "final_div_factor": case.number("final_divisor", 10000),
               "max_momentum": case.number("momentum_high"),
               "base_momentum": case.number("momentum_low"),
               "three_phase": case.choice("phases", "two", "three") == "three"}
    times = _times(case)
    groups = _groups(times[-1], maximum, lambda o: lr_scheduler.OneCycleLR(o, **options))
    return {"rate": [groups[n]["lr"] for n in times],
            "momentum": [groups[n]["momentum"] for n in times]}


def piecewise_constant(case):
    form = case.choice("form", "rates", "factors")
    after = case.choice("boundary", "at", "after") == "after"
    boundaries = [int(b) + after for b in case.array("boundaries")]
    if form == "factors":
        factors = [float(f) for f in case.array("factors")]
        if len(factors) != len(boundaries):
            raise Declined("factors that the library never sees")
        return _rates(case, case.number("rate"), lambda o: lr_scheduler.ChainedScheduler(
            [lr_scheduler.MultiStepLR(o, [b], f) for b, f in zip(boundaries, factors)], o))
    rates = [float(r) for r in case.array("rates")]

    def constant(optimizer, rate):
        return lr_scheduler.LambdaLR(optimizer, lambda n: rate)

    return _rates(case, 1.0, lambda o: lr_scheduler.SequentialLR(
        o, [constant(o, rate) for rate in rates], boundaries))


def polynomial_decay(case):
    """PolynomialLR, whose end is 0; a straight line may end elsewhere, by LinearLR."""
    case.choice("after", "stay")
    steps, power = demand_whole(case, "decay_steps"), case.number("power", 1)
    rate, minimum = case.number("rate"), case.number("minimum", 0)
    if power == 1 and 0 < minimum <= rate:
        return _rates(case, rate, lambda o: lr_scheduler.LinearLR(o, 1, minimum / rate, steps))
    demand_number(case, "minimum", 0, 0)
    return _rates(case, rate, lambda o: lr_scheduler.PolynomialLR(o, steps, power))


def reduce_on_plateau(case):
    mode = case.choice("mode", "min", "max")
    threshold = {"absolute": "abs", "relative": "rel"}[
        case.choice("threshold", "absolute", "relative")]
    cooldown, patience = demand_whole(case, "cooldown", 0), demand_whole(case, "patience")
    if cooldown != 0:
        demand(case, "cooldown_end", "counted", "skipped")
    if case.choice("patience_is", "reached", "exceeded") == "reached" and patience > 0:
        patience -= 1  # PyTorch counts the bad epochs that are tolerated
    recorded = case.choice("recorded", "after", "during")
    optimizer = _optimizer(case.number("rate"))
    schedule = lr_scheduler.ReduceLROnPlateau(
        optimizer, mode, case.number("factor"), patience, case.number("min_delta", 0), threshold,
        cooldown, case.number("minimum", 0), eps=0)
    rates, best = [], []
    for value in case.array("metric"):
        during = optimizer.param_groups[0]["lr"]
        schedule.step(float(value))
        rates.append(during if recorded == "during" else optimizer.param_groups[0]["lr"])
        best.append(schedule.best)
    return {"rate": rates, "best": best}


def step_decay(case):
    case.choice("factor_form", "multiply")
    case.choice("boundary", "at")
    demand_number(case, "minimum", 0, 0)
    every, factor = demand_whole(case, "every"), case.number("factor")
    return _rates(case, case.number("rate"), lambda o: lr_scheduler.StepLR(o, every, factor))
