# SPDX-License-Identifier: MIT
"""Conventions and numbers of which the library has one, and the numbers that it keeps globally."""
import contextlib

import keras

from assay_adapter import Declined


def demand(case, name, default, *offered):
    """Declines the case unless its convention `name`, `default` where it states none, is offered."""
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
    """Keras's global fuzz factor, by which its losses and constraints guard divisions and logarithms."""
    before = keras.config.epsilon()
    keras.config.set_epsilon(epsilon)
    try:
        yield
    finally:
        keras.config.set_epsilon(before)
