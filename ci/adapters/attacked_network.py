# SPDX-License-Identifier: MIT
"""The attacked network of a case in PyTorch, for adapters of attack libraries."""
import torch

ACTIVATIONS = {"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "sigmoid": torch.nn.Sigmoid}


class TwoLogits(torch.nn.Module):
    """0 and z for a logit z: attack libraries take the largest logit for the class."""

    def forward(self, z):
        return torch.cat([torch.zeros_like(z), z], dim=1)


def network_of(case, *front):
    """The perceptron of a case behind other modules."""
    activation = ACTIVATIONS[case.choice("activation", *ACTIVATIONS)]
    layers, number = list(front), 1
    while f"w{number}" in case:
        weights, bias = (torch.as_tensor(case[name]) for name in (f"w{number}", f"b{number}"))
        if number > 1:
            layers.append(activation())
        dense = torch.nn.Linear(*weights.shape)
        dense.weight, dense.bias = (torch.nn.Parameter(p)
                                    for p in (weights.T.contiguous(), bias))
        layers.append(dense)
        number += 1
    return torch.nn.Sequential(*layers)


def radius(case, name="epsilon"):
    """A radius as attack libraries want it, in raw units."""
    value = case.number(name)
    return value / 255 if case.choice("units", "raw", "bytes") == "bytes" else value
