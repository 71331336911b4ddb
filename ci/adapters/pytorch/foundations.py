# SPDX-License-Identifier: MIT
"""Layers, perceptrons and their training; definitions in reference/foundations/."""
import torch
import torch.nn.functional as F

from assay_adapter import Declined
from autograd import gradients
from network import activation_of, count, layers, loss_of, parameters, perceptron, unit


def artificial_neuron(case):
    name = case.choice("activation", "identity", "sigmoid", "tanh", "relu", "step")
    inputs = {key: case[key].requires_grad_() for key in ("x", "w", "b")}
    z = unit(**inputs)
    if name == "step":
        if "da" in case:
            raise Declined("torch.heaviside has no derivative")
        return {"z": z, "a": torch.heaviside(z, torch.ones(()))}
    f = {"identity": torch.nn.Identity(), "sigmoid": torch.sigmoid, "tanh": torch.tanh,
         "relu": F.relu}[name]
    a = f(z)
    outputs = {"z": z, "a": a}
    if "da" in case:
        outputs |= gradients(a, case["da"], {"z": z, **inputs})
    return outputs


def delta_rule(case):
    """SGD on the squared error of one linear unit, whose gradient is twice the rule's error."""
    x, t = case["x"], case["t"]
    w = (case["w"] if "w" in case else torch.zeros(x.shape[1])).requires_grad_()
    b = (case["b"] if "b" in case else torch.zeros(())).requires_grad_()
    update = case.choice("update", "sample", "batch_mean", "batch_sum")
    share = {"error": 0.5, "squared": 1.0}[case.choice("gradient", "error", "squared")]
    reduction = "sum" if update == "batch_sum" else "mean"
    optimizer = torch.optim.SGD([w, b], case.number("rate", 0.01))
    outputs = {"w_after": [], "b_after": [], "squared_error": []}
    for _ in range(count(case, "epochs")):
        errors = []
        for chosen in torch.arange(len(x)).split(1 if update == "sample" else len(x)):
            optimizer.zero_grad()
            z = unit(x[chosen], w, b)
            F.mse_loss(z, t[chosen], reduction=reduction).backward(torch.tensor(share))
            errors.append(F.mse_loss(z.detach(), t[chosen], reduction="none"))
            optimizer.step()
        outputs["w_after"].append(w.detach().clone())
        outputs["b_after"].append(b.detach().clone())
        outputs["squared_error"].append(torch.cat(errors).mean())
    return {name: torch.stack(values) for name, values in outputs.items()}


def dense_layer(case):
    inputs = {name: case[name].requires_grad_() for name in ("x", "w")}
    inputs["b"] = (case["b"] if "b" in case else torch.zeros(inputs["w"].shape[1])
                   ).requires_grad_()
    y = F.linear(inputs["x"], inputs["w"].t(), inputs["b"])
    return {"y": y, **(gradients(y, case["dy"], inputs) if "dy" in case else {})}


def gradient_monitor(case):
    found, loss = parameters(case), loss_of(case)
    stack, activation = layers(found), activation_of(case)
    with_bias = case.choice("of", "weights", "layer") == "layer"
    exploded, vanished = case.number("exploded", 1000.0), case.number("vanished", 2.0 ** -20)
    optimizer = torch.optim.SGD(found.values(), case.number("rate"))
    losses, norms, x = [], [], case["x"]
    for _ in range(count(case, "steps")):
        optimizer.zero_grad()
        value = loss(perceptron(x, stack, activation))
        value.backward()
        losses.append(value.detach())
        norms.append(torch.stack([torch.nn.utils.get_total_norm(
            [w.grad] + ([b.grad] if with_bias else [])) for w, b in stack]))
        optimizer.step()
    norm = torch.stack(norms)
    return {"loss": torch.stack(losses), "norm": norm,
            "flag": (norm > exploded).long() - (norm < vanished).long()}


def learning_rate_sweep(case):
    loss, activation, x = loss_of(case), activation_of(case), case["x"]
    steps, rates = count(case, "steps"), case.array("rate")
    diverged, stalled = case.number("diverged", 1.0), case.number("stalled", 0.95)
    losses = []
    for rate in rates:
        found = parameters(case)
        optimizer = torch.optim.SGD(found.values(), float(rate))
        path = [loss(perceptron(x, layers(found), activation))]
        for _ in range(steps):
            optimizer.zero_grad()
            path[-1].backward()
            optimizer.step()
            path.append(loss(perceptron(x, layers(found), activation)))
        losses.append(torch.stack(path).detach())
    losses = torch.stack(losses)
    start, last = losses[0, 0], losses[:, -1]
    high, low = last > diverged * start, last > stalled * start
    return {"start": start, "loss": losses[:, 1:], "best": last.argmin(),
            "outcome": high.long() - (low & ~high).long()}


def linear_collapse(case):
    found = parameters(case)
    stack = [(w, torch.zeros(w.shape[1]) if b is None else b) for w, b in layers(found)]
    weights = [w for w, _ in stack]
    weight = torch.linalg.multi_dot(weights) if len(weights) > 1 else weights[0]
    identity = torch.nn.Identity()
    bias = perceptron(stack[0][1], stack[1:], identity)
    x = case["x"]
    return {"network": perceptron(x, stack, identity), "weight": weight, "bias": bias,
            "collapsed": F.linear(x, weight.t(), bias)}


def logistic_regression(case):
    """SGD on binary_cross_entropy_with_logits. Newton's method is not in torch.optim."""
    case.choice("solver", "gradient_descent")
    if case.number("l2", 0.0) != 0:
        raise Declined("weight_decay of SGD is not part of a loss, which is asked for")
    case.choice("penalty", "weights", "all")
    reduction = case.choice("reduction", "mean", "sum")
    x, y = case["x"], (case["labels"] > 0).to(case["x"].dtype)
    w = (case["w"] if "w" in case else torch.zeros(x.shape[1])).requires_grad_()
    b = (case["b"] if "b" in case else torch.zeros(())).requires_grad_()
    optimizer = torch.optim.SGD([w, b], case.number("rate", 1.0))
    outputs = {"w_after": [], "b_after": [], "loss": []}
    for _ in range(count(case, "steps")):
        optimizer.zero_grad()
        loss = F.binary_cross_entropy_with_logits(unit(x, w, b), y, reduction=reduction)
        loss.backward()
        optimizer.step()
        for name, value in zip(outputs, (w, b, loss)):
            outputs[name].append(value.detach().clone())
    return {name: torch.stack(values) for name, values in outputs.items()} | {
        "p": torch.sigmoid(unit(x, w, b))}


def mini_batch_training(case):
    found, loss = parameters(case), loss_of(case)
    stack, activation, x = layers(found), activation_of(case), case["x"]
    if case.number("keep", 1.0) != 1:
        raise Declined("F.dropout draws its own masks")
    norms = _normalization(case, found, stack)
    optimizer, state = _optimizer(case, found)
    rates, record = case.array("rate"), case.choice("record", "all", "last", "listed")
    wanted = {"all": range(1, len(rates) + 1), "last": [len(rates)]}.get(record)
    wanted = set(case.array("recorded").tolist() if wanted is None else wanted)
    outputs = {"loss": []} | {name + "_after": [] for name in found} | {
        f"{letter}_{name}": [] for letter in state for name in found}
    batches = list(_batches(case))
    if len(rates) > len(batches):
        raise Declined("there are more rates than steps, which the library never sees")
    for step, (rate, chosen) in enumerate(zip(rates, batches), 1):
        for group in optimizer.param_groups:
            group["lr"] = float(rate)
        optimizer.zero_grad()
        value = loss(_normalized(case, x[chosen], stack, activation, norms), chosen)
        value.backward()
        optimizer.step()
        outputs["loss"].append(value.detach())
        for l, norm in enumerate(norms if step in wanted else (), 1):
            for kind in ("mean", "variance"):
                outputs.setdefault(f"running_{kind}{l}_after", []).append(norm[kind].clone())
        for name, parameter in found.items() if step in wanted else ():
            outputs[name + "_after"].append(parameter.detach().clone())
            for letter, key in state.items():
                outputs[f"{letter}_{name}"].append(optimizer.state[parameter][key].clone())
    return {name: torch.stack(values) for name, values in outputs.items()}


def _normalization(case, found, stack):
    """What F.batch_norm needs besides gamma and beta, of each hidden layer; adds those to `found`."""
    if case.choice("normalization", "none", "batch") == "none":
        return []
    case.choice("running_variance_kind", "unbiased")
    case.choice("one_value", "refused")
    norms = []
    for l, (w, _) in enumerate(stack[:-1], 1):
        units, norm = w.shape[1], {}
        for kind, default in (("gamma", 1.0), ("beta", 0.0)):
            value = case[f"{kind}{l}"] if f"{kind}{l}" in case else torch.full((units,), default)
            found[f"{kind}{l}"] = norm[kind] = value.to(w.dtype).requires_grad_()
        for kind, default in (("mean", 0.0), ("variance", 1.0)):
            name = f"running_{kind}{l}"
            value = case[name] if name in case else torch.full((units,), default)
            norm[kind] = value.to(w.dtype).clone()
        norms.append(norm)
    return norms


def _normalized(case, x, stack, activation, norms):
    """The perceptron with F.batch_norm in the place that the case wants."""
    if not norms:
        return perceptron(x, stack, activation)
    before = case.choice("normalization_place", "before_activation", "after_activation")
    for (w, b), norm in zip(stack, norms):
        x = F.linear(x, w.t(), b)
        if before == "after_activation":
            x = activation(x)
        x = F.batch_norm(x, norm["mean"], norm["variance"], norm["gamma"], norm["beta"], True,
                         case.number("normalization_momentum", 0.1),
                         case.number("normalization_epsilon", 1e-5))
        if before == "before_activation":
            x = activation(x)
    w, b = stack[-1]
    return F.linear(x, w.t(), b)


def _batches(case):
    """The samples of every step, epoch after epoch."""
    size = case.whole("batch")
    drop = case.choice("last_batch", "keep", "drop") == "drop"
    for epoch in case["permutation"]:
        for chosen in epoch.split(size):
            if len(chosen) == size or not drop:
                yield chosen


def _optimizer(case, found):
    """An optimizer of torch.optim, and {letter of the case: name of its state}."""
    decay = case.number("weight_decay", 0.0)
    last = f"w{len(layers(found))}"
    decayed = set(found)
    if case.choice("decayed", "all", "hidden_weights") == "hidden_weights":
        decayed = {name for name in found if name.startswith("w") and name != last}
    groups = [{"params": [parameter], "weight_decay": decay if name in decayed else 0.0}
              for name, parameter in found.items()]
    kind = case.choice("optimizer", "gradient_descent", "momentum", "adam")
    if kind == "gradient_descent":
        return torch.optim.SGD(groups, 0.0), {}
    if kind == "momentum":
        return torch.optim.SGD(groups, 0.0, case.number("momentum")), {"v": "momentum_buffer"}
    case.choice("epsilon_placement", "after_correction")
    betas = case.number("beta1"), case.number("beta2")
    return torch.optim.Adam(groups, 0.0, betas, case.number("epsilon")), {
        "m": "exp_avg", "v": "exp_avg_sq"}


def multilayer_perceptron(case):
    found = parameters(case)
    inputs = {"x": case["x"].requires_grad_(), **found}
    output = perceptron(inputs["x"], layers(found), activation_of(case))
    loss = loss_of(case)(output)
    return {"output": output, "loss": loss, **gradients(loss, None, inputs)}


def one_hot_encoding(case):
    case.choice("outside", "refuse")
    case.choice("ties", "first")
    if case.number("on", 1.0) != 1 or case.number("off", 0.0) != 0 or case.has_number("ignored"):
        raise Declined("F.one_hot has 1 and 0, and ignores no label")
    labels = case["labels"]
    classes = case.whole("classes", -1)
    outputs = {"encoded": F.one_hot(labels, classes),
               "counts": torch.bincount(labels, minlength=max(classes, 0))}
    if "rows" in case:
        rows = case["rows"]
        if (rows == rows[:, :1]).all(1).any():
            raise Declined("torch.argmax has an answer for equal entries too")
        outputs["decoded"] = rows.argmax(1)
    return outputs


def shared_layers(case):
    tied = case.choice("tied", "no", "yes") == "yes"
    inputs = {name: case[name].requires_grad_() for name in ("x", "s", "w", "b", "c")}
    if not tied:
        inputs["v"] = case["v"].requires_grad_()
    w = inputs["w"].t()
    code = torch.tanh(F.linear(inputs["x"], w, inputs["b"]))
    output = F.linear(code, inputs["w"] if tied else inputs["v"].t(), inputs["c"])
    second = torch.tanh(F.linear(inputs["s"], w, inputs["b"]))
    upstream = [case["dcode"], case["doutput"], case["dsecond"]]
    return {"code": code, "output": output, "second": second,
            **gradients([code, output, second], upstream, inputs)}
