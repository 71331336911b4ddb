# SPDX-License-Identifier: MIT
"""Operations whose backward pass is the question; definitions in reference/gradients/."""
import torch
import torch.nn.functional as F

from assay_adapter import Declined
from autograd import gradients, with_gradients
from network import activation_of, count, layers, loss_of, parameters, perceptron


def argmax(case):
    """max and min along an axis return the index too, and document that it is the first of ties."""
    x = case["x"].requires_grad_()
    axis = {"features": 1, "samples": 0}[case.choice("axis", "features", "samples")]
    case.choice("ties", "first")
    largest = case.choice("extremum", "largest", "smallest") == "largest"
    y, index = x.max(axis) if largest else x.min(axis)
    return {"y": y, "index": index, **gradients(y, case["dy"], {"x": x})}


def broadcast_addition(case):
    return with_gradients(case, lambda a, b: a + b, ["a", "b"])


def complex_product(case):
    if case["a"].dtype == torch.bfloat16:
        raise Declined("there are no complex numbers of bfloat16")

    def operation(a, b):
        return torch.view_as_real(torch.view_as_complex(a) * torch.view_as_complex(b))
    return with_gradients(case, operation, ["a", "b"])


def concatenation(case):
    without = case.choice("without", "none", "first", "second", "third")
    parts = {name: case[name] for name in ("x1", "x2", "x3")}
    wanted = {name: x.requires_grad_() for (name, x), place in
              zip(parts.items(), ("first", "second", "third")) if place != without}
    y = torch.cat(list(parts.values()), 1)
    return {"y": y, **gradients(y, case["dy"], wanted)}


def cross_product(case):
    return with_gradients(case, lambda a, b: torch.linalg.cross(a, b), ["a", "b"])


def cumulative_product(case):
    case.choice("exclusive", "no")
    turned = [1] if case.choice("reverse", "no", "yes") == "yes" else []
    return with_gradients(case, lambda x: x.flip(turned).cumprod(1).flip(turned), ["x"])


def embedding_lookup(case):
    w = case["w"].requires_grad_()
    padding = case.whole("padding") if case.has_number("padding") else None
    divided = case.choice("frequency", "ignored", "divided") == "divided"
    y = F.embedding(case["index"], w, padding, scale_grad_by_freq=divided)
    return {"y": y, **gradients(y, case["dy"], {"w": w}, "gradient_")}


def euclidean_norm(case):
    if case.number("epsilon", 0.0) != 0:
        raise Declined("torch.linalg.vector_norm has no epsilon")
    return with_gradients(case, lambda x: torch.linalg.vector_norm(x, dim=1), ["x"])


def explosion_control(case):
    """SGD with weight_decay, on the network of normalized_depth."""
    if case.number("decay", 0.0) != 0:
        raise Declined("no schedule of PyTorch is 1 / (1 + decay t)")
    x, targets = case["x"], case["targets"]
    w1, w = case["w1"].requires_grad_(), case["w"].requires_grad_()
    network = _deep_network(case)
    optimizer = torch.optim.SGD([w1, w], case.number("rate"),
                                weight_decay=case.number("penalty", 0.0))
    outputs = {"loss": [], "norm": [], "size": [], "update": []}
    for _ in range(count(case, "steps")):
        optimizer.zero_grad()
        y = network(x, w1, w)
        loss = F.mse_loss(y, targets, reduction="sum") / (2 * len(x))
        loss.backward()
        before = [w1.detach().clone(), w.detach().clone()]
        outputs["loss"].append(loss.detach())
        outputs["norm"].append(torch.nn.utils.get_total_norm([w1.grad, w.grad]))
        outputs["size"].append(torch.nn.utils.get_total_norm(before))
        optimizer.step()
        outputs["update"].append(torch.nn.utils.get_total_norm(
            [after.detach() - b for after, b in zip((w1, w), before)]))
    return {name: torch.stack(values) for name, values in outputs.items()} | {
        "w1_end": w1, "w_end": w}


def finite_check(case):
    """torch.isfinite finds what is bad; GradScaler skips the steps that have it."""
    if case.has_number("limit"):
        raise Declined("PyTorch guards the largest number of the type in use alone")
    last_first = case.choice("order", "backward", "forward") == "backward"
    skip = case.choice("action", "skip", "zero") == "skip"
    w = case["start"].requires_grad_()
    if skip and w.dtype == torch.float16:
        raise Declined("GradScaler wants gradients of another type than float16")
    optimizer = torch.optim.SGD([w], case.number("rate"))
    scaler = torch.amp.GradScaler("cpu", init_scale=1.0, enabled=skip)
    g = case["a"] / case["b"]
    bad, path, first = [], [], None
    for t, gradient in enumerate(g):
        found = ~torch.isfinite(gradient)
        bad.append(torch.count_nonzero(found))
        if first is None and bad[-1] > 0:
            rows = torch.nonzero(found.any(1))[:, 0]
            layer = int(rows[-1] if last_first else rows[0])
            element = int(torch.nonzero(found[layer])[0])
            first = t, layer, element, 1 if torch.isnan(gradient[layer, element]) else 2
        scaler.scale(torch.zeros(()))
        w.grad = gradient.clone() if skip else gradient.nan_to_num(0.0, 0.0, 0.0)
        scaler.step(optimizer)
        scaler.update(1.0 if skip else None)
        path.append(w.detach().clone())
    step, layer, element, kind = first or (-1, -1, -1, 0)
    return {"step": step, "layer": layer, "element": element, "kind": kind,
            "bad": torch.stack(bad), "w": torch.stack(path)}


def gather_scatter(case):
    x, index = case["x"].requires_grad_(), case["index"]
    operation = case.choice("operation", "gather", "add", "set", "mean", "largest")
    if operation == "gather":
        y = x.gather(0, index)
        return {"y": y, **gradients(y, case["dy"], {"x": x})}
    start = case["start"].requires_grad_()
    with_start = case.number("self", 0.0) == 1
    if operation == "add":
        y = start.scatter_add(0, index, x)
    elif operation == "set":
        y = start.scatter(0, index, x)
    else:
        kind = {"mean": "mean", "largest": "amax"}[operation]
        y = start.scatter_reduce(0, index, x, kind, include_self=with_start)
    return {"y": y, **gradients(y, case["dy"], {"x": x, "start": start})}


def gradient_clipping_by_norm(case):
    """clip_grad_norm_, which adds 1e-6 to every norm."""
    if abs(case.number("epsilon", 0.0) - 1e-6) > 1e-12:
        raise Declined("clip_grad_norm_ adds 1e-6 to the norm, always")
    limit = case.number("limit")
    kind = {"two": 2.0, "one": 1.0, "infinity": float("inf")}[
        case.choice("norm", "two", "one", "infinity")]
    tensors = []
    while f"g{len(tensors) + 1}" in case:
        g = case[f"g{len(tensors) + 1}"]
        tensors.append(torch.zeros_like(g).requires_grad_())
        tensors[-1].grad = g
    groups = [tensors] if case.choice("scope", "global", "tensor") == "global" else [
        [tensor] for tensor in tensors]
    norms = [torch.nn.utils.clip_grad_norm_(group, limit, kind) for group in groups]
    return {"norm": torch.stack(norms)} | {
        f"clipped{i}": tensor.grad for i, tensor in enumerate(tensors, 1)}


def gradient_clipping_by_value(case):
    g = case["g"]
    if not case.has_number("limit"):
        return {"clipped": g.clamp(case.number("low"), case.number("high"))}
    parameter = torch.zeros_like(g).requires_grad_()
    parameter.grad = g
    torch.nn.utils.clip_grad_value_([parameter], case.number("limit"))
    return {"clipped": parameter.grad}


def gradient_norms(case):
    found = parameters(case)
    loss = loss_of(case)(perceptron(case["x"], layers(found), activation_of(case)))
    loss.backward()
    with_bias = case.choice("of", "weights", "layer") == "layer"
    norms = torch.stack([
        torch.nn.utils.get_total_norm([w.grad] + ([b.grad] if with_bias else []))
        for w, b in layers(found)])
    return {"loss": loss, "norm": norms, "ratio": norms[0] / norms[-1]}


def hessian_vector_product(case):
    """Forward mode along v, then reverse mode through it."""
    x, t = case["x"], case["t"]
    names = {"w1": "v1", "b1": "c1", "w2": "v2", "b2": "c2"}
    w, v = tuple(case[name] for name in names), tuple(case[name] for name in names.values())

    def loss(w1, b1, w2, b2):
        y = perceptron(x, [(w1, b1), (w2, b2)], torch.tanh)
        return F.mse_loss(y, t, reduction="sum") / (2 * len(x))

    def slope(w, v):
        return torch.func.jvp(loss, w, v)[1]

    value, pull = torch.func.vjp(slope, w, v)
    dw, dv = pull(case["dslope"])
    return {"slope": value} | {"d" + name: g for name, g in zip(names, dw)} | {
        "d" + name: g for name, g in zip(names.values(), dv)}


def in_place_update(case):
    """With allow_mutation_on_saved_tensors; without it PyTorch refuses where h is saved (tanh)."""
    x = case["x"].requires_grad_()
    function = {"tanh": torch.tanh, "square": torch.square}[
        case.choice("function", "tanh", "square")]
    with torch.autograd.graph.allow_mutation_on_saved_tensors():
        y = function(x).mul_(case.number("factor")).add_(case.number("shift", 0.0))
        return {"y": y, **gradients(y, case["dy"], {"x": x})}


def log_sum_exp(case):
    mask = case["mask"].bool()
    if not mask.any(1).all():
        raise Declined("a row without any element is minus infinity, and nothing else")
    case.number("empty", 0.0)
    return with_gradients(case, lambda x: torch.masked.logsumexp(x, 1, mask=mask), ["x"])


def normalized_depth(case):
    x, w1, w = (case[name].requires_grad_() for name in ("x", "w1", "w"))
    y = _deep_network(case)(x, w1, w)
    found = gradients(y, case["dy"], {"x": x, "w1": w1, "w": w})
    norms = torch.stack([torch.linalg.vector_norm(g) for g in (found["dw1"], *found.pop("dw"))])
    return {"y": y, "norm": norms, "ratio": norms[0] / norms[-1], **found}


def _deep_network(case):
    """A function of x, w1 and w: layers without biases, each normalised or not."""
    activation = activation_of(case, "activation", "tanh", "relu", "sigmoid")
    kind = case.choice("normalization", "none", "batch", "layer")
    epsilon = case.number("epsilon", 2.0 ** -17)
    normalize = {
        "none": lambda z: z,
        "batch": lambda z: F.batch_norm(z, None, None, training=True, eps=epsilon),
        "layer": lambda z: F.layer_norm(z, z.shape[1:], eps=epsilon)}[kind]

    def network(x, w1, w):
        for weight in (w1, *w):
            x = activation(normalize(F.linear(x, weight.t())))
        return x
    return network


def pairwise_distance(case):
    p, epsilon = case.number("p", 2.0), case.number("epsilon", 0.0)

    def operation(x1, x2):
        if epsilon == 0:
            return torch.cdist(x1, x2, p)
        return F.pairwise_distance(x1[:, None], x2[None], p, epsilon)
    return with_gradients(case, operation, ["x1", "x2"])


def power(case):
    return with_gradients(case, lambda x, p: x.pow(p), ["x", "p"])


def product(case):
    return with_gradients(case, lambda x: x.prod(1), ["x"])


def recurrent_growth(case):
    """torch.nn's tanh cell, step by step, so that the gradient of every state can be seen."""
    case.choice("activation", "tanh")
    inputs = {"x": case["x"].requires_grad_(), "h0": case["h0"].requires_grad_(),
              "w": case["w"].requires_grad_()}
    x, h, w = inputs.values()
    steps = len(x)
    cut = steps - case.whole("steps_back", steps)
    identity = torch.eye(len(w))
    states = []
    for t in range(steps):
        if t == cut and cut > 0:
            h = h.detach().requires_grad_()
        states.append(h)
        h = torch.rnn_tanh_cell(x[t], h, identity, w.t())
    states.append(h)
    found = torch.autograd.grad(h, [*inputs.values(), *states[::-1]], case["dh"],
                                allow_unused=True)
    found = [torch.zeros_like(at) if g is None else g
             for g, at in zip(found, [*inputs.values(), *states[::-1]])]
    prefix = "gradient_" if case.has_number("steps_back") else "d"
    return {"h": h, "norm": torch.stack([torch.linalg.vector_norm(g) for g in found[3:]])} | {
        prefix + name: g for name, g in zip(inputs, found)}


def residual_block(case):
    f = activation_of(case, "activation", "tanh", "relu", "sigmoid")
    order = case.choice("order", "plain", "post", "pre")
    scale = case.number("scale", 1.0)

    def operation(x, w1, b1, w2, b2):
        branch = perceptron(f(x) if order == "pre" else x, [(w1, b1), (w2, b2)], f)
        y = torch.add(x, branch, alpha=scale)
        return f(y) if order == "post" else y
    return with_gradients(case, operation, ["x", "w1", "b1", "w2", "b2"])


def sort(case):
    x, dy = case["x"].requires_grad_(), case["dy"]
    descending = case.choice("order", "descending", "ascending") == "descending"
    y, index = x.sort(dim=1, descending=descending, stable=True)
    y, index = y[:, :dy.shape[1]], index[:, :dy.shape[1]]
    return {"y": y, "index": index, **gradients(y, dy, {"x": x})}


def standard_deviation(case):
    if case.number("epsilon", 0.0) != 0:
        raise Declined("torch.std has no epsilon")
    correction = case.whole("correction", 1)
    return with_gradients(case, lambda x: x.std(1, correction=correction), ["x"])


def stop_gradient(case):
    detached = case.choice("detach", "none", "gate", "value", "input", "output")

    def held(name, value):
        return value.detach() if name == detached else value

    inputs = {name: case[name].requires_grad_() for name in ("x", "u", "v")}
    x = held("input", inputs["x"])
    a = held("value", torch.tanh(F.linear(x, inputs["u"].t())))
    b = held("gate", torch.sigmoid(F.linear(x, inputs["v"].t())))
    y = held("output", a * b)
    if not y.requires_grad:
        y.requires_grad_()
    return {"y": y, **gradients(y, case["dy"], inputs, "gradient_")}


def trace(case):
    offset = case.whole("offset", 0)

    def operation(x):
        if offset == 0:
            return torch.stack([matrix.trace() for matrix in x])
        return x.diagonal(offset, 1, 2).sum(-1)
    return with_gradients(case, operation, ["x"])
