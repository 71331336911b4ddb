# SPDX-License-Identifier: MIT
"""flax.linen.Dropout and optax's projections; formulas in reference/regularization/. Dropout draws
by itself, so it answers the cases of tier "statistical"."""
import zlib

import flax.linen as nn
import jax
import optax
from assay_adapter import Declined

from autograd import compiled


def dropout(case):
    case.choice("scaling", "inverted")
    return {"y": _dropped(case, case["x"], _rate(case), ())}


def max_norm_constraint(case):
    """optax.projections.projection_l2_ball of each unit."""
    case.choice("form", "clip")
    if case.number("epsilon", 0.0) != 0:
        raise Declined("optax.projections.projection_l2_ball has no epsilon")
    axis = 1 if case.choice("unit", "column", "row") == "column" else 0
    limit = case.number("limit")
    project = jax.vmap(lambda w: optax.projections.projection_l2_ball(w, limit), axis, axis)
    norm = jax.vmap(optax.tree.norm, axis)
    return {"w_after": compiled(project, case["w"]), "norm": compiled(norm, case["w"])}


def spatial_dropout(case):
    last = case.choice("channels", "first", "last") == "last"
    return {"y": _dropped(case, case["x"], _rate(case), (1, 2) if last else (2, 3))}


def stochastic_depth(case):
    """flax.linen.Dropout of the branch, a whole sample at a time."""
    case.choice("scaling", "inverted")
    case.choice("scope", "sample")
    case.choice("decay", "constant")
    rate = case.number("p")
    branch = case["branch"]
    return {"y": case["x"] + _dropped(case, branch, rate, tuple(range(1, branch.ndim)))}


def _rate(case):
    case.choice("threshold", "at_least_rate", "below_keep")  # how to use draws that are given
    p = case.number("p")
    return p if case.choice("argument", "rate", "keep") == "rate" else 1 - p


def _dropped(case, x, rate, broadcast):
    if case.tier == "refused":
        module = nn.Dropout(rate, broadcast_dims=broadcast, deterministic=False)
    elif not case.draws:
        raise Declined("flax.linen.Dropout draws by itself")
    else:
        for name in case.draws:
            case.array(name)  # drawn by Flax instead
        module = nn.Dropout(rate, broadcast_dims=broadcast, deterministic=False)
    key = jax.random.key(zlib.crc32(f"{case.technique}/{case.name}".encode()))
    return module.apply({}, x, rngs={"dropout": key})
