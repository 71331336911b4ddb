# SPDX-License-Identifier: MIT
"""scikit-learn's multilayer perceptron, asked for its gradients."""
import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.utils.extmath import safe_sparse_dot

from assay_adapter import Declined


def parameters(case):
    """The weights and biases of the layers, as scikit-learn keeps them: inputs first."""
    weights, biases = [], []
    while f"w{len(weights) + 1}" in case:
        layer = len(weights) + 1
        weights.append(case[f"w{layer}"].copy())
        bias = case.get(f"b{layer}")
        biases.append(np.zeros(weights[-1].shape[1], weights[-1].dtype) if bias is None
                      else bias.copy())
    if not weights:
        raise Declined("a network without layers, which the library never sees")
    return weights, biases


def network(case, weights, biases):
    """The estimator with these parameters, and its targets."""
    activation = case.choice("activation", "relu", "tanh", "sigmoid")
    loss = case.choice("loss", "cross_entropy", "mean_squared_error", "binary_cross_entropy")
    kind = MLPRegressor if loss == "mean_squared_error" else MLPClassifier
    model = kind(activation={"sigmoid": "logistic"}.get(activation, activation), alpha=0.0)
    model.coefs_, model.intercepts_ = weights, biases
    model.n_layers_, model.n_outputs_ = len(weights) + 1, weights[-1].shape[1]
    model.out_activation_ = {"cross_entropy": "softmax", "mean_squared_error": "identity",
                             "binary_cross_entropy": "logistic"}[loss]
    if loss == "binary_cross_entropy":
        model.loss = "binary_log_loss"
    if loss == "cross_entropy":
        if model.n_outputs_ < 2:
            raise Declined("the library's log loss takes a single output for two classes")
        targets = np.eye(model.n_outputs_, dtype=weights[0].dtype)[case["labels"]]
    else:
        targets = case["targets"]
    return model, targets


def gradients_of(model, x, targets):
    """The loss, and the gradients of weights and biases; what reaches the first layer, too."""
    layers = len(model.coefs_)
    activations = [x] + [None] * layers
    deltas = [None] * layers
    weights = [np.empty_like(w) for w in model.coefs_]
    biases = [np.empty_like(b) for b in model.intercepts_]
    loss, weights, biases = model._backprop(x, targets, None, activations, deltas, weights, biases)
    return loss, weights, biases, deltas, activations


def factors(model):
    """From the library's loss, and from its gradients, to those of a mean over samples and outputs.
    Its squared loss is half of such a mean, but its gradient is that of half of the sum over
    outputs."""
    outputs = model.n_outputs_
    return {"identity": (2, 2 / outputs), "logistic": (1 / outputs, 1 / outputs),
            "softmax": (1, 1)}[model.out_activation_]


def backpropagated(case):
    x = case["x"]
    model, targets = network(case, *parameters(case))
    of_loss, of_gradient = factors(model)
    loss, weights, biases, deltas, _ = gradients_of(model, x, targets)
    model.out_activation_ = "identity"
    answer = {"loss": of_loss * loss, "output": model._forward_pass_fast(x, check_input=False),
              "dx": of_gradient * safe_sparse_dot(deltas[0], model.coefs_[0].T) / len(x)}
    for layer, (w, b) in enumerate(zip(weights, biases), 1):
        answer[f"dw{layer}"] = of_gradient * w
        answer[f"db{layer}"] = of_gradient * b
    return answer
