# SPDX-License-Identifier: MIT
"""Training against attacks; definitions in reference/adversarial/."""
import contextlib
import io

import numpy as np
import torch
from art.attacks.attack import EvasionAttack
from art.attacks.evasion import ProjectedGradientDescent
from art.attacks.evasion.projected_gradient_descent import projected_gradient_descent_pytorch as pgd
from art.defences.trainer import AdversarialTrainer, AdversarialTrainerTRADESPyTorch
from art.estimators.classification import PyTorchClassifier
from art.utils import projection

from assay_adapter import Declined
from attacked_network import radius
from victim import Victim, norm_of, replaced

FOLLOWS = {
    "adversarial_training": {"zero_sign": "zero", "floor": "none", "l1_step": "largest",
                             "order": "box_ball", "l1_projection": "rescaled",
                             "goal": "labels"},
    "trades_loss": {"divergence": "forward", "mean": "samples", "clean": "through"},
}


def adversarial_training(case):
    rate, updates = case.number("rate"), case.whole("updates")
    # The attack only needs directions; the mean is what the model learns by.
    victim = Victim(case, goals=("labels",), reduction="mean",
                    optimizer=lambda network: torch.optim.SGD(network.parameters(), lr=rate))
    x, y, norm, epsilon = victim.x, victim.y, norm_of(case), radius(case)
    replace = case.choice("mixture", "weighted", "replaced") == "replaced"
    if not replace and case.number("clean_weight", 0.5) != 0:
        raise Declined("a batch has examples in the place of samples, not beside them")
    case.number("clean_weight", 0.5)
    starts = case["start"] if "start" in case else [None] * updates
    attack = ProjectedGradientDescent(
        victim.model, norm, eps=epsilon, eps_step=radius(case, "alpha"), batch_size=len(x),
        max_iter=case.whole("steps"), num_random_init=int("start" in case), verbose=False)
    outputs = {"adversarial": [], "clean_loss": [], "adversarial_loss": []}
    layers = [layer for layer in victim.network if isinstance(layer, torch.nn.Linear)]
    for t in range(updates):
        start = None if starts[t] is None else projection(starts[t], epsilon, norm)
        chosen = np.flatnonzero(case["attacked"][t]) if replace else np.arange(len(x))
        trainer = AdversarialTrainer(victim.model, attack, ratio=len(chosen) / len(x))
        with replaced(pgd, "random_sphere", lambda original: lambda *sizes: start), \
                replaced(np.random, "shuffle", lambda original: lambda order: None), \
                replaced(np.random, "choice", lambda original: lambda *sizes, **more: chosen):
            outputs["adversarial"].append(attack.generate(x, y))
            outputs["clean_loss"].append(victim.losses_at(x).mean())
            outputs["adversarial_loss"].append(victim.losses_at(outputs["adversarial"][-1]).mean())
            with contextlib.redirect_stderr(io.StringIO()):  # bars of progress
                trainer.fit(x, y, batch_size=len(x), nb_epochs=1)
        for number, layer in enumerate(layers, 1):
            for name, value in (("w", layer.weight.T), ("b", layer.bias)):
                outputs.setdefault(f"{name}{number}_after", []).append(
                    value.detach().numpy().copy())
    return {name: np.stack(values) for name, values in outputs.items()}


class _Logits(torch.nn.Module):
    """A model whose parameters are its outputs: z for the input 0, z_adversarial for 1."""

    def __init__(self, z, z_adversarial):
        super().__init__()
        self.z, self.z_adversarial = (torch.nn.Parameter(torch.from_numpy(logits))
                                      for logits in (z, z_adversarial))

    def forward(self, x):
        return self.z if float(x[0, 0]) == 0 else self.z_adversarial


class _Ones(EvasionAttack):
    """An attack that names the other inputs."""

    _estimator_requirements = ()

    def generate(self, x, y=None, **more):
        return np.ones_like(x)


def _trades(z, z_adversarial, labels, beta):
    """The model after one step of the trainer, and the loss, the clean loss, the divergence."""
    model = _Logits(z, z_adversarial)
    classifier = PyTorchClassifier(
        model, torch.nn.CrossEntropyLoss(), (1,), z.shape[1], device_type="cpu",
        optimizer=torch.optim.SGD(model.parameters(), lr=0.0))
    seen = []

    def remembering(original):
        def forward(self, *arguments):
            seen.append(original(self, *arguments))
            return seen[-1]
        return forward

    trainer = AdversarialTrainerTRADESPyTorch(classifier, _Ones(estimator=classifier), beta)
    with replaced(torch.nn.CrossEntropyLoss, "forward", remembering), \
            replaced(torch.nn.KLDivLoss, "forward", remembering):
        loss, _, _ = trainer._batch_process(np.zeros((len(z), 1), z.dtype), labels)
    return model, loss / len(z), *(float(value.detach()) for value in seen)


def trades_loss(case):
    z, other, labels, beta = case["z"], case["z_adversarial"], case["labels"], case.number("beta")
    if z.shape[1] < 2:
        raise Declined("a trainer needs two classes")
    if "dloss" in case:
        raise Declined("the library starts its gradients from 1")
    model, loss, _, _ = _trades(z, other, labels, beta)
    rows = [_trades(z[n:n + 1], other[n:n + 1], labels[n:n + 1], beta) for n in range(len(z))]
    return {"cross_entropy": [row[2] for row in rows], "divergence": [row[3] for row in rows],
            "loss": loss, "dz": model.z.grad, "dz_adversarial": model.z_adversarial.grad}
