# SPDX-License-Identifier: MIT
"""optax's losses and gradient scaling as generative models use them; formulas in
reference/generative/."""
import jax
import jax.numpy as jnp
import optax
from assay_adapter import Declined

from autograd import differentiate, inputs_of

FOLLOWS = {"hinge_gan_loss": {"derivative_at_kink": "half"}}


def hinge_gan_loss(case):
    """optax.hinge_loss of real scores with label 1 and of generated ones with -1."""
    if case.number("margin", 1.0) != 1:
        raise Declined("optax.hinge_loss has the margin 1")
    if case.choice("player", "discriminator", "generator") == "generator":
        if case.choice("goal", "linear", "hinge") == "linear":
            raise Declined("optax has no loss for a mean of scores")
    return _two_parts(case, lambda real: optax.hinge_loss(real, 1.0),
                      lambda fake, sign: optax.hinge_loss(fake, sign), -1.0, 1.0)


def least_squares_gan_loss(case):
    loss = optax.l2_loss if case.choice("factor", "half", "one") == "half" else optax.squared_error
    a, b, c = case.number("a", 0.0), case.number("b", 1.0), case.number("c", 1.0)
    return _two_parts(case, lambda real: loss(real, jnp.full_like(real, b)),
                      lambda fake, goal: loss(fake, jnp.full_like(fake, goal)), a, c)


def _two_parts(case, of_real, of_fake, fake_goal, generator_goal):
    reduce = jnp.mean if case.choice("reduction", "mean", "sum") == "mean" else jnp.sum
    half = case.choice("combine", "sum", "half") == "half"
    if case.choice("player", "discriminator", "generator") == "generator":
        return _loss(case, lambda fake: reduce(of_fake(fake, generator_goal)), ["fake"])

    def parts(real, fake):
        return reduce(of_real(real)), reduce(of_fake(fake, fake_goal))

    def operation(real, fake):
        total = sum(parts(real, fake))
        return total / 2 if half else total

    real_loss, fake_loss = jax.jit(parts)(case["real"], case["fake"])
    return _loss(case, operation, ["real", "fake"]) | {"real_loss": real_loss,
                                                       "fake_loss": fake_loss}


def _loss(case, operation, wanted):
    inputs = inputs_of(case, wanted)
    value, gradients = differentiate(operation, inputs, wanted, case.get("dloss"))
    return {"loss": value} | gradients
