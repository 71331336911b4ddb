// SPDX-License-Identifier: MIT
#include "loss_cases.h"

#include <string.h>

void loss_case_reduction(struct assay_case *test, const struct loss_row *row, int per_sample)
{
    int none = row->reduction && strcmp(row->reduction, "none") == 0;
    case_number(test, "block", (double)row->block);
    if (row->reduction)
        case_choice(test, "reduction", row->reduction);
    if (row->normalizer)
        case_choice(test, "normalizer", row->normalizer);
    if (row->weighted)
        case_uniform(test, "sample_weight", DIMS(row->N), 0.25, 2);
    if (none && per_sample)
        case_uniform(test, "dloss", DIMS(row->N), 0.5, 2);
    else if (none)
        case_uniform(test, "dloss", DIMS(row->N, row->K), 0.5, 2);
    else if (row->dloss < 0 || row->dloss > 0)
        case_constant(test, "dloss", SCALAR, row->dloss);
}

void loss_case_labels(struct assay_case *test, size_t N, size_t K, int classes, int low, int step)
{
    case_labels(test, "t", N * K, classes);
    struct request_array *labels = &test->request.input[test->request.inputs - 1];
    labels->rank = 2;
    labels->dim[0] = N;
    labels->dim[1] = K;
    for (size_t i = 0; i < labels->count; i++)
        labels->value[i] = low + step * labels->value[i];
}

enum { ALL = 0, ELEMENTS_ONLY = 1, LARGE = 2 };

static const struct row {
    const char *name, *why;
    struct loss_row loss;
    int kind;
} rows[] = {
    /* clang-format off */
    {"ordinary", "The plain mean, with sizes that differ so that a swapped axis cannot pass.",
     {.N = 7, .K = 5, .block = 4}, ALL},
    {"one_sample", "One sample: its loss is the mean.", {.N = 1, .K = 3, .block = 4}, LARGE},
    {"square", "As many samples as elements: a transposed axis keeps the shape, and still fails.",
     {.N = 6, .K = 6, .block = 4}, LARGE},
    {"mean_stated", "The defaults stated, with an upstream gradient of 0.75.",
     {.N = 9, .K = 4, .block = 2, .reduction = "mean", .normalizer = "count", .dloss = 0.75}, ALL},
    {"summed", "The sum, with an upstream gradient of -2.5.",
     {.N = 9, .K = 4, .block = 2, .reduction = "sum", .dloss = -2.5}, ALL},
    {"mean_of_sums", "Summed over the elements of a sample, averaged over samples.",
     {.N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums"}, ELEMENTS_ONLY},
    {"each", "No reduction: losses for themselves, each with an upstream gradient of its own.",
     {.N = 8, .K = 3, .block = 2, .reduction = "none"}, ALL},
    {"weighted", "Unequal sample weights; the mean is over the number of samples.",
     {.N = 13, .K = 3, .block = 4, .weighted = 1}, ALL},
    {"weighted_by_weights", "Unequal sample weights; the mean is over their sum.",
     {.N = 13, .K = 3, .block = 4, .weighted = 1, .normalizer = "weights"}, ALL},
    {"weighted_each", "Sample weights without reduction: losses and gradients have them.",
     {.N = 7, .K = 3, .block = 2, .weighted = 1, .reduction = "none"}, ALL},
    {"weighted_one", "One weighted sample: its weight divides out.",
     {.N = 1, .K = 3, .block = 4, .weighted = 1, .normalizer = "weights"}, ALL},
    {"weighted_sum", "Sample weights and a sum: no normaliser may be used.",
     {.N = 7, .K = 3, .block = 2, .weighted = 1, .reduction = "sum", .normalizer = "weights"},
      LARGE},
    {"weighted_mean_of_sums", "Sample weights whose sum divides the sums of the samples.",
     {.N = 7, .K = 3, .block = 2, .weighted = 1, .reduction = "mean_of_sums",
      .normalizer = "weights", .dloss = 1.5}, ELEMENTS_ONLY},
    {"uneven_blocks", "43 samples in blocks of 4: the last is short, so a mean of means is wrong.",
     {.N = 43, .K = 3, .block = 4}, LARGE},
    {"many_blocks", "16 blocks of 2 samples: more blocks than ranks, over up to 8 ranks.",
     {.N = 31, .K = 2, .block = 2, .weighted = 1, .normalizer = "weights"}, ALL},
    {"wide", "37 elements a sample, which no vector width divides.",
     {.N = 3, .K = 37, .block = 2}, LARGE},
    {"realistic", "Realistic sizes: 64 samples of 10 elements.", {.N = 64, .K = 10, .block = 8},
     LARGE},
    /* clang-format on */
};

static void add_cases(struct case_list *list, const char *covers, int per_sample, int small,
                      void (*fill)(struct assay_case *test, size_t N, size_t K))
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        if ((per_sample && row->kind == ELEMENTS_ONLY) || (small && row->kind == LARGE))
            continue;
        struct case_head head = {row->name, "bounded", covers, row->why, 0};
        struct assay_case *test = case_add(list, &head);
        loss_case_reduction(test, &row->loss, per_sample);
        fill(test, row->loss.N, row->loss.K);
    }
}

void loss_cases(struct case_list *list, const char *covers, int per_sample,
                void (*fill)(struct assay_case *test, size_t N, size_t K))
{
    add_cases(list, covers, per_sample, 0, fill);
}

void loss_cases_small(struct case_list *list, const char *covers, int per_sample,
                      void (*fill)(struct assay_case *test, size_t N, size_t K))
{
    add_cases(list, covers, per_sample, 1, fill);
}

static const struct refusal common[] = {
    /* clang-format off */
    {"reduction_unknown", "ordinary", CHOICE_SET, "reduction", 0, "median", 0,
     "There is no such reduction."},
    {"normalizer_unknown", "ordinary", CHOICE_SET, "normalizer", 0, "samples_seen", 0,
     "There is no such normaliser."},
    {"upstream_missing", "each", INPUT_GONE, "dloss", 0, NULL, 0,
     "Without reduction every loss needs an upstream gradient of its own."},
    {"upstream_short", "each", INPUT_SHORTER, "dloss", 0, NULL, 0,
     "One upstream gradient too few."},
    {"weights_short", "weighted", INPUT_SHORTER, "sample_weight", 0, NULL, 0,
     "One sample weight too few."},
    {"weight_negative", "weighted", ELEMENT_SET, "sample_weight", -0.5, NULL, 3,
     "A sample of negative weight would be made worse."},
    {"weights_all_zero", "weighted_one", ELEMENT_SET, "sample_weight", 0, NULL, 0,
     "Weights that add to 0: their mean is 0 / 0."},
    /* clang-format on */
};

void loss_refusals(struct case_list *list, const struct refusal *row, size_t count)
{
    case_refusals(list, common, sizeof common / sizeof *common);
    if (count > 0)
        case_refusals(list, row, count);
}
