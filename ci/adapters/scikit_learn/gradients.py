# SPDX-License-Identifier: MIT
"""What scikit-learn's perceptrons say of their gradients; formulas in reference/gradients/."""
import numpy as np

from perceptron import backpropagated


def gradient_norms(case):
    case.choice("of", "weights")
    answer = backpropagated(case)
    layers = sum(name.startswith("dw") for name in answer)
    norm = np.array([np.linalg.norm(answer[f"dw{layer + 1}"]) for layer in range(layers)])
    return {"loss": answer["loss"], "norm": norm, "ratio": norm[0] / norm[-1]}
