# SPDX-License-Identifier: MIT
"""Attacks that look for the smallest change; definitions in reference/adversarial/."""
import math

import eagerpy as ep
import foolbox.attacks as fa
import torch
from foolbox.attacks import carlini_wagner as cw
from foolbox.attacks import ead
from foolbox.distances import l1

from adversarial import one_sample
from assay_adapter import Declined
from victim import Victim, demand_number, locals_of, spied, watched

FOLLOWS = {
    "carlini_wagner": {"anchor": "reconstructed", "epsilon_place": "corrected"},
    "decoupled_direction_norm": {"cap": "worst", "quantised": "never", "anneal": "cosine"},
    "elastic_net_attack": {"descent": "fista", "momentum": "from_zero", "threshold": "beta",
                           "decay": "root"},
    "sparse_descent_attack": {"ball": "euclidean", "outward": "dropped"},
}


def _plain(victim):
    """Declines losses other than the one that is built into an attack."""
    if victim.objective == "logit_margin":
        raise Declined("the loss of this attack cannot be chosen")


def carlini_wagner(case):
    victim = Victim(case)
    steps, searches = case.whole("steps", 1000), case.whole("searches", 9)
    for name, offered in (("growth", 10), ("beta1", 0.9), ("beta2", 0.999), ("epsilon", 1e-8),
                          ("smooth", 0.999999)):
        demand_number(case, name, offered, offered)
    abort = case.choice("abort", "never", "batch") == "batch"
    if abort or case.has_number("every"):
        demand_number(case, "every", max(1, steps // 10), math.ceil(steps / 10))
    case.choice("last", "search" if searches < 10 else "upper")
    settings = {"binary_search_steps": searches, "steps": steps,
                "stepsize": case.number("rate", 1e-2), "confidence": case.number("kappa", 0),
                "initial_const": case.number("constant", 1e-3), "abort_early": abort}
    attack = fa.L2CarliniWagnerAttack(**settings)
    end, iterates, slopes, _, constants = _searches(attack, victim)
    settings["abort_early"] = False
    alone = fa.L2CarliniWagnerAttack(**settings)  # shows what each sample adds to the objective
    objective = torch.cat([_searches(alone, one_sample(victim, n))[3]
                           for n in range(len(victim.x))], dim=2)
    for b, search in enumerate(iterates):
        objective[b, len(search):] = 0
    return {"iterates": torch.stack([_filled(search, steps) for search in iterates]),
            "gradient": _filled(slopes, steps), "objective": objective, "constants": constants,
            "adversarial": end, "distance": attack.distance(victim.x, end),
            "success": victim.reached(end)}


def _filled(points, steps):
    """Points, with 0 for the steps that were not made."""
    rest = steps - len(points)
    return torch.stack([*points, *[torch.zeros_like(points[0])] * rest])


def _searches(attack, victim):
    """Runs the attack of Carlini and Wagner. What it returns, and of every search the points, of
    the first one the slopes, the objectives (B,S,1), the constants (B,N)."""
    searches = []

    class Remembering(cw.AdamOptimizer):
        def __init__(self, *arguments, **more):
            super().__init__(*arguments, **more)
            self.slopes, self.losses = [], []
            searches.append((self, torch.tensor(locals_of("run")["consts"])))

        def __call__(self, gradient):
            self.slopes.append(gradient.raw)
            self.losses.append(locals_of("run")["loss"].raw)
            return super().__call__(gradient)

    victim.model.forget()
    original, cw.AdamOptimizer = cw.AdamOptimizer, Remembering
    try:
        end = attack.run(victim.model, victim.x, victim.criterion)
    finally:
        cw.AdamOptimizer = original
    asked, iterates = iter(victim.model.asked), []
    for search, _ in searches:
        iterates.append([next(asked) for _ in search.slopes])
    longest = max(len(search.losses) for search, _ in searches)
    losses = torch.stack([_filled(search.losses, longest) for search, _ in searches])
    return (end, iterates, searches[0][0].slopes, losses[..., None],
            torch.stack([constants for _, constants in searches]))


def elastic_net_attack(case):
    victim = Victim(case)
    rule = {"elastic_net": "EN", "l1": "L1"}[case.choice("rule", "elastic_net", "l1")]
    settings = {"binary_search_steps": 1, "steps": case.whole("steps", 1000),
                "initial_stepsize": case.number("rate", 1e-2),
                "regularization": case.number("beta", 1e-2), "decision_rule": rule,
                "confidence": case.number("kappa", 0), "abort_early": False}
    runs = [_elastic(one_sample(victim, n), fa.EADAttack(initial_const=c, **settings))
            for n, c in enumerate(case.array("c").tolist())]
    names = ("iterates", "slack", "objective", "adversarial", "distance", "found")
    axes = (1, 1, 1, 0, 0, 0)
    return {name: torch.cat(parts, dim=axis)
            for name, axis, parts in zip(names, axes, zip(*runs))}


def _elastic(victim, attack):
    """One sample."""
    with spied(ead, "_apply_decision_rule") as judged:
        end = attack.run(victim.model, victim.x, victim.criterion)
    best, found, points, slack, objective = math.inf, 0, [], [], []
    for k, ((_, norms), inside) in enumerate(judged):
        points.append(inside["x_k"].raw)
        slack.append(inside["y_k"].raw)
        objective.append(inside["loss"].raw.reshape(1))
        if norms.item() != best:
            best, found = norms.item(), k + 1
    return (torch.stack(points), torch.stack(slack), torch.stack(objective), end,
            torch.tensor([best if found else 0.0]), torch.tensor([found]))


def decoupled_direction_norm(case):
    victim = Victim(case)
    _plain(victim)
    for name, offered in (("rate", 1.0), ("last", 0.01)):
        demand_number(case, name, offered, offered)
    attack = fa.DDNAttack(init_epsilon=case.number("norm", 1.0), steps=case.whole("steps", 100),
                          gamma=case.number("gamma", 0.05))
    with spied(ep, "clip") as clipped:
        end = attack.run(victim.model, victim.x, victim.criterion)
    found = torch.zeros(len(end), dtype=torch.int64)
    for k, (_, inside) in enumerate(clipped):
        found = torch.where(inside["is_both"].raw, k + 1, found)
    return {"iterates": torch.stack([point.raw for point, _ in clipped]),
            "norms": torch.stack([inside["epsilon"].raw for _, inside in clipped]),
            "rates": torch.tensor([inside["stepsize"] for _, inside in clipped]),
            "adversarial": end, "distance": attack.distance(victim.x, end), "found": found}


def sparse_descent_attack(case):
    victim, features = Victim(case), case.whole("features", 1)
    width = victim.x.shape[1]
    # The quantile between the sizes of the last feature that is chosen and the next one.
    quantile = 0.0 if features == width else (width - features - 0.5) / (width - 1)
    counts = []

    class Counting(fa.SparseL1DescentAttack):
        def normalize(self, gradients, *, x, bounds):
            direction = super().normalize(gradients, x=x, bounds=bounds)
            counts.append((direction != 0).sum(axis=-1).raw)
            return direction

    attack = watched(Counting, victim)(quantile=quantile, abs_stepsize=case.number("rate", 1),
                                       steps=case.whole("steps", 1))
    end = attack.run(victim.model, victim.x, victim.criterion, epsilon=case.number("epsilon", 10))
    iterates = [*attack.points[1:], end]
    return {"iterates": torch.stack(iterates), "counts": torch.stack(counts),
            "losses": torch.stack([victim.losses_at(x) for x in attack.points]),
            "lengths": torch.stack([l1(victim.x, x) for x in iterates]),
            "class": victim.model(end).argmax(dim=1)}
