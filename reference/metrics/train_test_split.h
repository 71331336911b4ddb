// SPDX-License-Identifier: MIT
/* Splitting samples into a training, a validation and a test set: index arrays.
 *
 *     S = samples,  T = round(S test_percent / 100),  R = floor(S train_percent / 100) or S - T
 *     not shuffled:  train = 0 .. R-1,  test = R .. R+T-1
 *     shuffled:      test = p[0 .. T-1],  train = p[T .. T+R-1]
 *     stratified:    class by class, p_c the samples of class c in the order of p:
 *                    train += p_c[0 .. r_c - 1],  test += p_c[r_c .. r_c + t_c - 1]
 *                    (r_c) shares R out by the class counts n_c, (t_c) shares T by n_c - r_c
 *     sharing D draws out by counts m_c:  floor(D m_c / sum m), and what is left goes one each to
 *         the largest remainders D m_c mod sum m
 *     with validation: the training set is split once more, by second
 *
 * p, permutation (S); second, permutation of the R places of the first training set; labels (S) in
 * 0..C-1; priority (C) a permutation (optional): among equal remainders the class that stands first
 * in it is served first. Outputs train, validation (with validation_percent), test: whole numbers,
 * all different.
 *
 * Conventions: shuffle = yes (default) or no; stratify = no (default) or yes; rounding = up
 *     (default: scikit-learn takes the ceiling of the test set) or down or nearest (halves up), all
 *     of T; validation_of = rest (default: two calls, 20 and 20 % leave 64 %) or all: the second
 *     percentage is of S too.
 * Numbers: samples, classes (with stratify), test_percent (25) or test_count, train_percent,
 *     validation_percent: whole, because 0.2 is no binary number and products with it jump.
 * Source: documents 004 C1, C2, C6, C7 and G15, 001 Q20; scikit-learn's train_test_split, whose own
 *     last shuffle of stratified parts is left out (it has draws of its own).
 * Edge cases: shares whose remainders are equal. Refused: an empty part, parts that exceed S, a
 *     permutation that is none, a class of one sample or fewer test (training) samples than classes
 *     when stratified.
 * Order of operations: whole numbers.
 */
#pragma once

#include "../synthetic_data/permutation.h"

/* Samples to be split, by their numbers. */
struct split_part {
    size_t count;
    int *index;
};

struct split {
    size_t S, C, T, R, V; /* V: validation samples; 0: none */
    int shuffled, stratified, three;
    const int *labels, *p, *second, *priority;
    struct split_part all;
};

struct split train_test_split_read(struct call *call);

/* share (C): `draws` shared out by `count` (C). */
void split_shares(struct call *call, int *share, const int *count, size_t draws, size_t C,
                  const int *priority);

void train_test_split_answer(struct call *call);
