# SPDX-License-Identifier: MIT
"""keras.metrics, which add up what update_state() gets; formulas in reference/metrics/."""
import keras
import tensorflow as tf
from keras import metrics

from assay_adapter import Declined
from conventions import demand, fuzz, whole


def _result(metric, *arguments, weight=None):
    metric.update_state(*arguments, sample_weight=weight)
    return metric.result()


def _one_hot(case, name, classes):
    return tf.one_hot(case[name], classes, dtype=keras.config.floatx())


def accuracy(case):
    """Keras counts a class as found where at most top - 1 scores are above its own."""
    labels, scores, top = case["labels"], case["scores"], whole(case, "top", 1)
    case.choice("ties", "first")
    metric = (metrics.SparseCategoricalAccuracy() if top == 1
              else metrics.SparseTopKCategoricalAccuracy(k=top))
    value = _result(metric, labels, scores)
    return {"accuracy": value, "correct": metric.total,
            "predicted": keras.ops.argmax(scores, axis=1)}


def confusion_matrix(case):
    """tf.math.confusion_matrix, and Keras's counts of each class against the others."""
    demand(case, "orientation", "labels_in_rows", "labels_in_rows")
    demand(case, "normalize", "none", "none")
    if "subset" in case:
        raise Declined("a subset of classes is not offered by the library")
    labels, weight, classes = case["labels"], case.get("weight"), whole(case, "classes")
    if "scores" in case and case.array("scores").ndim == 1:
        demand(case, "comparison", "above", "above")
        threshold = case.number("threshold", 0.5)
        predicted = tf.cast(case["scores"] > threshold, tf.int64)
    elif "scores" in case:
        case.choice("ties", "first")
        predicted = keras.ops.argmax(case["scores"], axis=1)
    else:
        predicted = case["predicted"]
    matrix = tf.math.confusion_matrix(labels, predicted, num_classes=classes, weights=weight,
                                      dtype=keras.config.floatx())
    counts = []
    for k in range(classes):
        is_class = [tf.cast(values == k, keras.config.floatx()) for values in (labels, predicted)]
        counts.append([float(_result(kind(dtype=keras.config.floatx()), *is_class, weight=weight))
                       for kind in (metrics.TruePositives, metrics.FalsePositives,
                                    metrics.FalseNegatives, metrics.TrueNegatives)])
    return {"matrix": matrix, "counts": counts}


def jaccard_index(case):
    """keras.metrics.IoU of each class, and MeanIoU, which leaves out classes that are nowhere."""
    labels, predicted, weight = case["labels"], case["predicted"], case.get("weight")
    classes = whole(case, "classes")
    average = case.choice("average", "none", "macro", "binary")
    if case.has_number("ignore_index"):
        raise Declined("Keras leaves the ignored class out of the means")
    if average == "macro":
        demand(case, "undefined", "zero", "excluded")
        value = _result(metrics.MeanIoU(classes, dtype=keras.config.floatx()), labels, predicted,
                        weight=weight)
    else:
        case.choice("undefined", "zero")
        of = [whole(case, "positive", 1)] if average == "binary" else range(classes)
        value = tf.stack([_result(metrics.IoU(classes, [k], dtype=keras.config.floatx()), labels,
                                  predicted, weight=weight) for k in of])
        value = value[0] if average == "binary" else value
    wrong = tf.cast(labels != predicted, keras.config.floatx())
    return {"jaccard": value, "hamming_loss": _result(metrics.Mean(), wrong, weight=weight)}


def log_loss(case):
    """Keras's cross-entropies of probabilities, averaged over samples by weight."""
    demand(case, "reduction", "mean", "mean")
    demand(case, "clip", "none", "both")
    probabilities = tf.cast(case["probabilities"], keras.config.floatx())
    weight = case.get("weight")
    with fuzz(case.number("epsilon")):
        if probabilities.shape.rank == 1:
            case.choice("rows", "as_given")
            target = tf.cast(case["labels"], probabilities.dtype)
            return {"log_loss": _result(metrics.BinaryCrossentropy(), target[:, None],
                                        probabilities[:, None], weight=weight)}
        if "targets" in case:
            demand(case, "rows", "as_given", "normalized_then_clipped")
            return {"log_loss": _result(metrics.CategoricalCrossentropy(), case["targets"],
                                        probabilities, weight=weight)}
        rows = demand(case, "rows", "as_given", "normalized_then_clipped",
                      "clipped_then_normalized")
        if rows == "clipped_then_normalized":
            return {"log_loss": _result(metrics.SparseCategoricalCrossentropy(), case["labels"],
                                        probabilities, weight=weight)}
        return {"log_loss": _result(
            metrics.CategoricalCrossentropy(), _one_hot(case, "labels", probabilities.shape[1]),
            probabilities, weight=weight)}


def precision_recall_f_score(case):
    """Precision and Recall of a class or of all together, and FBetaScore."""
    average = case.choice("average", "none", "binary", "micro")
    beta = float(case.number("beta", 1))
    case.choice("undefined", "zero")
    case.choice("macro_f", "mean_of_f", "f_of_means")
    case.choice("absent", "counted", "skipped")
    case.choice("f_from", "counts", "rates")
    weight, kind = case.get("weight"), keras.config.floatx()
    if case.array("labels").ndim == 2:
        labels, predicted = (tf.cast(case[name], kind) for name in ("labels", "predicted"))
    else:
        classes = whole(case, "classes")
        labels, predicted = (_one_hot(case, name, classes) for name in ("labels", "predicted"))
    positive = whole(case, "positive", 1)
    chosen = [positive] if average == "binary" else range(labels.shape[1])
    f = _result(metrics.FBetaScore(average="micro" if average == "micro" else None, beta=beta,
                                   threshold=0.5), labels, predicted, weight=weight)
    if average == "micro":
        return {"f": f, **{name: _result(made(), labels, predicted, weight=weight) for name, made in
                           (("precision", metrics.Precision), ("recall", metrics.Recall))}}
    rates = {name: tf.stack([_result(made(), labels[:, k], predicted[:, k], weight=weight)
                             for k in chosen])
             for name, made in (("precision", metrics.Precision), ("recall", metrics.Recall))}
    if average == "binary":
        return {"f": f[positive], **{name: value[0] for name, value in rates.items()}}
    return {"f": f, **rates}
