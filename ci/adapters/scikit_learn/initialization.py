# SPDX-License-Identifier: MIT
"""How scikit-learn's perceptrons begin, and SciPy's distributions; formulas in
reference/initialization/."""
import numpy as np
import scipy.stats
from sklearn.neural_network import MLPRegressor

from assay_adapter import Declined
from draws import Draws


class _Signed(Draws):
    """The deviates of the case are in [-1, 1), those of a RandomState in [0, 1)."""

    def uniform(self, low=0.0, high=1.0, size=None):
        return (high + low) / 2 + (high - low) / 2 * self._take("uniforms", size)


def glorot(case):
    case.choice("distribution", "uniform")
    if case.number("gain", 1) != 1:
        raise Declined("the library has no gain")
    u = case["deviate"]
    if u.ndim != 2:
        raise Declined("the library has dense layers only")
    model = MLPRegressor(activation="relu")
    model._random_state = _Signed(uniforms=[u, np.zeros(u.shape[1])])
    return {"w": model._init_coef(*u.shape, u.dtype)[0]}


def truncated_normal(case):
    if case.tier != "statistical":
        raise Declined("the library draws by itself")
    mean, deviation = case.number("mean", 0), case.number("standard_deviation", 1)
    if case.choice("correction", "no", "yes") == "yes":
        raise Declined("the library has no correction")
    if case.choice("bounds", "deviations", "absolute") == "deviations":
        cutoff = case.number("cutoff", 2)
        low, high = -cutoff, cutoff
    else:
        low = (case.number("low", -2) - mean) / deviation
        high = (case.number("high", 2) - mean) / deviation
    shape = case["deviate"].shape[1:]
    return {"w": scipy.stats.truncnorm.rvs(low, high, loc=mean, scale=deviation, size=shape,
                                           random_state=1)}


def orthogonal(case):
    shape = case["deviate"].shape
    if case.tier != "statistical" or len(shape) != 2 or shape[0] != shape[1]:
        raise Declined("the library draws square matrices by itself")
    case.choice("sign", "fixed")
    if case.number("gain", 1) != 1:
        raise Declined("the library has no gain")
    return {"w": scipy.stats.ortho_group.rvs(shape[0], random_state=1)}
