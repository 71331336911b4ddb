# SPDX-License-Identifier: MIT
"""Multilayer perceptrons by hand: what several families train."""
import numpy as np

from activations import expit, log1pexp, log_softmax_of, softmax_of


def activation(name, z):
    return {"relu": lambda: np.maximum(z, 0), "tanh": lambda: np.tanh(z),
            "sigmoid": lambda: expit(z)}[name]()


def derivative(name, a):
    """The slope of an activation from its value."""
    return {"relu": lambda: (a > 0).astype(a.dtype), "tanh": lambda: 1 - a**2,
            "sigmoid": lambda: a * (1 - a)}[name]()


def layers_of(case):
    """Weights and biases w1, b1, w2, ...; a bias that is missing is 0."""
    weights, biases = [], []
    while f"w{len(weights) + 1}" in case:
        layer = len(weights) + 1
        weights.append(case[f"w{layer}"])
        missing = np.zeros(weights[-1].shape[1], weights[-1].dtype)
        biases.append(case[f"b{layer}"] if f"b{layer}" in case else missing)
    if not weights:
        raise ValueError("no layers")
    return weights, biases


def loss_and_slope(name, z, labels=None, targets=None):
    """The mean over the samples, and its gradient by the outputs."""
    if name == "cross_entropy":
        rows = np.arange(len(z))
        slope = softmax_of(z)
        slope[rows, labels] -= 1
        return -log_softmax_of(z)[rows, labels].mean(), slope / len(z)
    if name == "mean_squared_error":
        return ((z - targets)**2).mean(), 2 * (z - targets) / z.size
    value = targets * log1pexp(-z) + (1 - targets) * log1pexp(z)
    return value.mean(), (expit(z) - targets) / z.size


def backpropagate(name, loss, weights, biases, x, labels=None, targets=None, masks=None):
    """Loss, outputs, gradients of weights and biases, and of x. `masks`: of hidden layers, already
    divided by the chance to be kept."""
    values = [x]
    masks = masks or [None] * len(weights)
    slopes = []
    for layer, (w, b) in enumerate(zip(weights, biases)):
        z = values[-1] @ w + b
        if layer == len(weights) - 1:
            break
        a = activation(name, z)
        slope = derivative(name, a)
        if masks[layer] is not None:
            a, slope = a * masks[layer], slope * masks[layer]
        values.append(a)
        slopes.append(slope)
    value, dz = loss_and_slope(loss, z, labels, targets)
    dw, db = [], []
    for layer in range(len(weights) - 1, -1, -1):
        dw.append(values[layer].T @ dz)
        db.append(dz.sum(axis=0))
        da = dz @ weights[layer].T
        if layer:
            dz = da * slopes[layer - 1]
    return value, z, dw[::-1], db[::-1], da


def forward_and_backward(case):
    weights, biases = layers_of(case)
    name = case.choice("activation", "relu", "tanh", "sigmoid")
    loss = case.choice("loss", "cross_entropy", "mean_squared_error", "binary_cross_entropy")
    truth = ({"labels": case["labels"]} if loss == "cross_entropy"
             else {"targets": case["targets"]})
    value, z, dw, db, dx = backpropagate(name, loss, weights, biases, case["x"], **truth)
    answer = {"loss": value, "output": z, "dx": dx}
    for layer in range(len(weights)):
        answer[f"dw{layer + 1}"] = dw[layer]
        answer[f"db{layer + 1}"] = db[layer]
    return answer
