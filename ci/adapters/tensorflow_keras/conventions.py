# SPDX-License-Identifier: MIT
"""Conventions and numbers of which the library has one, and the numbers that it keeps globally."""
import contextlib

import keras

from assay_adapter import Declined


def demand(case, name, default, *offered):
    """Declines the case unless its convention, `default` where it states none, is offered."""
    value = case.choice(name, default, *offered)
    if value not in offered:
        raise Declined(f"{name} = {value} is not offered by the library")
    return value


def demand_number(case, name, default, offered):
    """Declines the case unless its number `name` is what the library has."""
    value = case.number(name, default)
    if value != offered:
        raise Declined(f"{name} = {value:g} is not offered by the library")


@contextlib.contextmanager
def fuzz(epsilon):
    """Keras's global fuzz factor, by which it guards divisions and logarithms."""
    before = keras.config.epsilon()
    keras.config.set_epsilon(epsilon)
    try:
        yield
    finally:
        keras.config.set_epsilon(before)


def draws_itself(case, name):
    """The shape of a draw that the library makes by itself; declines the case that gives it."""
    if name not in case.draws:
        raise Declined(f"the library draws '{name}' by itself")
    return case.array(name).shape


def whole(case, name, default=None):
    """A count of the case. What is no count never reaches the library."""
    value = case.whole(name, default)
    if not isinstance(value, int):
        raise Declined(f"{name} = {value:g} never reaches the library")
    return value
