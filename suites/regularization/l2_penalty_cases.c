// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, DYADIC, MAGNITUDES };

/* P weights and Q biases in blocks of `block`; what is not stated is the default. */
struct setting {
    size_t P, Q, block;
    double lambda, samples, upstream;
    int half, biases;
    enum data data;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"without_half", "bounded", "REG-01 REG-03",
      "Keras's form, lambda |w|^2: the gradient has the factor 2.", 0},
     {.P = 11, .Q = 3, .block = 4, .lambda = 0.01}},
    {{"with_half", "bounded", "REG-03",
      "Half of the square, so that the gradient is lambda w and nothing else.", 0},
     {.P = 11, .Q = 3, .block = 4, .lambda = 0.01, .half = 1}},
    {{"biases_included", "bounded", "REG-03",
      "Biases as large as the weights: leaving them out shows.", 0},
     {.P = 13, .Q = 5, .block = 4, .lambda = 0.05, .biases = 1}},
    {{"biases_included_half", "bounded", "REG-03",
      "Biases and half, with an upstream gradient that is not 1.", 0},
     {.P = 6, .Q = 9, .block = 2, .lambda = 0.05, .biases = 1, .half = 1, .upstream = -1.75}},
    {{"textbook_n", "bounded", "REG-03",
      "lambda / 2n with n = 50 samples: the textbook's and scikit-learn's form.", 0},
     {.P = 17, .block = 4, .lambda = 0.3, .samples = 50, .half = 1}},
    {{"activity", "bounded", "REG-01",
      "A penalty on the activities of a batch of 8: divided by the batch.", 0},
     {.P = 24, .block = 2, .lambda = 0.1, .samples = 8}},
    {{"lambda_of_c6", "bounded", "REG-03 REG-13",
      "lambda 0.001 on a kernel of 515 weights without biases: as in the regularised example.", 0},
     {.P = 515, .Q = 4, .block = 64, .lambda = 0.001}},
    {{"upstream", "bounded", "REG-03", "The loss is scaled by 3/4 after the penalty was added.", 0},
     {.P = 7, .block = 2, .lambda = 0.2, .upstream = 0.75}},
    {{"one_weight", "bounded", "REG-03", "The smallest case.", 0},
     {.P = 1, .block = 4, .lambda = 0.7}},
    {{"many_blocks", "bounded", "REG-03 DST-08",
      "131 weights in 17 blocks of 8, the last of them short.", 0},
     {.P = 131, .block = 8, .lambda = 0.03}},
    {{"magnitudes", "bounded", "REG-03",
      "Weights from 1e-4 to 1e3: the largest own the penalty, each has its own gradient.", 0},
     {.P = 40, .Q = 4, .block = 8, .lambda = 0.02, .data = MAGNITUDES, .biases = 1}},
    {{"exact", "exact", "REG-03 DST-02", "Whole weights and lambda 1/4: no rounding in any order.",
      0},
     {.P = 37, .Q = 5, .block = 4, .lambda = 0.25, .data = DYADIC, .biases = 1}},
    {{"exact_half", "exact", "REG-03", "The same with the half, and the biases spared.", 0},
     {.P = 37, .Q = 5, .block = 4, .lambda = 0.25, .data = DYADIC, .half = 1}},
    /* clang-format on */
};

static void fill_parameters(struct assay_case *test, const char *name, size_t n, enum data data)
{
    static const double magnitude[] = {1e-4, 1e-2, 1, 30, 1000};
    if (data == DYADIC) {
        case_dyadic(test, name, DIMS(n), -8, 8, 0.5);
        return;
    }
    case_signed(test, name, DIMS(n), 0.25, 2);
    double *w = case_input(test, name);
    for (size_t i = 0; data == MAGNITUDES && i < n; i++)
        w[i] = (float)(w[i] * magnitude[i % 5]);
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"lambda_negative", "with_half", NUMBER_SET, "lambda", -0.5, NULL, 0,
     "A negative strength makes weights grow exponentially."},
    {"lambda_missing", "without_half", NUMBER_GONE, "lambda", 0, NULL, 0,
     "There is no strength that everybody would take for granted."},
    {"no_samples", "textbook_n", NUMBER_SET, "samples", 0, NULL, 0,
     "Divided by no samples, the penalty is infinite."},
    {"samples_negative", "activity", NUMBER_SET, "samples", -8, NULL, 0,
     "A negative count turns the penalty into a reward."},
    {"half_unknown", "with_half", CHOICE_SET, "half", 0, "maybe", 0,
     "A factor of 2 in every gradient hangs on it."},
    {"biases_unknown", "biases_included", CHOICE_SET, "biases", 0, "frozen", 0,
     "Whether biases pay must not depend on a spelling."},
    {"weights_missing", "without_half", INPUT_GONE, "w", 0, NULL, 0,
     "No weights to penalise; 0 would look like success."},
    /* clang-format on */
};

void l2_penalty_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        case_number(test, "lambda", is->lambda);
        if (is->samples > 0)
            case_number(test, "samples", is->samples);
        if (is->half)
            case_choice(test, "half", "yes");
        if (is->biases)
            case_choice(test, "biases", "included");
        fill_parameters(test, "w", is->P, is->data);
        if (is->Q)
            fill_parameters(test, "b", is->Q, is->data);
        case_constant(test, "dpenalty", SCALAR, is->upstream == 0 ? 1 : is->upstream);
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
