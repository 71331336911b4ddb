# SPDX-License-Identifier: MIT
"""Neurons, rules of learning, perceptrons; definitions in reference/foundations/."""
import math

import numpy as np

from activations import expit, log1pexp
from networks import activation, backpropagate, derivative, forward_and_backward, layers_of


def dense_layer(case):
    x, w = case["x"], case["w"]
    y = x @ w + (case["b"] if "b" in case else 0)
    if "dy" not in case:
        return {"y": y}
    dy = case["dy"]
    return {"y": y, "dx": dy @ w.T, "dw": x.T @ dy, "db": dy.sum(axis=0)}


def artificial_neuron(case):
    x, w = case["x"], case["w"]
    z = x @ w + (case["b"] if "b" in case else 0)
    name = case.choice("activation", "identity", "sigmoid", "tanh", "relu", "step")
    if name == "identity":
        a, slope = z, np.ones_like(z)
    elif name == "step":
        a, slope = (z >= 0).astype(z.dtype), np.zeros_like(z)
    else:
        a = activation(name, z)
        slope = derivative(name, a)
    answer = {"z": z, "a": a}
    if "da" in case:
        dz = case["da"] * slope
        answer |= {"dz": dz, "dx": np.outer(dz, w), "dw": dz @ x, "db": dz.sum()}
    return answer


def multilayer_perceptron(case):
    return forward_and_backward(case)


def mini_batch_training(case):
    case.choice("normalization", "none")
    weights, biases = layers_of(case)
    layers = len(weights)
    name = case.choice("activation", "relu", "tanh", "sigmoid")
    loss = case.choice("loss", "cross_entropy", "mean_squared_error", "binary_cross_entropy")
    truth = case["labels"] if loss == "cross_entropy" else case["targets"]
    kind = "labels" if loss == "cross_entropy" else "targets"
    x, rates, batch = case["x"], case["rate"], case.whole("batch")
    drop = case.choice("last_batch", "keep", "drop") == "drop"
    decay, keep = case.number("weight_decay", 0), case.number("keep", 1)
    hidden = case.choice("decayed", "all", "hidden_weights") == "hidden_weights"
    names = [f"w{i + 1}" for i in range(layers)] + [f"b{i + 1}" for i in range(layers)]
    decays = [decay if not hidden or i < layers - 1 else 0 for i in range(2 * layers)]
    masks = [case[f"mask{i + 1}"] if f"mask{i + 1}" in case else None for i in range(layers)]
    parameters, step = weights + biases, _step(case)
    losses, rows, state = [], [], {}
    for epoch, order in enumerate(case["permutation"]):
        for begin in range(0, len(order) - (batch - 1 if drop else 0), batch):
            if len(losses) == len(rates):
                break
            chosen = order[begin:begin + batch]
            kept = [None if m is None else (m[epoch][chosen] / keep).astype(x.dtype)
                    for m in masks]
            value, _, dw, db, _ = backpropagate(name, loss, parameters[:layers],
                                                parameters[layers:], x[chosen],
                                                masks=kept, **{kind: truth[chosen]})
            gradients = [g + c * p for g, c, p in zip(dw + db, decays, parameters)]
            parameters, state = step(parameters, gradients, rates[len(losses)])
            losses.append(value)
            rows.append([*parameters, *(array for arrays in state.values() for array in arrays)])
    record = case.choice("record", "all", "last", "listed")
    if record == "last":
        rows = rows[-1:]
    if record == "listed":
        rows = [rows[at - 1] for at in case["recorded"]]
    columns = [n + "_after" for n in names] + [f"{s}_{n}" for s in state for n in names]
    return {"loss": losses, **{c: np.array(v) for c, v in zip(columns, zip(*rows))}}


def _step(case):
    """One step of the optimizer: parameters, gradients, rate to parameters and state by name."""
    kind = case.choice("optimizer", "gradient_descent", "momentum", "adam")
    state = {}
    if kind == "gradient_descent":
        return lambda p, g, rate: ([a - rate * d for a, d in zip(p, g)], state)
    if kind == "momentum":
        mu = case.number("momentum")

        def step(p, g, rate):
            state["v"] = [mu * v + d for v, d in zip(state.get("v", [0] * len(p)), g)]
            return [a - rate * v for a, v in zip(p, state["v"])], state

        return step
    beta1, beta2, epsilon = (case.number(n) for n in ("beta1", "beta2", "epsilon"))
    before = case.choice("epsilon_placement", "after_correction", "before_correction",
                         "inside_root")
    count = 0

    def adam(p, g, rate):
        nonlocal count
        count += 1
        zeros = [0] * len(p)
        state["m"] = [beta1 * m + (1 - beta1) * d for m, d in zip(state.get("m", zeros), g)]
        state["v"] = [beta2 * v + (1 - beta2) * d**2 for v, d in zip(state.get("v", zeros), g)]
        c1, c2 = 1 - beta1**count, 1 - beta2**count
        moved = []
        for a, m, v in zip(p, state["m"], state["v"]):
            if before == "before_correction":
                moved.append(a - rate * math.sqrt(c2) / c1 * m / (np.sqrt(v) + epsilon))
            elif before == "inside_root":
                moved.append(a - rate * (m / c1) / np.sqrt(v / c2 + epsilon))
            else:
                moved.append(a - rate * (m / c1) / (np.sqrt(v / c2) + epsilon))
        return moved, state

    return adam


def linear_collapse(case):
    weights, biases = layers_of(case)
    a, weight, bias = case["x"], None, None
    for w, b in zip(weights, biases):
        a = a @ w + b
        weight = w if weight is None else weight @ w
        bias = b if bias is None else bias @ w + b
    return {"network": a, "weight": weight, "bias": bias, "collapsed": case["x"] @ weight + bias}


def shared_layers(case):
    x, s, w, b, c = case["x"], case["s"], case["w"], case["b"], case["c"]
    tied = case.choice("tied", "no", "yes") == "yes"
    v = w.T if tied else case["v"]
    code, second = np.tanh(x @ w + b), np.tanh(s @ w + b)
    doutput = case["doutput"]
    dz = (case["dcode"] + doutput @ v.T) * (1 - code**2)
    ds_z = case["dsecond"] * (1 - second**2)
    dw, dv = x.T @ dz + s.T @ ds_z, code.T @ doutput
    answer = {"code": code, "output": code @ v + c, "second": second,
              "db": dz.sum(axis=0) + ds_z.sum(axis=0), "dx": dz @ w.T, "ds": ds_z @ w.T,
              "dc": doutput.sum(axis=0), "dw": dw + dv.T if tied else dw}
    return answer if tied else {**answer, "dv": dv}


def _start(case, x):
    w = case["w"] if "w" in case else np.zeros(x.shape[1], x.dtype)
    return w, case["b"] if "b" in case else x.dtype.type(0)


def delta_rule(case):
    x, t, rate = case["x"], case["t"], case.number("rate", 0.01)
    w, b = _start(case, x)
    update = case.choice("update", "sample", "batch_mean", "batch_sum")
    twice = {"error": 1, "squared": 2}[case.choice("gradient", "error", "squared")]
    rows = []
    for _ in range(case.whole("epochs")):
        if update == "sample":
            errors = 0
            for row, target in zip(x, t):
                e = row @ w + b - target
                w, b, errors = w - rate * twice * e * row, b - rate * twice * e, errors + e**2
        else:
            e = x @ w + b - t
            divisor = len(x) if update == "batch_mean" else 1
            errors = (e**2).sum()
            w = w - rate * twice * (e @ x) / divisor
            b = b - rate * twice * e.sum() / divisor
        rows.append((w, b, errors / len(x)))
    return dict(zip(("w_after", "b_after", "squared_error"), map(np.array, zip(*rows))))


def perceptron_rule(case):
    x, labels, rate = case["x"], case["labels"], case.number("rate", 0.01)
    w, b = _start(case, x)
    low = {"zero_one": 0, "signed": -1}[case.choice("targets", "zero_one", "signed")]
    fires = case.choice("at_zero", "one", "low") == "one"
    epochs = case.whole("epochs")
    orders = case["order"] if "order" in case else [np.arange(len(x))] * epochs
    rows = []

    def says(z):
        return np.where((z >= 0) if fires else (z > 0), 1, low)

    for order in orders[:epochs]:
        mistakes = 0
        for n in order:
            u = rate * float((1 if labels[n] > 0 else low) - says(x[n] @ w + b))
            w, b, mistakes = w + u * x[n], b + u, mistakes + (u != 0)
        rows.append((w, b, mistakes))
    answer = dict(zip(("w_after", "b_after", "mistakes"), map(np.array, zip(*rows))))
    return {**answer, "predicted": says(x @ w + b)}


def hebbian_learning(case):
    x, w, rate, decay = case["x"], case["w"], case.number("rate"), case.number("decay", 0)
    rule = case.choice("rule", "hebb", "oja", "sanger")
    batch = case.choice("update", "sample", "batch") == "batch"

    def change(row, w):
        y = row @ w
        if rule == "hebb":
            f = 0
        elif rule == "oja":
            f = y * w
        else:
            f = np.cumsum(y * w, axis=1)
        return y * (row[:, None] - f)

    weights, squares = [], []
    for _ in range(case.whole("epochs")):
        if batch:
            mean = sum(change(row, w) for row in x) / len(x)
            squares.append(((x @ w)**2).mean(axis=0))
            w = w + rate * mean - rate * decay * w
        else:
            outputs = []
            for row in x:
                outputs.append(row @ w)
                w = w + rate * change(row, w) - rate * decay * w
            squares.append((np.array(outputs)**2).mean(axis=0))
        weights.append(w)
    return {"w_after": np.array(weights), "mean_square": np.array(squares)}


def logistic_regression(case):
    x, y = case["x"], (case["labels"] > 0).astype(case["x"].dtype)
    w, b = _start(case, x)
    rate, l2 = case.number("rate", 1), case.number("l2", 0)
    newton = case.choice("solver", "gradient_descent", "newton") == "newton"
    divisor = len(x) if case.choice("reduction", "mean", "sum") == "mean" else 1
    all_of_it = case.choice("penalty", "weights", "all") == "all"
    with_bias = np.concatenate([x, np.ones((len(x), 1), x.dtype)], axis=1)
    penalty = np.full(with_bias.shape[1], l2, x.dtype)
    if not all_of_it:
        penalty[-1] = 0
    theta, rows = np.append(w, b).astype(x.dtype), []
    for _ in range(case.whole("steps")):
        z = with_bias @ theta
        loss = (y * log1pexp(-z) + (1 - y) * log1pexp(z)).sum() / divisor
        loss = loss + (penalty * theta**2).sum() / 2
        p = expit(z)
        g = with_bias.T @ (p - y) / divisor + penalty * theta
        if newton:
            curvature = p * expit(-z)
            h = (with_bias * curvature[:, None]).T @ with_bias / divisor + np.diag(penalty)
            np.linalg.cholesky(h)
            g = np.linalg.solve(h, g)
        theta = theta - rate * g
        rows.append((theta[:-1], theta[-1], loss))
    answer = dict(zip(("w_after", "b_after", "loss"), map(np.array, zip(*rows))))
    return {**answer, "p": expit(with_bias @ theta)}


def loss_landscape_descent(case):
    landscape = case.choice("landscape", "double_well", "saddle", "monkey_saddle", "bowl")
    tilt, condition = case.number("tilt", 0), case.number("condition", 10)
    rate, mu, radius = case.number("rate"), case.number("momentum", 0), case.number("radius", 1)
    nesterov = case.choice("nesterov", "no", "yes") == "yes"
    x, y = case["start"].T

    def height(x, y):
        return {"double_well": lambda: (x**2 - 1)**2 / 4 + tilt * x,
                "saddle": lambda: (x**2 - y**2) / 2,
                "monkey_saddle": lambda: x**3 / 3 - x * y**2,
                "bowl": lambda: (x**2 + condition * y**2) / 2}[landscape]()

    def slope(x, y):
        return {"double_well": lambda: ((x**2 - 1) * x + tilt, 0 * y),
                "saddle": lambda: (x, -y), "monkey_saddle": lambda: (x**2 - y**2, -2 * x * y),
                "bowl": lambda: (x, condition * y)}[landscape]()

    u, v = np.zeros_like(x), np.zeros_like(y)
    paths, heights, escape = [], [], np.zeros(len(x), int)
    for s in range(1, case.whole("steps") + 1):
        gx, gy = slope(x, y)
        u, v = mu * u + gx, mu * v + gy
        x = x - rate * (gx + mu * u if nesterov else u)
        y = y - rate * (gy + mu * v if nesterov else v)
        out = np.abs(x if landscape == "double_well" else y) > radius
        escape = np.where((escape == 0) & out, s, escape)
        paths.append(np.stack([x, y], axis=1))
        heights.append(height(x, y))
    return {"path": np.stack(paths, axis=1), "height": np.stack(heights, axis=1), "escape": escape,
            "basin": np.sign(x)}


def universal_approximation(case):
    t, x = case["knots"], case["x"]
    f = {"sine": np.sin, "square": np.square, "absolute": np.abs}[
        case.choice("target", "sine", "square", "absolute")]
    slopes = np.diff(f(t)) / np.diff(t)
    v = np.diff(slopes, prepend=slopes.dtype.type(0))
    y = f(t[0]) + np.maximum(x[:, None] - t[:-1], 0) @ v
    error = y - f(x)
    return {"v": v, "y": y, "error": error, "sup": np.abs(error).max()}


def min_max_display(case):
    w, channel = case["w"], case.whole("channel", 0)
    axes = (0, 1, 2) if case.choice("range", "tensor", "filter") == "filter" else None
    low, high = w.min(axis=axes), w.max(axis=axes)
    span = np.where(high > low, high - low, 1)
    scaled = (w - low) / span
    return {"scaled": scaled, "tiles": np.moveaxis(scaled[:, :, channel], -1, 0),
            "low": np.broadcast_to(low, w.shape[-1]), "high": np.broadcast_to(high, w.shape[-1])}


def one_hot_encoding(case):
    labels = case["labels"]
    classes = case.whole("classes", int(labels.max()) + 1)
    on, off = case.number("on", 1), case.number("off", 0)
    outside = case.choice("outside", "refuse", "off", "wrap")
    first = case.choice("ties", "first", "last") == "first"
    ignored = labels == case.whole("ignored") if case.has_number("ignored") else np.zeros(
        labels.shape, bool)
    if outside == "refuse" and ((labels < 0) | (labels >= classes))[~ignored].any():
        raise ValueError("a label outside")
    place = labels % classes if outside == "wrap" else labels
    hot = (place[:, None] == np.arange(classes)) & ~ignored[:, None]
    answer = {"encoded": np.where(hot, on, off), "counts": hot.sum(axis=0)}
    if "rows" in case:
        rows = case["rows"]
        largest = rows.argmax(axis=1) if first else classes - 1 - rows[:, ::-1].argmax(axis=1)
        level = (rows == rows[:, :1]).all(axis=1)
        answer["decoded"] = np.where(level, case.number("blank", -1), largest)
    return answer


def bias_variance_decomposition(case):
    p, truth = case["predictions"], case["truth"]
    ddof = {"population": 0, "sample": 1}[case.choice("variance", "population", "sample")]
    if len(p) <= ddof:
        raise ZeroDivisionError("one refit")
    mean = p.mean(axis=0)
    bias, variance = mean - truth, ((p - mean)**2).sum(axis=0) / (len(p) - ddof)
    square = (bias**2).mean()
    if case.choice("bias", "plain", "corrected") == "corrected":
        square = square - variance.mean() / len(p)
    noise = ((case["observed"] - truth)**2).mean() if "observed" in case else 0
    return {"mean": mean, "bias": bias, "variance": variance, "bias_squared": square,
            "variance_mean": variance.mean(), "noise": noise,
            "expected": square + variance.mean() + noise, "direct": ((p - truth)**2).mean()}


def linear_probe(case):
    labels, classes, ridge = case["labels"], case.whole("classes"), case.number("ridge", 0)
    low = {"zero_one": 0, "plus_minus": -1}[case.choice("targets", "zero_one", "plus_minus")]
    bias = case.choice("bias", "free", "penalised", "none")
    if case.choice("reduction", "sum", "mean") == "mean":
        ridge = ridge * len(labels)
    answer, rows, layer = {}, [], 1
    while f"a{layer}" in case:
        a = case[f"a{layer}"]
        t = np.where(labels[:, None] == np.arange(classes), 1, low).astype(a.dtype)
        v = a if bias == "none" else np.concatenate([a, np.ones((len(a), 1), a.dtype)], axis=1)
        diagonal = np.full(v.shape[1], ridge, a.dtype)
        if bias == "free":
            diagonal[-1] = 0
        h = v.T @ v + np.diag(diagonal)
        np.linalg.cholesky(h)
        w = np.linalg.solve(h, v.T @ t)
        p = v @ w
        answer[f"w{layer}"] = w
        rows.append(((p.argmax(axis=1) == labels).mean(), ((p - t)**2).mean(), p.argmax(axis=1)))
        layer += 1
    return answer | dict(zip(("accuracy", "error", "predicted"), map(np.array, zip(*rows))))


def data_checks(case):
    x, label, classes = case["x"], case["label"], case.whole("classes")
    required = case.choice("shuffling", "required", "free") == "required"
    right = (label >= 0) & (label < classes)
    counts = np.bincount(label[right], minlength=classes)
    same = (x[:, None] == x[None]).all(axis=2)
    earlier = same & (np.arange(len(x))[None] < np.arange(len(x))[:, None])
    twin = np.where(earlier.any(axis=1), earlier.argmax(axis=1), -1)
    conflict = (twin >= 0) & (label[twin] != label)
    constant = (x == x[0]).all(axis=0)
    problems = ((~right).sum() + (counts == 0).sum() + (twin >= 0).sum()
                + (constant.sum() if len(x) > 1 else 0))
    answer = {"label_ok": right, "counts": counts, "empty": (counts == 0).sum(), "twin_of": twin,
              "conflict": conflict, "constant": constant}
    if "rows" in case:
        rows = case["rows"]
        hot = ((rows == 1).sum(axis=1) == 1) & ((rows == 0).sum(axis=1) == rows.shape[1] - 1)
        answer["one_hot"] = np.where(~hot, 1, np.where(rows.argmax(axis=1) != label, 2, 0))
        problems += (answer["one_hot"] > 0).sum()
    if "permutation" in case:
        orders = case["permutation"]
        n = orders.shape[1]
        valid = (np.sort(orders, axis=1) == np.arange(n)).all(axis=1)
        before = np.concatenate([np.arange(n)[None], orders[:-1]])
        shuffled = (orders != before).any(axis=1)
        answer |= {"valid": valid, "shuffled": shuffled}
        problems += (~valid | (required & ~shuffled)).sum()
    return {**answer, "problems": problems}
