# SPDX-License-Identifier: MIT
"""The Adversarial Robustness Toolbox on the network that a case gives, with PyTorch.

    python ci/adapters/adversarial_robustness_toolbox run data/adversarial -o result.h5 \\
        --precision f64|f32

Network, loss and gradients are PyTorch's; every step of an attack or a defence is the toolbox's.
What a case asks about the inside of an attack is read while it runs: what the estimator is asked.
"""
import argparse
import os
import sys
import tempfile
import warnings

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
# Where the toolbox puts its settings.
os.environ.setdefault("ART_DATA_PATH", os.path.join(tempfile.gettempdir(), "assay_art"))
warnings.simplefilter("ignore")

import art
import numpy as np
import torch

import adversarial
import assay_adapter
import certificates
import minimal_changes
import training

TYPES = {"f64": np.float64, "f32": np.float32}


def set_precision():
    """The toolbox has one type for all numbers, which each of its modules has taken from its
    settings when it was imported."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--precision", choices=TYPES, default="f64")
    wanted = TYPES[parser.parse_known_args()[0].precision]
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("art.") and \
                hasattr(module, "ART_NUMPY_DTYPE"):
            module.ART_NUMPY_DTYPE = wanted


def convert(array, precision):
    torch.set_default_dtype({"f64": torch.float64, "f32": torch.float32}[precision])
    return array if array.dtype.kind in "iu" else array.astype(TYPES[precision])


def back(value):
    if isinstance(value, torch.Tensor):
        return value.detach().numpy()
    return value


set_precision()
torch.set_num_threads(1)
np.seterr(all="ignore")
sys.exit(assay_adapter.main("Adversarial Robustness Toolbox", art.__version__,
                            [adversarial, certificates, minimal_changes, training], convert, back,
                            (ValueError, TypeError, RuntimeError, IndexError, AssertionError)))
