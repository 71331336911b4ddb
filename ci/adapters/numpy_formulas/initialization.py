# SPDX-License-Identifier: MIT
"""Initial weights from stored deviates; definitions in reference/initialization/."""
import math

import numpy as np

# The standard deviation of a standard normal that was cut at two deviations.
CUT = 0.87962566103423978


def _fans(u):
    if not u.size:
        raise ZeroDivisionError("no weights")
    places = math.prod(u.shape[:-2])
    return places * u.shape[-2], places * u.shape[-1]


def _scaled(case, u, variance, *distributions):
    """Deviates of a distribution, to weights of this variance."""
    distribution = case.choice("distribution", *distributions)
    factor = {"uniform": 3, "normal": 1, "truncated_normal": 1 / CUT**2}[distribution]
    return {"w": math.sqrt(factor * variance) * u}


def glorot(case):
    u, gain = case["deviate"], case.number("gain", 1)
    return _scaled(case, u, gain**2 * 2 / sum(_fans(u)), "uniform", "normal", "truncated_normal")


def he(case):
    u, slope = case["deviate"], case.number("negative_slope", 0)
    fan = _fans(u)[case.choice("fan", "fan_in", "fan_out") == "fan_out"]
    return _scaled(case, u, 2 / (1 + slope**2) / fan, "normal", "uniform", "truncated_normal")


def lecun(case):
    u = case["deviate"]
    fan = _fans(u)[case.choice("fan", "fan_in", "fan_out") == "fan_out"]
    return _scaled(case, u, 1 / fan, "normal", "truncated_normal", "uniform")


def normal_initialization(case):
    if case.choice("spread", "deviation", "variance") == "variance":
        deviation = math.sqrt(case.number("variance"))
    else:
        deviation = case.number("standard_deviation", 1)
    return {"w": case.number("mean", 0) + deviation * case["deviate"]}


def uniform_initialization(case):
    u = case["deviate"]
    kind = case.choice("range", "stated", "limit", "fan_in")
    if kind == "stated":
        low, high = case.number("low", -1), case.number("high", 1)
    else:
        high = case.number("limit") if kind == "limit" else 1 / math.sqrt(_fans(u)[0])
        low = -high
    return {"w": low + (high - low) * u}


def truncated_normal(case):
    u, mean = case["deviate"], case.number("mean", 0)
    deviation = case.number("standard_deviation", 1)
    if case.choice("correction", "no", "yes") == "yes":
        deviation = deviation / CUT
    if case.choice("bounds", "deviations", "absolute") == "deviations":
        inside = np.abs(u) <= case.number("cutoff", 2)
    else:
        w = mean + deviation * u
        inside = (w >= case.number("low", -2)) & (w <= case.number("high", 2))
    if not inside.any(axis=0).all():
        raise ValueError("no candidate is inside")
    attempt = inside.argmax(axis=0)
    taken = np.take_along_axis(u, attempt[None], axis=0)[0]
    return {"w": mean + deviation * taken, "attempt": attempt}


def orthogonal(case):
    u = case["deviate"]
    flat = u.reshape(-1, u.shape[-1])
    wide = flat.shape[0] < flat.shape[1]
    q, r = np.linalg.qr(flat.T if wide else flat)
    if case.choice("sign", "fixed", "raw") == "fixed":
        q = q * np.sign(np.diag(r))
    return {"w": (case.number("gain", 1) * (q.T if wide else q)).reshape(u.shape)}
