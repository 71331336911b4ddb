# SPDX-License-Identifier: MIT
"""The activations of scikit-learn's perceptrons, with their derivatives, and those of
scipy.special; formulas in reference/activations/."""
import scipy.special
from sklearn.neural_network._base import ACTIVATIONS, DERIVATIVES
from sklearn.preprocessing import Binarizer

from assay_adapter import Declined
from conventions import only


def _unit(case, name):
    """Both work in place: the value on the input, the derivative on the upstream gradient."""
    y = case["x"].copy()
    ACTIVATIONS[name](y)
    if "dy" not in case:
        return {"y": y}
    dx = case["dy"].copy()
    DERIVATIVES[name](y, dx)
    return {"y": y, "dx": dx}


def _forward(case, function):
    if "dy" in case:
        raise Declined("the library has no derivative")
    return {"y": function(case["x"])}


def linear(case):
    return _unit(case, "identity")


def tanh(case):
    return _unit(case, "tanh")


def sigmoid(case):
    return _unit(case, "logistic")


def relu(case):
    case.choice("derivative_at_zero", "zero")
    return _unit(case, "relu")


def softmax(case):
    if "mask" in case:
        raise Declined("the library has no mask")
    return _forward(case, lambda x: scipy.special.softmax(x, axis=-1))


def log_softmax(case):
    return _forward(case, lambda x: scipy.special.log_softmax(x, axis=-1))


def log_sigmoid(case):
    return _forward(case, scipy.special.log_expit)


def step(case):
    low = {"binary": 0, "bipolar": -1}[case.choice("output", "binary", "bipolar")]
    if low:
        raise Declined("scikit-learn's Binarizer has the values 0 and 1")
    only(case, "at_threshold", "high", "low")
    return {"y": Binarizer(threshold=case.number("threshold", 0)).fit_transform(case["x"])}
