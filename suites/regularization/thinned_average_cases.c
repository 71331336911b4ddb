// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* N samples, I inputs, O outputs, blocks of `block` masks; `range` is that of the weights. */
struct setting {
    size_t N, I, O, block;
    double p, range;
    const char *activation, *argument;
    int dyadic;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"linear", "bounded", "REG-10 ENS-09",
      "For a linear layer weight scaling is the exact average.", 0},
     {.N = 3, .I = 5, .O = 2, .block = 4, .p = 0.3, .range = 1}},
    {{"softmax", "bounded", "REG-10 ENS-09",
      "For softmax weight scaling is the normalised geometric mean, and not the arithmetic one.",
       0},
     {.N = 3, .I = 5, .O = 4, .block = 4, .p = 0.3, .range = 2, .activation = "softmax"}},
    {{"sigmoid", "bounded", "REG-10 ENS-09",
      "Behind a sigmoid weight scaling only approximates the average.", 0},
     {.N = 4, .I = 6, .O = 3, .block = 8, .p = 0.4, .range = 3, .activation = "sigmoid"}},
    {{"tanh", "bounded", "REG-10", "The same behind a tanh.", 0},
     {.N = 4, .I = 4, .O = 3, .block = 2, .p = 0.25, .range = 2, .activation = "tanh"}},
    {{"relu", "bounded", "REG-10", "The average of a relu is above the relu of the average.", 0},
     {.N = 3, .I = 5, .O = 3, .block = 4, .p = 0.6, .range = 2, .activation = "relu"}},
    {{"eight_units", "bounded", "REG-10", "All 256 networks of eight units at the rate 1/2.", 0},
     {.N = 2, .I = 8, .O = 3, .block = 16, .p = 0.5, .range = 1.5, .activation = "softmax"}},
    {{"typical_rate", "bounded", "REG-05 REG-10",
      "Rate 0.2, where the rate and its complement differ fourfold.", 0},
     {.N = 2, .I = 6, .O = 2, .block = 8, .p = 0.2, .range = 2, .activation = "sigmoid"}},
    {{"keep_probability", "bounded", "REG-10", "The probability to survive is given.", 0},
     {.N = 2, .I = 4, .O = 3, .block = 2, .p = 0.8, .range = 2, .activation = "softmax",
      .argument = "keep"}},
    {{"nothing_dropped", "bounded", "REG-10", "Rate 0: one network has all the weight.", 0},
     {.N = 2, .I = 3, .O = 2, .block = 2, .p = 0, .range = 2, .activation = "sigmoid"}},
    {{"one_unit", "bounded", "REG-10", "One input: two networks, with and without it.", 0},
     {.N = 1, .I = 1, .O = 3, .block = 1, .p = 0.3, .range = 2, .activation = "softmax"}},
    {{"exact_linear", "exact", "REG-10 DST-02",
      "Rate 1/2 and whole data: the average is exact in any order.", 0},
     {.N = 3, .I = 4, .O = 3, .block = 2, .p = 0.5, .dyadic = 1}},
    {{"exact_relu", "exact", "REG-10", "Rate 1/4 behind a relu, exact as well.", 0},
     {.N = 2, .I = 3, .O = 2, .block = 2, .p = 0.25, .dyadic = 1, .activation = "relu"}},
    /* clang-format on */
};

static const struct refusal impossible[] = {
    /* clang-format off */
    {"p_above_one", "linear", NUMBER_SET, "p", 1.25, NULL, 0,
     "Negative weights of networks that still add up to 1."},
    {"p_negative", "linear", NUMBER_SET, "p", -0.25, NULL, 0,
     "Weights above 1 and below 0 that still add up to 1."},
    {"p_missing", "softmax", NUMBER_GONE, "p", 0, NULL, 0,
     "There is no rate that everybody would take for granted."},
    {"argument_unknown", "keep_probability", CHOICE_SET, "argument", 0, "retain", 0,
     "Rate or survival: the wrong guess weighs the networks the other way round."},
    {"activation_unknown", "sigmoid", CHOICE_SET, "activation", 0, "maxout", 0,
     "The identity instead would make scaling look exact."},
    {"weights_short", "linear", INPUT_SHORTER, "w", 0, NULL, 0,
     "A row of weights too few."},
    {"biases_short", "softmax", INPUT_SHORTER, "b", 0, NULL, 0,
     "A bias too few."},
    {"biases_missing", "linear", INPUT_GONE, "b", 0, NULL, 0,
     "Zero biases would be a guess."},
    /* clang-format on */
};

void thinned_average_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        case_number(test, "p", is->p);
        if (is->activation)
            case_choice(test, "activation", is->activation);
        if (is->argument)
            case_choice(test, "argument", is->argument);
        if (is->dyadic) {
            case_dyadic(test, "x", DIMS(is->N, is->I), -4, 4, 1);
            case_dyadic(test, "w", DIMS(is->I, is->O), -4, 4, 1);
            case_dyadic(test, "b", DIMS(is->O), -1.5, 1.5, 1);
        } else {
            case_signed(test, "x", DIMS(is->N, is->I), 0.5, 1.5);
            case_signed(test, "w", DIMS(is->I, is->O), 0.25, is->range);
            case_signed(test, "b", DIMS(is->O), 0.25, 1);
        }
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
