# SPDX-License-Identifier: MIT
"""sklearn.preprocessing's scalers; formulas in reference/normalization/."""
import numpy as np
from sklearn import preprocessing

from assay_adapter import Declined


def _scaled(case, scaler, **statistics):
    """Fits x, transforms it, and other data, if the case has some, with the same statistics."""
    z = scaler.fit_transform(case["x"])
    answer = {"z": z, **{name: read(scaler) for name, read in statistics.items()}}
    if "x_new" in case:
        answer["z_new"] = scaler.transform(case["x_new"])
    return answer


def standardization(case):
    case.choice("deviation", "population")
    return _scaled(case, preprocessing.StandardScaler(), mean=lambda s: s.mean_,
                   standard_deviation=lambda s: np.sqrt(s.var_))


def min_max_scaling(case):
    scaler = preprocessing.MinMaxScaler((case.number("low", 0), case.number("high", 1)),
                                        clip=case.choice("clip", "no", "yes") == "yes")
    return _scaled(case, scaler, minimum=lambda s: s.data_min_, maximum=lambda s: s.data_max_)


def max_abs_scaling(case):
    scaler = preprocessing.MaxAbsScaler(clip=case.choice("clip", "no", "yes") == "yes")
    if case.choice("scope", "feature", "all") == "feature":
        return _scaled(case, scaler, largest=lambda s: s.max_abs_)
    shape = case["x"].shape
    answer = {"z": scaler.fit_transform(case["x"].reshape(-1, 1)).reshape(shape),
              "largest": np.repeat(scaler.max_abs_, shape[1])}
    if "x_new" in case:
        new = case["x_new"]
        answer["z_new"] = scaler.transform(new.reshape(-1, 1)).reshape(new.shape)
    return answer


def robust_scaling(case):
    case.choice("interpolation", "linear")
    if case.number("unit", 1) != 1:
        raise Declined("the library's unit_variance has a divisor of its own, not a number")
    shape = case["x"].shape
    scaler = preprocessing.RobustScaler(
        quantile_range=(100 * case.number("low", 0.25), 100 * case.number("high", 0.75)),
        with_centering=case.choice("centering", "yes", "no") == "yes",
        with_scaling=case.choice("scaling", "yes", "no") == "yes")
    return _scaled(case, scaler,
                   center=lambda s: np.zeros(shape[1]) if s.center_ is None else s.center_,
                   scale=lambda s: np.ones(shape[1]) if s.scale_ is None else s.scale_)


def l2_normalization(case):
    case.choice("guard", "larger_norm")
    if "dy" in case or case.has_number("epsilon"):
        raise Declined("the library has neither a gradient nor an epsilon")
    return {"y": preprocessing.normalize(case["x"])}
