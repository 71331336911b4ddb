# SPDX-License-Identifier: MIT
"""The functions of scikit-learn, imbalanced-learn and SciPy.

    python ci/adapters/scikit_learn run data -o result.h5 --precision f64|f32

Gradients are those that the libraries compute themselves: of their losses, their activations and
their perceptrons. Where they draw, the draws of the case are handed out by a stand-in (draws.py).
"""
import os
import sys
import warnings

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import numpy as np
import sklearn

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
import synthetic_data

TYPES = {"f64": np.float64, "f32": np.float32}


def convert(array, precision):
    return array if array.dtype.kind in "iu" else array.astype(TYPES[precision])


MODULES = [activations, adversarial, augmentation, foundations, generative, gradients, imbalance,
           initialization, losses, metrics, normalization, optimizers, synthetic_data]
warnings.simplefilter("ignore")
np.seterr(all="ignore")
sys.exit(assay_adapter.main("scikit-learn", sklearn.__version__, MODULES, convert, lambda y: y,
                            (ValueError, TypeError, IndexError, RuntimeError, ZeroDivisionError)))
