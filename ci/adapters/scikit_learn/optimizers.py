# SPDX-License-Identifier: MIT
"""The optimizers of scikit-learn's perceptrons; formulas in reference/optimizers/."""
import numpy as np
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

from assay_adapter import Declined
from conventions import only


def _plain(case):
    if case.number("weight_decay", 0):
        raise Declined("the library's optimizers have no weight decay of their own")
    case.choice("decay_form", "coupled", "decoupled")
    case.choice("maximize", "no")


def _run(case, optimizer, w, outputs):
    """Steps once a gradient and records; the rate of a step is that of the optimizer then."""
    _plain(case)
    rows = []
    for gradient, rate in zip(case["g"], case["rate"], strict=True):
        optimizer.learning_rate = optimizer.learning_rate_init = rate
        optimizer.update_params([w], [gradient])
        rows.append([w.copy(), *(getattr(optimizer, name)[0].copy() for name in outputs.values())])
    return {name: np.array(values)
            for name, values in zip(["w_after", *outputs], zip(*rows))}


def gradient_descent(case):
    w = case["w"].copy()
    return _run(case, SGDOptimizer([w], momentum=0, nesterov=False), w, {})


def momentum(case):
    only(case, "form", "rate_outside", "rate_inside")
    if case.number("dampening", 0):
        raise Declined("the library has no dampening")
    case.choice("first_step", "undampened", "dampened")
    nesterov = case.choice("nesterov", "no", "yes") == "yes"
    w = case["w"].copy()
    optimizer = SGDOptimizer([w], momentum=case.number("momentum"), nesterov=nesterov)
    if "velocity" in case:
        optimizer.velocities = [case["velocity"]]
    return _run(case, optimizer, w, {"v_after": "velocities"})


def adam(case):
    only(case, "epsilon_placement", "after_correction", "before_correction")
    case.choice("amsgrad", "no")
    case.choice("bias_correction", "yes")
    w = case["w"].copy()
    optimizer = AdamOptimizer([w], beta_1=case.number("beta1", 0.9),
                              beta_2=case.number("beta2", 0.999),
                              epsilon=case.number("epsilon", 1e-8))
    if "m" in case:
        optimizer.ms, optimizer.vs = [case["m"]], [case["v"]]
    optimizer.t = case.whole("first_step", 1) - 1
    return _run(case, optimizer, w, {"m_after": "ms", "v_after": "vs"})
