// SPDX-License-Identifier: MIT
/* normal_sets.h - what the questions about layer, group, instance and RMS normalisation share. */
#pragma once

#include "../case_builder.h"

enum normal_data {
    NORMAL_RANDOM,
    NORMAL_OFFSET,   /* mean 1000, deviation 1 */
    NORMAL_LARGE,    /* mean 3e19, deviation 3e17: only squares of x overflow in binary32 */
    NORMAL_CONSTANT, /* every other sample constant, with a value whose sums are exact */
    NORMAL_PAIRS     /* b + a and b - a in turn, a a power of two */
};

enum {
    NORMAL_AFFINE = 1,   /* gamma and beta */
    NORMAL_GRADIENT = 2, /* dy */
    NORMAL_ALL = 3,
    NORMAL_LAST = 4,    /* layout channels_last */
    NORMAL_OUTSIDE = 8, /* epsilon_place outside_root */
    NORMAL_SAMPLE = 16, /* deviation sample */
    NORMAL_STRIDED = 32 /* group_channels strided */
};

/* N samples of C channels; T: (N,T,C); H: (N,C,H,W) or (N,H,W,C). deviation 0: 4. epsilon and
 * groups 0: not stated. */
struct normal_setting {
    size_t N, T, C, H, W, block;
    unsigned has;
    enum normal_data data;
    double deviation, epsilon;
    size_t groups;
};

/* Numbers, conventions and inputs of one case. */
void normal_sets_fill(struct assay_case *test, const struct normal_setting *is);
