# SPDX-License-Identifier: MIT
"""Attacks that look for the smallest change; definitions in reference/adversarial/."""
import numpy as np
from art.attacks.evasion import DeepFool, ElasticNet, HopSkipJump, SaliencyMapMethod

from assay_adapter import Declined
from victim import Victim, locals_of, replaced

FOLLOWS = {
    "deep_fool": {"norm": "l2", "own": "prediction", "overshoots": "end"},
    "elastic_net_attack": {"descent": "fista", "momentum": "from_zero", "threshold": "beta",
                           "decay": "root"},
    "jacobian_saliency_attack": {"features": "pairs", "map": "target",
                                 "used": "until_saturated"},
    "boundary_bisection": {"begin": "half"},
}


def deep_fool(case):
    victim = Victim(case, value=case.choice("value", "logits", "probabilities"))
    steps, classes = case.whole("steps", 50), victim.model.nb_classes
    if case.number("offset", 0.0):
        raise Declined("an offset is not offered by the library")
    attack = DeepFool(victim.model, max_iter=steps, epsilon=case.number("overshoot", 0.02),
                      nb_grads=case.whole("classes", classes), verbose=False)
    runs = []
    for x in victim.x[:, None]:  # one at a time: who has arrived is not asked any more
        victim.model.forget()
        end = attack.generate(x)
        points = victim.model.predicted[1:]
        rest = [points[-1]] * (steps - len(points))
        runs.append((np.concatenate(points + rest), end[0], len(points)))
    iterates, ends, iterations = (np.stack(part) for part in zip(*runs))
    return {"iterates": iterates.swapaxes(0, 1), "adversarial": ends, "iterations": iterations,
            "distance": np.linalg.norm(ends - victim.x, axis=1), "class": victim.classes(ends)}


def elastic_net_attack(case):
    victim = Victim(case)
    rule = {"elastic_net": "EN", "l1": "L1", "l2": "L2"}[
        case.choice("rule", "elastic_net", "l1", "l2")]
    attack = ElasticNet(
        victim.model, targeted=victim.targeted, confidence=case.number("kappa", 0.0),
        learning_rate=case.number("rate", 1e-2), binary_search_steps=1,
        max_iter=case.whole("steps", 1000), beta=case.number("beta", 1e-2), decision_rule=rule,
        verbose=False)
    runs = [_elastic(victim, attack, n, c) for n, c in enumerate(case.array("c").tolist())]
    names = ("iterates", "slack", "objective", "adversarial", "distance", "found")
    return {name: np.stack(parts, axis=axis)
            for name, axis, parts in zip(names, (1, 1, 1, 0, 0, 0), zip(*runs))}


def _elastic(victim, attack, n, constant):
    """One sample. The objective, of which the library has the slope alone, is put together from
    its two parts at the points that it shows."""
    x, onehot = victim.x[n:n + 1], victim.onehot[n:n + 1]
    seen, ends = [], []

    def remembering(original):
        def loss(self, x, x_adv):
            inside = locals_of("_generate_bss")
            seen.append((inside["x_adv"][0], inside["y_adv"][0], inside["best_dist"][0]))
            return original(self, x, x_adv)
        return loss

    def keeping(original):
        def search(self, *arguments):
            ends.append(original(self, *arguments))
            return ends[-1]
        return search

    attack.initial_const = constant
    with replaced(ElasticNet, "_loss", remembering), \
            replaced(ElasticNet, "_generate_bss", keeping):
        end = attack.generate(x, onehot)
    points, slack, best = (list(part) for part in zip(*seen))
    best = [*best[1:], ends[0][0][0]]
    found = best.index(best[-1]) + 1 if np.isfinite(best[-1]) else 0
    z = victim.logits(np.stack([x[0], *slack[:-1]]))
    own = z[:, victim.answer[n]]
    rival = np.where(onehot > 0, -np.inf, z).max(axis=1)
    gap = (rival - own if victim.targeted else own - rival) + attack.confidence
    squares = np.square(np.stack([x[0], *slack[:-1]]) - x).sum(axis=1)
    return (points, slack, constant * np.maximum(gap, 0) + squares, end[0],
            best[-1] if found else 0.0, found)


def jacobian_saliency_attack(case):
    victim = Victim(case, goals=("target",),
                    value=case.choice("value", "logits", "probabilities"))
    theta = case.number("theta", 1.0)
    if theta == 0:
        raise Declined("the library goes on for ever with steps of 0")
    if case.number("gamma", 1.0) != 1:
        raise Declined("the library counts the features that changed, not the changes")
    most = victim.x.shape[1] // 2  # where the library goes on, what it did until then counts
    attack = SaliencyMapMethod(victim.model, theta=theta, gamma=1.0, verbose=False)
    runs = []
    for n in range(len(victim.x)):
        run = [part[:most] for part in _salient(victim, attack, n)]
        done = len(run[0])
        last = (run[0][-1] if done else victim.x[n], -1, -1, 0)
        runs.append([part + [rest] * (most - done) for part, rest in zip(run, last)] + [done])
    iterates, first, second, score = (np.stack([run[i] for run in runs], axis=1) for i in range(4))
    return {"iterates": iterates, "first": first, "second": second, "score": score,
            "iterations": [run[4] for run in runs], "reached": victim.reached(iterates[-1])}


def _salient(victim, attack, n):
    """One sample: points, both features, and the sum of their slopes, of every change."""
    pairs, scores = [], []

    def remembering(original):
        def saliency(self, x, target, search_space):
            pair = np.sort(original(self, x, target, search_space), axis=1)
            slopes = self.estimator.class_gradient(x, label=target).reshape(-1)
            pairs.append(pair[0])
            scores.append(np.sign(self.theta) * slopes[pair[0]].sum())
            return pair
        return saliency

    victim.model.forget()
    with replaced(SaliencyMapMethod, "_saliency_map", remembering):
        attack.generate(victim.x[n:n + 1], victim.y[n:n + 1])
    return ([point[0] for point in victim.model.predicted[1:]], [pair[0] for pair in pairs],
            [pair[1] for pair in pairs], scores)


def boundary_bisection(case):
    victim, steps, starts = Victim(case), case.whole("steps", 10), case["start"]
    norm = {"straight": 2, "shrinking": np.inf}[case.choice("way", "straight", "shrinking")]
    ends = [case.number("low", 0.0), case.number("high", 1.0)] if victim.boxed \
        else [-np.inf, np.inf]
    attack = HopSkipJump(victim.model, targeted=victim.targeted, norm=norm, verbose=False)
    tested, lower, upper, adversarial, clean = [], [], [], [], []

    def remembering(interpolate):
        def interpolated(current_sample, original_sample, alpha, norm):
            asked.append((float(alpha), locals_of("_binary_search")))
            return interpolate(current_sample, original_sample, alpha, norm)
        return interpolated

    for x, start, answer in zip(victim.x, starts, victim.answer):
        asked = []
        width = 1.0 if norm == 2 else np.abs(x - start).max()
        with replaced(attack, "_interpolate", remembering):
            adversarial.append(attack._binary_search(
                start, x, answer, norm, *ends, threshold=1.5 * 2.0**-steps * width))
        *before, (last, inside) = asked
        tested.append([e / width for e, _ in before])
        upper.append(last / width)
        lower.append(float(inside["lower_bound"]) / width)
        clean.append(attack._interpolate(start, x, float(inside["lower_bound"]), norm))
    adversarial = np.stack(adversarial)
    return {"tested": np.stack(tested, axis=1), "lower": lower, "upper": upper,
            "adversarial": adversarial, "clean": np.stack(clean),
            "distance": np.linalg.norm(adversarial - victim.x, ord=norm, axis=1),
            "found": victim.reached(adversarial)}
