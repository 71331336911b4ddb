# SPDX-License-Identifier: MIT
"""What PyTorch has of generative networks; definitions in reference/generative/."""
import torch
import torch.nn.functional as F
from torch import nn

from assay_adapter import Declined
from autograd import gradients
from network import activation_of, layers, parameters, perceptron


def _against(logits, target):
    """The mean binary cross-entropy of logits and one target for all of them."""
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, target))


def _upstream(case):
    return case["dloss"] if "dloss" in case else None


def _player(case, name):
    """A player's parameters, and the player as a function."""
    found = parameters(case, name + "_")
    activation = activation_of(case, name + "_activation")
    stack = layers(found, name + "_")
    return found, lambda x: perceptron(x, stack, activation)


def _generator(case):
    found, network = _player(case, "generator")
    if case.choice("generator_output", "linear", "tanh") == "tanh":
        return found, lambda z: torch.tanh(network(z))
    return found, network


def conditional_gan(case):
    """The condition is an embedding's or a one-hot row beside the inputs, or is projected."""
    classes = case.whole("classes")
    learnt, generator = _generator(case)
    judging, discriminator = _player(case, "discriminator")
    projected = case.choice("condition", "concatenated", "projected") == "projected"

    def joined(player, found, x, labels):
        table = player + "_embedding"
        if table in case:
            found.setdefault(table, case[table].requires_grad_())
            condition = F.embedding(labels, found[table])
        else:
            condition = F.one_hot(labels, classes).to(x.dtype)
        last = case.choice(player + "_order", "condition_last", "condition_first")
        return torch.cat([x, condition] if last == "condition_last" else [condition, x], 1)

    if projected:
        end = activation_of(case, "feature_end", "relu", "tanh")
        for name in ("psi_w", "psi_b", "projection"):
            judging[name] = case[name].requires_grad_()

    def logits(x, labels):
        if not projected:
            return discriminator(joined("discriminator", judging, x, labels))[:, 0]
        features = end(discriminator(x))
        rows = F.embedding(labels, judging["projection"])
        return F.linear(features, judging["psi_w"][None], judging["psi_b"][None])[:, 0] + (
            torch.linalg.vecdot(features, rows))

    noise, labels = case["noise"].requires_grad_(), case["labels"]
    samples = generator(joined("generator", learnt, noise, labels))
    if case.choice("player", "discriminator", "generator") == "generator":
        fake_logits = logits(samples, labels)
        loss = _against(fake_logits, 1.0)
        return {"samples": samples, "fake_logits": fake_logits, "loss": loss,
                **gradients(loss, _upstream(case), {"noise": noise, **learnt})}
    real = case["real"].requires_grad_()
    real_logits = logits(real, case["real_labels"])
    fake_logits = logits(samples.detach(), labels)
    real_loss, fake_loss = _against(real_logits, 1.0), _against(fake_logits, 0.0)
    loss = real_loss + fake_loss
    if case.choice("combine", "sum", "half") == "half":
        loss = loss / 2
    return {"samples": samples, "fake_logits": fake_logits, "real_logits": real_logits,
            "real_loss": real_loss, "fake_loss": fake_loss, "loss": loss,
            **gradients(loss, _upstream(case), {"real": real, **judging})}


def discriminator_batch_statistics(case):
    """F.batch_norm of one batch after the other, or of both together, and what is running."""
    joint = case.choice("batches", "separate", "joint") == "joint"
    updated_by = case.choice("updated_by", "all", "real", "none")
    case.choice("running_variance_kind", "unbiased")
    running = [case["running_mean"], case["running_variance"]]
    momentum, epsilon = case.number("momentum", 0.1), case.number("epsilon", 1e-5)
    slope = case.number("slope", 0.2)
    inputs = {name: case[name].requires_grad_()
              for name in ("real", "fake", "w1", "gamma", "beta", "w2", "b2")}
    real, fake, w1, gamma, beta, w2, b2 = inputs.values()

    def logits(x, training=True, moved=True):
        statistics = running if moved else (None, None)
        h = F.batch_norm(F.linear(x, w1.t()), *statistics, gamma, beta, training, momentum, epsilon)
        return F.linear(F.leaky_relu(h, slope), w2[None], b2[None])[:, 0]

    if joint:
        if updated_by != "all":
            raise Declined("joint batches are one update")
        real_logits, fake_logits = logits(torch.cat([real, fake])).split([len(real), len(fake)])
    else:
        real_logits = logits(real, moved=updated_by != "none")
        fake_logits = logits(fake, moved=updated_by == "all")
    real_loss, fake_loss = _against(real_logits, 1.0), _against(fake_logits, 0.0)
    loss = real_loss + fake_loss
    outputs = {"real_logits": real_logits, "fake_logits": fake_logits, "real_loss": real_loss,
               "fake_loss": fake_loss, "loss": loss,
               "running_mean_after": running[0].clone(),
               "running_variance_after": running[1].clone(),
               **gradients(loss, _upstream(case), inputs)}
    if "generated" in case:
        training = case.choice("generator_statistics", "batch", "running") == "batch"
        generated_logits = logits(case["generated"], training)
        outputs |= {"generated_logits": generated_logits,
                    "generator_loss": _against(generated_logits, 1.0),
                    "running_mean_final": running[0], "running_variance_final": running[1]}
    return outputs


def gan_training(case):
    """Two players, each with an optimizer of torch.optim, as in PyTorch's DCGAN example."""
    learnt, generator = _generator(case)
    judging, discriminator = _player(case, "discriminator")
    optimizers = [_optimizer(case, learnt.values(), case.number("generator_rate")),
                  _optimizer(case, judging.values(), case.number("discriminator_rate"))]
    shared = case.choice("noise_use", "fresh", "shared") == "shared"
    minimax = case.choice("goal", "non_saturating", "minimax") == "minimax"
    real, noise, fake_noise = case["real"], case["noise"], None if shared else case["fake_noise"]
    turns = case.whole("discriminator_steps", 1)
    if turns * len(noise) != len(real):
        raise Declined("the numbers of steps do not fit, which the library never sees")
    judge = _judge(case, discriminator, optimizers[1])
    made, judged, recorded = [], [], []

    def generate(t):
        logits = discriminator(generator(noise[t]))
        loss = -_against(logits, 0.0) if minimax else _against(logits, 1.0)
        _descend(optimizers[0], loss)
        made.append(loss.detach())

    generator_first = case.choice("order", "discriminator_first",
                                  "generator_first") == "generator_first"
    record = _record(case, learnt, judging, generator, discriminator)
    for t in range(len(noise)):
        before = generator(noise[t]).detach()
        if generator_first:
            generate(t)
        for step in range(t * turns, (t + 1) * turns):
            fake = before if shared else generator(fake_noise[step]).detach()
            judged.append(judge(real[step], fake))
        if not generator_first:
            generate(t)
        recorded.append(record())
    outputs = {name: torch.stack([step[name] for step in judged]) for name in judged[0]}
    if case.choice("record", "all", "last", "norms") == "last":
        outputs |= {name: value for name, value in recorded[-1].items() if name.endswith("_after")}
    return {"generator_loss": torch.stack(made)} | {
        name: torch.stack([step[name] for step in recorded]) for name in recorded[0]} | outputs


def _descend(optimizer, *losses):
    optimizer.zero_grad()
    for loss in losses:
        loss.backward()
    optimizer.step()


def _judge(case, discriminator, optimizer):
    """A step of the discriminator on real and generated samples, and what it reports."""
    joint = case.choice("discriminator_update", "separate", "joint") == "joint"
    combine = case.choice("combine", "sum", "half", "pooled") if joint else "sum"
    smoothing = case.number("smoothing", 0.0)
    targets = 1 - smoothing, smoothing if case.choice("sides", "one", "two") == "two" else 0.0

    def judge(real, fake):
        real_logits = discriminator(real)
        real_loss = _against(real_logits, targets[0])
        if not joint:
            _descend(optimizer, real_loss)
        fake_logits = discriminator(fake)
        fake_loss = _against(fake_logits, targets[1])
        if not joint:
            _descend(optimizer, fake_loss)
        elif combine == "pooled":
            logits = torch.cat([real_logits, fake_logits])
            target = torch.cat([torch.full_like(real_logits, targets[0]),
                                torch.full_like(fake_logits, targets[1])])
            _descend(optimizer, F.binary_cross_entropy_with_logits(logits, target))
        else:
            share = 0.5 if combine == "half" else 1.0
            _descend(optimizer, real_loss * share, fake_loss * share)
        return {"real_loss": real_loss.detach(), "fake_loss": fake_loss.detach(),
                "real_right": torch.count_nonzero(real_logits > 0),
                "fake_right": torch.count_nonzero(fake_logits <= 0)}
    return judge


def _record(case, learnt, judging, generator, discriminator):
    """What is recorded after an iteration."""
    fixed = case.get("fixed_noise")
    norms = case.choice("record", "all", "last", "norms") == "norms"

    def record():
        values = {}
        for player, found in (("generator", learnt), ("discriminator", judging)):
            if norms:
                values[player + "_norms"] = torch.stack(
                    [torch.linalg.vector_norm(parameter.detach()) for parameter in found.values()])
            else:
                values |= {name + "_after": parameter.detach().clone()
                           for name, parameter in found.items()}
        if fixed is not None:
            values["samples"] = generator(fixed).detach()
            values["probability"] = torch.sigmoid(discriminator(values["samples"]).detach())[:, 0]
        return values
    return record


def _optimizer(case, found, rate):
    if case.choice("optimizer", "adam", "gradient_descent") == "gradient_descent":
        return torch.optim.SGD(found, rate)
    case.choice("epsilon_placement", "after_correction")
    betas = case.number("beta1"), case.number("beta2")
    return torch.optim.Adam(found, rate, betas, case.number("epsilon"))


def generator_gradient(case):
    """Autograd through a discriminator that has no gradient of its own, unless it is not frozen."""
    learnt, generator = _generator(case)
    judging, discriminator = _player(case, "discriminator")
    if case.choice("frozen", "yes", "no") == "yes":
        for parameter in judging.values():
            parameter.requires_grad_(False)
        judging = {}
    reduction = case.choice("reduction", "mean", "sum")
    goal = case.choice("goal", "non_saturating", "minimax", "linear")
    noise = case["noise"].requires_grad_()
    samples = generator(noise)
    logits = discriminator(samples)[:, 0]
    if goal == "linear":
        loss = -(logits.mean() if reduction == "mean" else logits.sum())
    else:
        target = torch.full_like(logits, 1.0 if goal == "non_saturating" else 0.0)
        loss = F.binary_cross_entropy_with_logits(logits, target, reduction=reduction)
        loss = -loss if goal == "minimax" else loss
    wanted = {"logits": logits, "samples": samples, "noise": noise, **learnt, **judging}
    return {"samples": samples, "logits": logits, "loss": loss,
            **gradients(loss, _upstream(case), wanted)}


def gradient_penalty(case):
    """torch.autograd.grad with create_graph, and through it a second time."""
    found, activation = parameters(case), activation_of(case)
    where = case.choice("where", "interpolates", "real", "fake", "given")
    case.choice("form", "two_sided")
    if case.number("epsilon", 0.0) != 0:
        raise Declined("torch.linalg.vector_norm has no epsilon")
    real, fake = case["x"], case["fake"]
    if where == "interpolates":
        base, other = real, fake
        if case.choice("from", "real", "fake") == "fake":
            base, other = fake, real
        points = torch.lerp(base, other, case["alpha"][:, None])
    else:
        points = case["points"] if where == "given" else {"real": real, "fake": fake}[where]
    points.requires_grad_()

    def critic(x):
        return perceptron(x, layers(found), activation)

    gradient, = torch.autograd.grad(critic(points).sum(), points, create_graph=True)
    norm = torch.linalg.vector_norm(gradient, dim=1)
    penalty = F.mse_loss(norm, torch.full_like(norm, case.number("center", 1.0)))
    loss = case.number("lambda", 10.0) * penalty
    if case.choice("critic", "wasserstein", "none") == "wasserstein":
        loss = (critic(fake).mean() - critic(real).mean()) + loss
    return {"gradient": gradient, "norm": norm, "penalty": penalty, "loss": loss,
            **gradients(loss, _upstream(case), found)}


class _Holder(nn.Module):
    """A module that is nothing but its weight."""

    def __init__(self, weight):
        super().__init__()
        self.weight = nn.Parameter(weight)

    def forward(self):
        return self.weight


def spectral_normalization(case):
    """torch.nn.utils.spectral_norm, or the parametrization of this name, which begins with u."""
    w, u, mode = case["w"], case["u"], case.choice("mode", "training", "evaluation")
    case.choice("guard", "maximum")
    settings = {"n_power_iterations": case.whole("iterations", 1), "dim": case.whole("axis", 0),
                "eps": case.number("epsilon", 1e-12)}
    module = _Holder(w)
    if case.choice("order", "v_first", "u_first") == "u_first":
        nn.utils.parametrizations.spectral_norm(module, **settings)
        state, names = module.parametrizations.weight[0], ("_u", "_v")
        parameter = module.parametrizations.weight.original
    else:
        nn.utils.spectral_norm(module, **settings)
        state, names, parameter = module, ("weight_u", "weight_v"), module.weight_orig
    getattr(state, names[0]).copy_(u)
    if mode == "evaluation" or "v" in case:
        getattr(state, names[1]).copy_(case["v"])
    module.train(mode == "training")
    y = module()
    largest = w.abs().argmax()
    outputs = {"y": y, "u": getattr(state, names[0]), "v": getattr(state, names[1]),
               "sigma": w.flatten()[largest] / y.flatten()[largest]}
    if "dy" in case:
        gradient, = torch.autograd.grad(y, parameter, case["dy"])
        outputs["gradient" if mode == "training" else "dw"] = gradient
    return outputs
