# SPDX-License-Identifier: MIT
"""imbalanced-learn's samplers, and scikit-learn's weights and trees; formulas in
reference/imbalance/.

What a sampler drew from whom, it does not tell: subclasses write it down while it runs.
"""
import numpy as np
import scipy.stats
from imblearn.over_sampling import ADASYN, SMOTE, BorderlineSMOTE, RandomOverSampler
from imblearn.under_sampling import (EditedNearestNeighbours, NearMiss, RandomUnderSampler,
                                     TomekLinks)
from imblearn.utils import check_sampling_strategy
from sklearn.ensemble import AdaBoostClassifier
from sklearn.feature_selection import SelectKBest, chi2, f_classif
from sklearn.neighbors import NearestNeighbors
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.class_weight import compute_class_weight, compute_sample_weight

from assay_adapter import Declined
from draws import Draws

NAMES = {"not_majority": "not majority", "not_minority": "not minority", "minority": "minority",
         "majority": "majority", "all": "all"}


def _strategy(case, default):
    others = [name for name in [*NAMES, "ratio", "counts"] if name != default]
    name = case.choice("strategy", default, *others)
    case.number("classes", 2)
    if name == "ratio":
        return case.number("ratio")
    if name == "counts":
        counts = case["counts"]
        present = np.unique(case["label"])
        return {int(c): int(counts[c]) for c in present}
    return NAMES[name]


def _clean(case):
    others = ("majority", "not_majority", "all")
    case.number("classes", 2)
    return NAMES[case.choice("clean", "not_minority", *others)]


def _first_of_ties(case):
    """The library promises nothing about ties; its brute force takes the first."""
    case.choice("ties", "first")


class _Smote(SMOTE):
    def _generate_samples(self, X, nn_data, nn_num, rows, cols, steps, y_type=None, y=None):
        self.trace.append((y_type, rows, nn_num[rows, cols]))
        return super()._generate_samples(X, nn_data, nn_num, rows, cols, steps, y_type, y)


def smote(case):
    _first_of_ties(case)
    case.choice("gap", "sample")
    x, label, k = case["x"], case["label"], case.whole("neighbours", 5)
    if case.choice("draw", "pair", "flat") == "flat":
        draw = case["draw"]
    else:
        draw = case["base"] * k + case["pick"]
    sampler = _Smote(sampling_strategy=_strategy(case, "not_majority"), k_neighbors=k,
                     random_state=Draws(uniforms=[case["gap"]], indices=[draw]))
    sampler.trace = []
    synthetic, labels = sampler.fit_resample(x, label)
    members = [(np.flatnonzero(label == c), rows, partners)
               for c, rows, partners in sampler.trace]
    return {"synthetic": synthetic[len(x):], "synthetic_label": labels[len(x):],
            "source": _joined(own[rows] for own, rows, _ in members),
            "partner": _joined(own[partners] for own, _, partners in members)}


def _joined(parts):
    return np.concatenate([*parts, np.zeros(0, int)])


class _Borderline(BorderlineSMOTE):
    def _generate_samples(self, X, nn_data, nn_num, rows, cols, steps, y_type=None, y=None):
        partners = nn_num[rows, cols]
        self.trace.append((y_type, rows, partners))
        if y is not None:
            begin = sum(len(row) for _, row, _ in self.trace[:-1])
            shorten = self.shorten[begin:begin + len(rows)][y[partners] != y_type]
            self.random_state._left["uniforms"] = np.concatenate(
                [2 * shorten, self.random_state._left["uniforms"]])
        return super()._generate_samples(X, nn_data, nn_num, rows, cols, steps, y_type, y)


class _Sources(Draws):
    """The whole numbers of the library are source k + neighbour; the case has u and neighbour."""

    def randint(self, low, high=None, size=None, dtype=int):
        source = np.floor(high // self.k * self._take("uniforms_of_sources", size)).astype(int)
        return source * self.k + super().randint(low, high, size)


def borderline_smote(case):
    _first_of_ties(case)
    case.choice("partners", "all")
    x, label, k = case["x"], case["label"], case.whole("neighbours", 5)
    kind = {"one": "borderline-1", "two": "borderline-2"}[case.choice("kind", "one", "two")]
    state = _Sources(uniforms=[case["gap"]], indices=[case["pick"]])
    state.k, state._left["uniforms_of_sources"] = k, case["u"].astype(float)
    sampler = _Borderline(sampling_strategy=_strategy(case, "not_majority"), k_neighbors=k,
                          m_neighbors=case.whole("border", 10), kind=kind, random_state=state)
    sampler.trace = []
    sampler.shorten = case["shorten"] if "shorten" in case else np.full(
        len(case["u"]), case.number("factor", 0.5))
    synthetic, labels = sampler.fit_resample(x, label)
    danger = np.full(len(x), -1)
    for c, count in sampler.sampling_strategy_.items():
        if count:
            own = np.flatnonzero(label == c)
            danger[own] = 0
            for value, kind_of in ((1, "danger"), (2, "noise")):
                told = sampler._in_danger_noise(sampler.nn_m_, x[own], c, label, kind_of)
                danger[own[told]] = value
    source, partner = [], []
    for c, rows, partners in sampler.trace:
        source.append(sampler.in_danger_indices[c][rows])
        partner.append(partners if kind == "borderline-2" else np.flatnonzero(label == c)[partners])
    if len(synthetic) - len(x) < sum(sampler.sampling_strategy_.values()):
        # Nothing was made for a class without anybody in danger: its rows stay empty.
        return _padded(sampler, synthetic[len(x):], source, partner, danger)
    return {"synthetic": synthetic[len(x):], "synthetic_label": labels[len(x):],
            "source": _joined(source), "partner": _joined(partner), "danger": danger}


def _padded(sampler, made, source, partner, danger):
    label, rows, begin = [], {"synthetic": [], "source": [], "partner": []}, 0
    of = {c: i for i, (c, _, _) in enumerate(sampler.trace)}
    for c, count in sorted(sampler.sampling_strategy_.items()):
        label += [c] * count
        if c in of:
            rows["synthetic"].append(made[begin:begin + count])
            rows["source"].append(source[of[c]])
            rows["partner"].append(partner[of[c]])
            begin += count
        else:
            rows["synthetic"].append(np.zeros((count, made.shape[1])))
            rows["source"].append(np.full(count, -1))
            rows["partner"].append(np.full(count, -1))
    return {"synthetic_label": label, "danger": danger,
            **{name: np.concatenate(parts) for name, parts in rows.items()}}


class _Neighbours(NearestNeighbors):
    """Remembers what it was asked, in the order of asking."""

    def kneighbors(self, X=None, n_neighbors=None, return_distance=True):
        answer = super().kneighbors(X, n_neighbors, return_distance)
        if not hasattr(self, "asked"):
            self.asked = []
        self.asked.append(answer)
        return answer


def adasyn(case):
    _first_of_ties(case)
    case.choice("rounding", "even")
    if case.number("balance", 1) != 1:
        raise Declined("the library always balances fully")
    x, label, k = case["x"], case["label"], case.whole("neighbours", 5)
    strategy = _strategy(case, "not_majority")

    def run(gaps):
        sampler = ADASYN(sampling_strategy=strategy, n_neighbors=_Neighbours(n_neighbors=k + 1),
                         random_state=Draws(uniforms=[gaps], indices=[case["pick"]]))
        return sampler, sampler.fit_resample(x, label)[0][len(x):]

    if len(np.unique(x, axis=0)) < len(x):
        raise Declined("the library does not tell whom it chose, and samples are equal")
    draws = len(case["gap"])
    sampler, made = run(case["gap"])
    # A gap of 0 is the source, a gap of 1 the partner, up to rounding: so they are told.
    source, partner = (_nearest(x, run(np.full(draws, gap))[1]) for gap in (0.0, 1.0))
    hardness = np.zeros(len(x))
    grows = [c for c, count in sampler.sampling_strategy_.items() if count]
    for c, nns in zip(grows, sampler.nn_.asked[::2]):
        hardness[label == c] = np.mean(label[nns[:, 1:]] != c, axis=1)
    rest = draws - len(made)
    return {"hardness": hardness, "made": np.bincount(source, minlength=len(x)),
            "synthetic": np.concatenate([made, np.zeros((rest, x.shape[1]))]),
            "source": np.concatenate([source, np.full(rest, -1)]),
            "partner": np.concatenate([partner, np.full(rest, -1)])}


def _nearest(x, points):
    """The sample that each point is."""
    if not len(points):
        return np.zeros(0, int)
    return NearestNeighbors(n_neighbors=1).fit(x).kneighbors(points, return_distance=False)[:, 0]


def random_oversampling(case):
    if "noise" in case:
        raise Declined("the library does not tell its bandwidth")
    case.choice("size", "data", "class")
    case.number("shrinkage", 1)
    x, label = case["x"], case["label"]
    strategy = _strategy(case, "not_majority")
    if case.choice("draws", "uniform", "index") == "index":
        indices = case["draw"]
    else:
        goal = check_sampling_strategy(strategy, label, "over-sampling")
        counts = np.repeat([np.sum(label == c) for c in goal], list(goal.values()))
        indices = np.floor(counts * case["u"])
    sampler = RandomOverSampler(sampling_strategy=strategy, random_state=Draws(indices=[indices]))
    added, labels = sampler.fit_resample(x, label)
    return {"added": added[len(x):], "added_label": labels[len(x):],
            "source": sampler.sample_indices_[len(x):]}


def random_undersampling(case):
    case.choice("arrangement", "class")
    x, label = case["x"], case["label"]
    strategy = _strategy(case, "not_minority")
    replacement = case.choice("replacement", "no", "yes") == "yes"
    goal = check_sampling_strategy(strategy, label, "under-sampling")
    counts = [np.sum(label == c) for c in sorted(goal)]
    if replacement:
        indices = [np.floor(np.repeat(counts, [goal[c] for c in sorted(goal)]) * case["u"])]
    else:
        order = case["order"]
        indices = [(np.cumsum(label == c) - 1)[order[label[order] == c]][:goal[c]]
                   for c in sorted(goal)]
    sampler = RandomUnderSampler(sampling_strategy=strategy, replacement=replacement,
                                 random_state=Draws(indices=indices))
    kept, labels = sampler.fit_resample(x, label)
    return {"kept": sampler.sample_indices_, "kept_label": labels, "kept_x": kept}


def _left_out(case, kept):
    label = case["label"]
    removed = np.ones(len(label), int)
    removed[kept] = 0
    return {"removed": removed,
            "remaining": np.bincount(label[kept], minlength=case.whole("classes"))}


def tomek_links(case):
    _first_of_ties(case)
    x, label = case["x"], case["label"]
    sampler = TomekLinks(sampling_strategy=_clean(case))
    sampler.fit_resample(x, label)
    nearest = NearestNeighbors(n_neighbors=2).fit(x).kneighbors(x, return_distance=False)[:, 1]
    links = TomekLinks.is_tomek(label, nearest, np.unique(label))
    return {"nearest": nearest, "link": np.where(links, nearest, -1),
            **_left_out(case, sampler.sample_indices_)}


def edited_nearest_neighbours(case):
    _first_of_ties(case)
    x, label, k = case["x"], case["label"], case.whole("neighbours", 3)
    vote = case.choice("vote", "all", "mode")
    case.choice("modes", "smallest")
    growing = case.choice("neighbourhood", "fixed", "growing") == "growing"
    strategy = _clean(case)
    cleaned = list(check_sampling_strategy(strategy, label, "clean-sampling"))
    left, removed_in = np.arange(len(x)), np.zeros(len(x), int)
    for round_ in range(1, case.whole("rounds", 1) + 1):
        neighbours = round_ if growing else k
        if len(left) < neighbours + 1:
            break
        editor = EditedNearestNeighbours(sampling_strategy=cleaned, n_neighbors=neighbours,
                                         kind_sel=vote)
        editor.fit_resample(x[left], label[left])
        gone = np.delete(left, editor.sample_indices_)
        removed_in[gone] = round_
        left = np.setdiff1d(left, gone)
        if not growing and not len(gone):
            break
    return {"removed_in": removed_in, **_left_out(case, left)}


class _NearMiss(NearMiss):
    def _selection_dist_based(self, X, y, dist_vec, num_samples, key, sel_strategy="nearest"):
        self.trace[key] = dist_vec[:, -self.nn_.n_neighbors:].mean(axis=1)
        return super()._selection_dist_based(X, y, dist_vec, num_samples, key, sel_strategy)


def near_miss(case):
    _first_of_ties(case)
    x, label = case["x"], case["label"]
    version = {"one": 1, "two": 2, "three": 3}[case.choice("version", "one", "two", "three")]
    sampler = _NearMiss(sampling_strategy=_strategy(case, "not_minority"), version=version,
                        n_neighbors=case.whole("neighbours", 3),
                        n_neighbors_ver3=_Neighbours(n_neighbors=case.whole("candidates", 3)))
    sampler.trace = {}
    sampler.fit_resample(x, label)
    average, candidate = np.zeros(len(x)), np.zeros(len(x), int)
    for i, (c, distances) in enumerate(sampler.trace.items()):
        judged = np.flatnonzero(label == c)
        if version == 3:
            judged = judged[np.unique(sampler.nn_ver3_.asked[i][1])]
        average[judged], candidate[judged] = distances, 1
    removed = _left_out(case, sampler.sample_indices_)
    answer = {"average": average, "selected": 1 - removed["removed"],
              "remaining": removed["remaining"]}
    return {**answer, "candidate": candidate} if version == 3 else answer


def class_weights(case):
    case.choice("scheme", "balanced")
    case.choice("divisor", "present")
    case.choice("normalization", "none")
    case.choice("absent", "zero")
    label, count, sample = case["label"], case.whole("classes"), case.get("sample_weight")
    present = np.unique(label)
    class_weight = np.zeros(count)
    class_weight[present] = compute_class_weight("balanced", classes=present, y=label,
                                                 sample_weight=sample)
    weight = compute_sample_weight(dict(enumerate(class_weight.tolist())), label)
    return {"mass": np.bincount(label, sample, minlength=count), "class_weight": class_weight,
            "weight": weight if sample is None else weight * sample}


def _stump(case, x, weight):
    return DecisionTreeClassifier(
        max_depth=1, criterion=case.choice("criterion", "gini", "entropy"), random_state=0,
        min_samples_leaf=case.whole("min_leaf", 1)).fit(x, case["label"], weight)


def _stump_weight(case):
    label = case["label"]
    weight = case["sample_weight"] if "sample_weight" in case else np.ones(len(label))
    return weight * case["class_weight"][label] if "class_weight" in case else weight


def class_weighted_stump(case):
    case.choice("threshold", "middle")
    case.choice("ties", "first")
    if case.choice("criterion", "gini", "entropy") == "entropy":
        raise Declined("the library's entropy is in bits")
    x, weight, count = case["x"], _stump_weight(case), case.whole("classes")
    gains = [_stump(case, x[:, [d]], weight).tree_.compute_feature_importances(normalize=False)[0]
             for d in range(x.shape[1])]
    model = _stump(case, x, weight)
    tree = model.tree_
    if tree.node_count < 3:
        raise ValueError("the library found no split")
    masses = np.zeros((2, count))
    masses[:, model.classes_] = tree.value[1:, 0] * tree.weighted_n_node_samples[1:, None]
    return {"gain": gains, "feature": tree.feature[0], "threshold": tree.threshold[0],
            "left_mass": masses[0], "right_mass": masses[1],
            "left_label": masses[0].argmax(), "right_label": masses[1].argmax()}


class _Boost(AdaBoostClassifier):
    def _boost(self, iboost, X, y, sample_weight, random_state):
        answer = super()._boost(iboost, X, y, sample_weight, random_state)
        self.trace.append(answer[0])
        return answer


def boosted_stumps(case):
    case.choice("form", "samme")
    case.choice("costs", "start")
    case.choice("threshold", "middle")
    case.choice("ties", "first")
    x, label, count = case["x"], case["label"], case.whole("classes")
    rounds = case.whole("rounds")
    stump = DecisionTreeClassifier(
        max_depth=1, criterion=case.choice("criterion", "gini", "entropy"),
        min_samples_leaf=case.whole("min_leaf", 1))
    # One round more than is asked for: after its last one the library does not update the weights.
    model = _Boost(stump, n_estimators=rounds + 1, learning_rate=case.number("rate", 1),
                   random_state=0)
    model.trace = []
    model.fit(x, label, _stump_weight(case))
    if len(model.classes_) < count:
        raise Declined("a class without samples, of which the library does not know")
    trees = [tree.tree_ for tree in model.estimators_[:rounds]]
    if len(trees) < rounds:
        raise ValueError("the library ended its loop")
    weights = np.array([w / w.sum() for w in model.trace[:rounds]])
    alpha = np.asarray(model.estimator_weights_)[:rounds]
    decision = list(model.staged_decision_function(x))[rounds - 1]
    if decision.ndim == 1:
        # Of two classes the library tells the difference of their shares.
        decision = np.stack([-decision, decision], axis=1) / 2
    # The library says (score - (total - score) / (C - 1)) / total.
    score = (decision * (count - 1) + 1) * alpha.sum() / count
    return {"feature": [t.feature[0] for t in trees], "threshold": [t.threshold[0] for t in trees],
            "left_label": [t.value[1, 0].argmax() for t in trees],
            "right_label": [t.value[2, 0].argmax() for t in trees],
            "error": model.estimator_errors_[:rounds], "alpha": alpha, "weights": weights,
            "score": score, "predicted": list(model.staged_predict(x))[rounds - 1]}


def feature_ranking(case):
    method = {"anova": f_classif, "chi_squared": chi2}[
        case.choice("method", "anova", "chi_squared")]
    case.choice("ties", "first")
    ranks = {"ordinal": "ordinal", "minimum": "min", "average": "average"}[
        case.choice("ranks", "ordinal", "minimum", "average")]
    x, label = case["x"], case["label"]
    selector = SelectKBest(method, k=case.whole("select", 1)).fit(x, label)
    members = label[:, None] == np.arange(case.whole("classes"))
    return {"total": members.T.astype(x.dtype) @ x, "score": selector.scores_,
            "rank": scipy.stats.rankdata(-selector.scores_, method=ranks),
            "selected": selector.get_support()}
