# SPDX-License-Identifier: MIT
"""The attacked network of a case as a Foolbox model, and a look into attacks while they run."""
import contextlib
import math
import sys

import eagerpy as ep
import foolbox
import torch
from foolbox.attacks.carlini_wagner import best_other_classes
from torch.nn import functional

from assay_adapter import Declined
from attacked_network import TwoLogits, network_of


class Normalise(torch.nn.Module):
    """What Foolbox does before the model, for models that change the raw inputs first."""

    def __init__(self, mean, deviation):
        super().__init__()
        self.mean, self.deviation = mean, deviation

    def forward(self, x):
        return (x - self.mean) / self.deviation


class WatchedModel(foolbox.PyTorchModel):
    """Remembers what it was asked, and the local numbers of the attack that asked."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **more)
        self.asked, self.asker = [], []

    def __call__(self, inputs):
        self.asked.append(ep.astensor(inputs).raw.detach().clone())
        self.asker.append(locals_of("run", "_binary_search"))
        return super().__call__(inputs)

    def forget(self):
        self.asked, self.asker = [], []


def locals_of(*functions):
    """A copy of the local numbers of the nearest caller with one of these names; {} without one."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name in functions:
            return dict(frame.f_locals)
        frame = frame.f_back
    return {}


@contextlib.contextmanager
def spied(owner, name):
    """A list that gets, for every call of owner.name, its result and the local numbers of the
    attack that called it."""
    original, calls = getattr(owner, name), []

    def watched(*arguments, **more):
        result = original(*arguments, **more)
        calls.append((result, locals_of("run", "_binary_search")))
        return result

    setattr(owner, name, watched)
    try:
        yield calls
    finally:
        setattr(owner, name, original)


@contextlib.contextmanager
def drawn(kind, draws):
    """EagerPy's `uniform` or `normal` hand out these draws, one tensor a call, uniform ones in
    [0, 1) and normal ones of mean 0 and deviation 1."""
    waiting = iter(draws)

    def uniform(self, shape, low=0.0, high=1.0):
        return type(self)(next(waiting).reshape(shape) * (high - low) + low)

    def normal(self, shape, mean=0.0, stddev=1.0):
        return type(self)(next(waiting).reshape(shape) * stddev + mean)

    original = getattr(ep.PyTorchTensor, kind)
    setattr(ep.PyTorchTensor, kind, {"uniform": uniform, "normal": normal}[kind])
    try:
        yield
    finally:
        setattr(ep.PyTorchTensor, kind, original)


class Victim:
    """What is attacked and to what end: x, model, criterion, the classes `answer`, the loss."""

    def __init__(self, case, *front, goals=("labels", "target", "predicted")):
        self.x = case["x"]
        self.objective = case.choice("objective", "cross_entropy", "binary_cross_entropy",
                                     "logit_margin")
        self.mean = case.choice("reduction", "sum", "mean") == "mean"
        low, high = case.number("low", 0.0), case.number("high", 1.0)
        self.boxed = case.choice("box", "clip", "none") == "clip"
        if "mean" in case and front:
            front = (*front, Normalise(case["mean"], case["deviation"]))
        self.network = network_of(case, *front)
        self.one_logit = self.objective == "binary_cross_entropy"
        if self.one_logit:
            if self.network[-1].out_features != 1:
                raise Declined("several logits for one never reach the library")
            self.network.append(TwoLogits())
        preprocessing = None
        if "mean" in case and not front:
            preprocessing = {"mean": case["mean"], "std": case["deviation"]}
        self.model = WatchedModel(self.network.eval(), device="cpu", preprocessing=preprocessing,
                                  bounds=(low, high) if self.boxed else (-math.inf, math.inf))
        self._aim(case, goals)
        self.model.forget()

    def _aim(self, case, goals):
        goal = case.choice("goal", *goals)
        self.targeted = goal == "target"
        labels = case.get("labels") if goal != "labels" else case["labels"]
        self.answer = labels
        if goal == "predicted":
            self.answer = self.model(self.x).argmax(dim=1)
        if self.targeted:
            self.answer = case["target"]
            self.criterion = foolbox.TargetedMisclassification(self.answer)
        else:
            self.criterion = foolbox.Misclassification(self.answer)

    def losses(self, logits):
        """The loss of every sample, from logits (N,K)."""
        if self.objective == "binary_cross_entropy":
            return functional.softplus(torch.where(self.answer > 0, -logits[:, 1], logits[:, 1]))
        if self.objective == "cross_entropy":
            return functional.cross_entropy(logits, self.answer, reduction="none")
        rows = torch.arange(len(logits))
        rival = best_other_classes(ep.astensor(logits.detach()), ep.astensor(self.answer)).raw
        return logits[rows, rival] - logits[rows, self.answer]

    def losses_at(self, x):
        return self.losses(self.model(x))

    def reached(self, x, model=None):
        return self.criterion(x, (model or self.model)(x))

    def logits(self, x):
        """The logits of the case's network: one, where it has one."""
        z = self.model(x)
        return z[:, 1:] if self.one_logit else z

    def share(self, values):
        """Losses over the number that the case divides by."""
        return values / len(self.x) if self.mean else values

    def attacking(self, attack, start=None):
        """This class of attacks, with the case's loss, with its start in place of one that is
        drawn, and with a memory of points, losses and gradients."""
        return watched(attack, self, start)


def watched(attack, victim, start=None):
    class Watched(attack):
        points, values, slopes = (), (), ()

        def get_loss_fn(self, model, labels):
            if victim.objective == "cross_entropy" and not victim.mean:
                return super().get_loss_fn(model, labels)

            def loss_fn(inputs):
                losses = victim.losses(model(inputs).raw)
                return ep.astensor(losses.mean() if victim.mean else losses.sum())

            return loss_fn

        def value_and_grad(self, loss_fn, x):
            value, slope = super().value_and_grad(loss_fn, x)
            self.points += (x.raw.detach(),)
            self.values += (value.raw.detach(),)
            self.slopes += (slope.raw.detach(),)
            return value, slope

        def get_random_start(self, x0, epsilon):
            if start is None:
                return super().get_random_start(x0, epsilon)
            return self.project(x0 + ep.astensor(start), x0, epsilon)

    return Watched


def demand_number(case, name, default, offered):
    """Declines the case unless its number `name` is the one that the library has."""
    value = case.number(name, default)
    if not math.isclose(value, offered, rel_tol=1e-15):
        raise Declined(f"{name} = {value:g} is not offered by the library")


def norm_of(case):
    """linf, l2 or l1, once sure that numbers of the norms are Foolbox's own."""
    norm = case.choice("norm", "linf", "l2", "l1")
    if case.number("tiny", 1e-12) != 1e-12 and norm != "linf":
        raise Declined("a floor of the norm other than 1e-12 is not offered by the library")
    return norm
