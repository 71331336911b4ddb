// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* S steps on P parameters; what is not stated is the default. */
struct setting {
    size_t S, P;
    double lambda, l2;
    int fista, nonnegative, dyadic, ties;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"ista", "bounded", "REG-02 REG-19",
      "Several steps at changing rates; about a third of the weights is 0 after each.", 0},
     {.S = 4, .P = 17, .lambda = 3}},
    {{"fista", "bounded", "REG-02",
      "The extrapolation parts from plain steps from the second one on.", 0},
     {.S = 5, .P = 13, .lambda = 2, .fista = 1}},
    {{"nonnegative", "bounded", "REG-02", "Negative values are cut off, however large.", 0},
     {.S = 3, .P = 19, .lambda = 2, .nonnegative = 1}},
    {{"proximal_elastic_net", "bounded", "REG-02 REG-03",
      "A ridge part divides what is left by 1 + rate l2.", 0},
     {.S = 3, .P = 15, .lambda = 2, .l2 = 3}},
    {{"fista_elastic_net", "bounded", "REG-02 REG-03",
      "Ridge part, extrapolation and no negative values.", 0},
     {.S = 4, .P = 11, .lambda = 1, .l2 = 2, .fista = 1, .nonnegative = 1}},
    {{"no_penalty", "bounded", "REG-02", "lambda 0 is a gradient step.", 0}, {.S = 2, .P = 9}},
    {{"everything_small", "bounded", "REG-02",
      "A penalty just below the largest value: nearly all weights end at exactly 0.", 0},
     {.S = 2, .P = 24, .lambda = 9}},
    {{"one_weight", "bounded", "REG-02", "The smallest case.", 0}, {.S = 1, .P = 1, .lambda = 0.5}},
    {{"many_parameters", "bounded", "REG-02 REG-19 DST-08",
      "401 parameters: no rank count divides them.", 0},
     {.S = 1, .P = 401, .lambda = 3}},
    {{"exact", "exact", "REG-02 DST-02",
      "Rate 1/4, whole gradients: zeros and survivors to the last bit.", 0},
     {.S = 4, .P = 31, .lambda = 2, .dyadic = 1}},
    {{"at_the_threshold", "exact", "REG-02", "Values that equal the threshold become 0.", 0},
     {.S = 1, .P = 12, .lambda = 2, .dyadic = 1, .ties = 1}},
    /* clang-format on */
};

static void fill(struct assay_case *test, const struct setting *is)
{
    static const double rates[] = {0.2, 0.1, 0.3, 0.15, 0.25};
    case_number(test, "lambda", is->lambda);
    if (is->l2 > 0)
        case_number(test, "l2", is->l2);
    if (is->fista)
        case_choice(test, "acceleration", "fista");
    if (is->nonnegative)
        case_choice(test, "nonnegative", "yes");
    if (is->dyadic) {
        case_dyadic(test, "w", DIMS(is->P), -4, 4, 0.5);
        case_dyadic(test, "g", DIMS(is->S, is->P), -6, 6, 1);
        case_constant(test, "rate", DIMS(is->S), 0.25);
    } else {
        case_signed(test, "w", DIMS(is->P), 0.25, 3);
        case_signed(test, "g", DIMS(is->S, is->P), 0.5, 4);
        case_values(test, "rate", DIMS(is->S), rates);
    }
    double *w = case_input(test, "w"), *g = case_input(test, "g");
    for (size_t p = 0; is->ties && p < is->P; p++) {
        w[p] = (p % 2 ? -1.0 : 1.0) * (p % 3 == 2 ? 2 : 0.5);
        g[p] = 0;
    }
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"lambda_negative", "ista", NUMBER_SET, "lambda", -3, NULL, 0,
     "A negative threshold pushes every weight away from 0."},
    {"lambda_missing", "ista", NUMBER_GONE, "lambda", 0, NULL, 0,
     "There is no strength that everybody would take for granted."},
    {"l2_negative", "proximal_elastic_net", NUMBER_SET, "l2", -3, NULL, 0,
     "1 + rate l2 can be 0 or negative: weights change their signs."},
    {"rate_negative", "ista", ELEMENT_SET, "rate", -0.3, NULL, 2,
     "A negative rate goes uphill and makes the threshold negative, in one step of four."},
    {"rates_short", "ista", INPUT_SHORTER, "rate", 0, NULL, 0,
     "The last step has no rate."},
    {"gradient_short", "fista", INPUT_SHORTER, "g", 0, NULL, 1,
     "A gradient of fewer weights: read on, it belongs to others from the second step on."},
    {"acceleration_unknown", "fista", CHOICE_SET, "acceleration", 0, "heavy_ball", 0,
     "Plain steps instead would pass for slow convergence."},
    {"nonnegative_unknown", "nonnegative", CHOICE_SET, "nonnegative", 0, "maybe", 0,
     "Half of the weights hang on it."},
    /* clang-format on */
};

void proximal_l1_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        fill(case_add(list, &rows[i].head), &rows[i].is);
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
