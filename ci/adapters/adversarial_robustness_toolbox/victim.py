# SPDX-License-Identifier: MIT
"""The attacked network of a case as an estimator of the toolbox, which remembers what it was
asked."""
import contextlib
import sys

import numpy as np
import torch
from art.estimators.classification import PyTorchClassifier
from torch.nn import functional

from assay_adapter import Declined
from attacked_network import TwoLogits, network_of

class Margin(torch.nn.modules.loss._Loss):
    """The largest other logit less that of the class, as a user's own loss."""

    def forward(self, z, classes):
        own = classes.bool()
        losses = z.masked_fill(own, -torch.inf).amax(dim=1) - z[own]
        return {"none": losses, "sum": losses.sum(), "mean": losses.mean()}[self.reduction]


class WatchedClassifier(PyTorchClassifier):
    """Remembers points and slopes of loss gradients, points and losses of losses, and points of
    predictions, in the order of asking."""

    type = np.float64

    def forget(self):
        self.points, self.slopes, self.judged, self.losses, self.predicted = [], [], [], [], []

    def loss_gradient(self, x, y, **more):
        self.points.append(_array(x))
        slope = super().loss_gradient(x, y, **more)
        self.slopes.append(_array(slope))
        return slope

    def compute_loss(self, x, y, **more):
        self.judged.append(_array(x))
        loss = super().compute_loss(x, y, **more)
        self.losses.append(_array(loss))
        return loss

    def predict(self, x, **more):
        # Some attacks ask about numbers in binary32, whatever the type of the model.
        x = np.asarray(x, self.type)
        self.predicted.append(_array(x))
        return super().predict(x, **more)


def _array(value):
    if isinstance(value, torch.Tensor):
        value = value.detach().numpy()
    return np.array(value)


@contextlib.contextmanager
def replaced(owner, name, by):
    """owner.name is something else for a while; `by` makes it from what it was."""
    original = getattr(owner, name)
    setattr(owner, name, by(original))
    try:
        yield
    finally:
        setattr(owner, name, original)


def locals_of(function):
    """A copy of the local numbers of the nearest caller with this name."""
    frame = sys._getframe(1)
    while frame.f_code.co_name != function:
        frame = frame.f_back
    return dict(frame.f_locals)


class Victim:
    """What is attacked and to what end: x, the estimator, the classes `y` that attacks are given
    (None: those that the model predicts), the classes `answer`."""

    def __init__(self, case, *front, goals=("labels", "target", "predicted"), value="logits",
                 optimizer=None, reduction=None):
        self.x = case["x"]
        self.objective = case.choice("objective", "cross_entropy", "binary_cross_entropy",
                                     "logit_margin")
        self.reduction = case.choice("reduction", "sum", "mean")
        low, high = case.number("low", 0.0), case.number("high", 1.0)
        self.boxed = case.choice("box", "clip", "none") == "clip"
        if self.boxed and ((self.x < low) | (self.x > high)).any():
            raise Declined("the library does not look whether x is in its box")
        network = network_of(case, *front)
        self.one_logit = self.objective == "binary_cross_entropy"
        if self.one_logit:
            if network[-1].out_features != 1:
                raise Declined("several logits for one never reach the library")
            network.append(TwoLogits())
        classes = 2 if self.one_logit else network[-1].out_features
        if value == "probabilities":
            network.append(torch.nn.Softmax(dim=1))
        loss = Margin if self.objective == "logit_margin" else torch.nn.CrossEntropyLoss
        preprocessing = (case["mean"], case["deviation"]) if "mean" in case else (0.0, 1.0)
        self.network = network
        self.model = WatchedClassifier(
            network, loss(reduction=reduction or self.reduction), self.x.shape[1:], classes,
            optimizer=optimizer(network) if optimizer else None, device_type="cpu",
            clip_values=(low, high) if self.boxed else None, preprocessing=preprocessing)
        self.model.type = self.x.dtype
        self.model.forget()
        self._aim(case, goals)

    def _aim(self, case, goals):
        goal = case.choice("goal", *goals)
        self.targeted = goal == "target"
        labels = case["labels"] if goal == "labels" else case.get("labels")
        self.y = {"labels": labels, "predicted": None}[goal] if goal != "target" \
            else case["target"]
        self.answer = self.y if self.y is not None else self.logits(self.x).argmax(axis=1)
        self.onehot = np.eye(self.model.nb_classes, dtype=self.x.dtype)[self.answer]

    def logits(self, x):
        """Of the network itself: what the estimator predicts is rounded to binary32."""
        with torch.no_grad():
            inputs, _ = self.model._apply_preprocessing(np.asarray(x, self.x.dtype), None, False)
            return self.model.model(torch.from_numpy(inputs)).numpy()

    def losses_at(self, x):
        """The loss of every sample, of the network's own logit where it has one."""
        if self.one_logit:
            z = self.logits(x)[:, 1]
            return functional.softplus(torch.from_numpy(np.where(self.answer, -z, z))).numpy()
        return PyTorchClassifier.compute_loss(self.model, np.asarray(x, self.x.dtype), self.onehot,
                                              reduction="none")

    def classes(self, x):
        return self.logits(x).argmax(axis=1)

    def reached(self, x):
        return (self.classes(x) == self.answer) == self.targeted

    def probabilities(self, x):
        return functional.softmax(torch.from_numpy(self.logits(x)), dim=1).numpy()


NORMS = {"linf": np.inf, "l2": 2, "l1": 1}


def norm_of(case):
    norm = case.choice("norm", *NORMS)
    case.number("tiny", 1e-12)  # of the floor, which the library has not
    return NORMS[norm]
