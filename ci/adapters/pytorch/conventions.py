# SPDX-License-Identifier: MIT
"""What stands between a case and PyTorch: conventions, counts, and how PyTorch says no."""
import contextlib

import torch

from assay_adapter import Declined


def demand(case, name, default, offered):
    """Declines the case unless its convention `name`, or else `default`, is `offered`."""
    if case.choice(name, default, offered) != offered:
        raise Declined(f"{name} = {default} is not offered by the library")


def demand_number(case, name, default, offered):
    """Declines the case unless its number `name` is what the library has."""
    value = case.number(name, default)
    if value != offered:
        raise Declined(f"{name} = {value:g} is not offered by the library")


def demand_whole(case, name, default=None):
    """A count of the case. What is no count never reaches the library."""
    value = case.whole(name, default)
    if not isinstance(value, int):
        raise Declined(f"{name} = {value:g} never reaches the library")
    return value


@contextlib.contextmanager
def division_refuses():
    """A division by 0 in PyTorch's Python, with which it ends some impossible requests."""
    try:
        yield
    except ZeroDivisionError as error:
        raise ValueError(str(error)) from error


@contextlib.contextmanager
def missing_kernel_declines():
    """PyTorch has some operations for f32 and f64 alone."""
    try:
        yield
    except RuntimeError as error:
        if "not implemented for" not in str(error):
            raise
        raise Declined(str(error)) from error


def drawn_by_library(case, name):
    """The sizes of input `name`, which the library draws by itself: its generator starts from the
    draw that it does not use, so that the same case always gets the same numbers."""
    if name not in case.draws:
        raise Declined(f"the library draws '{name}' by itself")
    draw = case[name]
    torch.manual_seed(int(abs(float(draw.flatten()[0])) * 2**40))
    return draw.shape
