# SPDX-License-Identifier: MIT
"""PyTorch's own operations, on the processor.

    python ci/adapters/pytorch run data -o result.h5 --precision f64|f32|bf16|f16

Gradients are those of autograd. Answers in bf16 and f16 are those of PyTorch's kernels for these types.
"""
import os
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import torch

import activations
import assay_adapter
import augmentation
import initialization
import metrics
import normalization
import optimizers
import regularization
import schedules
import synthetic_data

TYPES = {"f64": torch.float64, "f32": torch.float32, "bf16": torch.bfloat16, "f16": torch.float16}


def convert(array, precision):
    # Numbers that the library makes itself, such as default parameters, have the same type.
    torch.set_default_dtype(TYPES[precision])
    if array.dtype.kind in "iu":
        return torch.from_numpy(array.astype("int64"))
    return torch.from_numpy(array).to(TYPES[precision])


def back(value):
    if not isinstance(value, torch.Tensor):
        return value
    value = value.detach()
    return (value.double() if value.is_floating_point() else value).numpy()


torch.set_num_threads(1)
sys.exit(assay_adapter.main("PyTorch", torch.__version__,
                            [activations, augmentation, initialization, metrics, normalization,
                             optimizers, regularization, schedules, synthetic_data], convert, back,
                            (ValueError, RuntimeError, IndexError, NotImplementedError),
                            ("f64", "f32", "bf16", "f16")))
