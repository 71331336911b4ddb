# SPDX-License-Identifier: MIT
"""What optimizers are put into: workers, sharpness, averages, order, ends; definitions in
reference/optimizers/."""
import numpy as np

from optimizers import state_of


def _least_squares(case):
    x, y, workers = case["x"], case["y"], case.whole("workers", 1)
    n = len(x)
    robin = case.choice("assignment", "contiguous", "round_robin") == "round_robin"
    if workers > n:
        raise ValueError("more workers than samples")
    parts = [np.arange(k, n, workers) if robin else np.arange(k * n // workers,
                                                              (k + 1) * n // workers)
             for k in range(workers)]

    def gradient(w, rows=slice(None)):
        return x[rows].T @ (x[rows] @ w - y[rows])

    return x, y, parts, gradient


def synchronous_gradient_descent(case):
    x, y, parts, gradient = _least_squares(case)
    w, decay, rows = case["w"], case.number("weight_decay", 0), []
    how = case.choice("combination", "weighted", "mean_of_means", "sum_of_means")
    for rate in case["rate"]:
        sums = [gradient(w, part) for part in parts]
        if how == "weighted":
            g = sum(sums) / len(x)
        else:
            g = sum(s / len(part) for s, part in zip(sums, parts))
            g = g / len(parts) if how == "mean_of_means" else g
        loss = ((x @ w - y)**2).sum() / (2 * len(x))
        w = w - rate * (g + decay * w)
        rows.append((g, loss, w))
    return dict(zip(("gradient", "loss", "w_after"), map(np.array, zip(*rows))))


def sharpness_aware_minimization(case):
    x, _, parts, gradient = _least_squares(case)
    w, rho, epsilon = case["w"], case.number("rho"), case.number("epsilon")
    adaptive = case.choice("form", "standard", "adaptive") == "adaptive"
    if case.choice("perturbation", "whole", "each") == "whole":
        grouped = [np.arange(len(x))]
    else:
        grouped = parts
    steps, size = case.whole("ascent_steps", 1), case.number("ascent_rate", rho)
    eta, decay, rows = case.number("eta", 0.01), case.number("weight_decay", 0), []
    for rate in case["rate"]:
        total, ascents = 0, []
        scale = np.abs(w) + eta if adaptive else np.ones_like(w)
        for part in grouped:
            d = np.zeros_like(w)
            for _ in range(steps):
                g = gradient(w + d, part) / len(part)
                d = d + size * scale * scale * g / (np.linalg.norm(scale * g) + epsilon)
                length = np.linalg.norm(d / scale)
                if steps > 1 and length > rho:
                    d = d * (rho / length)
            ascents.append(d)
            total = total + gradient(w + d, part)
        g = total / len(x)
        w = w - rate * (g + decay * w)
        rows.append((g, ascents if len(ascents) == len(parts) else ascents * len(parts), w))
    return dict(zip(("gradient", "perturbation", "w_after"), map(np.array, zip(*rows))))


def gradient_accumulation(case):
    g, size, every = case["g"], case["size"], case.whole("every", 1)
    w, decay, rows = case["w"], case.number("weight_decay", 0), []
    average = case.choice("average", "samples", "equal", "sum_of_means", "sum")
    stated = case.choice("count", "stated", "present") == "stated"
    drop = case.choice("last", "step", "drop") == "drop"
    ends = np.cumsum(size)
    if ends[-1] != len(g):
        raise ValueError("sizes do not add up to the samples")
    sums = [g[end - n:end].sum(axis=0) for end, n in zip(ends, size)]
    starts = range(0, len(size) - (every - 1 if drop else 0), every)
    for begin, rate in zip(starts, case["rate"], strict=True):
        group, sizes = sums[begin:begin + every], size[begin:begin + every]
        if average == "samples":
            gradient = sum(group) / sizes.sum()
        elif average == "sum":
            gradient = sum(group)
        else:
            gradient = sum(s / n for s, n in zip(group, sizes))
            if average == "equal":
                gradient = gradient / (every if stated else len(group))
        gradient = gradient.astype(w.dtype)
        w = w - rate * (gradient + decay * w)
        rows.append((gradient, w))
    return dict(zip(("gradient", "w_after"), map(np.array, zip(*rows))))


def gradient_noise(case):
    g, batches = case["g"], case["batches"]
    n, size = len(g), batches.shape[1]
    full = g.mean(axis=0)
    population = ((g - full)**2).mean(axis=0)
    sample = case.choice("divisor", "population", "sample") == "sample"
    variance = population * n / (n - 1) if sample else population
    predicted = population / size
    if case.choice("replacement", "yes", "no") == "no":
        predicted = predicted * (n - size) / (n - 1)
    measured = ((g[batches].mean(axis=1) - full)**2).mean(axis=0)
    return {"full": full, "variance": variance, "predicted": predicted, "measured": measured,
            "noise_scale": variance.sum() / (full**2).sum()}


def weight_averaging(case):
    begin, every, count = case.whole("begin", 1), case.whole("every", 1), case.whole("entered", 0)
    equal = case.choice("form", "exponential", "equal") == "equal"
    zero = case.choice("start", "first_copy", "zero") == "zero"
    corrected = case.choice("bias_correction", "no", "yes") == "yes"
    growing = case.choice("decay_form", "constant", "growing") == "growing"
    keep = case.choice("before", "copy", "keep") == "keep"
    decay = case.number("decay", 0.0) if equal else case.number("decay")
    weights = case["w"]
    e, product, rows = state_of(case, "e", weights[0]), 1.0, []
    entered = count > 0 or "e" in case
    for t, w in enumerate(weights, case.whole("first_step", 1)):
        if t >= begin and (t - begin) % every == 0:
            if equal:
                e = e + (w - e) / (count + 1)
            elif not entered and not zero:
                e = w
            else:
                d = min(decay, (1 + count) / (10 + count)) if growing else decay
                e, product = d * e + (1 - d) * w, product * d
            entered, count = True, count + 1
        average = e / (1 - product) if corrected and product != 1 else e
        rows.append(average if entered or keep else w)
    return {"average": np.array(rows)}


def shuffling(case):
    u, rows = case.array("u"), []
    up = case.choice("direction", "down", "up") == "up"
    previous = case.choice("start", "identity", "previous") == "previous"
    n = u.shape[1] + 1
    order = np.arange(n)
    for draws in u:
        if not previous:
            order = np.arange(n)
        places = range(n - 1) if up else range(n - 1, 0, -1)
        for i, draw in zip(places, draws):
            j = i + int(draw * (n - i)) if up else int(draw * (i + 1))
            order[[i, j]] = order[[j, i]]
        rows.append(order.copy())
    return {"order": np.array(rows)}


def convergence_stop(case):
    losses, tolerance = case.array("loss"), case.number("tolerance")
    patience, epochs = case.whole("patience", 1), case.whole("epochs", len(case.array("loss")))
    best_form = case.choice("compared", "previous", "best") == "best"
    relative = case.choice("threshold", "absolute", "relative") == "relative"
    still, run, converged, last = np.zeros(len(losses), int), 0, 0, epochs - 1
    for e in range(1, epochs):
        reference = losses[:e].min() if best_form else losses[e - 1]
        gain = reference - losses[e] if best_form else abs(reference - losses[e])
        still[e] = gain <= tolerance * (abs(reference) if relative else 1)
        run = run + 1 if still[e] else 0
        if run == patience:
            converged, last = 1, e
            break
    return {"still": still, "last": last, "converged": converged}


def optimizer_selection(case):
    weights, memory, finishing = case["weights"], case["memory"], case["finishing"]
    plain = case.choice("fallback", "momentum", "plain") == "plain"
    copies, choice, floats = case.whole("copies", 2), [], []
    for count, room, last in zip(weights, memory, finishing):
        states = [1, 0] if last else [2, 0] if plain else [2, 1, 0]
        fits = [s for s in states if count * (copies + s) <= room]
        choice.append(fits[0] if fits else -1)
        floats.append(count * (copies + fits[0]) if fits else 0)
    return {"choice": choice, "floats": floats}
