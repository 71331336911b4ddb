# SPDX-License-Identifier: MIT
"""scikit-learn's linear models, neighbours, encoders and perceptrons; formulas in
reference/foundations/."""
import numpy as np
from sklearn import metrics
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsRegressor
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer
from sklearn.preprocessing import (LabelBinarizer, MinMaxScaler, OneHotEncoder,
                                   add_dummy_feature)

from assay_adapter import Declined
from conventions import only
from perceptron import backpropagated, factors, gradients_of, network, parameters


def multilayer_perceptron(case):
    answer = backpropagated(case)
    for layer in range(1, 9):
        if f"b{layer}" not in case:
            answer.pop(f"db{layer}", None)
    return answer


def mini_batch_training(case):
    if case.choice("last_batch", "keep", "drop") == "drop":
        raise Declined("the library keeps the last batch")
    if "mask1" in case or case.number("keep", 1) != 1:
        raise Declined("the library has no dropout")
    if case.number("weight_decay", 0):
        raise Declined("the library's penalty is divided by the samples of a batch")
    case.choice("decayed", "weights", "hidden_weights")
    case.choice("normalization", "none")
    weights, biases = parameters(case)
    x = case["x"]
    model, targets = network(case, weights, biases)
    of_loss, of_gradient = factors(model)
    optimizer, states = _optimizer(case, weights + biases)
    batch, rates, losses = case.whole("batch"), case["rate"], []
    record = case.choice("record", "all", "last", "listed")
    rows = []
    for order in case["permutation"]:
        for begin in range(0, len(order), batch):
            if len(losses) == len(rates):
                break
            chosen = order[begin:begin + batch]
            loss, dw, db, _, _ = gradients_of(model, x[chosen], targets[chosen])
            optimizer.learning_rate = optimizer.learning_rate_init = rates[len(losses)]
            optimizer.update_params(weights + biases, [of_gradient * g for g in [*dw, *db]])
            losses.append(of_loss * loss)
            rows.append([p.copy() for p in weights + biases]
                        + [s.copy() for state in states.values()
                           for s in getattr(optimizer, state)])
    if record == "last":
        rows = rows[-1:]
    if record == "listed":
        rows = [rows[step - 1] for step in case["recorded"]]
    layers = len(weights)
    names = [f"w{i + 1}" for i in range(layers)] + [f"b{i + 1}" for i in range(layers)]
    columns = [name + "_after" for name in names] + [
        f"{prefix}_{name}" for prefix in states for name in names]
    return {"loss": losses, **{c: np.array(v) for c, v in zip(columns, zip(*rows))}}


def _optimizer(case, parameters_):
    name = case.choice("optimizer", "gradient_descent", "momentum", "adam")
    if name == "gradient_descent":
        return SGDOptimizer(parameters_, momentum=0, nesterov=False), {}
    if name == "momentum":
        raise Declined("the library's velocity holds the rate, the case's does not")
    only(case, "epsilon_placement", "after_correction", "before_correction")
    return AdamOptimizer(parameters_, beta_1=case.number("beta1", 0.9),
                         beta_2=case.number("beta2", 0.999),
                         epsilon=case.number("epsilon", 1e-8)), {"m": "ms", "v": "vs"}


def linear_probe(case):
    bias = case.choice("bias", "free", "penalised", "none")
    low = {"zero_one": 0, "plus_minus": -1}[case.choice("targets", "zero_one", "plus_minus")]
    labels, classes = case["labels"], case.whole("classes")
    ridge = case.number("ridge", 0)
    if case.choice("reduction", "sum", "mean") == "mean":
        ridge *= len(labels)
    answer = {"accuracy": [], "error": [], "predicted": []}
    layer = 1
    while f"a{layer}" in case:
        a = case[f"a{layer}"]
        t = np.full((len(labels), classes), low, a.dtype)
        t[np.arange(len(labels)), labels] = 1
        if bias == "penalised":
            # A constant feature is one more; the library puts it first, the case last.
            a = np.roll(add_dummy_feature(a), -1, axis=1)
        model = Ridge(alpha=ridge, fit_intercept=bias == "free", solver="cholesky").fit(a, t)
        w = model.coef_.reshape(classes, -1).T
        if bias == "free":
            w = np.vstack([w, np.broadcast_to(model.intercept_, classes)])
        p = model.predict(a).reshape(len(labels), classes)
        predicted = p.argmax(axis=1)
        answer[f"w{layer}"] = w
        answer["accuracy"].append(metrics.accuracy_score(labels, predicted))
        answer["error"].append(metrics.mean_squared_error(t, p))
        answer["predicted"].append(predicted)
        layer += 1
    return answer


def learning_curve(case):
    x, y, test_x, test_y = case["x"], case["y"], case["test_x"], case["test_y"]
    learner = case.choice("learner", "nearest_neighbour", "ridge")
    rival = case.choice("against", "nobody", "nearest_neighbour", "ridge")
    zero_one = case.choice("measure", "squared", "zero_one") == "zero_one"
    distance = case.choice("distance", "euclidean", "manhattan")
    mean = case.choice("penalty", "sum", "mean") == "mean"
    intercept = case.choice("intercept", "free", "none", "penalised")
    l2 = case.number("l2", 0)
    if intercept == "penalised":
        raise Declined("the library never penalises its intercept")

    def model(name, n):
        if name == "nearest_neighbour":
            return KNeighborsRegressor(n_neighbors=1, metric=distance)
        return Ridge(alpha=l2 * n if mean else l2, fit_intercept=intercept == "free",
                     solver="cholesky")

    def measured(fitted, inputs, truth, name):
        guess = fitted.predict(inputs)
        if not zero_one:
            return metrics.mean_squared_error(truth, guess)
        above = guess > 0 if name == "nearest_neighbour" else guess >= 0
        return metrics.zero_one_loss(truth > 0, above)

    def errors(name):
        rows = []
        for n in case["sizes"]:
            fitted = model(name, n).fit(x[:n], y[:n])
            rows.append([measured(fitted, test_x, test_y, name),
                         measured(fitted, x[:n], y[:n], name)])
        return np.array(rows).T

    error, training = errors(learner)
    answer = {"error": error, "training_error": training, "gap": error - training}
    if rival != "nobody":
        advantage = errors(rival)[0] - error
        ahead = np.flatnonzero(advantage > 0)
        answer |= {"advantage": advantage,
                   "overtakes": ahead[0] if len(ahead) else len(advantage)}
    return answer


def one_hot_encoding(case):
    labels = case["labels"]
    if (case.number("on", 1), case.number("off", 0)) != (1, 0) or case.has_number("ignored"):
        raise Declined("the library has ones and zeros, and ignores nothing")
    outside = {"refuse": "error", "off": "ignore"}[case.choice("outside", "refuse", "off")]
    case.choice("ties", "first")
    count = case.whole("classes", int(labels.max()) + 1)
    encoder = OneHotEncoder(categories=[np.arange(count)], sparse_output=False,
                            handle_unknown=outside).fit(np.zeros((1, 1), int))
    encoded = encoder.transform(labels.reshape(-1, 1))
    answer = {"encoded": encoded, "counts": encoded.sum(axis=0)}
    if "rows" in case:
        rows = case["rows"]
        case.number("blank", -1)
        if count < 3 or (rows.min(axis=1) == rows.max(axis=1)).any():
            raise Declined("the library decodes every row, to a class")
        answer["decoded"] = LabelBinarizer().fit(np.arange(count)).inverse_transform(rows)
    return answer


def min_max_display(case):
    w, channel = case["w"], case.whole("channel", 0)
    filters = w.shape[-1]
    columns = filters if case.choice("range", "tensor", "filter") == "filter" else 1
    scaler = MinMaxScaler()
    scaled = scaler.fit_transform(w.reshape(-1, columns)).reshape(w.shape)
    return {"scaled": scaled, "tiles": np.moveaxis(scaled[:, :, channel], -1, 0),
            "low": np.broadcast_to(scaler.data_min_, filters),
            "high": np.broadcast_to(scaler.data_max_, filters)}
