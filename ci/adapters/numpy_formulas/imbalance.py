# SPDX-License-Identifier: MIT
"""Unbalanced classes: samplers, weights, thresholds; definitions in reference/imbalance/."""
import numpy as np


def _neighbours(case, x, n, members, count):
    """The `count` of these members that are nearest to sample n, itself excluded."""
    members = members[members != n]
    if count > len(members):
        raise ValueError("more neighbours than there are")
    distance = ((x[members] - x[n])**2).sum(axis=1)
    if case.choice("ties", "first", "last") == "last":
        members, distance = members[::-1], distance[::-1]
    return members[np.argsort(distance, kind="stable")[:count]]


def _goals(case, counts, adds):
    """How many samples each class that is changed gets, in ascending order of classes."""
    default = "not_majority" if adds else "not_minority"
    names = ("not_majority", "not_minority", "minority", "majority", "all", "ratio", "counts")
    strategy = case.choice("strategy", default, *(n for n in names if n != default))
    there = np.flatnonzero(counts)
    smallest = there[counts[there].argmin()]
    largest = there[counts[there].argmax()]
    goal = counts[largest] if adds else counts[smallest]
    chosen = {"not_majority": there[there != largest], "not_minority": there[there != smallest],
              "minority": [smallest], "majority": [largest], "all": there, "ratio": None,
              "counts": there}[strategy]
    if strategy == "ratio":
        ratio = case.number("ratio")
        chosen = there[there != (largest if adds else smallest)]
        goal = int(ratio * counts[largest] if adds else counts[smallest] / ratio)
    if strategy == "counts":
        goals = {int(c): int(case["counts"][c]) for c in there}
    else:
        goals = {int(c): int(goal) for c in chosen}
    if any(g < counts[c] if adds else g > counts[c] for c, g in goals.items()):
        raise ValueError("a goal on the wrong side of the count")
    return goals


def _counts(case):
    return np.bincount(case["label"], minlength=case.whole("classes"))


def smote(case):
    x, label, k = case["x"], case["label"], case.whole("neighbours", 5)
    gap = case["gap"]
    flat = case.choice("draw", "pair", "flat") == "flat"
    case.choice("gap", "sample", "feature")
    base, pick = divmod(case["draw"], k) if flat else (case["base"], case["pick"])
    counts, source, partner, labels = _counts(case), [], [], []
    for c, goal in _goals(case, counts, True).items():
        members = np.flatnonzero(label == c)
        near = {}
        for _ in range(goal - counts[c]):
            s = len(source)
            own = members[base[s]]
            if own not in near:
                near[own] = _neighbours(case, x, own, members, k)
            source.append(own)
            partner.append(near[own][pick[s]])
            labels.append(c)
    if not len(source) == len(base) == len(gap):
        raise ValueError("another number of draws")
    wide = gap if gap.ndim == 2 else gap[:, None]
    return {"synthetic": x[source] + wide * (x[partner] - x[source]), "synthetic_label": labels,
            "source": source, "partner": partner}


def random_oversampling(case):
    x, label, counts = case["x"], case["label"], _counts(case)
    by_index = case.choice("draws", "uniform", "index") == "index"
    draws = case["draw"] if by_index else case.array("u")
    of_class = case.choice("size", "data", "class") == "class"
    shrinkage = case.number("shrinkage", 1)
    source, labels, n, d = [], [], *x.shape
    bandwidth = np.zeros((len(counts), d), x.dtype)
    for c, goal in _goals(case, counts, True).items():
        members = np.flatnonzero(label == c)
        for _ in range(goal - counts[c]):
            draw = draws[len(source)]
            place = draw if by_index else min(int(len(members) * draw), len(members) - 1)
            source.append(members[place])
            labels.append(c)
        size = counts[c] if of_class else n
        if goal > counts[c]:
            width = (4 / ((d + 2) * size))**(1 / (d + 4))
            bandwidth[c] = shrinkage * width * x[members].std(axis=0)
    added = x[source]
    answer = {"source": source, "added_label": labels, "added": added}
    if "noise" in case:
        answer |= {"added": added + bandwidth[labels] * case["noise"], "bandwidth": bandwidth}
    return answer


def random_undersampling(case):
    x, label, counts = case["x"], case["label"], _counts(case)
    goals = _goals(case, counts, False)
    again = case.choice("replacement", "no", "yes") == "yes"
    in_order = case.choice("arrangement", "class", "data") == "data"
    kept, used = [], 0
    for c in range(len(counts)):
        members = np.flatnonzero(label == c)
        if c in goals and again:
            u = case.array("u")[used:used + goals[c]]
            members, used = members[np.minimum((len(members) * u).astype(int),
                                               len(members) - 1)], used + goals[c]
        elif c in goals:
            order = case["order"]
            members = order[label[order] == c][:goals[c]]
        kept.extend(members)
    kept = np.sort(kept) if in_order else np.array(kept)
    return {"kept": kept, "kept_label": label[kept], "kept_x": x[kept]}


def _cleaned(case, wrong):
    """What is left out of the classes that may lose samples."""
    label, counts = case["label"], _counts(case)
    there = np.flatnonzero(counts)
    smallest, largest = there[counts[there].argmin()], there[counts[there].argmax()]
    may = {"not_minority": label != smallest, "majority": label == largest,
           "not_majority": label != largest, "all": label >= 0}[
               case.choice("clean", "not_minority", "majority", "not_majority", "all")]
    removed = wrong & may
    return removed, np.bincount(label[~removed], minlength=len(counts))


def tomek_links(case):
    x, label = case["x"], case["label"]
    everybody = np.arange(len(x))
    nearest = np.array([_neighbours(case, x, n, everybody, 1)[0] for n in everybody])
    linked = (nearest[nearest] == everybody) & (label[nearest] != label)
    removed, remaining = _cleaned(case, linked)
    return {"nearest": nearest, "link": np.where(linked, nearest, -1), "removed": removed,
            "remaining": remaining}


def edited_nearest_neighbours(case):
    x, label, k = case["x"], case["label"], case.whole("neighbours", 3)
    by_mode = case.choice("vote", "all", "mode") == "mode"
    own_first = case.choice("modes", "smallest", "own") == "own"
    growing = case.choice("neighbourhood", "fixed", "growing") == "growing"
    removed_in, left = np.zeros(len(x), int), np.arange(len(x))
    for round_ in range(1, case.whole("rounds", 1) + 1):
        count = round_ if growing else k
        if len(left) < count + 1:
            if round_ == 1:
                raise ValueError("more neighbours than there are")
            break
        wrong = np.zeros(len(x), bool)
        for n in left:
            votes = np.bincount(label[_neighbours(case, x, n, left, count)],
                                minlength=label.max() + 1)
            if by_mode:
                stays = votes[label[n]] == votes.max() if own_first else (
                    votes.argmax() == label[n])
            else:
                stays = votes[label[n]] == count
            wrong[n] = not stays
        gone, _ = _cleaned(case, wrong)
        removed_in[gone] = round_
        left = left[~gone[left]]
        if not growing and not gone.any():
            break
    removed, remaining = _cleaned(case, removed_in > 0)
    return {"removed": removed, "remaining": remaining, "removed_in": removed_in}


def class_weights(case):
    label, classes = case["label"], case.whole("classes")
    sample = case["sample_weight"] if "sample_weight" in case else np.ones(len(label))
    mass = np.bincount(label, sample, minlength=classes)
    there = mass > 0
    safe, k = np.where(there, mass, 1), there.sum()
    if case.choice("divisor", "present", "all") == "all":
        k = classes
    beta = case.number("beta", 0.999)
    scheme = case.choice("scheme", "balanced", "inverse", "inverse_root", "largest", "effective")
    weight = {"balanced": lambda: mass.sum() / (k * safe), "inverse": lambda: 1 / safe,
              "inverse_root": lambda: 1 / np.sqrt(safe), "largest": lambda: mass.max() / safe,
              "effective": lambda: (1 - beta) / (1 - beta**safe)}[scheme]()
    scale = {"none": lambda: 1, "classes": lambda: there.sum() / weight[there].sum(),
             "samples": lambda: mass.sum() / (weight * mass).sum(),
             "smallest": lambda: 1 / weight[there].min(),
             "largest": lambda: 1 / weight[there].max()}[
                 case.choice("normalization", "none", "classes", "samples", "smallest",
                             "largest")]()
    absent = {"zero": 0, "one": 1}[case.choice("absent", "zero", "one")]
    weight = np.where(there, weight * scale, absent)
    return {"mass": mass, "class_weight": weight, "weight": weight[label] * sample}


def bayes_threshold(case):
    p, cost = case["p"], case["cost"]
    if case.choice("rows", "truth", "decision") == "decision":
        cost = cost.T
    correction = case.choice("correction", "none", "priors", "undersampling")
    if correction == "priors":
        p = p * case["deployed"] / case["trained"]
        p = p / p.sum(axis=1, keepdims=True)
    if correction == "undersampling":
        beta = case.number("beta")
        one = beta * p[:, 1] / ((beta * p[:, 1] - p[:, 1]) + 1)
        p = np.stack([1 - one, one], axis=1)
    risk = p @ cost
    if case.choice("ties", "first", "last") == "first":
        decision = risk.argmin(axis=1)
    else:
        decision = risk.shape[1] - 1 - risk[:, ::-1].argmin(axis=1)
    answer = {"corrected": p, "risk": risk, "decision": decision,
              "expected": risk.min(axis=1).mean()}
    if case.choice("threshold", "no", "yes") == "yes":
        alarm, miss = cost[0, 1] - cost[0, 0], cost[1, 0] - cost[1, 1]
        answer["threshold"] = alarm / (alarm + miss)
    return answer


def feature_ranking(case):
    x, label, classes = case["x"], case["label"], case.whole("classes")
    members = (label[:, None] == np.arange(classes)).astype(x.dtype)
    total, count = members.T @ x, members.sum(axis=0)
    there = count > 0
    if case.choice("method", "anova", "chi_squared") == "anova":
        means = total[there] / count[there][:, None]
        between = (count[there][:, None] * (means - x.mean(axis=0))**2).sum(axis=0)
        within = sum(((x[label == c] - x[label == c].mean(axis=0))**2).sum(axis=0)
                     for c in np.flatnonzero(there))
        constant = (x == x[0]).all(axis=0)
        k = there.sum()
        score = np.where(constant, 0, between / (k - 1)
                         / np.where(constant, 1, within / (len(x) - k)))
    else:
        expected = np.outer(count[there] / len(x), total.sum(axis=0))
        score = ((total[there] - expected)**2 / np.where(expected > 0, expected, 1)).sum(axis=0)
    first = case.choice("ties", "first", "last") == "first"
    order = np.argsort(-score, kind="stable")
    if not first:
        order = len(score) - 1 - np.argsort(-score[::-1], kind="stable")
    rank = np.empty(len(score))
    rank[order] = np.arange(1, len(score) + 1)
    selected = rank <= case.whole("select", 1)
    kind = case.choice("ranks", "ordinal", "minimum", "average")
    above, equal = (score[None] > score[:, None]).sum(axis=1), (score[None] == score[:, None]).sum(
        axis=1)
    if kind == "minimum":
        rank = above + 1
    if kind == "average":
        rank = above + (equal + 1) / 2
    return {"total": total, "score": score, "rank": rank, "selected": selected}
