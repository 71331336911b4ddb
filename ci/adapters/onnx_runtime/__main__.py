# SPDX-License-Identifier: MIT
"""ONNX Runtime's own operators, on the processor.

    python ci/adapters/onnx_runtime run data -o result.h5 --precision f64|f32|f16

Every answer is that of a small model, of one operator where the standard or the runtime has it, run
with the default optimisations. Gradients are those of the runtime's gradient graphs, which the
package for training has and the one for inference has not. Most of its gradient kernels know
binary32 alone: those cases are declined in f64. Where an operator has no kernel for binary16, the
runtime itself casts to binary32 and back. It does not do so for bfloat16, in which its processor's
kernels are those that move numbers and do not compute with them, so that bf16 is not offered.
"""
import os
import sys

sys.path.insert(1, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import onnxruntime

import activations
import assay_adapter
import augmentation
import foundations
import gradients
import losses
import normalization
import optimizers
import session

sys.exit(assay_adapter.main("ONNX Runtime", onnxruntime.__version__,
                            [activations, augmentation, foundations, gradients, losses,
                             normalization, optimizers], session.convert, session.back,
                            session.REFUSALS, tuple(session.TYPES),
                            ("is not supported with ScatterElements",)))
