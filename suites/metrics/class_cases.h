// SPDX-License-Identifier: MIT
/* class_cases.h - labels and predictions for the metrics of classes. */
#pragma once

#include "ranking_cases.h"

/* Predictions right in about three of five samples; all right; all wrong by one class; the last
 * class without labels; never predicted; neither; always class 0; classes of very different sizes,
 * mostly right; all labels and predictions class 0. */
enum classes {
    MIXED,
    PERFECT,
    ALL_WRONG,
    NO_LABEL,
    NEVER_PREDICTED,
    NEITHER,
    CONSTANT,
    SKEWED,
    ONE_CLASS
};

/* block, classes, labels (N), predicted (N), weight. */
void class_fill(struct assay_case *test, size_t N, size_t K, size_t block, enum classes classes,
                enum weights weights);

/* block, labels and predicted (N,L) of 0 and 1; the first sample without any, the second without
 * predictions, the third without labels. */
void class_fill_sets(struct assay_case *test, size_t N, size_t L, size_t block,
                     enum weights weights);
