# SPDX-License-Identifier: MIT
"""Gradients of PyTorch operations, named as in the cases: d<input> for every input that has one."""
import torch


def gradients(values, upstreams, inputs, prefix="d"):
    """{"d" + name: gradient} of values, one tensor or several, with respect to the inputs, a
    dictionary. An input that nothing depends on has gradient 0."""
    found = torch.autograd.grad(values, list(inputs.values()), upstreams, allow_unused=True)
    return {prefix + name: torch.zeros_like(x) if gradient is None else gradient
            for (name, x), gradient in zip(inputs.items(), found)}


def with_gradients(case, operation, needed, optional=(), output="y", upstream="dy"):
    """The value of operation(**inputs) as `output` and, where the case has an upstream gradient,
    the gradient of every floating input. The operation is called with the inputs by name: all
    `needed` ones, and those of the `optional` ones that the case has."""
    names = [*needed, *(name for name in optional if name in case)]
    inputs = {name: case[name] for name in names}
    floating = {name: x.requires_grad_() for name, x in inputs.items() if x.is_floating_point()}
    value = operation(**inputs)
    outputs = {output: value}
    if upstream in case:
        outputs |= gradients(value, case[upstream], floating)
    return outputs
