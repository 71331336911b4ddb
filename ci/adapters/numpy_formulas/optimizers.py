# SPDX-License-Identifier: MIT
"""Optimizers, stepped through the gradients of the case; definitions in reference/optimizers/."""
import math

import numpy as np


class _Run:
    """The weights, and what is written down after every step."""

    def __init__(self, case, has_rate=True):
        self.w = case["w"].copy()
        self.rows = {}
        sign = {"no": 1, "yes": -1}[case.choice("maximize", "no", "yes")]
        self.g = sign * case["g"]
        self.rate = case["rate"] if has_rate else [None] * len(self.g)
        if len(self.rate) != len(self.g):
            raise ValueError("as many rates as gradients")
        self.decay = case.number("weight_decay", 0)

    def record(self, **values):
        for name, value in values.items():
            self.rows.setdefault(name, []).append(np.array(value))

    def answer(self):
        return {name: np.array(rows) for name, rows in self.rows.items()}


def state_of(case, name, like, otherwise=0):
    return case[name].copy() if name in case else np.full_like(like, otherwise)


def _decayed(case, run, g, rate):
    """The gradient with weight decay, coupled, or of weights that have shrunk before."""
    if case.choice("decay_form", "coupled", "decoupled") == "coupled":
        return g + run.decay * run.w
    run.w = run.w - rate * run.decay * run.w
    return g


def gradient_descent(case):
    run = _Run(case)
    for g, rate in zip(run.g, run.rate):
        run.w = run.w - rate * (g + run.decay * run.w)
        run.record(w_after=run.w)
    return run.answer()


def momentum(case):
    run, mu, dampening = _Run(case), case.number("momentum"), case.number("dampening", 0)
    form = case.choice("form", "rate_outside", "rate_inside", "average")
    nesterov = case.choice("nesterov", "no", "yes") == "yes"
    undampened = case.choice("first_step", "undampened", "dampened") == "undampened"
    v, begun = state_of(case, "velocity", run.w), "velocity" in case
    for g, rate in zip(run.g, run.rate):
        h = g + run.decay * run.w
        if form == "rate_outside":
            v = h if undampened and not begun else mu * v + (1 - dampening) * h
            run.w = run.w - rate * (h + mu * v if nesterov else v)
        elif form == "rate_inside":
            v = mu * v - rate * h
            run.w = run.w + (mu * v - rate * h if nesterov else v)
        else:
            v = mu * v + (1 - mu) * h
            run.w = run.w - rate * ((1 - mu) * h + mu * v if nesterov else v)
        begun = True
        run.record(w_after=run.w, v_after=v)
    return run.answer()


def adam(case):
    run, beta1, beta2 = _Run(case), case.number("beta1"), case.number("beta2")
    epsilon, t = case.number("epsilon"), case.whole("first_step", 1)
    placement = case.choice("epsilon_placement", "after_correction", "before_correction",
                            "inside_root")
    decay_form = case.choice("decay_form", "coupled", "decoupled", "decoupled_without_rate")
    amsgrad = case.choice("amsgrad", "no", "max_of_v", "max_of_corrected_v")
    corrected = case.choice("bias_correction", "yes", "no") == "yes"
    m, v, largest = state_of(case, "m", run.w), state_of(case, "v", run.w), np.zeros_like(run.w)
    if amsgrad == "max_of_v":
        largest = v
    for t, (g, rate) in enumerate(zip(run.g, run.rate), t):
        if decay_form == "coupled":
            g = g + run.decay * run.w
        else:
            run.w = run.w - (rate if decay_form == "decoupled" else 1) * run.decay * run.w
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        c1, c2 = _corrections(beta1, beta2, t) if corrected else (1, 1)
        second = v
        if amsgrad == "max_of_v":
            second = largest = np.maximum(largest, v)
        if placement == "before_correction":
            if amsgrad == "max_of_corrected_v":
                second = largest = np.maximum(largest, v)
            step = math.sqrt(c2) / c1 * m / (np.sqrt(second) + epsilon)
        else:
            second = second / c2
            if amsgrad == "max_of_corrected_v":
                second = largest = np.maximum(largest, second)
            below = (np.sqrt(second + epsilon) if placement == "inside_root"
                     else np.sqrt(second) + epsilon)
            step = m / c1 / below
        run.w = run.w - rate * step
        run.record(w_after=run.w, m_after=m, v_after=v)
    return run.answer()


def _corrections(beta1, beta2, t):
    if t < 1:
        raise ValueError("steps count from 1")
    return 1 - beta1**t, 1 - beta2**t


def adamax(case):
    run, beta1, beta2 = _Run(case), case.number("beta1"), case.number("beta2")
    epsilon, first = case.number("epsilon"), case.whole("first_step", 1)
    inside = case.choice("epsilon_placement", "in_maximum", "in_denominator") == "in_maximum"
    corrected = case.choice("bias_correction", "yes", "no") == "yes"
    m, u = state_of(case, "m", run.w), state_of(case, "u", run.w)
    for t, (g, rate) in enumerate(zip(run.g, run.rate), first):
        h = _decayed(case, run, g, rate)
        m = beta1 * m + (1 - beta1) * h
        u = np.maximum(beta2 * u, np.abs(h) + (epsilon if inside else 0))
        c1 = _corrections(beta1, beta2, t)[0] if corrected else 1
        run.w = run.w - rate / c1 * m / (u if inside else u + epsilon)
        run.record(w_after=run.w, m_after=m, u_after=u)
    return run.answer()


def nadam(case):
    run, beta1, beta2 = _Run(case), case.number("beta1"), case.number("beta2")
    epsilon, first = case.number("epsilon"), case.whole("first_step", 1)
    warming = case.choice("momentum_schedule", "warming", "constant") == "warming"
    by_schedule = case.choice("first_moment", "beta1", "schedule") == "schedule"
    psi = case.number("momentum_decay", 0.004)

    def mu(t):
        return beta1 * (1 - 0.96**(t * psi) / 2) if warming else beta1

    m, v = state_of(case, "m", run.w), state_of(case, "v", run.w)
    product = math.prod(mu(t) for t in range(1, first))
    for t, (g, rate) in enumerate(zip(run.g, run.rate), first):
        h = _decayed(case, run, g, rate)
        product *= mu(t)
        of_m = mu(t) if by_schedule else beta1
        m, v = of_m * m + (1 - of_m) * h, beta2 * v + (1 - beta2) * h**2
        ahead = (mu(t + 1) * m / (1 - product * mu(t + 1)) + (1 - mu(t)) * h / (1 - product))
        run.w = run.w - rate * ahead / (np.sqrt(v / (1 - beta2**t)) + epsilon)
        run.record(w_after=run.w, m_after=m, v_after=v)
    return run.answer()


def radam(case):
    run, beta1, beta2 = _Run(case), case.number("beta1"), case.number("beta2")
    epsilon, first = case.number("epsilon"), case.whole("first_step", 1)
    before = case.choice("epsilon_placement", "after_correction",
                         "before_correction") == "before_correction"
    skip = case.choice("unrectified", "momentum", "skip") == "skip"
    corrected = case.choice("bias_correction", "yes", "no") == "yes"
    threshold = case.number("threshold", 5)
    m, v = state_of(case, "m", run.w), state_of(case, "v", run.w)
    longest = 2 / (1 - beta2) - 1
    for t, (g, rate) in enumerate(zip(run.g, run.rate), first):
        h = _decayed(case, run, g, rate)
        m, v = beta1 * m + (1 - beta1) * h, beta2 * v + (1 - beta2) * h**2
        c1, c2 = _corrections(beta1, beta2, t) if corrected else (1, 1)
        length = longest - 2 * t * beta2**t / (1 - beta2**t)
        r = 0
        if length > threshold:
            r = math.sqrt((length - 4) * (length - 2) * longest
                          / ((longest - 4) * (longest - 2) * length))
            if before:
                run.w = run.w - rate * r * math.sqrt(c2) * (m / c1) / (np.sqrt(v) + epsilon)
            else:
                run.w = run.w - rate * r * (m / c1) / (np.sqrt(v / c2) + epsilon)
        elif not skip:
            run.w = run.w - rate * m / c1
        run.record(w_after=run.w, m_after=m, v_after=v, rectification=r)
    return run.answer()


def adabelief(case):
    run, beta1, beta2 = _Run(case), case.number("beta1"), case.number("beta2")
    epsilon, root = case.number("epsilon"), case.number("epsilon_root")
    in_state = case.choice("root_placement", "in_state", "at_use") == "in_state"
    corrected = case.choice("bias_correction", "yes", "no") == "yes"
    m, s = state_of(case, "m", run.w), state_of(case, "s", run.w)
    for t, (g, rate) in enumerate(zip(run.g, run.rate), case.whole("first_step", 1)):
        h = _decayed(case, run, g, rate)
        m = beta1 * m + (1 - beta1) * h
        s = beta2 * s + (1 - beta2) * (h - m)**2 + (root if in_state else 0)
        c1, c2 = _corrections(beta1, beta2, t) if corrected else (1, 1)
        below = np.sqrt(s / c2 + (0 if in_state else root)) + epsilon
        run.w = run.w - rate * (m / c1) / below
        run.record(w_after=run.w, m_after=m, s_after=s)
    return run.answer()


def yogi(case):
    run, beta1, beta2 = _Run(case), case.number("beta1"), case.number("beta2")
    epsilon, start = case.number("epsilon"), case.number("initial", 0)
    corrected = case.choice("bias_correction", "yes", "no") == "yes"
    m, v = state_of(case, "m", run.w, start), state_of(case, "v", run.w, start)
    for t, (g, rate) in enumerate(zip(run.g, run.rate), case.whole("first_step", 1)):
        h = _decayed(case, run, g, rate)
        m = beta1 * m + (1 - beta1) * h
        v = v - (1 - beta2) * np.sign(v - h**2) * h**2
        c1, c2 = _corrections(beta1, beta2, t) if corrected else (1, 1)
        run.w = run.w - rate * (m / c1) / (np.sqrt(v / c2) + epsilon)
        run.record(w_after=run.w, m_after=m, v_after=v)
    return run.answer()


def lamb(case):
    run, beta1, beta2 = _Run(case), case.number("beta1"), case.number("beta2")
    epsilon, low = case.number("epsilon"), case.number("trust_lower", 0)
    high = case.number("trust_upper", math.inf)
    corrected = case.choice("bias_correction", "yes", "no") == "yes"
    m, v = state_of(case, "m", run.w), state_of(case, "v", run.w)
    for t, (g, rate) in enumerate(zip(run.g, run.rate), case.whole("first_step", 1)):
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        c1, c2 = _corrections(beta1, beta2, t) if corrected else (1, 1)
        u = (m / c1) / (np.sqrt(v / c2) + epsilon) + run.decay * run.w
        a, b = np.clip(np.linalg.norm(run.w), low, high), np.linalg.norm(u)
        ratio = a / b if a > 0 and b > 0 else a.dtype.type(1)
        run.w = run.w - rate * ratio * u
        run.record(w_after=run.w, m_after=m, v_after=v, ratio=ratio)
    return run.answer()


def lion(case):
    run, beta1, beta2 = _Run(case), case.number("beta1"), case.number("beta2")
    m = state_of(case, "m", run.w)
    for g, rate in zip(run.g, run.rate):
        c = beta1 * m + (1 - beta1) * g
        run.w = run.w - rate * (np.sign(c) + run.decay * run.w)
        m = beta2 * m + (1 - beta2) * g
        run.record(w_after=run.w, m_after=m)
    return run.answer()


def adagrad(case):
    run, epsilon = _Run(case), case.number("epsilon")
    inside = case.choice("epsilon_placement", "inside_root", "outside_root") == "inside_root"
    from_one = case.choice("rate_decay_from", "zero", "one") == "one"
    rate_decay = case.number("rate_decay", 0)
    a = state_of(case, "accumulator", run.w, case.number("initial_accumulator", 0))
    for t, (g, rate) in enumerate(zip(run.g, run.rate), case.whole("first_step", 1)):
        if t < 1:
            raise ValueError("steps count from 1")
        rate = rate / (1 + rate_decay * (t if from_one else t - 1))
        h = _decayed(case, run, g, rate)
        a = a + h**2
        run.w = run.w - rate * h / (np.sqrt(a + epsilon) if inside else np.sqrt(a) + epsilon)
        run.record(w_after=run.w, accumulator_after=a)
    return run.answer()


def adadelta(case):
    run, epsilon, rho = _Run(case), case.number("epsilon"), case.number("rho")
    v, u = state_of(case, "v", run.w), state_of(case, "u", run.w)
    for g, rate in zip(run.g, run.rate):
        h = _decayed(case, run, g, rate)
        v = rho * v + (1 - rho) * h**2
        d = np.sqrt(u + epsilon) / np.sqrt(v + epsilon) * h
        u = rho * u + (1 - rho) * d**2
        run.w = run.w - rate * d
        run.record(w_after=run.w, v_after=v, u_after=u)
    return run.answer()


def rmsprop(case):
    run, epsilon, rho = _Run(case), case.number("epsilon"), case.number("rho")
    inside = case.choice("epsilon_placement", "outside_root", "inside_root") == "inside_root"
    centered = case.choice("centered", "no", "yes") == "yes"
    outside = case.choice("momentum_form", "rate_outside", "rate_inside") == "rate_outside"
    mu = case.number("momentum", 0)
    v = state_of(case, "v", run.w, case.number("initial_v", 0))
    c, b = state_of(case, "mean", run.w), state_of(case, "buffer", run.w)
    for g, rate in zip(run.g, run.rate):
        h = _decayed(case, run, g, rate)
        v = rho * v + (1 - rho) * h**2
        s = v
        if centered:
            c = rho * c + (1 - rho) * h
            s = np.maximum(v - c**2, 0)
        d = np.sqrt(s + epsilon) if inside else np.sqrt(s) + epsilon
        b = mu * b + (1 if outside else rate) * h / d
        run.w = run.w - (rate if outside else 1) * b
        run.record(w_after=run.w, v_after=v, **({"mean_after": c} if centered else {}),
                   **({"buffer_after": b} if mu or "buffer" in case else {}))
    return run.answer()


def adafactor(case):
    run = _Run(case)
    epsilon1, epsilon2 = case.number("epsilon1"), case.number("epsilon2", 1e-3)
    power, clip = case.number("decay_power"), case.number("clip", 0)
    added = case.choice("epsilon_form", "added", "clamped") == "added"
    relative = case.choice("relative_step", "yes", "no") == "yes"
    scaled = case.choice("scale_parameter", "yes", "no") == "yes"
    r = state_of(case, "r", run.w[:, 0])
    c = state_of(case, "c", run.w[0])

    def rms(x):
        return np.sqrt(np.mean(x**2))

    for t, (g, rate) in enumerate(zip(run.g, run.rate), case.whole("first_step", 1)):
        b = 1 - t**-power
        q = g**2 + (epsilon1 if added else 0)
        r = b * r + (1 - b) * q.mean(axis=1)
        c = b * c + (1 - b) * q.mean(axis=0)
        if added:
            v = np.outer(r / r.mean(), c)
        else:
            v = np.maximum(np.outer(r / max(r.mean(), epsilon1), c), epsilon1**2)
        u = g / np.sqrt(v)
        p = min(rate, 1 / math.sqrt(t)) if relative else rate
        a = p * max(epsilon2, rms(run.w)) if scaled else p
        size = rms(u)
        run.w = run.w - rate * run.decay * run.w
        run.w = run.w - a * u / (max(1, size / clip) if clip else 1)
        run.record(w_after=run.w, r_after=r, c_after=c, step=a, update=size)
    return run.answer()


def averaged_gradient_descent(case):
    run, rate = _Run(case, has_rate=False), case.number("rate")
    lambd, alpha = case.number("lambd", 1e-4), case.number("alpha", 0.75)
    t0, present = case.number("t0", 1e6), case.choice("counts", "previous", "present") == "present"
    a = state_of(case, "average", run.w)
    for t, g in enumerate(run.g, case.whole("first_step", 1)):
        eta = rate / (1 + lambd * rate * (t - 1))**alpha
        run.w = run.w * (1 - lambd * eta) - eta * (g + run.decay * run.w)
        k = max(1, (t if present else t - 1) - t0)
        a = run.w if k == 1 else a + (run.w - a) / k
        run.record(w_after=run.w, average_after=a)
    return run.answer()


def distance_over_gradients(case):
    run, epsilon = _Run(case), case.number("epsilon")
    relative = case.choice("first_form", "relative", "absolute") == "relative"
    dog = case.choice("form", "dog", "dowg") == "dog"
    start = case["start"] if "start" in case else run.w
    if case.has_number("distance"):
        case.number("first_distance", 1e-6)
        r = case.number("distance")
    else:
        r = case.number("first_distance") * (1 + np.linalg.norm(start) if relative else 1)
    squares = case.number("squares", 0)
    for g, rate in zip(run.g, run.rate):
        h = g + run.decay * run.w
        r = max(r, np.linalg.norm(run.w - start))
        squares = squares + (1 if dog else r**2) * (h**2).sum()
        eta = (r if dog else r**2) / np.sqrt(squares + epsilon)
        run.w = run.w - rate * eta * h
        run.record(w_after=run.w, distance=r, step=eta)
    return run.answer()


def lookahead_optimizer(case):
    run, mu, alpha = _Run(case), case.number("momentum"), case.number("alpha")
    every, velocity = case.whole("every"), case.choice("velocity", "keep", "reset", "pull")
    slow, v = state_of(case, "slow", run.w), state_of(case, "velocity_before", run.w)
    if "slow" not in case:
        slow = run.w
    last = state_of(case, "last", run.w)
    for t, (g, rate) in enumerate(zip(run.g, run.rate), case.whole("first_step", 1)):
        v = mu * v + (g + run.decay * run.w)
        run.w = run.w - rate * v
        if t % every == 0:
            slow = slow + alpha * (run.w - slow)
            run.w = slow
            if velocity == "reset":
                v = np.zeros_like(v)
            if velocity == "pull":
                v = last = last + alpha * (v - last)
        run.record(w_after=run.w, slow_after=slow, v_after=v)
    return run.answer()


def muon(case):
    run, mu, epsilon = _Run(case), case.number("momentum"), case.number("epsilon")
    a, b, c = case.number("a", 3.4445), case.number("b", -4.775), case.number("c", 2.0315)
    h = 1 if case.choice("form", "sum", "average") == "sum" else 1 - mu
    nesterov = case.choice("nesterov", "yes", "no") == "yes"
    added = case.choice("epsilon_form", "added", "clamped") == "added"
    rows, columns = run.w.shape
    k = {"rows": math.sqrt(max(1, rows / columns)),
         "match_rms": 0.2 * math.sqrt(max(rows, columns)), "none": 1}[
             case.choice("scale", "rows", "match_rms", "none")]
    buffer, iterations = state_of(case, "momentum_buffer", run.w), case.whole("iterations")
    for g, rate in zip(run.g, run.rate):
        buffer = mu * buffer + h * g
        u = h * g + mu * buffer if nesterov else buffer
        norm = np.linalg.norm(u)
        x = u / (norm + epsilon if added else max(norm, epsilon))
        x = x.T if rows > columns else x
        for _ in range(iterations):
            gram = x @ x.T
            x = a * x + (b * gram + c * gram @ gram) @ x
        x = x.T if rows > columns else x
        run.w = run.w - rate * run.decay * run.w
        run.w = run.w - rate * k * x
        run.record(w_after=run.w, buffer_after=buffer, direction=x)
    return run.answer()


def nesterov_accelerated_gradient(case):
    w, matrix, b = case["w"], case["A"], case["b"]
    form = case.choice("form", "subtracted", "added", "rate_outside")
    schedule = case.choice("schedule", "constant", "nesterov", "linear")
    first, v = case.whole("first_step", 1), state_of(case, "velocity", w)
    constant = case.number("momentum") if schedule == "constant" else case.number("momentum", 0.0)
    k, rows = 1.0, []

    def mu(t):
        nonlocal k
        if schedule == "constant":
            return constant
        if schedule == "linear":
            return (t - 2) / (t + 1) if t > 1 else 0
        if t == 1:
            return 0
        before, k = k, (1 + math.sqrt(1 + 4 * k**2)) / 2
        return (before - 1) / k

    for t in range(1, first):
        mu(t)
    for t, rate in enumerate(case["rate"], first):
        m = mu(t)
        if form == "subtracted":
            gradient = matrix @ (w - m * v) - b
            v = m * v + rate * gradient
            w = w - v
        elif form == "added":
            gradient = matrix @ (w + m * v) - b
            v = m * v - rate * gradient
            w = w + v
        else:
            gradient = matrix @ (w - rate * m * v) - b
            v = m * v + gradient
            w = w - rate * v
        rows.append((gradient, v, w))
    return dict(zip(("gradient", "v_after", "w_after"), map(np.array, zip(*rows))))


def rprop(case):
    run, up, down = _Run(case, has_rate=False), case.number("up", 1.2), case.number("down", 0.5)
    low, high = case.number("shortest"), case.number("longest")
    form = case.choice("form", "minus_reset", "minus", "plus", "plus_reset")
    d = case["step_size"] if "step_size" in case else np.full_like(run.w, case.number("step"))
    if "step_size" in case:
        case.number("step", 0.0)
    before, change = state_of(case, "g_before", run.w), np.zeros_like(run.w)
    sign = {"no": 1, "yes": -1}[case.choice("maximize", "no", "yes")]
    losses = sign * case["loss"] if "loss" in case else np.zeros(len(run.g))
    last = sign * case.number("loss_before", math.inf)
    for h, loss in zip(run.g, losses):
        turn = np.sign(before) * np.sign(h)
        d = np.where(turn > 0, np.minimum(d * up, high),
                     np.where(turn < 0, np.maximum(d * down, low), d)).astype(d.dtype)
        if form == "minus_reset":
            h = np.where(turn < 0, 0, h)
        step = -np.sign(h) * d
        if form in ("plus", "plus_reset"):
            back = -change if form == "plus" or loss > last else np.zeros_like(change)
            step, h = np.where(turn < 0, back, step), np.where(turn < 0, 0, h)
        run.w, before, change, last = run.w + step, h, step, loss
        run.record(w_after=run.w, step_after=d)
    return run.answer()
