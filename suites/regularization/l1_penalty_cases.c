// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, DYADIC, WITH_ZEROS, MAGNITUDES };

/* P weights in blocks of `block`; what is not stated is the default. */
struct setting {
    size_t P, block;
    double lambda, samples, upstream, slope_at_zero;
    enum data data;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "REG-01 REG-02", "Weights of both signs, none of size 1.", 0},
     {.P = 11, .block = 4, .lambda = 0.01}},
    {{"upstream", "bounded", "REG-02", "A negative upstream gradient turns every sign around.", 0},
     {.P = 9, .block = 2, .lambda = 0.3, .upstream = -2.5}},
    {{"divided", "bounded", "REG-01 REG-02", "Divided by 20 samples, in value and gradient.", 0},
     {.P = 14, .block = 4, .lambda = 0.3, .samples = 20}},
    {{"magnitudes", "bounded", "REG-02",
      "Weights from 1e-4 to 1e3 have gradients of one size: that is why small ones vanish.", 0},
     {.P = 30, .block = 4, .lambda = 0.05, .data = MAGNITUDES, .upstream = 1.5}},
    {{"one_weight", "bounded", "REG-02", "The smallest case.", 0},
     {.P = 1, .block = 4, .lambda = 0.7}},
    {{"many_blocks", "bounded", "REG-02 DST-08",
      "131 weights in 17 blocks of 8, the last of them short.", 0},
     {.P = 131, .block = 8, .lambda = 0.03}},
    {{"layer", "bounded", "REG-02", "A layer of 403 weights.", 0},
     {.P = 403, .block = 64, .lambda = 0.001}},
    {{"zeros", "exact", "REG-02",
      "Every third weight is 0 or -0, and its gradient is 0 by the default convention.", 0},
     {.P = 18, .block = 4, .lambda = 0.5, .data = WITH_ZEROS}},
    {{"zeros_pushed_up", "exact", "REG-02", "The subgradient 1 at 0, as in code that says w >= 0.",
      0},
     {.P = 18, .block = 4, .lambda = 0.5, .data = WITH_ZEROS, .slope_at_zero = 1}},
    {{"zeros_between", "exact", "REG-02", "The subgradient -1/2 at 0.", 0},
     {.P = 18, .block = 4, .lambda = 0.5, .data = WITH_ZEROS, .slope_at_zero = -0.5, .samples = 4}},
    {{"exact", "exact", "REG-02 DST-02", "Halves and lambda 1/4: no rounding in any order.", 0},
     {.P = 37, .block = 4, .lambda = 0.25, .data = DYADIC, .upstream = 2}},
    /* clang-format on */
};

static void fill_weights(struct assay_case *test, const struct setting *is)
{
    static const double magnitude[] = {1e-4, 1e-2, 1, 30, 1000};
    if (is->data == DYADIC || is->data == WITH_ZEROS)
        case_dyadic(test, "w", DIMS(is->P), 0.5, 8, 0.5);
    else
        case_signed(test, "w", DIMS(is->P), 0.25, 2);
    double *w = case_input(test, "w");
    for (size_t i = 0; i < is->P; i++) {
        if (is->data == MAGNITUDES)
            w[i] = (float)(w[i] * magnitude[i % 5]);
        else if (is->data != RANDOM && i % 2)
            w[i] = -w[i];
        if (is->data == WITH_ZEROS && i % 3 == 0)
            w[i] = i % 2 ? -0.0 : 0.0;
    }
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"lambda_negative", "ordinary", NUMBER_SET, "lambda", -0.5, NULL, 0,
     "A negative strength pays for large weights, and training diverges slowly."},
    {"lambda_missing", "ordinary", NUMBER_GONE, "lambda", 0, NULL, 0,
     "There is no strength that everybody would take for granted."},
    {"no_samples", "divided", NUMBER_SET, "samples", 0, NULL, 0,
     "Divided by no samples, the penalty is infinite."},
    {"samples_negative", "divided", NUMBER_SET, "samples", -20, NULL, 0,
     "A negative count turns the penalty into a reward."},
    {"no_subgradient", "zeros_pushed_up", NUMBER_SET, "slope_at_zero", 1.5, NULL, 0,
     "3/2 is not a slope of |w| anywhere: zeros would be pushed harder than other weights."},
    {"weights_missing", "ordinary", INPUT_GONE, "w", 0, NULL, 0,
     "No weights to penalise; 0 would look like success."},
    /* clang-format on */
};

void l1_penalty_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        case_number(test, "lambda", is->lambda);
        if (is->samples > 0)
            case_number(test, "samples", is->samples);
        if (is->slope_at_zero != 0)
            case_number(test, "slope_at_zero", is->slope_at_zero);
        fill_weights(test, is);
        case_constant(test, "dpenalty", SCALAR, is->upstream == 0 ? 1 : is->upstream);
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
