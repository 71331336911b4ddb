// SPDX-License-Identifier: MIT
/* Folds of cross-validation: which samples each split trains and tests on.
 *
 *     role[k,n] = 1 where split k tests on sample n, 0 where it trains on it, -1 where neither
 *     plain:         folds are runs of S / K samples in the order p; the first S mod K are longer
 *     stratified:    the samples' classes, sorted, are dealt out to folds in turn: class c has
 *                    a[k,c] places in fold k; its samples in the order p fill fold 0, 1, ...
 *     group:         groups, the largest first, go to the fold that is smallest so far
 *     time_series:   the test of split k is [b_k, b_k + T), b_k = S - (K - k) T, after training on
 *                    [0, b_k - gap), or on the last max_train of these
 *     leave_one_out: K = S, split k tests on sample k
 *
 * S samples, K splits; permutation p (S) (optional: in order), labels (S) with number classes,
 * groups (S) with number groups (the input is called group). Outputs role (K,S), test_size and
 * train_size (K), whole numbers.
 *
 * Conventions: method = plain (default), stratified, group, time_series or leave_one_out;
 *   class_order = appearance (default: scikit-learn since 0.22 counts classes in the order of the
 *     data) or label: which class is dealt out first decides who gets the odd places;
 *   ties = last (default: of groups of one size the one with the larger number is placed first, as
 *     scikit-learn's reversed sort) or first. Of folds of one size the first is filled.
 * Numbers: samples, folds (5; not for leave_one_out), gap (0), max_train (none), test_size
 *     (floor(S / (K + 1))).
 * Source: documents 000 Q42 and 004 G15; Kohavi 1995; scikit-learn's KFold, StratifiedKFold,
 *     GroupKFold, TimeSeriesSplit, LeaveOneOut.
 * Edge cases: folds that do not divide S. Refused: fewer than two folds or more than samples (or
 *     groups, or members of the largest class), a time series without room for training.
 * Order of operations: whole numbers.
 */
#pragma once

#include "../synthetic_data/permutation.h"

enum fold_method { FOLD_PLAIN, FOLD_STRATIFIED, FOLD_GROUP, FOLD_TIME_SERIES, FOLD_LEAVE_ONE_OUT };

struct folds {
    enum fold_method method;
    size_t S, K, C, G; /* C classes, G groups */
    size_t gap, max_train, test_size;
    int by_label, first_wins;
    const int *p, *labels, *group;
};

struct folds k_fold_read(struct call *call);

void k_fold_answer(struct call *call);
