# SPDX-License-Identifier: MIT
"""keras.initializers, which draw by themselves; formulas in reference/initialization/."""
import keras
from keras import initializers

from conventions import demand, demand_number, draws_itself

SEED = 7
LAWS = {"uniform": "uniform", "normal": "untruncated_normal",
        "truncated_normal": "truncated_normal"}


def _drawn(case, initializer):
    return {"w": initializer(draws_itself(case, "deviate"), dtype=keras.config.floatx())}


def _scaled(case, scale, mode, law):
    distribution = LAWS[case.choice("distribution", law, *LAWS)]
    return _drawn(case, initializers.VarianceScaling(scale=scale, mode=mode,
                                                     distribution=distribution, seed=SEED))


def glorot(case):
    return _scaled(case, case.number("gain", 1) ** 2, "fan_avg", "uniform")


def he(case):
    """Keras's He initializers have a = 0."""
    demand_number(case, "negative_slope", 0, 0)
    return _scaled(case, 2.0, case.choice("fan", "fan_in", "fan_out"), "normal")


def lecun(case):
    return _scaled(case, 1.0, case.choice("fan", "fan_in", "fan_out"), "normal")


def normal_initialization(case):
    demand(case, "spread", "deviation", "deviation")
    return _drawn(case, initializers.RandomNormal(
        case.number("mean", 0), case.number("standard_deviation", 1), seed=SEED))


def orthogonal(case):
    case.choice("sign", "fixed")
    return _drawn(case, initializers.Orthogonal(case.number("gain", 1), seed=SEED))


def truncated_normal(case):
    demand(case, "bounds", "deviations", "deviations")
    demand(case, "correction", "no", "no")
    demand_number(case, "cutoff", 2, 2)
    shape = draws_itself(case, "deviate")[1:]
    initializer = initializers.TruncatedNormal(
        case.number("mean", 0), case.number("standard_deviation", 1), seed=SEED)
    return {"w": initializer(shape, dtype=keras.config.floatx())}


def uniform_initialization(case):
    if case.choice("range", "stated", "limit") == "limit":
        limit = case.number("limit")
        return _drawn(case, initializers.RandomUniform(-limit, limit, seed=SEED))
    low, high = case.number("low", -1), case.number("high", 1)
    return _drawn(case, initializers.RandomUniform(low, high, seed=SEED))
