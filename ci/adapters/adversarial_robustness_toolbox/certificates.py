# SPDX-License-Identifier: MIT
"""Certificates of smoothed classifiers; definitions in reference/adversarial/."""
import numpy as np
import scipy.stats
import torch
from art.estimators.certification.randomized_smoothing import NumpyRandomizedSmoothing
from art.estimators.classification import PyTorchClassifier

from victim import Victim, replaced

VOTES = {"form": "one", "bound": "clopper_pearson", "ties": "first"}
FOLLOWS = {"certified_radius": VOTES, "randomized_smoothing": VOTES}


class _Watched(NumpyRandomizedSmoothing):
    """Remembers its counts and bounds."""

    def forget(self):
        self.counts, self.bounds = [], []

    def _prediction_counts(self, x, n=None, batch_size=128):
        self.counts.append(super()._prediction_counts(x, n=n, batch_size=batch_size))
        return self.counts[-1]

    def _lower_confidence_bound(self, n_class_samples, n_total_samples):
        self.bounds.append(super()._lower_confidence_bound(n_class_samples, n_total_samples))
        return self.bounds[-1]


class _Counted(_Watched):
    """Has counted already."""

    def _prediction_counts(self, x, n=None, batch_size=128):
        return next(self.waiting)


def _prediction(smoothed, x):
    """The class that the smoothed classifier predicts, or -1, and the p-value of its decision."""
    values = []

    def remembering(original):
        def test(*arguments, **more):
            result = original(*arguments, **more)
            values.append(result.pvalue)
            return result
        return test

    with replaced(scipy.stats, "binomtest", remembering):
        chosen = smoothed.predict(x)[0]
    return int(chosen.argmax()) if chosen.any() else -1, values[0]


def _outputs(rows):
    names = ("class", "p_lower", "p_upper", "radius", "predicted", "p_value")
    return dict(zip(names, (np.array(column) for column in zip(*rows))))


def certified_radius(case):
    selection, estimation = case.array("selection"), case.array("estimation")
    nothing = PyTorchClassifier(torch.nn.Identity(), torch.nn.CrossEntropyLoss(), (1,),
                                selection.shape[1], device_type="cpu")
    smoothed = _Counted(nothing, sample_size=1, scale=case.number("sigma"),
                        alpha=case.number("alpha", 0.001))
    rows, x = [], np.zeros((1, 1))
    for chosen, counted in zip(selection, estimation):
        smoothed.forget()
        smoothed.waiting = iter([chosen, counted])
        (label,), (radius,) = smoothed.certify(x, n=int(counted.sum()))
        smoothed.waiting = iter([counted])
        lower = smoothed.bounds[0]
        rows.append((label, lower, 1 - lower, radius, *_prediction(smoothed, x)))
    return _outputs(rows)


def randomized_smoothing(case):
    victim = Victim(case)
    draws = ("selection_noise", "noise")
    own = "noise" in case.draws
    if own:
        np.random.seed(1)
        for name in draws:
            case.drawn_by_library(name)
        sizes = [int(case.draws[name].split(":")[1].split()[0]) for name in draws]
    else:
        noise = [case[name] for name in draws]
        sizes = [len(part) for part in noise]
    smoothed = _Watched(victim.model, sample_size=sizes[0], scale=case.number("sigma"),
                        alpha=case.number("alpha", 0.001))
    smoothed.forget()
    if own:
        _, radius = smoothed.certify(victim.x, n=sizes[1])
        return {"radius": radius}
    rows, votes = [], []
    for n in range(len(victim.x)):
        smoothed.forget()
        x, waiting = victim.x[n:n + 1], iter([noise[0][:, n], noise[1][:, n], noise[1][:, n]])

        def given(original):
            return lambda scale, size: scale * next(waiting)

        with replaced(np.random, "normal", given):
            (label,), (radius,) = smoothed.certify(x, n=sizes[1])
            votes.append(smoothed.counts[:2])
            smoothed.sample_size = sizes[1]
            decided = _prediction(smoothed, x)
            smoothed.sample_size = sizes[0]
        lower = smoothed.bounds[0]
        rows.append((label, lower, 1 - lower, radius, *decided))
    selected, counted = (np.stack(part) for part in zip(*votes))
    return {"select_votes": selected, "votes": counted} | _outputs(rows)
