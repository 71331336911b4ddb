# SPDX-License-Identifier: MIT
"""PyTorch's own operations, on the processor.

    python ci/adapters/pytorch run data -o result.h5 --precision f64|f32|bf16|f16

Gradients are those of autograd. Answers in bf16 and f16 are those of PyTorch's kernels for these
types.
"""
import importlib
import os
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(1, os.path.dirname(HERE))

import torch

import assay_adapter

TYPES = {"f64": torch.float64, "f32": torch.float32, "bf16": torch.bfloat16, "f16": torch.float16}


def families():
    """The modules beside this one that are named as a family of reference/."""
    names = sorted(file[:-3] for file in os.listdir(HERE) if file.endswith(".py"))
    reference = os.path.join(HERE, "..", "..", "..", "reference")
    return [importlib.import_module(name) for name in names
            if os.path.isdir(os.path.join(reference, name))]


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
# Impossible requests are part of the corpus; where PyTorch only warns, its answer says so.
warnings.simplefilter("ignore")
sys.exit(assay_adapter.main("PyTorch", torch.__version__, families(), convert, back,
                            (ValueError, TypeError, RuntimeError, IndexError, AssertionError),
                            ("f64", "f32", "bf16", "f16")))
