// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#define GRADIENT "gradient_descent"

/* Two clouds around -centre and +centre in every feature, of this deviation, moved by `mean`. What
 * is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, D, S, block;
    const char *solver;
    double centre, rate, l2;
    const char *reduction, *penalty;
    double mean;
    int start, negative, unbalanced;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "trajectory", "FND-07 FND-08",
      "Clouds that overlap, gradient descent from zero, everything unstated.", 0},
     15, 3, 4, 4, .centre = 0.5},
    {{"from_zero_probabilities_are_half", "trajectory", "FND-08",
      "One step: all probabilities are 1/2, so the step shows the residuals alone.", 0},
     9, 2, 1, 2, .centre = 0.5, .unbalanced = 1},
    {{"gradient_descent_stated", "trajectory", "FND-08 OPT-02", "The defaults stated.", 0},
     14, 2, 3, 2, GRADIENT, .centre = 0.5, .rate = 1, .l2 = 0.0625, .reduction = "mean",
     .penalty = "weights"},
    {{"small_rate", "trajectory", "FND-08", "A rate that is not 1.", 0},
     14, 2, 5, 2, GRADIENT, .centre = 0.5, .rate = 0.1},
    {{"sum_of_losses", "trajectory", "FND-08 LOS-07",
      "The sum over samples: steps are N times as long.", 0},
     14, 2, 4, 2, GRADIENT, .centre = 0.5, .rate = 0.02, .reduction = "sum"},
    {{"penalised", "trajectory", "FND-08 REG-03",
      "A penalty on the weights, not on the bias, which is far from 0.", 0},
     17, 3, 4, 4, GRADIENT, .centre = 0.5, .rate = 0.5, .l2 = 0.25, .start = 1},
    {{"bias_penalised", "trajectory", "FND-08 REG-03", "The same with the bias penalised.", 0},
     17, 3, 4, 4, GRADIENT, .centre = 0.5, .rate = 0.5, .l2 = 0.25, .penalty = "all", .start = 1},
    {{"sum_penalised", "trajectory", "FND-08 REG-03",
      "The penalty stands beside the sum: it is not multiplied by N.", 0},
     17, 3, 4, 4, GRADIENT, .centre = 0.5, .rate = 0.05, .l2 = 0.5, .reduction = "sum", .start = 1},
    {{"start_given", "trajectory", "FND-07 FND-08", "Weights and bias that do not start at 0.", 0},
     12, 4, 3, 2, GRADIENT, .centre = 0.5, .rate = 0.5, .start = 1},
    {{"negative_labels", "trajectory", "FND-08",
      "Labels -1 and 1: a label below 0 means y = 0.", 0},
     13, 3, 3, 2, GRADIENT, .centre = 0.5, .rate = 0.5, .negative = 1},
    {{"one_sample", "trajectory", "FND-08", "One sample, one feature.", 0},
     1, 1, 3, 4, GRADIENT, .centre = 1, .rate = 1, .start = 1},
    {{"separable", "trajectory", "FND-08",
      "Clouds far apart: no minimum, weights grow, losses become tiny and must keep digits.", 0},
     16, 2, 5, 2, GRADIENT, .centre = 3, .rate = 2},
    {{"features_not_centred", "trajectory", "FND-08 NRM-13",
      "Features around 3: net inputs of one sign, probabilities near 1.", 0},
     14, 2, 4, 2, GRADIENT, .centre = 0.5, .rate = 1, .mean = 3},
    {{"newton", "trajectory", "FND-08",
      "Newton's steps from zero: four of them reach the minimum.", 0},
     24, 3, 4, 4, "newton", .centre = 0.5},
    {{"newton_unbalanced", "trajectory", "FND-08 IMB-10",
      "One sample in four of class 1: the bias has far to go.", 0},
     24, 2, 5, 2, "newton", .centre = 0.25, .unbalanced = 1},
    {{"newton_damped", "trajectory", "FND-08", "Half of Newton's step each time.", 0},
     21, 2, 4, 2, "newton", .centre = 0.5, .rate = 0.5},
    {{"newton_penalised", "trajectory", "FND-08 REG-03",
      "The penalty is in the gradient and in the Hessian, and not of the bias.", 0},
     21, 3, 4, 4, "newton", .centre = 0.5, .rate = 1, .l2 = 0.125, .start = 1},
    {{"newton_bias_penalised", "trajectory", "FND-08 REG-03", "The same with the bias.", 0},
     21, 3, 4, 4, "newton", .centre = 0.5, .rate = 1, .l2 = 0.125, .penalty = "all", .start = 1},
    {{"newton_sum", "trajectory", "FND-08",
      "The sum over samples with a penalty: without one, Newton's step would not depend on it.",
      0},
     21, 3, 3, 4, "newton", .centre = 0.5, .rate = 1, .l2 = 0.5, .reduction = "sum", .start = 1},
    {{"newton_separable", "trajectory", "FND-08 REG-03",
      "Clouds far apart, where only the penalty keeps the Hessian definite.", 0},
     16, 2, 5, 2, "newton", .centre = 2, .rate = 1, .l2 = 0.03125},
    {{"newton_one_feature", "trajectory", "FND-08", "A threshold on a line: a 2 by 2 system.", 0},
     19, 1, 4, 2, "newton", .centre = 0.5},
    {{"wide", "trajectory", "FND-08", "37 features, which no vector width divides.", 0},
     23, 37, 2, 4, GRADIENT, .centre = 0.25, .rate = 0.25},
    {{"newton_nine_features", "trajectory", "FND-08", "A system of ten unknowns.", 0},
     43, 9, 2, 4, "newton", .centre = 0.25, .rate = 1, .l2 = 0.0625},
    {{"uneven_blocks", "trajectory", "FND-08 DST-02 DST-08",
      "67 samples in blocks of 8: the last is short, so a mean of means is wrong.", 0},
     67, 3, 3, 8, GRADIENT, .centre = 0.5, .rate = 1},
    {{"newton_many_blocks", "trajectory", "FND-08 DST-02",
      "31 blocks of 2 samples: more blocks than ranks, for the Hessian too.", 0},
     61, 3, 3, 2, "newton", .centre = 0.5},
    /* clang-format on */
};

static int label_of(const struct row *row, size_t n)
{
    return row->unbalanced ? n % 4 == 1 : (n * n + n / 3) % 5 < 2;
}

static void fill(struct assay_case *test, const struct row *row)
{
    case_normal(test, "x", DIMS(row->N, row->D), row->mean, 1);
    case_labels(test, "labels", row->N, 2);
    double *x = case_input(test, "x"), *labels = case_input(test, "labels");
    for (size_t n = 0; n < row->N; n++) {
        int label = label_of(row, n);
        labels[n] = !label && row->negative ? -1 : label;
        for (size_t d = 0; d < row->D; d++)
            x[n * row->D + d] = (float)(x[n * row->D + d] + (label ? 1 : -1) * row->centre);
    }
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"label_of_two", "ordinary", ELEMENT_SET, "labels", 2, NULL, 3,
     "A class 2: above 0 it would count as 1, and a third class would be learnt as the second."},
    {"no_steps", "small_rate", NUMBER_SET, "steps", 0, NULL, 0,
     "No step: the weights at the start would pass for trained ones."},
    {"steps_missing", "ordinary", NUMBER_GONE, "steps", 0, NULL, 0,
     "How long to train is no matter of taste here."},
    {"rate_negative", "small_rate", NUMBER_SET, "rate", -0.1, NULL, 0,
     "A negative rate climbs: the loss of the first step is still right."},
    {"l2_negative", "penalised", NUMBER_SET, "l2", -0.25, NULL, 0,
     "A negative penalty makes weights grow and the Hessian indefinite."},
    {"solver_unknown", "newton", CHOICE_SET, "solver", 0, "lbfgs", 0,
     "Gradient descent instead needs a thousand steps for four."},
    {"reduction_unknown", "sum_of_losses", CHOICE_SET, "reduction", 0, "median", 0,
     "A factor of N in every step hangs on it."},
    {"penalty_unknown", "bias_penalised", CHOICE_SET, "penalty", 0, "bias", 0,
     "Whether the bias pays must not depend on a spelling."},
    /* clang-format on */
};

void logistic_regression_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        case_number(test, "steps", (double)row->S);
        if (row->rate != 0)
            case_number(test, "rate", row->rate);
        if (row->l2 != 0)
            case_number(test, "l2", row->l2);
        const char *const choices[][2] = {
            {"solver", row->solver}, {"reduction", row->reduction}, {"penalty", row->penalty}};
        for (size_t k = 0; k < sizeof choices / sizeof *choices; k++) {
            if (choices[k][1])
                case_choice(test, choices[k][0], choices[k][1]);
        }
        fill(test, row);
        if (row->start) {
            case_uniform(test, "w", DIMS(row->D), -1, 1);
            case_uniform(test, "b", SCALAR, 0.5, 1.5);
        }
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
