// SPDX-License-Identifier: MIT
#include "loss_cases.h"

#include <string.h>

/* Probabilities are rows that add to about 1; one of `zeros` targets is 0, or with 1 all but the
 * diagonal. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *input, *target, *clip;
    double epsilon;
    size_t zeros;
} rows[] = {
    /* clang-format off */
    {{"conventions_stated", "bounded", "LOS-24",
      "The defaults stated.", 0},
     {.N = 7, .K = 4, .block = 2, .reduction = "mean_of_sums"}, .input = "logarithms",
      .target = "probabilities", .clip = "no"},
    {{"logarithmic_target", "bounded", "LOS-24",
      "Both are logarithms.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums"}, .target = "logarithms"},
    {{"logarithmic_target_mean", "bounded", "LOS-24",
      "Both are logarithms, and the mean is over all elements.", 0},
     {.N = 7, .K = 5, .block = 2, .dloss = -1.5}, .target = "logarithms"},
    {{"probabilities", "bounded", "LOS-24",
      "Both are probabilities: the slope is -p / q.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums"}, .input = "probabilities"},
    {{"probability_input", "bounded", "LOS-24",
      "The input is a probability, the target a logarithm.", 0},
     {.N = 7, .K = 4, .block = 2, .reduction = "sum"}, .input = "probabilities",
      .target = "logarithms"},
    {{"impossible_outcomes", "bounded", "LOS-24",
      "Every third outcome has probability 0: 0 log 0 is 0.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums"}, .zeros = 3},
    {{"impossible_outcomes_probabilities", "bounded", "LOS-24",
      "The same from probabilities.", 0},
     {.N = 9, .K = 4, .block = 2}, .input = "probabilities", .zeros = 3},
    {{"one_hot", "bounded", "LOS-24",
      "All outcomes but every fifth are impossible, as labels are.", 0},
     {.N = 8, .K = 5, .block = 2, .reduction = "mean_of_sums"}, .zeros = 1},
    {{"clipped", "bounded", "LOS-24",
      "Clipped to 1e-7, and every third target is below: it costs a little.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "sum", .dloss = 0.5}, .input = "probabilities",
      .clip = "yes", .zeros = 3},
    {{"clipped_wide", "bounded", "LOS-24",
      "epsilon 0.125 clips many of both; slopes of clipped inputs are 0.", 0},
     {.N = 9, .K = 4, .block = 2}, .input = "probabilities", .clip = "yes", .epsilon = 0.125},
    /* clang-format on */
};

static void rows_of_probabilities(struct assay_case *test, const char *name, size_t N, size_t K)
{
    case_uniform(test, name, DIMS(N, K), 0.1, 1);
    double *p = case_input(test, name);
    for (size_t n = 0; n < N; n++) {
        double sum = 0;
        for (size_t k = 0; k < K; k++)
            sum += p[n * K + k];
        for (size_t k = 0; k < K; k++)
            p[n * K + k] = (float)(p[n * K + k] / sum);
    }
}

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_uniform(test, "y", DIMS(N, K), -3, -0.25);
    rows_of_probabilities(test, "t", N, K);
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->loss.N, K = row->loss.K;
    if (row->input)
        case_choice(test, "input", row->input);
    if (row->target)
        case_choice(test, "target", row->target);
    if (row->clip)
        case_choice(test, "clip", row->clip);
    if (row->epsilon > 0)
        case_number(test, "epsilon", row->epsilon);
    if (row->input && strcmp(row->input, "probabilities") == 0)
        rows_of_probabilities(test, "y", N, K);
    else
        case_uniform(test, "y", DIMS(N, K), -3, -0.25);
    if (row->target && strcmp(row->target, "logarithms") == 0)
        case_uniform(test, "t", DIMS(N, K), -3, -0.25);
    else
        rows_of_probabilities(test, "t", N, K);
    double *t = case_input(test, "t");
    for (size_t i = 0; row->zeros > 0 && i < N * K; i++) {
        if (row->zeros > 1 ? i % row->zeros == 0 : i % K != i / K % K)
            t[i] = 0;
    }
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"target_negative", "ordinary", ELEMENT_SET, "t", -0.25, NULL, 4,
     "No probability is negative."},
    {"input_zero", "impossible_outcomes_probabilities", ELEMENT_SET, "y", 0, NULL, 3,
     "log 0, and nothing is clipped."},
    {"input_negative", "impossible_outcomes_probabilities", ELEMENT_SET, "y", -0.25, NULL, 35,
     "No probability is negative."},
    {"epsilon_zero", "clipped_wide", NUMBER_SET, "epsilon", 0, NULL, 0, "It must be above 0."},
    {"input_unknown", "clipped", CHOICE_SET, "input", 0, "unheard_of", 0,
     "There is no such convention."},
    {"target_unknown", "ordinary", CHOICE_SET, "target", 0, "unheard_of", 0,
     "There is no such convention."},
    {"clip_unknown", "clipped", CHOICE_SET, "clip", 0, "unheard_of", 0,
     "There is no such convention."},
    {"targets_short", "ordinary", INPUT_SHORTER, "t", 0, NULL, 1,
     "An outcome without its probability."},
    /* clang-format on */
};

void kullback_leibler_divergence_cases(struct case_list *list)
{
    loss_cases(list, "LOS-24", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
