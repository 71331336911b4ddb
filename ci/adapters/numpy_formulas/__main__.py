# SPDX-License-Identifier: MIT
"""Plain NumPy: the formulas of the papers, as their authors would write them, gradients by hand.

    python ci/adapters/numpy_formulas run data -o result.h5 --precision f64|f32

There is no library behind it: this is a second reading of every definition. Nothing is refused but
what NumPy itself cannot do.
"""
import os
import sys
import warnings

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import numpy as np

import activations
import adversarial
import assay_adapter
import augmentation
import foundations
import generative
import gradients
import imbalance
import initialization
import losses
import metrics
import normalization
import optimizers
import ranking_metrics
import regularization
import schedules
import synthetic_data
import training_procedures

TYPES = {"f64": np.float64, "f32": np.float32}


def convert(array, precision):
    return array if array.dtype.kind in "iu" else array.astype(TYPES[precision])


MODULES = [activations, adversarial, augmentation, foundations, generative, gradients,
           imbalance, initialization, losses, metrics, normalization, optimizers, ranking_metrics,
           regularization, schedules, synthetic_data, training_procedures]
warnings.simplefilter("ignore")
np.seterr(all="ignore")
sys.exit(assay_adapter.main("NumPy formulas", np.__version__, MODULES, convert, lambda y: y,
                            (ValueError, TypeError, IndexError, ArithmeticError)))
