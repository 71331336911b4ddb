# SPDX-License-Identifier: MIT
"""Metrics of classes, scores and regressions; definitions in reference/metrics/."""
import math

import numpy as np

from activations import log_softmax_of, softmax_of


def _weight(case, like):
    return case["weight"] if "weight" in case else np.ones(len(like))


def _confusion(case, labels=None, predicted=None, weight=None):
    labels = case["labels"] if labels is None else labels
    predicted = case["predicted"] if predicted is None else predicted
    classes = case.whole("classes")
    if not len(labels):
        raise ZeroDivisionError("no samples")
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (labels, predicted), _weight(case, labels) if weight is None else weight)
    return matrix


UNDEFINED = {"zero": 0, "one": 1, "excluded": np.nan}


def _ratio(a, b, undefined=0):
    """a / b, and what stands for 0 / 0."""
    return np.where(b == 0, undefined, a / np.where(b == 0, 1, b))


def _mean(value, share=None):
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
    labels, weight = case["labels"], _weight(case, case["labels"])
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
    shown = {"none": matrix, "true": _ratio(matrix, truly[:, None]),
             "predicted": _ratio(matrix, called[None]), "all": matrix / matrix.sum()}[kind]
    turned = case.choice("orientation", "labels_in_rows", "predictions_in_rows")
    return {"matrix": shown if turned == "labels_in_rows" else shown.T, "counts": counts}


def balanced_accuracy(case):
    matrix = _confusion(case)
    right, truly, called = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    negatives = matrix.sum() - truly
    recall = _ratio(right, truly)
    specificity = _ratio(negatives - (called - right), negatives)
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
    labels, predicted, weight = case["labels"], case["predicted"], _weight(case, case["labels"])
    if case.has_number("ignore_index"):
        kept = labels != case.whole("ignore_index")
        labels, predicted, weight = labels[kept], predicted[kept], weight[kept]
    matrix = _confusion(case, labels, predicted, weight)
    right, truly, called = np.diag(matrix), matrix.sum(axis=1), matrix.sum(axis=0)
    undefined = UNDEFINED[case.choice("undefined", "zero", "one", "excluded")]
    average = case.choice("average", "none", "binary", "micro", "macro", "weighted")
    union = truly + called - right
    each = _ratio(right, union, undefined)
    positive = case.whole("positive", 1)
    jaccard = {"none": lambda: np.nan_to_num(each), "binary": lambda: np.nan_to_num(each[positive]),
               "micro": lambda: _ratio(right.sum(), union.sum(), undefined),
               "macro": lambda: _mean(each), "weighted": lambda: _mean(each, truly)}[average]()
    return {"jaccard": jaccard, "hamming_loss": (matrix.sum() - right.sum()) / matrix.sum()}


def precision_recall_f_score(case):
    labels, predicted, beta = case["labels"], case["predicted"], case.number("beta", 1)
    average = case.choice("average", "none", "binary", "micro", "macro", "weighted", "samples")
    weight = _weight(case, labels)
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
        return _ratio((1 + beta**2) * p * r, beta**2 * p + r, undefined)

    precision, recall = _ratio(right, called, undefined), _ratio(right, truly, undefined)
    f = f_of(precision, recall) if rates else _ratio(
        (1 + beta**2) * right, beta**2 * truly + called, undefined)
    if average in ("binary", "micro"):
        return {"precision": np.nan_to_num(precision[0]), "recall": np.nan_to_num(recall[0]),
                "f": np.nan_to_num(f[0])}
    if average == "none":
        return {"precision": np.nan_to_num(precision), "recall": np.nan_to_num(recall),
                "f": np.nan_to_num(f)}
    share = {"macro": None, "weighted": truly, "samples": weight}[average]
    p, r = _mean(precision, share), _mean(recall, share)
    return {"precision": p, "recall": r,
            "f": f_of(p, r) if f_of_means and average == "macro" else _mean(f, share)}


def log_loss(case):
    p = case["probabilities"]
    weight, epsilon = _weight(case, p), case.number("epsilon", 1e-15)
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
    weight = _weight(case, p).astype(p.dtype)
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
    f, o = (_ratio(np.bincount(group, weight * v), count) for v in (p, labels))
    base = (weight * labels).sum() / weight.sum()
    uncertainty = base * (1 - base)
    return {"brier": 2 * plain if scale == "full" else plain,
            "reliability": (count * (f - o)**2).sum() / weight.sum(),
            "resolution": (count * (o - base)**2).sum() / weight.sum(),
            "uncertainty": uncertainty, "skill": 1 - plain / uncertainty}


def regression_metrics(case):
    t, y = case["t"], case["y"]
    weighted = "weight" in case
    w = _weight(case, t).astype(t.dtype)[:, None]
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


def _ranking(case):
    """Weights of both labels at or above every distinct score, from the largest."""
    scores, labels = case["scores"], case["labels"]
    weight = _weight(case, labels)
    order = np.argsort(-scores, kind="stable")
    scores, labels, weight = scores[order], labels[order], weight[order]
    ends = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    true = np.cumsum(weight * labels)[ends]
    false = np.cumsum(weight * (1 - labels))[ends]
    return scores[ends], true, false


def roc_curve(case):
    threshold, true, false = _ranking(case)
    if true[-1] == 0 or false[-1] == 0:
        raise ZeroDivisionError("one class alone")
    drop = case.choice("drop", "collinear", "none") == "collinear"
    first = case.choice("first_threshold", "infinite", "max_plus_one", "one")
    detection = case.choice("rates", "of_curve", "detection_error") == "detection_error"
    if drop and len(true) > 2:
        corner = (np.diff(true, 2) != 0) | (np.diff(false, 2) != 0)
        kept = np.concatenate([[True], corner, [True]])
        threshold, true, false = threshold[kept], true[kept], false[kept]
    rate = np.concatenate([[0], true / true[-1]])
    answer = {"false_positive_rate": np.concatenate([[0], false / false[-1]]),
              "threshold": threshold}
    if first != "infinite":
        begin = 1.0 if first == "one" else threshold[0] + 1
        answer["threshold"] = np.concatenate([[begin], threshold])
    answer["false_negative_rate" if detection else "true_positive_rate"] = (
        1 - rate if detection else rate)
    return answer


def precision_recall_curve(case):
    threshold, true, false = _ranking(case)
    area = case.choice("area", "step", "trapezoid", "envelope", "eleven_points", "hundred_points")
    cut = case.choice("full_recall", "kept", "cut") == "cut"
    none = case.choice("no_positives", "refused", "one")
    positives = true[-1]
    if positives == 0 and none == "refused":
        raise ZeroDivisionError("no positives")
    precision = _ratio(true, true + false)
    recall = true / positives if positives else np.ones_like(true)
    if positives == 0:
        average = 0
    elif area == "step":
        average = (np.diff(recall, prepend=0) * precision).sum()
    elif area == "trapezoid":
        p, r = np.concatenate([[1], precision]), np.concatenate([[0], recall])
        average = (np.diff(r) * (p[1:] + p[:-1]) / 2).sum()
    else:
        envelope = np.maximum.accumulate(precision[::-1])[::-1]
        if area == "envelope":
            average = (np.diff(recall, prepend=0) * envelope).sum()
        else:
            parts = 10 if area == "eleven_points" else 100
            # A recall of true / positives reaches k / parts: in whole numbers where it can.
            reached = true * parts >= np.arange(parts + 1)[:, None] * positives
            average = np.where(reached.any(axis=1), envelope[reached.argmax(axis=1)], 0).mean()
    if cut:
        last = np.flatnonzero(true == positives)[0] + 1
        precision, recall, threshold = precision[:last], recall[:last], threshold[:last]
    return {"precision": np.concatenate([precision[::-1], [1]]),
            "recall": np.concatenate([recall[::-1], [0]]), "threshold": threshold[::-1],
            "average_precision": average}


def _auc(scores, labels, weight):
    """The share of pairs in the right order, ties half."""
    positive, negative = labels == 1, labels == 0
    difference = scores[positive][:, None] - scores[negative][None]
    pairs = weight[positive][:, None] * weight[negative][None]
    below = pairs.sum()
    return ((pairs * ((difference > 0) + 0.5 * (difference == 0))).sum() / below if below > 0
            else np.nan)


def roc_auc(case):
    labels, scores = case["labels"], case["scores"]
    weight = _weight(case, labels).astype(float)
    one_class = case.choice("one_class", "refused", "zero", "half", "excluded")
    instead = {"zero": 0, "half": 0.5, "excluded": np.nan, "refused": np.nan}[one_class]

    def auc(s, t, w):
        value = _auc(s, t, w)
        if np.isnan(value) and one_class == "refused":
            raise ZeroDivisionError("one class alone")
        return instead if np.isnan(value) else value

    average = case.choice("average", "macro", "weighted", "micro")
    ovo = case.choice("multi_class", "one_vs_rest", "one_vs_one") == "one_vs_one"
    correction = case.choice("correction", "mcclish", "divided", "none")
    limit = case.number("max_fpr", 1)
    if scores.ndim == 1:
        if limit == 1:
            return {"auc": auc(scores, labels, weight)}
        _, true, false = _ranking(case)
        x, y = np.concatenate([[0], false / false[-1]]), np.concatenate([[0], true / true[-1]])
        k = np.searchsorted(x, limit, side="right")
        at = y[k - 1] if x[k - 1] == limit else y[k - 1] + (y[k] - y[k - 1]) * (
            limit - x[k - 1]) / (x[k] - x[k - 1])
        x, y = np.append(x[:k], limit), np.append(y[:k], at)
        area = (np.diff(x) * (y[1:] + y[:-1]) / 2).sum()
        low = limit**2 / 2
        return {"auc": {"mcclish": (1 + (area - low) / (limit - low)) / 2,
                        "divided": area / limit, "none": area}[correction]}
    count = scores.shape[1]
    shares = np.bincount(labels, weight, minlength=count)
    if not ovo:
        hot = labels[:, None] == np.arange(count)
        each = np.array([auc(scores[:, c], hot[:, c].astype(int), weight) for c in range(count)])
        if average == "micro":
            total = auc(scores.ravel(), hot.ravel().astype(int), np.repeat(weight, count))
        else:
            total = _mean(each, shares if average == "weighted" else None)
        return {"auc": total, "auc_class": np.nan_to_num(each)}
    pairs, value, share = np.zeros((count, count)), [], []
    for a in range(count):
        for b in range(count):
            both = (labels == a) | (labels == b)
            if a != b:
                pairs[a, b] = auc(scores[both, a], (labels[both] == a).astype(int), weight[both])
    for a in range(count):
        for b in range(a + 1, count):
            value.append((pairs[a, b] + pairs[b, a]) / 2)
            share.append(shares[a] + shares[b])
    return {"auc": _mean(np.array(value), np.array(share) if average == "weighted" else None),
            "auc_pair": np.nan_to_num(pairs)}


def concordance_index(case):
    score, time = case["score"], case["time"]
    event = case["event"] if "event" in case else np.ones(len(score), int)
    later = case.choice("direction", "risk", "time") == "time"
    comparable = time[:, None] < time[None]
    if case.choice("same_time", "comparable", "skipped") == "comparable":
        comparable |= (time[:, None] == time[None]) & (event[None] == 0)
    comparable &= event[:, None] == 1
    difference = score[:, None] - score[None]
    difference = -difference if later else difference
    concordant, discordant, tied = ((comparable & (sign)).sum() for sign in (
        difference > 0, difference < 0, difference == 0))
    counted = tied if case.choice("ties", "half", "excluded") == "half" else 0
    if concordant + discordant + counted == 0:
        raise ZeroDivisionError("no comparable pair")
    return {"concordance_index": (concordant + counted / 2) / (concordant + discordant + counted),
            "concordant": concordant, "discordant": discordant, "tied": tied}


def calibration_error(case):
    p, labels, bins = case["probabilities"], case["labels"], case.whole("bins", 10)
    binning = case.choice("binning", "uniform", "quantile", "equal_count")
    right = case.choice("closed", "right", "left") == "right"
    norm = case.choice("norm", "l1", "l2", "max")

    def binned(p, events):
        n = len(p)
        if binning == "uniform":
            place = np.ceil(p * bins) - 1 if right else np.floor(p * bins)
        elif binning == "quantile":
            edges = np.quantile(p, np.arange(1, bins) / bins)
            place = np.searchsorted(edges, p, side="left" if right else "right")
        else:
            sizes = np.full(bins, n // bins)
            sizes[:n % bins] += 1
            place = np.empty(n)
            place[np.argsort(p, kind="stable")] = np.repeat(np.arange(bins), sizes)
        place = np.clip(place, 0, bins - 1).astype(int)
        count = np.bincount(place, minlength=bins)
        confidence = _ratio(np.bincount(place, p, minlength=bins), count)
        frequency = _ratio(np.bincount(place, events, minlength=bins), count)
        gap = np.abs(frequency - confidence)
        error = {"l1": (count * gap).sum() / n, "l2": np.sqrt((count * gap**2).sum() / n),
                 "max": gap.max()}[norm]
        return error, count, confidence, frequency

    if p.ndim == 2:
        if case.choice("classes", "top_label", "class_wise") == "class_wise":
            errors = [binned(p[:, k], labels == k)[0] for k in range(p.shape[1])]
            return {"calibration_error": np.mean(errors), "class_error": errors}
        top = p.argmax(axis=1)
        p, labels = p[np.arange(len(p)), top], (top == labels).astype(int)
    error, count, confidence, frequency = binned(p, labels)
    return {"calibration_error": error, "count": count, "confidence": confidence,
            "frequency": frequency}


def normalized_discounted_cumulative_gain(case):
    relevance, scores = case["relevance"], case["scores"]
    items = relevance.shape[1]
    top, weight = case.whole("top", items), _weight(case, relevance)
    exponential = case.choice("gain", "linear", "exponential") == "exponential"
    averaged = case.choice("ties", "averaged", "index") == "averaged"
    none = case.choice("none_relevant", "zero", "one", "excluded")
    if not 1 <= top <= items:
        raise ValueError("top")
    discount = np.where(np.arange(items) < top, 1 / np.log2(np.arange(items) + 2.0), 0)
    gain = 2.0**relevance - 1 if exponential else relevance.astype(float)
    rows = []
    for g, s, r in zip(gain, scores, relevance):
        order = np.argsort(-s, kind="stable")
        if averaged:
            _, group, count = np.unique(-s, return_inverse=True, return_counts=True)
            ranked = (np.bincount(group, g) / count)[group][order]
        else:
            ranked = g[order]
        dcg, ideal = (ranked * discount).sum(), (np.sort(g)[::-1] * discount).sum()
        hit = r[order] > 0
        ranks = np.flatnonzero(hit[:top]) + 1
        if not hit.any():
            value = {"zero": 0, "one": 1, "excluded": np.nan}[none]
            rows.append((dcg, value, value, value))
            continue
        precision = np.arange(1, len(ranks) + 1) / ranks
        rows.append((dcg, dcg / ideal, precision.sum() / min(hit.sum(), top),
                     1 / ranks[0] if len(ranks) else 0))
    dcg, ndcg, average, reciprocal = np.array(rows).T
    return {"dcg": dcg, "ndcg": np.nan_to_num(ndcg), "average_precision": np.nan_to_num(average),
            "reciprocal_rank": np.nan_to_num(reciprocal), "mean_ndcg": _mean(ndcg, weight),
            "mean_average_precision": _mean(average, weight),
            "mean_reciprocal_rank": _mean(reciprocal, weight)}


def lift_and_gain(case):
    scores, labels, parts = case["scores"], case["labels"], case.whole("parts", 10)
    n = len(scores)
    order = np.argsort(-scores, kind="stable")
    taken = case.choice("taken", "up", "down", "interpolated")
    share = labels.astype(float)
    if case.choice("ties", "averaged", "index") == "averaged":
        _, group, count = np.unique(-scores, return_inverse=True, return_counts=True)
        share = (np.bincount(group, share) / count)[group]
    sums, b = np.concatenate([[0], np.cumsum(share[order])]), np.arange(1, parts + 1)
    places = {"up": -(-n * b // parts), "down": n * b // parts, "interpolated": n * b / parts}
    places = places[taken]
    gain = np.interp(places, np.arange(n + 1), sums) / labels.sum()
    threshold, true, false = _ranking(case)
    difference = true / true[-1] - false / false[-1]
    if case.choice("sided", "two", "positive") == "two":
        difference = np.abs(difference)
    best = max(difference.max(), 0)
    place = (difference == best).argmax() if best > 0 else 0
    return {"gain": gain, "lift": _ratio(gain, places / n), "ks": best,
            "ks_threshold": threshold[place]}


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
        answer |= {"class_loss": _ratio(np.bincount(labels, loss, minlength=classes),
                                        np.bincount(labels, minlength=classes)),
                   "class_top": np.bincount(labels[order], minlength=classes)}
    return answer
