# SPDX-License-Identifier: MIT
"""torch.optim, stepped once for each row of g; formulas in reference/optimizers/.

The rate is set in param_groups before each step, and the state is read after it. A run that is
resumed first takes the steps before it with a gradient of zeros, so that PyTorch makes its own
counters and products; then it gets the moments of the case.
"""
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_avg_fn, get_swa_avg_fn

from assay_adapter import Declined
from conventions import demand, demand_whole, drawn_by_library


def _yes(case, name, default="no"):
    return case.choice(name, *(("no", "yes") if default == "no" else ("yes", "no"))) == "yes"


def _common(case):
    """The options that all of these have."""
    return {"weight_decay": case.number("weight_decay", 0), "maximize": _yes(case, "maximize")}


def _decay(case):
    """The same, for those without an option for decoupled decay."""
    case.choice("decay_form", "coupled")
    return _common(case)


def _decoupled(case):
    """Whether the decay is decoupled, for those that have both."""
    return case.choice("decay_form", "coupled", "decoupled") == "decoupled"


def _steps_before(case):
    first = demand_whole(case, "first_step", 1)
    if first < 1:
        raise Declined("the library counts its steps from 1")
    return first - 1


def _rates(case, steps):
    rate = case.array("rate")
    if rate.shape != (steps,):
        raise Declined("the library takes one rate at a time, and here not every step has one")
    return [float(r) for r in rate]


def _resume(optimizer, w, steps, given):
    """Takes `steps` steps on zeros, then sets the states that are given."""
    given = {name: value for name, value in given.items() if value is not None}
    if steps == 0 and not given:
        return
    start = w.detach().clone()
    w.data.zero_()
    w.grad = torch.zeros_like(w)
    for _ in range(max(steps, 1)):
        optimizer.step()
    w.data.copy_(start)
    state = optimizer.state[w]
    if steps == 0:
        state["step"].zero_()
    state.update(given)


def _run(case, make, outputs, given=None, before=0, rates=True):
    """Outputs w_after and, for each of `outputs`, the state of that name after every step.

    make(parameters) is the optimizer, given {state: input} what a resumed run starts with.
    """
    w = torch.nn.Parameter(case["w"])
    g = case["g"]
    rates = _rates(case, len(g)) if rates else None
    optimizer = make([w])
    _resume(optimizer, w, before, {name: case.get(key) for name, key in (given or {}).items()})
    return _step(optimizer, w, g, rates, outputs)


def _step(optimizer, w, g, rates, outputs):
    record = {name: [] for name in ["w_after", *outputs]}
    for s, gradient in enumerate(g):
        if rates:
            optimizer.param_groups[0]["lr"] = rates[s]
        w.grad = gradient.clone()
        optimizer.step()
        record["w_after"].append(w.detach().clone())
        for name, key in outputs.items():
            record[name].append(optimizer.state[w][key].clone())
    return {name: torch.stack(rows) for name, rows in record.items()}


def gradient_descent(case):
    options = _common(case)
    return _run(case, lambda p: torch.optim.SGD(p, **options), {})


def momentum(case):
    case.choice("form", "rate_outside")
    dampening = case.number("dampening", 0)
    if dampening == 0:  # then the first step is the same in both
        case.choice("first_step", "undampened", "dampened")
    else:
        case.choice("first_step", "undampened")
    mu = case.number("momentum")
    if mu == 0:
        raise Declined("without momentum the library keeps no velocity")
    w = torch.nn.Parameter(case["w"])
    optimizer = torch.optim.SGD([w], momentum=mu, dampening=dampening,
                                nesterov=_yes(case, "nesterov"), **_common(case))
    if "velocity" in case:
        optimizer.state[w]["momentum_buffer"] = case["velocity"]
    g = case["g"]
    return _step(optimizer, w, g, _rates(case, len(g)), {"v_after": "momentum_buffer"})


def adam(case):
    case.choice("epsilon_placement", "after_correction")
    case.choice("bias_correction", "yes")
    amsgrad = case.choice("amsgrad", "no", "max_of_v") == "max_of_v"
    adam_or_adamw = torch.optim.AdamW if _decoupled(case) else torch.optim.Adam
    options = {"betas": (case.number("beta1"), case.number("beta2")),
               "eps": case.number("epsilon"), "amsgrad": amsgrad, **_common(case)}
    return _run(case, lambda p: adam_or_adamw(p, **options),
                {"m_after": "exp_avg", "v_after": "exp_avg_sq"},
                {"exp_avg": "m", "exp_avg_sq": "v"}, _steps_before(case))


def adagrad(case):
    demand(case, "epsilon_placement", "inside_root", "outside_root")
    options = {"eps": case.number("epsilon"), "lr_decay": case.number("rate_decay", 0),
               "initial_accumulator_value": case.number("initial_accumulator", 0), **_decay(case)}
    if options["lr_decay"] == 0:  # then it does not matter
        case.choice("rate_decay_from", "zero", "one")
    else:
        case.choice("rate_decay_from", "zero")
    return _run(case, lambda p: torch.optim.Adagrad(p, **options), {"accumulator_after": "sum"},
                {"sum": "accumulator"}, _steps_before(case))


def adadelta(case):
    options = {"rho": case.number("rho"), "eps": case.number("epsilon"), **_decay(case)}
    return _run(case, lambda p: torch.optim.Adadelta(p, **options),
                {"v_after": "square_avg", "u_after": "acc_delta"},
                {"square_avg": "v", "acc_delta": "u"})


def adamax(case):
    case.choice("epsilon_placement", "in_maximum")
    case.choice("bias_correction", "yes")
    options = {"betas": (case.number("beta1"), case.number("beta2")),
               "eps": case.number("epsilon"), **_decay(case)}
    return _run(case, lambda p: torch.optim.Adamax(p, **options),
                {"m_after": "exp_avg", "u_after": "exp_inf"},
                {"exp_avg": "m", "exp_inf": "u"}, _steps_before(case))


def nadam(case):
    case.choice("momentum_schedule", "warming")
    case.choice("first_moment", "beta1")
    options = {"betas": (case.number("beta1"), case.number("beta2")), "eps": case.number("epsilon"),
               "momentum_decay": case.number("momentum_decay"),
               "decoupled_weight_decay": _decoupled(case), **_common(case)}
    return _run(case, lambda p: torch.optim.NAdam(p, **options),
                {"m_after": "exp_avg", "v_after": "exp_avg_sq"},
                {"exp_avg": "m", "exp_avg_sq": "v"}, _steps_before(case))


def rmsprop(case):
    case.choice("epsilon_placement", "outside_root")
    mu = case.number("momentum", 0)
    if mu == 0:  # then both forms are one
        case.choice("momentum_form", "rate_outside", "rate_inside")
    else:
        case.choice("momentum_form", "rate_outside")
    centered = _yes(case, "centered")
    initial = case.number("initial_v", 0)
    if initial < 0 or initial > 0 and "v" not in case:
        raise Declined("the average of squares starts at 0, or where a resumed run left it")
    options = {"alpha": case.number("rho"), "eps": case.number("epsilon"), "momentum": mu,
               "centered": centered, **_decay(case)}
    outputs, given = {"v_after": "square_avg"}, {"square_avg": "v"}
    if centered:
        outputs["mean_after"], given["grad_avg"] = "grad_avg", "mean"
    if mu != 0:
        outputs["buffer_after"], given["momentum_buffer"] = "momentum_buffer", "buffer"
    return _run(case, lambda p: torch.optim.RMSprop(p, **options), outputs, given)


def rprop(case):
    case.choice("form", "minus_reset")
    options = {"lr": case.number("step"), "etas": (case.number("down"), case.number("up")),
               "step_sizes": (case.number("shortest"), case.number("longest")),
               "maximize": _yes(case, "maximize")}
    return _run(case, lambda p: torch.optim.Rprop(p, **options), {"step_after": "step_size"},
                {"step_size": "step_size", "prev": "g_before"}, rates=False)


def averaged_gradient_descent(case):
    case.choice("counts", "previous")
    options = {"lr": case.number("rate"), "lambd": case.number("lambd"),
               "alpha": case.number("alpha"), "t0": case.number("t0"), **_common(case)}
    return _run(case, lambda p: torch.optim.ASGD(p, **options), {"average_after": "ax"},
                {"ax": "average"}, _steps_before(case), rates=False)


def weight_averaging(case):
    form = case.choice("form", "exponential", "equal")
    case.choice("start", "first_copy")
    case.choice("bias_correction", "no")
    case.choice("decay_form", "constant")
    case.choice("before", "copy")
    average = get_ema_avg_fn(case.number("decay")) if form == "exponential" else get_swa_avg_fn()
    first, begin = demand_whole(case, "first_step", 1), demand_whole(case, "begin", 1)
    every = demand_whole(case, "every", 1)
    if every < 1 or first < 1 or begin < 1:
        raise Declined("when to average is not the library's to decide")
    w = case["w"]
    model = torch.nn.ParameterList([torch.nn.Parameter(w[0].clone())])
    averaged = AveragedModel(model, avg_fn=average)
    if "e" in case:
        averaged.module[0].data.copy_(case["e"])
    averaged.n_averaged.fill_(demand_whole(case, "entered", 0))
    rows = []
    for t, now in enumerate(w, first):
        model[0].data.copy_(now)
        if t >= begin and (t - begin) % every == 0:
            averaged.update_parameters(model)
        rows.append((averaged.module if averaged.n_averaged > 0 else model)[0].detach().clone())
    return {"average": torch.stack(rows)}


def gradient_accumulation(case):
    average = case.choice("average", "samples", "equal", "sum_of_means", "sum")
    present = case.choice("count", "stated", "present") == "present"
    drops = case.choice("last", "step", "drop") == "drop"
    g, size, every = case["g"], case.array("size"), demand_whole(case, "every", 1)
    if size.sum() != len(g) or every < 1:
        raise Declined("micro-batches that the library never sees")
    w = torch.nn.Parameter(case["w"])
    optimizer = torch.optim.SGD([w], weight_decay=case.number("weight_decay", 0))
    micro_batches = g.split(size.tolist())
    groups = [micro_batches[k:k + every] for k in range(0, len(size), every)]
    groups = [group for group in groups if len(group) == every or not drops]
    rows, gradients = [], []
    for group, rate in zip(groups, _rates(case, len(groups))):
        samples = sum(map(len, group))
        for of_samples in group:
            losses = of_samples @ w  # each with that sample's gradient
            if average == "samples":
                loss = losses.sum() / samples
            elif average == "equal":
                loss = losses.mean() / (len(group) if present else every)
            else:
                loss = losses.mean() if average == "sum_of_means" else losses.sum()
            loss.backward()
        optimizer.param_groups[0]["lr"] = rate
        gradients.append(w.grad.clone())
        optimizer.step()
        optimizer.zero_grad()
        rows.append(w.detach().clone())
    return {"w_after": torch.stack(rows), "gradient": torch.stack(gradients)}


def shuffling(case):
    """torch.utils.data.RandomSampler, asked for one order after the other."""
    case.choice("start", "identity")
    case.choice("direction", "down", "up")  # of draws that are not used
    epochs, exchanges = drawn_by_library(case, "u")
    sampler = torch.utils.data.RandomSampler(range(exchanges + 1))
    return {"order": [list(sampler) for _ in range(epochs)]}
