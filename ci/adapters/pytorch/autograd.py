# SPDX-License-Identifier: MIT
"""Gradients of PyTorch operations, named as in the cases: d<input> for every input that has one."""
import torch


def with_gradients(case, operation, needed, optional=(), output="y", upstream="dy"):
    """The value of operation(**inputs) as `output` and, where the case has an upstream gradient, the
    gradient of every floating input. The operation is called with the inputs by name: all `needed`
    ones, and those of the `optional` ones that the case has."""
    names = [*needed, *(name for name in optional if name in case)]
    inputs = {name: case[name] for name in names}
    floating = {name: x.requires_grad_() for name, x in inputs.items() if x.is_floating_point()}
    value = operation(**inputs)
    outputs = {output: value}
    if upstream in case:
        gradients = torch.autograd.grad(value, list(floating.values()), case[upstream],
                                        allow_unused=True)
        for (name, x), gradient in zip(floating.items(), gradients):
            outputs["d" + name] = torch.zeros_like(x) if gradient is None else gradient
    return outputs
