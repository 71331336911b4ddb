// SPDX-License-Identifier: MIT
#include "victim_cases.h"

#define FLAT                                                                                       \
    {                                                                                              \
        .N = 5, .D = 3, .K = 3, .block = 2, .normalised = 1, .strength = 0.5                       \
    }

static const struct row {
    struct victim_row like;
    double gap; /* of the running statistics from those of such data */
} rows[] = {
    {{{"running", "trajectory", "ADV-03",
       "A model in evaluation mode: running statistics, which stay.", 0},
      FLAT,
      "epsilon=0.125 alpha=0.0625 steps=3",
      0},
     0.125},
    {{{"batch", "trajectory", "ADV-03",
       "The model was left in training mode: statistics of the batch, and changed running ones.",
       0},
      FLAT,
      "epsilon=0.125 alpha=0.0625 steps=3 statistics=batch",
      0},
     0.125},
    {{{"running_l2", "trajectory", "ADV-03", "L2 steps show the gradients themselves.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=3 norm=l2",
      0},
     0.0625},
    {{{"batch_l2", "trajectory", "ADV-03",
       "L2 steps through the statistics: a sample moves the others' logits.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=3 norm=l2 statistics=batch",
      0},
     0.0625},
    {{{"network", "trajectory", "ADV-03", "A hidden layer of tanh units behind the normalisation.",
       0},
      {.N = 6,
       .D = 3,
       .H = 4,
       .K = 3,
       .block = 4,
       .normalised = 1,
       .strength = 0.75,
       .activation = "tanh"},
      "epsilon=0.25 alpha=0.125 steps=2 norm=l2 statistics=batch momentum=0.5",
      0},
     0.125},
    {{{"target", "trajectory", "ADV-03", "Towards targets, mean loss and an added floor.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=2 norm=l2 statistics=batch goal=target reduction=mean "
      "floor=added tiny=0.25",
      1},
     0.125},
    {{{"smoothing", "trajectory", "ADV-03", "A smoothing as large as the variances.", 0},
      FLAT,
      "epsilon=0.25 alpha=0.125 steps=2 norm=l2 statistics=batch smoothing=0.0625 momentum=0.25",
      0},
     0.125},
    {{{"two_samples", "trajectory", "ADV-03",
       "A batch of two: normalised values are near 1 and -1.", 0},
      {.N = 2, .D = 3, .K = 2, .block = 2, .normalised = 1, .strength = 0.5},
      "epsilon=0.125 alpha=0.125 steps=1 norm=l2 statistics=batch smoothing=0.03125",
      0},
     0.125},
    {{{"one_sample", "trajectory", "ADV-03",
       "One sample is no batch, and needs none in evaluation mode.", 0},
      {.N = 1, .D = 3, .K = 2, .block = 2, .normalised = 1, .strength = 0.5},
      "epsilon=0.125 alpha=0.0625 steps=2",
      0},
     0.125},
    {{{"no_momentum", "trajectory", "ADV-03",
       "Momentum 0: training mode that leaves the running statistics.", 0},
      FLAT,
      "epsilon=0.125 alpha=0.125 steps=1 norm=l2 statistics=batch momentum=0",
      0},
     0.125},
    {{{"many_blocks", "trajectory", "ADV-03 DST-01 DST-02",
       "13 samples in blocks of 2: one machine's statistics would show.", 0},
      {.N = 13, .D = 2, .K = 2, .block = 2, .normalised = 1, .strength = 0.5},
      "epsilon=0.125 alpha=0.0625 steps=2 norm=l2 statistics=batch",
      0},
     0.125},
};

static const struct refusal refusals[] = {
    {"batch_of_one", "one_sample", CHOICE_SET, "statistics", 0, "batch",
     .why = "One value has no variance."},
    {"variance_negative", "one_sample", ELEMENT_SET, "running_variance", -0.125,
     .why = "It has no root."},
    {"smoothing_0", "one_sample", NUMBER_SET, "smoothing", 0, .why = "Constant features: 0 / 0."},
    {"momentum_above_1", "one_sample", NUMBER_SET, "momentum", 1.5, .why = "It weighs."},
    {"gamma_missing", "one_sample", INPUT_GONE, "gamma", .why = "It belongs to the model."},
    {"running_mean_short", "one_sample", INPUT_SHORTER, "running_mean",
     .why = "A feature without a mean."},
};

/* The statistics in place of the model's own normalisation. */
static void add_statistics(struct assay_case *test, size_t D, double gap)
{
    case_uniform(test, "gamma", DIMS(D), 0.75, 1.25);
    case_uniform(test, "beta", DIMS(D), -0.25, 0.25);
    case_uniform(test, "running_mean", DIMS(D), 0.375 + gap, 0.5 + gap);
    case_uniform(test, "running_variance", DIMS(D), 0.046875, 0.09375);
}

void attack_with_batch_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct victim_row row = rows[i].like;
        row.setting.normalised = 2; /* as a normalised model, whose inputs are given elsewhere */
        struct assay_case *test = victim_add(list, &row);
        add_statistics(test, row.setting.D, rows[i].gap);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
