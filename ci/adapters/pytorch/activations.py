# SPDX-License-Identifier: MIT
"""torch.nn.functional's activations; formulas in reference/activations/."""
import torch.nn.functional as F

from autograd import with_gradients


def sigmoid(case):
    return with_gradients(case, lambda x: x.sigmoid(), ["x"])


def gelu(case):
    approximate = {"none": "none", "tanh": "tanh"}[case.choice("approximation", "none", "tanh")]
    return with_gradients(case, lambda x: F.gelu(x, approximate=approximate), ["x"])
