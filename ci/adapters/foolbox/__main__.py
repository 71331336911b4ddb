# SPDX-License-Identifier: MIT
"""Foolbox's attacks on the network that a case gives, as a PyTorch model on the processor.

    python ci/adapters/foolbox run data/adversarial -o result.h5 --precision f64|f32

Network, loss and gradients are PyTorch's; every step of an attack is Foolbox's. What a case asks
about the inside of an attack is read while it runs: what the model is asked, and local numbers.
"""
import os
import sys
import warnings

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import foolbox
import torch

import adversarial
import assay_adapter
import minimal_changes
import questions

TYPES = {"f64": torch.float64, "f32": torch.float32}


def convert(array, precision):
    # Numbers that the library makes itself have the same type.
    torch.set_default_dtype(TYPES[precision])
    if array.dtype.kind in "iu":
        return torch.from_numpy(array.astype("int64"))
    return torch.from_numpy(array).to(TYPES[precision])


def back(value):
    if isinstance(value, torch.Tensor):
        value = value.detach()
        return (value.double() if value.is_floating_point() else value).numpy()
    return value


torch.set_num_threads(1)
warnings.simplefilter("ignore")
sys.exit(assay_adapter.main("Foolbox", foolbox.__version__,
                            [adversarial, minimal_changes, questions], convert, back,
                            (ValueError, TypeError, RuntimeError, IndexError, AssertionError)))
