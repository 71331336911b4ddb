// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* P weights in blocks of `block`; `first` and `second` are l1 and l2, or lambda and ratio. */
struct setting {
    size_t P, block;
    double first, second;
    int ratio, dyadic, zeros;
    double upstream;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"separate", "bounded", "REG-01 REG-02 REG-03", "Keras's form: two strengths, no half.", 0},
     {.P = 11, .block = 4, .first = 0.3, .second = 0.2}},
    {{"ratio", "bounded", "REG-02 REG-03", "scikit-learn's form: strength and share, with a half.",
      0},
     {.P = 11, .block = 4, .first = 0.7, .second = 0.3, .ratio = 1}},
    {{"only_l1", "bounded", "REG-02", "Ratio 1 is the L1 penalty.", 0},
     {.P = 9, .block = 2, .first = 0.6, .second = 1, .ratio = 1}},
    {{"only_l2", "bounded", "REG-03", "Ratio 0 is half of the L2 penalty.", 0},
     {.P = 9, .block = 2, .first = 0.6, .second = 0, .ratio = 1}},
    {{"upstream", "bounded", "REG-02 REG-03", "An upstream gradient scales both parts.", 0},
     {.P = 13, .block = 4, .first = 0.7, .second = 0.8, .ratio = 1, .upstream = -2.5}},
    {{"one_weight", "bounded", "REG-02 REG-03", "The smallest case.", 0},
     {.P = 1, .block = 4, .first = 0.7, .second = 0.1}},
    {{"many_blocks", "bounded", "REG-02 REG-03 DST-08",
      "131 weights in 17 blocks of 8, the last short.", 0},
     {.P = 131, .block = 8, .first = 0.01, .second = 0.02}},
    {{"layer", "bounded", "REG-02 REG-03", "A layer of 301 weights.", 0},
     {.P = 301, .block = 64, .first = 0.001, .second = 0.5, .ratio = 1}},
    {{"zeros", "exact", "REG-02 REG-03", "At 0 neither part pulls.", 0},
     {.P = 21, .block = 4, .first = 0.5, .second = 0.25, .dyadic = 1, .zeros = 1, .upstream = 2}},
    {{"exact_ratio", "exact", "REG-02 REG-03 DST-02", "Strength 1/2 and share 1/4: no rounding.",
      0},
     {.P = 29, .block = 4, .first = 0.5, .second = 0.25, .ratio = 1, .dyadic = 1}},
    /* clang-format on */
};

static const struct refusal impossible[] = {
    /* clang-format off */
    {"ratio_above_one", "ratio", NUMBER_SET, "ratio", 1.25, NULL, 0,
     "A share above 1 pays for large squares with a negative strength."},
    {"ratio_negative", "ratio", NUMBER_SET, "ratio", -0.25, NULL, 0,
     "A negative share pays for large magnitudes."},
    {"lambda_negative", "ratio", NUMBER_SET, "lambda", -0.5, NULL, 0,
     "A negative strength pays for large weights."},
    {"l1_negative", "separate", NUMBER_SET, "l1", -0.25, NULL, 0,
     "A negative strength of the magnitudes pushes weights away from 0."},
    {"l2_negative", "separate", NUMBER_SET, "l2", -0.25, NULL, 0,
     "A negative strength of the squares makes weights grow."},
    {"l2_missing", "separate", NUMBER_GONE, "l2", 0, NULL, 0,
     "One of two strengths: 0 for the other would be a guess."},
    {"lambda_missing", "ratio", NUMBER_GONE, "lambda", 0, NULL, 0,
     "A share of nothing that is stated."},
    {"form_unknown", "ratio", CHOICE_SET, "form", 0, "product", 0,
     "Each form reads other numbers."},
    /* clang-format on */
};

void elastic_net_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        case_number(test, is->ratio ? "lambda" : "l1", is->first);
        case_number(test, is->ratio ? "ratio" : "l2", is->second);
        if (is->ratio)
            case_choice(test, "form", "ratio");
        if (is->dyadic)
            case_dyadic(test, "w", DIMS(is->P), 0.5, 8, 0.5);
        else
            case_signed(test, "w", DIMS(is->P), 0.25, 3);
        double *w = case_input(test, "w");
        for (size_t p = 0; is->dyadic && p < is->P; p++)
            w[p] = is->zeros && p % 4 == 1 ? 0 : p % 3 ? -w[p] : w[p];
        case_constant(test, "dpenalty", SCALAR, is->upstream == 0 ? 1 : is->upstream);
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
