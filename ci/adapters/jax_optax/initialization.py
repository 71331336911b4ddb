# SPDX-License-Identifier: MIT
"""jax.nn.initializers; formulas in reference/initialization/. They draw by themselves, so they
answer the cases of tier "statistical"."""
import zlib

import jax
import jax.numpy as jnp
from assay_adapter import Declined
from jax.nn import initializers


def glorot(case):
    if case.number("gain", 1.0) != 1:
        raise Declined("JAX's Glorot initializers have no gain")
    return _variance(case, 1.0, "fan_avg", "uniform")


def he(case):
    if case.number("negative_slope", 0.0) != 0:
        raise Declined("JAX's He initializers are those of a ReLU")
    return _variance(case, 2.0, case.choice("fan", "fan_in", "fan_out"), "normal")


def lecun(case):
    return _variance(case, 1.0, case.choice("fan", "fan_in", "fan_out"), "normal")


def normal_initialization(case):
    case.choice("spread", "deviation")
    if case.number("mean", 0.0) != 0:
        raise Declined("jax.nn.initializers.normal has the mean 0")
    return _drawn(case, initializers.normal(case.number("standard_deviation", 1.0)))


def orthogonal(case):
    case.choice("sign", "fixed")
    return _drawn(case, initializers.orthogonal(case.number("gain", 1.0)))


def truncated_normal(case):
    if case.choice("bounds", "deviations", "absolute") == "absolute":
        raise Declined("jax.nn.initializers.truncated_normal has bounds in deviations")
    case.choice("correction", "no")
    cutoff = case.number("cutoff", 2.0)
    mean = case.number("mean", 0.0)
    if mean != 0:
        raise Declined("jax.nn.initializers.truncated_normal has the mean 0")
    return _drawn(case, initializers.truncated_normal(
        case.number("standard_deviation", 1.0), lower=-cutoff, upper=cutoff), candidates=True)


def uniform_initialization(case):
    """jax.random.uniform; jax.nn.initializers.uniform begins at 0."""
    case.choice("range", "stated")
    low, high = case.number("low", -1.0), case.number("high", 1.0)
    return _drawn(case, lambda key, shape, dtype: jax.random.uniform(key, shape, dtype, low, high))


def _variance(case, scale, mode, default):
    others = [name for name in ("normal", "uniform", "truncated_normal") if name != default]
    distribution = case.choice("distribution", default, *others)
    return _drawn(case, initializers.variance_scaling(scale, mode, distribution))


def _drawn(case, initializer, candidates=False):
    deviate = case["deviate"]
    if case.tier != "statistical":
        raise Declined("JAX's initializers draw by themselves")
    shape = deviate.shape[1:] if candidates else deviate.shape
    key = jax.random.key(zlib.crc32(f"{case.technique}/{case.name}".encode()))
    return {"w": initializer(key, shape, jnp.result_type(deviate))}
