# SPDX-License-Identifier: MIT
"""Attacks along gradients; definitions in reference/adversarial/."""
import contextlib

import numpy as np
import torch
from art.attacks import evasion
from art.attacks.evasion import auto_projected_gradient_descent as apgd
from art.attacks.evasion.projected_gradient_descent import projected_gradient_descent_pytorch as pgd
from art.utils import projection, uniform_sample_from_sphere_or_ball

from assay_adapter import Declined
from attacked_network import radius
from victim import Victim, norm_of, replaced

DIRECTION = {"zero_sign": "zero", "floor": "none", "l1_step": "largest"}
STEPS = DIRECTION | {"order": "box_ball", "l1_projection": "rescaled"}
FOLLOWS = {
    "fast_gradient_sign": DIRECTION,
    "projected_gradient_descent": STEPS | {"stop": "never"},
    "momentum_iterative_attack": STEPS | {"lookahead": "none", "size": "sum",
                                          "mask_at": "gradient"},
    "attack_with_batch_normalization": STEPS | {"statistics": "running"},
    "random_noise_attack": DIRECTION,
    "robust_accuracy": STEPS | {"wrong": "attacked", "across": "each"},
    "auto_pgd": {"zero_sign": "zero", "floor": "added", "l1_step": "whole", "order": "box_ball",
                 "l1_projection": "rescaled", "rules": "paper", "ratio": "no"},
}


def fast_gradient_sign(case):
    victim = Victim(case)
    attack = evasion.FastGradientMethod(victim.model, norm_of(case), eps=radius(case),
                                        targeted=victim.targeted)
    adversarial = attack.generate(victim.x, victim.y)
    share = len(victim.x) if victim.reduction == "mean" else 1
    slope = victim.model.slopes[0]
    outputs = {"loss": victim.losses_at(victim.x) / share, "dx": slope,
               "adversarial": adversarial, "loss_after": victim.losses_at(adversarial),
               "logits": victim.logits(adversarial)[:, int(victim.one_logit):],
               "predicted": [victim.classes(x) for x in (victim.x, adversarial)]}
    if victim.objective != "logit_margin":
        outputs["confidence"] = [victim.probabilities(x).max(axis=1)
                                 for x in (victim.x, adversarial)]
    return outputs


def _settings(case, victim):
    return {"norm": norm_of(case), "eps": radius(case), "eps_step": radius(case, "alpha"),
            "max_iter": case.whole("steps"), "targeted": victim.targeted, "verbose": False,
            "batch_size": len(victim.x)}


def _run(victim, attack, **more):
    """All points behind the start, and the last one."""
    victim.model.forget()
    end = attack.generate(victim.x, victim.y, **more)
    return np.stack([*victim.model.points[1:], end]), end


def projected_gradient_descent(case):
    victim = Victim(case)
    settings = _settings(case, victim)
    if "start" in case.draws:
        case.drawn_by_library("start")
        np.random.seed(1)
        attack = evasion.ProjectedGradientDescent(victim.model, num_random_init=1, **settings)
        return {"adversarial": attack.generate(victim.x, victim.y)}
    starts = case["start"] if "start" in case else [None]
    case.choice("keep", "loss", "fooled")
    if len(starts) > 1:
        raise Declined("of several starts the library keeps the last one that succeeds")

    def given(random_sphere):
        """A start as the library draws them: within the ball."""
        return lambda *sizes: projection(starts[0], settings["eps"], settings["norm"])

    with replaced(pgd, "random_sphere", given):
        iterates, end = _run(victim, evasion.ProjectedGradientDescent(
            victim.model, num_random_init=int(starts[0] is not None), **settings))
    return {"iterates": iterates[None], "losses": victim.losses_at(end)[None],
            "adversarial": end, "restart": np.zeros(len(end)), "success": victim.reached(end)}


def momentum_iterative_attack(case):
    victim = Victim(case)
    settings, decay = _settings(case, victim), case.number("decay")
    if case.has_number("tiny"):
        raise Declined("the library has no floor under the size of gradients")
    more = {"mask": case["mask"].astype(victim.x.dtype)} if "mask" in case else {}
    momentum = []

    def remembering(original):
        def compute(self, x, y, mask, velocity):
            direction = original(self, x, y, mask, velocity)
            momentum.append(velocity.numpy().copy())
            return direction
        return compute

    attack = evasion.MomentumIterativeMethod(victim.model, decay=decay, **settings)
    with replaced(pgd.ProjectedGradientDescentPyTorch, "_compute_perturbation_pytorch",
                  remembering):
        iterates, end = _run(victim, attack, **more)
    return {"iterates": iterates, "momentum": momentum, "success": victim.reached(end),
            "losses": [victim.losses_at(x) for x in iterates]}


def attack_with_batch_normalization(case):
    layer = torch.nn.BatchNorm1d(len(case["gamma"]), eps=case.number("smoothing", 1e-5),
                                 momentum=case.number("momentum", 0.1))
    layer.load_state_dict({"num_batches_tracked": torch.tensor(0)} | {
        name: torch.from_numpy(case[given]) for name, given in (
            ("weight", "gamma"), ("bias", "beta"), ("running_mean", "running_mean"),
            ("running_var", "running_variance"))})
    victim = Victim(case, layer)
    iterates, end = _run(victim, evasion.ProjectedGradientDescent(victim.model,
                                                                  **_settings(case, victim)))
    return {"iterates": iterates, "logits": victim.logits(end), "success": victim.reached(end),
            "running_mean_after": layer.running_mean, "running_variance_after": layer.running_var}


def random_noise_attack(case):
    victim, norm, epsilon = Victim(case), norm_of(case), radius(case)
    space = {"ball": "ball", "surface": "sphere"}[case.choice("drawn", "ball", "surface")]
    if (norm, space) == (np.inf, "sphere"):
        raise Declined("the library draws anywhere on the faces of a cube, not at its corners")
    fast = evasion.FastGradientMethod(victim.model, norm, eps=epsilon, targeted=victim.targeted)
    crafted = fast.generate(victim.x, victim.y)
    low, high = victim.model.clip_values if victim.boxed else (-np.inf, np.inf)
    noisy = []
    for numbers in _numbers(case, norm, space):
        with contextlib.ExitStack() as stack:
            for kind, drawn in numbers.items():
                stack.enter_context(replaced(np.random, kind,
                                             lambda original, drawn=drawn: lambda *sizes: drawn))
            noise = uniform_sample_from_sphere_or_ball(*victim.x.shape, epsilon, space, norm)
        noisy.append(np.clip(victim.x + noise.astype(victim.x.dtype), low, high))
    fooled, crafted_fooled = [victim.reached(x) for x in noisy], victim.reached(crafted)
    return {"noisy": noisy, "noisy_loss": [victim.losses_at(x) for x in noisy], "fooled": fooled,
            "crafted": crafted, "crafted_loss": victim.losses_at(crafted),
            "crafted_fooled": crafted_fooled,
            "fooled_share": [np.mean(fooled), np.mean(crafted_fooled)]}


def _numbers(case, norm, space):
    """For every draw, what the library's generator hands out, by the name of its function."""
    if norm == 2:
        normal = case["normal"]
        radii = case["radius"] if space == "ball" else [None] * len(normal)
        return [{"normal": z, "rand": r} for z, r in zip(normal, radii)]
    if norm == np.inf:
        return [{"uniform": 2 * u - 1} for u in case["uniform"]]
    raise Declined("crafted steps in L1 are of one feature in this library")


def robust_accuracy(case):
    victim = Victim(case, goals=("labels",))
    which = case.choice("attacks", "descent", "one_step", "both")
    norm, step, steps = norm_of(case), case.number("step"), case.whole("steps")
    robust, margins = [], []
    for epsilon in case.array("epsilons").tolist():
        attacks = []
        if which != "one_step" and epsilon > 0:
            attacks.append(evasion.ProjectedGradientDescent(
                victim.model, norm, eps=epsilon, eps_step=step * epsilon, max_iter=steps,
                verbose=False))
        if which != "descent":
            attacks.append(evasion.FastGradientMethod(victim.model, norm, eps=epsilon))
        # Within a radius of 0, which the library refuses, there is nothing to attack with.
        ends = [attack.generate(victim.x, victim.y) for attack in attacks] or [victim.x]
        robust.append(~np.any([victim.reached(x) for x in ends], axis=0))
        margins.append(np.min([_margin(victim, x) for x in ends], axis=0))
    first = np.vstack([robust, np.zeros((1, len(victim.x)))])
    return {"robust": robust, "accuracy": np.mean(robust, axis=1),
            "smallest": first.argmin(axis=0), "margin": margins}


def _margin(victim, x):
    """How far the logit of the label leads."""
    z, own = victim.logits(x), victim.onehot > 0
    return z[own] - np.where(own, -np.inf, z).max(axis=1)


def auto_pgd(case):
    victim = Victim(case)
    for name in ("inertia", "rho"):
        if case.number(name, 0.75) != 0.75:
            raise Declined(f"{name} cannot be chosen")
    if case.number("tiny", 1e-12) != 1e-7 and norm_of(case) != np.inf:
        raise Declined("a floor of the norm other than 1e-7 is not offered by the library")
    if victim.reached(victim.x).any():
        raise Declined("the library does not attack what is misclassified already")
    settings, start = _settings(case, victim), np.zeros_like(victim.x)
    if "start" in case:
        start = projection(case["start"], settings["eps"], settings["norm"])
    attack = evasion.AutoProjectedGradientDescent(victim.model, nb_random_init=1, **settings)
    sizes = []

    def remembering(original):
        def gradient(x, y, **more):
            if victim.model.points:
                sizes.append(attack.eta_w_j_m_1.reshape(-1).copy())
            else:
                sizes.append(np.full(len(x), settings["eps_step"]))
            return original(x, y, **more)
        return gradient

    victim.model.forget()
    with replaced(apgd, "random_sphere", lambda original: lambda *sizes: start), \
            replaced(victim.model, "loss_gradient", remembering):
        attack.generate(victim.x, victim.onehot)
    sign = -1 if victim.targeted else 1
    end = victim.model.predicted[-1]
    return {"iterates": [*victim.model.points[1:], end], "sizes": sizes,
            "values": [sign * loss for loss in victim.model.losses],
            "adversarial": attack.x_max, "best": sign * attack.f_max,
            "success": victim.reached(attack.x_max)}
