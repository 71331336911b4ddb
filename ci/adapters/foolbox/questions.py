# SPDX-License-Identifier: MIT
"""Attacks that only ask for the class, along a straight way; definitions in
reference/adversarial/."""
import eagerpy as ep
import foolbox.attacks as fa
import torch
from foolbox.attacks.base import get_is_adversarial
from foolbox.distances import l2

from assay_adapter import Declined
from victim import Victim, locals_of, spied

FOLLOWS = {"contrast_reduction_attack": {"begin": "zero"},
           "boundary_bisection": {"begin": "half"}}


def contrast_reduction_attack(case):
    victim, middle = Victim(case), case.number("middle", 0.5)
    search = case.choice("search", "bisection", "linear", "budget")
    if search == "linear":
        raise Declined("the library never tries the end of the way")
    steps, epsilon = case.whole("steps", 15), case.number("epsilon", 1)
    if search == "budget":
        attack = fa.L2ContrastReductionAttack(target=middle)
        with spied(ep, "minimum") as shares:
            end = attack.run(victim.model, victim.x, victim.criterion, epsilon=epsilon)
        last = shares[0][0].raw[:, 0]
        tested = last[None]
    else:
        attack = fa.BinarySearchContrastReductionAttack(distance=l2, binary_search_steps=steps,
                                                        target=middle)
        with spied(ep, "where") as decided:
            end = attack.run(victim.model, victim.x, victim.criterion)
        tested = torch.stack([inside["epsilons"].raw for inside in victim.model.asker])
        last = decided[-1][0].raw
    return {"tested": tested, "epsilons": last, "adversarial": end,
            "distance": l2(victim.x, end), "found": victim.reached(end)}


def boundary_bisection(case):
    victim, steps, start = Victim(case), case.whole("steps", 10), case["start"]
    way = case.choice("way", "straight", "shrinking")
    size = victim.x.shape[1]
    # The library stops where the interval is short enough: that many halvings.
    gamma = 1.5 * 2.0**-steps * size ** (1.5 if way == "straight" else 2)
    ends = []

    class Remembering(fa.HopSkipJumpAttack):
        def _project(self, originals, perturbed, epsilons):
            point = super()._project(originals, perturbed, epsilons)
            lows = locals_of("_binary_search")["lows"]
            ends[:] = [(epsilons.raw, lows.raw,
                        super()._project(originals, perturbed, lows).raw)]
            return point

    attack = Remembering(gamma=gamma, constraint="l2" if way == "straight" else "linf")
    victim.model.forget()
    # The bisection by itself: the attack around it wants starts that are adversarial.
    end = attack._binary_search(get_is_adversarial(victim.criterion, victim.model),
                                ep.astensor(victim.x), ep.astensor(start)).raw
    width = 1 if way == "straight" else attack.distance(victim.x, start)
    tested = [inside["mids"].raw / width for inside in victim.model.asker]
    (upper, lower, clean), = ends
    return {"tested": torch.stack(tested), "lower": lower / width,
            "upper": upper / width, "adversarial": end, "clean": clean,
            "distance": attack.distance(victim.x, end), "found": victim.reached(end)}
