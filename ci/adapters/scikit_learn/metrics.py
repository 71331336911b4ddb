# SPDX-License-Identifier: MIT
"""sklearn.metrics and sklearn.model_selection; formulas in reference/metrics/."""
import numpy as np
import scipy.stats
from imblearn.metrics import geometric_mean_score, specificity_score
from sklearn import metrics as library
from sklearn import model_selection
from sklearn.metrics._base import _average_multiclass_ovo_score
from sklearn.preprocessing import Binarizer, LabelBinarizer, label_binarize

from assay_adapter import Declined
from draws import Draws


def _classes(case):
    return np.arange(case.whole("classes"))


def _largest(scores):
    """The class of the largest score: the first of equal ones, as the library's classifiers take
    it."""
    return LabelBinarizer().fit(np.arange(scores.shape[1])).inverse_transform(scores) \
        if scores.shape[1] > 2 else np.argmax(scores, axis=1)


def _filled(value):
    """The library's NaN of what is undefined, where nothing is averaged, is 0 here."""
    return np.nan_to_num(value)


UNDEFINED = {"zero": 0.0, "one": 1.0, "excluded": np.nan}


def accuracy(case):
    labels, scores, top = case["labels"], case["scores"], case.whole("top", 1)
    if top > 1:
        if case.choice("ties", "first", "last") == "first" and any(
                len(np.unique(row)) < len(row) for row in scores):
            raise Declined("the library's ranking takes the last of equal scores")
        classes = np.arange(scores.shape[1])
        share, count = (library.top_k_accuracy_score(labels, scores, k=top, normalize=n,
                                                     labels=classes) for n in (True, False))
        predicted = scores.shape[1] - 1 - np.argmax(scores[:, ::-1], axis=1)
        return {"accuracy": share, "correct": count, "predicted": predicted}
    case.choice("ties", "first")
    predicted = _largest(scores)
    return {"accuracy": library.accuracy_score(labels, predicted), "predicted": predicted,
            "correct": library.accuracy_score(labels, predicted, normalize=False)}


def balanced_accuracy(case):
    labels, predicted, weight = case["labels"], case["predicted"], case.get("weight")
    case.choice("absent", "skipped")
    classes = _classes(case)
    adjusted = case.choice("adjusted", "no", "yes") == "yes"
    present = np.isin(classes, labels)
    recall = library.recall_score(labels, predicted, labels=classes, average=None,
                                  sample_weight=weight, zero_division=0)
    specificity = specificity_score(labels, predicted, labels=classes, average=None,
                                    sample_weight=weight)
    if not present.all() or len(np.unique(labels)) < 2:
        raise Declined("the library's index of Youden is for two classes that are there")
    youden = [library.balanced_accuracy_score(labels == k, predicted == k, sample_weight=weight,
                                              adjusted=True) for k in classes]
    geometric = geometric_mean_score(labels, predicted, labels=classes, average="multiclass",
                                     sample_weight=weight, correction=case.number("correction", 0))
    return {"balanced_accuracy": library.balanced_accuracy_score(
                labels, predicted, sample_weight=weight, adjusted=adjusted),
            "geometric_mean": geometric, "recall": recall, "specificity": specificity,
            "youden": youden}


class _Resampling(np.random.Generator):
    """A Generator whose whole numbers are those of the case."""

    def __new__(cls, index):
        return super().__new__(cls, np.random.PCG64(0))

    def __init__(self, index):
        super().__init__(np.random.PCG64(0))
        self._index = index

    def integers(self, low, high=None, size=None, dtype=np.int64, endpoint=False):
        return self._index


def bootstrap_interval(case):
    x = case["x"]
    statistic = {"mean": np.mean, "median": np.median,
                 "deviation": lambda v, axis: np.std(v, axis=axis, ddof=1)}[
                     case.choice("statistic", "mean", "median", "deviation")]
    case.choice("quantile", "linear")
    index = case["index"]
    result = scipy.stats.bootstrap(
        (x,), statistic, n_resamples=len(index), vectorized=True,
        confidence_level=case.number("level", 0.95),
        method=case.choice("interval", "percentile", "basic"), rng=_Resampling(index))
    return {"observed": statistic(x, axis=0), "replicate": result.bootstrap_distribution,
            "error": result.standard_error, "low": result.confidence_interval.low,
            "high": result.confidence_interval.high}


def brier_score(case):
    probabilities = case["probabilities"]
    case.choice("groups", "distinct")
    if probabilities.ndim == 1:
        raise Declined("the library has no parts of the score")
    scale = {"auto": "auto", "half": True, "full": False}[
        case.choice("scale", "auto", "half", "full")]
    return {"brier": library.brier_score_loss(
        case["labels"], probabilities, sample_weight=case.get("weight"),
        labels=np.arange(probabilities.shape[1]), scale_by_half=scale)}


def cohen_kappa(case):
    weights = {"unweighted": None, "linear": "linear", "quadratic": "quadratic"}[
        case.choice("disagreement", "unweighted", "linear", "quadratic")]
    undefined = UNDEFINED[case.choice("undefined", "zero", "one")]
    return {"kappa": library.cohen_kappa_score(
        case["labels"], case["predicted"], labels=_classes(case), weights=weights,
        sample_weight=case.get("weight"), replace_undefined_by=undefined)}


def confusion_matrix(case):
    labels, weight = case["labels"], case.get("weight")
    if "predicted" in case:
        predicted = case["predicted"]
    elif case["scores"].ndim == 1:
        case.choice("comparison", "above")
        threshold = Binarizer(threshold=case.number("threshold", 0.5))
        predicted = threshold.fit_transform(case["scores"].reshape(-1, 1)).ravel().astype(int)
    else:
        case.choice("ties", "first")
        predicted = _largest(case["scores"])
    classes = _classes(case)
    if "subset" in case:
        classes = case["subset"]
        # The library's counts of one class against the others would count what is left out.
        inside = np.isin(labels, classes) & np.isin(predicted, classes)
        labels, predicted = labels[inside], predicted[inside]
        weight = None if weight is None else weight[inside]
    normalize = {"none": None, "true": "true", "predicted": "pred", "all": "all"}[
        case.choice("normalize", "none", "true", "predicted", "all")]
    matrix = library.confusion_matrix(labels, predicted, labels=classes, sample_weight=weight,
                                      normalize=normalize)
    if case.choice("orientation", "labels_in_rows", "predictions_in_rows") != "labels_in_rows":
        matrix = matrix.T
    counts = library.multilabel_confusion_matrix(labels, predicted, labels=classes,
                                                 sample_weight=weight)
    return {"matrix": matrix,
            "counts": np.stack([counts[:, 1, 1], counts[:, 0, 1], counts[:, 1, 0],
                                counts[:, 0, 0]], axis=1)}


def jaccard_index(case):
    labels, predicted, weight = case["labels"], case["predicted"], case.get("weight")
    if case.has_number("ignore_index"):
        kept = labels != case.whole("ignore_index")
        labels, predicted = labels[kept], predicted[kept]
        weight = None if weight is None else weight[kept]
    average = case.choice("average", "none", "binary", "micro", "macro", "weighted")
    undefined = UNDEFINED[case.choice("undefined", "zero", "one")]
    classes = _classes(case)
    positive = case.whole("positive", 1)
    if average == "binary":
        labels, predicted, classes = labels == positive, predicted == positive, None
    jaccard = library.jaccard_score(labels, predicted, labels=classes, sample_weight=weight,
                                    average=None if average == "none" else average,
                                    zero_division=undefined)
    hamming = library.hamming_loss(*(labels, predicted) if average != "binary" else
                                   _kept(case), sample_weight=weight)
    return {"jaccard": jaccard, "hamming_loss": hamming}


def _kept(case):
    labels, predicted = case["labels"], case["predicted"]
    if case.has_number("ignore_index"):
        kept = labels != case.whole("ignore_index")
        return labels[kept], predicted[kept]
    return labels, predicted


def log_loss(case):
    probabilities, weight = case["probabilities"], case.get("weight")
    case.choice("clip", "none")
    case.choice("rows", "as_given")
    if "targets" in case:
        truth = case["targets"]
        if not np.isin(truth, (0, 1)).all() or not (truth.sum(axis=1) == 1).all():
            raise Declined("the library takes labels, not soft targets")
        truth = np.argmax(truth, axis=1)
    else:
        truth = case["labels"]
    classes = np.arange(2 if probabilities.ndim == 1 else probabilities.shape[1])
    return {"log_loss": library.log_loss(
        truth, probabilities, sample_weight=weight, labels=classes,
        normalize=case.choice("reduction", "mean", "sum") == "mean")}


def matthews_correlation(case):
    case.choice("undefined", "zero")
    case.whole("classes")
    return {"mcc": library.matthews_corrcoef(case["labels"], case["predicted"],
                                             sample_weight=case.get("weight"))}


def precision_recall_curve(case):
    labels, scores, weight = case["labels"], case["scores"], case.get("weight")
    case.choice("area", "step")
    case.choice("full_recall", "kept")
    case.choice("no_positives", "refused", "one")
    precision, recall, threshold = library.precision_recall_curve(labels, scores,
                                                                  sample_weight=weight)
    return {"precision": precision, "recall": recall, "threshold": threshold,
            "average_precision": library.average_precision_score(labels, scores,
                                                                 sample_weight=weight)}


def precision_recall_f_score(case):
    labels, predicted = case["labels"], case["predicted"]
    average = case.choice("average", "none", "binary", "micro", "macro", "weighted", "samples")
    case.choice("f_from", "counts")
    case.choice("macro_f", "mean_of_f")
    undefined = UNDEFINED[case.choice("undefined", "zero", "one", "excluded")]
    classes = None if labels.ndim == 2 else _classes(case)
    if case.choice("absent", "counted", "skipped") == "skipped":
        classes = None
    positive = case.whole("positive", 1)
    if average == "binary":
        labels, predicted, classes = labels == positive, predicted == positive, None
        positive = 1
    precision, recall, f, _ = library.precision_recall_fscore_support(
        labels, predicted, beta=case.number("beta", 1), labels=classes, pos_label=positive,
        average=None if average == "none" else average, sample_weight=case.get("weight"),
        zero_division=undefined)
    return {"precision": _filled(precision), "recall": _filled(recall), "f": _filled(f)}


def regression_metrics(case):
    t, y = case["t"], case["y"]
    case.choice("constant", "finite")
    case.choice("rmse", "mean_of_roots")
    case.choice("median", "middle")
    average = {"uniform": "uniform_average", "variance_weighted": "variance_weighted"}[
        case.choice("average", "uniform", "variance_weighted")]
    weight = case.get("weight")
    rows = {"sample_weight": weight}
    of = {"mae": library.mean_absolute_error, "mse": library.mean_squared_error,
          "rmse": library.root_mean_squared_error, "r_squared": library.r2_score,
          "explained_variance": library.explained_variance_score}
    answer = {name: np.atleast_1d(f(t, y, multioutput="raw_values", **rows))
              for name, f in of.items()}
    for name, f in of.items():
        squares = name in ("r_squared", "explained_variance")
        answer["mean_" + name] = f(t, y, multioutput=average if squares else "uniform_average",
                                   **rows)
    answer["median_absolute_error"] = library.median_absolute_error(
        t, y, multioutput="raw_values", **rows)
    answer["max_error"] = [library.max_error(t[:, k], y[:, k]) for k in range(t.shape[1])]
    return answer


def roc_auc(case):
    labels, scores, weight = case["labels"], case["scores"], case.get("weight")
    case.choice("one_class", "refused", "excluded")
    if scores.ndim == 1:
        max_fpr = case.number("max_fpr", 1)
        case.choice("correction", "mcclish")
        return {"auc": library.roc_auc_score(labels, scores, sample_weight=weight,
                                             max_fpr=None if max_fpr == 1 else max_fpr)}
    average = case.choice("average", "macro", "weighted", "micro")
    count = scores.shape[1]
    if case.choice("multi_class", "one_vs_rest", "one_vs_one") == "one_vs_rest":
        # Every class against the others: the library's probabilities need not add up to 1 then.
        problems = label_binarize(labels, classes=np.arange(count)) if count > 2 else np.stack(
            [labels == 0, labels == 1], axis=1).astype(int)
        auc_class = library.roc_auc_score(problems, scores, average=None, sample_weight=weight)
        return {"auc": library.roc_auc_score(problems, scores, average=average,
                                             sample_weight=weight),
                "auc_class": _filled(auc_class)}
    pairs = np.zeros((count, count))
    for a in range(count):
        for b in range(count):
            if a != b and {a, b} <= set(labels.tolist()):
                both = np.isin(labels, (a, b))
                pairs[a, b] = library.roc_auc_score(labels[both] == a, scores[both, a])
    present = np.unique(labels)
    auc = _average_multiclass_ovo_score(library.roc_auc_score, np.searchsorted(present, labels),
                                        scores[:, present], average=average)
    return {"auc": auc, "auc_pair": pairs}


def roc_curve(case):
    case.choice("first_threshold", "infinite")
    case.choice("rates", "of_curve")
    drop = case.choice("drop", "collinear", "none") == "collinear"
    false, true, threshold = library.roc_curve(case["labels"], case["scores"],
                                               sample_weight=case.get("weight"),
                                               drop_intermediate=drop)
    return {"false_positive_rate": false, "true_positive_rate": true, "threshold": threshold[1:]}


def _ranks(order, members):
    """The place of each of these samples among them, in this order."""
    place = np.argsort(order)
    return np.argsort(np.argsort(place[members]))


def k_fold(case):
    method = case.choice("method", "plain", "stratified", "group", "time_series", "leave_one_out")
    samples = case.whole("samples", len(case["labels"]) if "labels" in case else None)
    case.choice("class_order", "appearance")
    case.choice("ties", "last")
    labels = groups = None
    shuffled = {}
    order = case.get("permutation")
    if method == "plain" and order is not None:
        shuffled = {"shuffle": True, "random_state": Draws(orders=[order])}
    if method == "stratified":
        labels = case["labels"]
        case.number("classes", 2)
        if order is not None:
            # The library shuffles the folds of each class, in the order in which classes appear.
            first = [np.flatnonzero(labels == c)[0] for c in np.unique(labels)]
            orders = [_ranks(order, np.flatnonzero(labels == labels[i])) for i in sorted(first)]
            shuffled = {"shuffle": True, "random_state": Draws(orders=orders)}
    if method == "group":
        groups = case["group"]
        case.number("groups")
    if method in ("group", "time_series", "leave_one_out") and order is not None:
        raise Declined("the library splits these in the order of the data")
    if method == "leave_one_out":
        splits = model_selection.LeaveOneOut()
    else:
        folds = case.whole("folds", 5)
        splits = {
            "plain": lambda: model_selection.KFold(folds, **shuffled),
            "stratified": lambda: model_selection.StratifiedKFold(folds, **shuffled),
            "group": lambda: model_selection.GroupKFold(folds),
            "time_series": lambda: model_selection.TimeSeriesSplit(
                folds, gap=case.whole("gap", 0),
                max_train_size=case.whole("max_train") if case.has_number("max_train") else None,
                test_size=case.whole("test_size") if case.has_number("test_size") else None),
        }[method]()
    role = []
    for train, test in splits.split(np.zeros((samples, 1)), labels, groups):
        role.append(np.full(samples, -1))
        role[-1][train], role[-1][test] = 0, 1
    role = np.array(role)
    return {"role": role, "test_size": (role == 1).sum(axis=1),
            "train_size": (role == 0).sum(axis=1)}


class _Strata(Draws):
    """Among equal remainders the class that stands first in the priority is served first."""

    def choice(self, a, size=None, replace=True, p=None):
        place = np.argsort(self.priority)
        return np.asarray(a)[np.argsort(place[a])][:size]


def _split(case, places, order, labels, sizes):
    """Splits these places into what is learnt from and what is held out."""
    if case.choice("shuffle", "yes", "no") == "no":
        return model_selection.train_test_split(places, shuffle=False, **sizes)
    if labels is None:
        return model_selection.train_test_split(places, random_state=Draws(orders=[order]), **sizes)
    classes = np.unique(labels)
    state = _Strata(orders=[np.argsort(_ranks(order, np.flatnonzero(labels == c)))
                            for c in classes])
    state.priority = case["priority"] if "priority" in case else np.arange(labels.max() + 1)
    return model_selection.train_test_split(places, stratify=labels, random_state=state, **sizes)


def train_test_split(case):
    case.choice("rounding", "up")
    case.choice("validation_of", "rest")
    samples = case.whole("samples")
    labels = None
    if case.choice("stratify", "no", "yes") == "yes":
        labels = case["labels"]
        case.number("classes")
    if case.has_number("test_count"):
        sizes = {"test_size": case.whole("test_count")}
    else:
        sizes = {"test_size": case.number("test_percent", 25) / 100}
    if case.has_number("train_percent"):
        sizes["train_size"] = case.number("train_percent") / 100
    train, test = _split(case, np.arange(samples), case.get("permutation"), labels, sizes)
    answer = {"train": train, "test": test}
    if case.has_number("validation_percent"):
        sizes = {"test_size": case.number("validation_percent") / 100}
        answer["train"], answer["validation"] = _split(
            case, train, case.get("second"), None if labels is None else labels[train], sizes)
    return answer
