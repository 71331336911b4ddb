// SPDX-License-Identifier: MIT
#include "victim_cases.h"

/* What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    struct victim_setting victim;
    double rounds, lambda, period;
    const char *schedule, *value, *labels_by, *box;
} rows[] = {
    {{"one_round", "trajectory", "",
      "Twice as many samples: the slope of the label's own output, labels from the oracle.", 0},
     {.N = 5, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .rounds = 1},
    {{"two_rounds", "trajectory", "",
      "Children have children, with the oracle's label and not with their ancestor's.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .rounds = 2,
     .lambda = 0.25},
    {{"alternating", "trajectory", "", "The sign turns every second round.", 0},
     {.N = 2, .D = 2, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .rounds = 3,
     .lambda = 0.0625,
     .period = 2,
     .schedule = "alternating"},
    {{"alternating_every", "trajectory", "", "The sign turns every round, and back again.", 0},
     {.N = 2, .D = 2, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .rounds = 3,
     .lambda = 0.0625,
     .period = 1,
     .schedule = "alternating"},
    {{"once", "trajectory", "", "Backwards in the first round, forwards in both others.", 0},
     {.N = 2, .D = 2, .H = 4, .K = 3, .block = 1, .activation = "tanh"},
     .rounds = 3,
     .lambda = 0.0625,
     .period = 1,
     .schedule = "once"},
    {{"probabilities", "trajectory", "",
      "Slopes of probabilities: other signs than those of logits.", 0},
     {.N = 4, .D = 4, .H = 4, .K = 3, .block = 2, .activation = "tanh"},
     .rounds = 2,
     .lambda = 0.125,
     .value = "probabilities"},
    {{"labels_of_parents", "trajectory", "", "Nobody is asked.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "relu"},
     .rounds = 2,
     .lambda = 0.25,
     .labels_by = "parent"},
    {{"cut", "trajectory", "", "Corners next to the border: children end there.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh", .corner = 0.375},
     .rounds = 2,
     .lambda = 0.3125},
    {{"not_cut", "trajectory", "", "The same without a box.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 2, .activation = "tanh", .corner = 0.375},
     .rounds = 2,
     .lambda = 0.3125,
     .box = "none"},
    {{"normalised_backwards", "trajectory", "", "Raw units, and a lambda below 0.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 2, .block = 2, .activation = "tanh", .normalised = 1},
     .rounds = 2,
     .lambda = -0.125},
    {{"one_sample", "trajectory", "", "A linear model: the signs of its weights.", 0},
     {.N = 1, .D = 2, .K = 2},
     .rounds = 1},
};

static const struct refusal refusals[] = {
    {"lambda_zero", "one_sample", NUMBER_SET, "lambda", 0, .why = "Children like their parents."},
    {"period_zero", "one_sample", NUMBER_SET, "period", 0, .why = "r / 0."},
    {"no_round", "one_sample", NUMBER_SET, "rounds", 0, .why = "No augmentation."},
    {"label_beyond", "one_sample", ELEMENT_SET, "labels", 2, .why = "Of two classes."},
    {"oracle_missing", "one_sample", INPUT_GONE, "oracle_w", .why = "Nobody to ask."},
};

void jacobian_augmentation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const numbers[] = {"rounds", "lambda", "period"};
        const double values[] = {row->rounds, row->lambda, row->period};
        const char *const names[] = {"schedule", "value", "labels_by", "box"};
        const char *const choices[] = {row->schedule, row->value, row->labels_by, row->box};
        size_t D = row->victim.D, K = row->victim.K;
        struct assay_case *test = case_add(list, &row->head);
        for (size_t k = 0; k < sizeof values / sizeof *values; k++)
            if (values[k] != 0)
                case_number(test, numbers[k], values[k]);
        for (size_t k = 0; k < sizeof choices / sizeof *choices; k++)
            if (choices[k])
                case_choice(test, names[k], choices[k]);
        victim_fill(test, &row->victim);
        if (row->labels_by)
            continue;
        case_signed(test, "oracle_w", DIMS(D, K), 0.25, 1);
        case_uniform(test, "oracle_b", DIMS(K), -1, 1);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
