# SPDX-License-Identifier: MIT
"""Metrics of classes, scores and regressions; definitions in reference/metrics/."""
import math

import numpy as np

from activations import log_softmax_of, softmax_of


def weight_of(case, like):
    return case["weight"] if "weight" in case else np.ones(len(like))


def _confusion(case, labels=None, predicted=None, weight=None):
    labels = case["labels"] if labels is None else labels
    predicted = case["predicted"] if predicted is None else predicted
    classes = case.whole("classes")
    if not len(labels):
        raise ZeroDivisionError("no samples")
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (labels, predicted), weight_of(case, labels) if weight is None else weight)
    return matrix


UNDEFINED = {"zero": 0, "one": 1, "excluded": np.nan}


def ratio(a, b, undefined=0):
    """a / b, and what stands for 0 / 0."""
    return np.where(b == 0, undefined, a / np.where(b == 0, 1, b))


def mean_of_defined(value, share=None):
    """The mean over what is defined."""
    defined = ~np.isnan(value)
    if not defined.any():
        raise ZeroDivisionError("nothing is defined")
    value = value[defined]
    share = np.ones_like(value) if share is None else share[defined]
    if share.sum() == 0:
        share = np.ones_like(value)
    return (share * value).sum() / share.sum()


def accuracy(case):
    labels, scores, top = case["labels"], case["scores"], case.whole("top", 1)
    classes = scores.shape[1]
    if case.choice("ties", "first", "last") == "first":
        order = np.argsort(-scores, axis=1, kind="stable")
    else:
        order = np.argsort(scores, axis=1, kind="stable")[:, ::-1]
    if not 1 <= top <= classes:
        raise ValueError("top")
    hit = (order[:, :top] == labels[:, None]).any(axis=1)
    return {"accuracy": hit.mean(), "correct": hit.sum(), "predicted": order[:, 0]}


def confusion_matrix(case):
    labels, weight = case["labels"], weight_of(case, case["labels"])
    classes = case.whole("classes")
    if "predicted" in case:
        predicted = case["predicted"]
    elif case["scores"].ndim == 1:
        threshold, scores = case.number("threshold", 0.5), case["scores"]
        above = case.choice("comparison", "above", "at_least") == "above"
        predicted = (scores > threshold if above else scores >= threshold).astype(int)
    else:
        scores = case["scores"]
        first = case.choice("ties", "first", "last") == "first"
        predicted = scores.argmax(axis=1) if first else classes - 1 - scores[:, ::-1].argmax(axis=1)
    matrix = _confusion(case, labels, predicted, weight)
    if "subset" in case:
        subset = case["subset"]
        if len(set(subset.tolist())) < len(subset):
            raise ValueError("a class twice")
        matrix = matrix[np.ix_(subset, subset)]
    right = np.diag(matrix)
    truly, called = matrix.sum(axis=1), matrix.sum(axis=0)
    counts = np.stack([right, called - right, truly - right,
                       matrix.sum() - truly - called + right], axis=1)
    kind = case.choice("normalize", "none", "true", "predicted", "all")
    shown = {"none": matrix, "true": ratio(matrix, truly[:, None]),
             "predicted": ratio(matrix, called[None]), "all": matrix / matrix.sum()}[kind]
    turned = case.choice("orientation", "labels_in_rows", "predictions_in_rows")
    return {"matrix": shown if turned == "labels_in_rows" else shown.T, "counts": counts}


def balanced_accuracy(case):
    matrix = _confusion(case)
    right, truly, called = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    negatives = matrix.sum() - truly
    recall = ratio(right, truly)
    specificity = ratio(negatives - (called - right), negatives)
    counted = truly > 0
    adjusted = case.choice("adjusted", "no", "yes") == "yes"
    present = counted.sum()
    if case.choice("absent", "skipped", "zero") == "zero":
        counted = np.ones_like(counted)
    balanced = recall[counted].mean()
    if adjusted:
        if present < 2:
            raise ZeroDivisionError("one class")
        balanced = (balanced - 1 / present) / (1 - 1 / present)
    correction = case.number("correction", 0)
    each = np.where(recall == 0, correction, recall)[counted]
    return {"recall": recall, "specificity": specificity, "youden": recall + specificity - 1,
            "balanced_accuracy": balanced, "geometric_mean": each.prod()**(1 / len(each))}


def cohen_kappa(case):
    matrix = _confusion(case)
    expected = np.outer(matrix.sum(axis=1), matrix.sum(axis=0)) / matrix.sum()
    i, j = np.indices(matrix.shape)
    v = {"unweighted": i != j, "linear": np.abs(i - j), "quadratic": (i - j)**2}[
        case.choice("disagreement", "unweighted", "linear", "quadratic")]
    undefined = case.choice("undefined", "zero", "one", "refused")
    if (v * expected).sum() == 0:
        if undefined == "refused":
            raise ZeroDivisionError("one class")
        return {"kappa": UNDEFINED[undefined]}
    return {"kappa": 1 - (v * matrix).sum() / (v * expected).sum()}


def matthews_correlation(case):
    matrix = _confusion(case)
    truly, called, s = matrix.sum(axis=1), matrix.sum(axis=0), matrix.sum()
    right = np.trace(matrix)
    undefined = case.choice("undefined", "zero", "limit", "refused")
    one, other = s**2 - (called**2).sum(), s**2 - (truly**2).sum()
    if (truly > 0).sum() == 1 or (called > 0).sum() == 1:
        if undefined == "refused":
            raise ZeroDivisionError("one class")
        limit = 1 if right == s else -1 if right == 0 and len(matrix) == 2 else 0
        return {"mcc": limit if undefined == "limit" else 0}
    # The roots apart, so that their product does not overflow.
    return {"mcc": (right * s - truly @ called) / (np.sqrt(one) * np.sqrt(other))}


def jaccard_index(case):
    labels, predicted, weight = case["labels"], case["predicted"], weight_of(case, case["labels"])
    if case.has_number("ignore_index"):
        kept = labels != case.whole("ignore_index")
        labels, predicted, weight = labels[kept], predicted[kept], weight[kept]
    matrix = _confusion(case, labels, predicted, weight)
    right, truly, called = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    undefined = UNDEFINED[case.choice("undefined", "zero", "one", "excluded")]
    average = case.choice("average", "none", "binary", "micro", "macro", "weighted")
    union = truly + called - right
    each = ratio(right, union, undefined)
    positive = case.whole("positive", 1)
    jaccard = {"none": lambda: np.nan_to_num(each), "binary": lambda: np.nan_to_num(each[positive]),
               "micro": lambda: ratio(right.sum(), union.sum(), undefined),
               "macro": lambda: mean_of_defined(each),
               "weighted": lambda: mean_of_defined(each, truly)}[average]()
    return {"jaccard": jaccard, "hamming_loss": (matrix.sum() - right.sum()) / matrix.sum()}


def precision_recall_f_score(case):
    labels, predicted, beta = case["labels"], case["predicted"], case.number("beta", 1)
    average = case.choice("average", "none", "binary", "micro", "macro", "weighted", "samples")
    weight = weight_of(case, labels)
    if labels.ndim == 2:
        each = (labels * predicted, labels, predicted)
        if average == "samples":
            right, truly, called = (v.sum(axis=1).astype(float) for v in each)
        else:
            right, truly, called = ((weight[:, None] * v).sum(axis=0) for v in each)
    else:
        matrix = _confusion(case)
        right, truly, called = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    undefined = UNDEFINED[case.choice("undefined", "zero", "one", "excluded")]
    rates = case.choice("f_from", "counts", "rates") == "rates"
    f_of_means = case.choice("macro_f", "mean_of_f", "f_of_means") == "f_of_means"
    positive = case.whole("positive", 1)
    if average == "binary":
        right, truly, called = (v[positive:positive + 1] for v in (right, truly, called))
    if average == "micro":
        right, truly, called = (np.array([v.sum()]) for v in (right, truly, called))
    if case.choice("absent", "counted", "skipped") == "skipped":
        there = truly + called > 0
        right, truly, called = right[there], truly[there], called[there]

    def f_of(p, r):
        return ratio((1 + beta**2) * p * r, beta**2 * p + r, undefined)

    precision, recall = ratio(right, called, undefined), ratio(right, truly, undefined)
    f = f_of(precision, recall) if rates else ratio(
        (1 + beta**2) * right, beta**2 * truly + called, undefined)
    if average in ("binary", "micro"):
        return {"precision": np.nan_to_num(precision[0]), "recall": np.nan_to_num(recall[0]),
                "f": np.nan_to_num(f[0])}
    if average == "none":
        return {"precision": np.nan_to_num(precision), "recall": np.nan_to_num(recall),
                "f": np.nan_to_num(f)}
    share = {"macro": None, "weighted": truly, "samples": weight}[average]
    p, r = mean_of_defined(precision, share), mean_of_defined(recall, share)
    return {"precision": p, "recall": r,
            "f": f_of(p, r) if f_of_means and average == "macro" else mean_of_defined(f, share)}


def log_loss(case):
    p = case["probabilities"]
    weight, epsilon = weight_of(case, p), case.number("epsilon", 1e-15)
    clip = case.choice("clip", "none", "both", "below", "logarithm")
    rows = case.choice("rows", "as_given", "clipped_then_normalized", "normalized_then_clipped")
    least = case.number("least", -100)

    def clipped(v):
        if clip == "both":
            return np.clip(v, epsilon, 1 - epsilon)
        return np.maximum(v, epsilon) if clip == "below" else v

    if p.ndim == 1:
        p, other = clipped(p), clipped(1 - p)
        p = np.stack([other, p], axis=1)
    else:
        if rows == "normalized_then_clipped":
            p = p / p.sum(axis=1, keepdims=True)
        p = clipped(p)
        if rows == "clipped_then_normalized":
            p = p / p.sum(axis=1, keepdims=True)
    if "targets" in case:
        t = case["targets"]
    else:
        t = (case["labels"][:, None] == np.arange(p.shape[1])).astype(p.dtype)
    logs = np.log(np.where(t > 0, p, 1))
    if clip == "logarithm":
        logs = np.maximum(logs, least)
    loss = (weight * -(t * logs).sum(axis=1)).sum()
    mean = case.choice("reduction", "mean", "sum") == "mean"
    return {"log_loss": loss / weight.sum() if mean else loss}


def brier_score(case):
    p, labels = case["probabilities"], case["labels"]
    weight = weight_of(case, p).astype(p.dtype)
    scale = case.choice("scale", "auto", "half", "full")
    distinct = case.choice("groups", "distinct", "bins") == "distinct"
    bins = case.whole("bins", 10)
    if p.ndim == 2:
        hot = labels[:, None] == np.arange(p.shape[1])
        brier = (weight * ((p - hot)**2).sum(axis=1)).sum() / weight.sum()
        return {"brier": brier / 2 if scale == "half" else brier}
    plain = (weight * (p - labels)**2).sum() / weight.sum()
    group = np.unique(p, return_inverse=True)[1] if distinct else np.clip(
        np.ceil(p * bins).astype(int) - 1, 0, bins - 1)
    count = np.bincount(group, weight)
    f, o = (ratio(np.bincount(group, weight * v), count) for v in (p, labels))
    base = (weight * labels).sum() / weight.sum()
    uncertainty = base * (1 - base)
    return {"brier": 2 * plain if scale == "full" else plain,
            "reliability": (count * (f - o)**2).sum() / weight.sum(),
            "resolution": (count * (o - base)**2).sum() / weight.sum(),
            "uncertainty": uncertainty, "skill": 1 - plain / uncertainty}


def regression_metrics(case):
    t, y = case["t"], case["y"]
    weighted = "weight" in case
    w = weight_of(case, t).astype(t.dtype)[:, None]
    e, total = t - y, w.sum()

    def mean(v):
        return (w * v).sum(axis=0) / total

    zero = case.choice("constant", "finite", "zero") == "zero"
    spread = (w * (t - mean(t))**2).sum(axis=0)

    def explained(rest):
        constant = np.where((rest == 0) & (not zero), 1, 0)
        return np.where(spread > 0, 1 - rest / np.where(spread > 0, spread, 1), constant)

    mae, mse = mean(np.abs(e)), mean(e**2)
    rmse = np.sqrt(mse)
    r2, ev = explained((w * e**2).sum(axis=0)), explained((w * (e - mean(e))**2).sum(axis=0))
    lower = case.choice("median", "middle", "lower") == "lower"
    ordered = np.sort(np.abs(e), axis=0)
    if weighted:
        places = np.argsort(np.abs(e), axis=0, kind="stable")
        sums = np.cumsum(w[:, 0][places], axis=0)
        median = np.take_along_axis(ordered, (sums >= total / 2).argmax(axis=0)[None], axis=0)[0]
    else:
        median = ordered[(len(e) - 1) // 2] if lower else np.median(ordered, axis=0)
    by_variance = case.choice("average", "uniform", "variance_weighted") == "variance_weighted"
    share = spread if by_variance and spread.sum() > 0 else np.ones_like(spread)
    roots = case.choice("rmse", "mean_of_roots", "root_of_mean") == "mean_of_roots"
    return {"mae": mae, "mse": mse, "rmse": rmse, "r_squared": r2, "explained_variance": ev,
            "median_absolute_error": median, "max_error": np.abs(e).max(axis=0),
            "mean_mae": mae.mean(), "mean_mse": mse.mean(),
            "mean_rmse": rmse.mean() if roots else np.sqrt(mse.mean()),
            "mean_r_squared": (share * r2).sum() / share.sum(),
            "mean_explained_variance": (share * ev).sum() / share.sum()}


def generalization_gap(case):
    train_loss, test_loss, ddof = case["train_loss"], case["test_loss"], case.whole("ddof", 1)
    train, test = train_loss.mean(axis=0), test_loss.mean(axis=0)
    error = np.sqrt(train_loss.var(axis=0, ddof=ddof) / len(train_loss)
                    + test_loss.var(axis=0, ddof=ddof) / len(test_loss))
    gap = test - train if case.choice("measure", "loss", "score") == "loss" else train - test
    if case.choice("scale", "absolute", "relative") == "relative":
        gap = gap / train
    return {"train": train, "test": test, "gap": gap, "error": error, "widest": gap.argmax()}


def cross_validation_score(case):
    loss, fold, folds = case["loss"], case["fold"], case.whole("folds")
    ddof = case.whole("ddof", 0)
    score = np.stack([loss[fold == k].mean(axis=0) for k in range(folds)], axis=1)
    if np.isnan(score).any() or folds <= ddof:
        raise ZeroDivisionError("an empty fold")
    pooled = case.choice("aggregate", "folds", "pooled") == "pooled"
    mean = loss.mean(axis=0) if pooled else score.mean(axis=1)
    deviation = score.std(axis=1, ddof=ddof)
    error = deviation / math.sqrt(folds)
    sign = {"smaller": 1, "larger": -1}[case.choice("better", "smaller", "larger")]
    first = case.choice("ties", "first", "last") == "first"
    best = (sign * mean).argmin() if first else len(mean) - 1 - (sign * mean)[::-1].argmin()
    selected = best
    if case.choice("rule", "best", "one_standard_error") == "one_standard_error":
        selected = (sign * mean <= sign * mean[best] + error[best]).argmax()
    return {"score": score, "mean": mean, "deviation": deviation, "standard_error": error,
            "best": best, "selected": selected}


def bootstrap_interval(case):
    x, index = case["x"], case["index"]
    statistic = {"mean": np.mean, "median": np.median,
                 "deviation": lambda v, axis: np.std(v, axis=axis, ddof=1)}[
                     case.choice("statistic", "mean", "median", "deviation")]
    method = case.choice("quantile", "linear", "weibull", "hazen", "median_unbiased", "lower",
                         "higher", "nearest", "midpoint", "inverse")
    if len(x) < 2 or len(index) < 2:
        raise ValueError("too few")
    tail = (1 - case.number("level", 0.95)) / 2
    observed, replicate = statistic(x, axis=0), statistic(x[index], axis=1)
    low, high = np.quantile(replicate, [tail, 1 - tail],
                            method={"inverse": "inverted_cdf"}.get(method, method))
    if case.choice("interval", "percentile", "basic") == "basic":
        low, high = 2 * observed - high, 2 * observed - low
    return {"observed": observed, "replicate": replicate, "low": low, "high": high,
            "error": replicate.std(ddof=1)}


def temperature_scaling(case):
    z, labels, t = case["logits"], case["labels"], case.number("temperature", 1)
    method = case.choice("method", "newton", "gradient", "log_gradient")
    rows = np.arange(len(z))

    def loss(t):
        return -log_softmax_of(z / t)[rows, labels].mean()

    history, losses = [t], [loss(t)]
    for _ in range(case.whole("steps", 5)):
        p = softmax_of(z / t)
        e = (p * z).sum(axis=1)
        first = (e - z[rows, labels]).mean()
        if method == "newton":
            second = (p * (z - e[:, None])**2).sum(axis=1).mean()
            t = 1 / (1 / t - first / second)
        elif method == "gradient":
            t = t + case.number("rate") * first / t**2
        else:
            t = t * np.exp(case.number("rate") * first / t)
        if not t > 0:
            raise ValueError("the temperature is not positive")
        history.append(t)
        losses.append(loss(t))
    return {"temperature": history, "loss": losses, "probabilities": softmax_of(z / t)}


def top_loss_samples(case):
    loss, top = case["loss"], case.whole("top")
    if not 1 <= top <= len(loss):
        raise ValueError("top")
    if case.choice("ties", "first", "last") == "first":
        order = np.argsort(-loss, kind="stable")[:top]
    else:
        order = np.argsort(loss, kind="stable")[::-1][:top]
    value = loss[order]
    share = value.sum() / loss.sum()
    if case.choice("value", "loss", "excess") == "excess":
        value = value - loss.mean()
    answer = {"index": order, "value": value, "share": share}
    if "labels" in case:
        labels, classes = case["labels"], case.whole("classes")
        answer |= {"class_loss": ratio(np.bincount(labels, loss, minlength=classes),
                                       np.bincount(labels, minlength=classes)),
                   "class_top": np.bincount(labels[order], minlength=classes)}
    return answer
