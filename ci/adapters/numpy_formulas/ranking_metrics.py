# SPDX-License-Identifier: MIT
"""Metrics of scores: curves, ranks, calibration; definitions in reference/metrics/."""
import numpy as np

from metrics import mean_of_defined, ratio, weight_of


def _ranking(case):
    """Weights of both labels at or above every distinct score, from the largest."""
    scores, labels = case["scores"], case["labels"]
    weight = weight_of(case, labels)
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
    precision = ratio(true, true + false)
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
    weight = weight_of(case, labels).astype(float)
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
            total = mean_of_defined(each, shares if average == "weighted" else None)
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
    share = np.array(share) if average == "weighted" else None
    return {"auc": mean_of_defined(np.array(value), share),
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
        confidence = ratio(np.bincount(place, p, minlength=bins), count)
        frequency = ratio(np.bincount(place, events, minlength=bins), count)
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
    top, weight = case.whole("top", items), weight_of(case, relevance)
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
            "reciprocal_rank": np.nan_to_num(reciprocal),
            "mean_ndcg": mean_of_defined(ndcg, weight),
            "mean_average_precision": mean_of_defined(average, weight),
            "mean_reciprocal_rank": mean_of_defined(reciprocal, weight)}


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
    return {"gain": gain, "lift": ratio(gain, places / n), "ks": best,
            "ks_threshold": threshold[place]}
