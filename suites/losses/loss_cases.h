// SPDX-License-Identifier: MIT
/* loss_cases.h - the cases that every loss has: reductions, weights and distributions. */
#pragma once

#include "../case_builder.h"

/* What all losses have in common. What is 0 or NULL is not stated. */
struct loss_row {
    size_t N, K, block;
    const char *reduction, *normalizer;
    double dloss; /* of a scalar loss; with reduction none any number asks for one each */
    int weighted; /* sample weights uniform in [0.25, 2) */
};

/* block, reduction, normalizer, sample_weight and dloss; inputs come from the technique. */
void loss_case_reduction(struct assay_case *test, const struct loss_row *row, int per_sample);

/* Input t (N,K) of whole numbers low, low + step, ..., as many as there are classes. */
void loss_case_labels(struct assay_case *test, size_t N, size_t K, int classes, int low, int step);

/* The common cases; `fill` makes the inputs of N samples of K elements. */
void loss_cases(struct case_list *list, const char *covers, int per_sample,
                void (*fill)(struct assay_case *test, size_t N, size_t K));

/* The same without those that are there for their size. */
void loss_cases_small(struct case_list *list, const char *covers, int per_sample,
                      void (*fill)(struct assay_case *test, size_t N, size_t K));

/* The impossible requests that every loss refuses, and `count` rows of the technique's own: the
 * last thing that adds cases. */
void loss_refusals(struct case_list *list, const struct refusal *row, size_t count);
