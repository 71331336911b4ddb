// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#include <string.h>

enum mode { BACKWARD, FORWARD, DATA };

/* N samples, I inputs, O units; epsilon < 0: not stated; size: of the elements of v. */
static const struct row {
    struct case_head head;
    size_t N, I, O, block;
    const char *axis;
    enum mode mode;
    int no_bias;
    double size, epsilon;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-21", "Sizes that all differ, nothing stated: a g for every unit.",
      0},
     5, 4, 3, 2, NULL, BACKWARD, 0, 1, -1},
    {{"one_weight", "bounded", "", "One weight: w is g and the sign of v, and dv is 0.", 0},
     2, 1, 1, 1, NULL, FORWARD, 0, 1, -1},
    {{"square", "bounded", "", "As many inputs as units: a norm along the other axis fits.", 0},
     5, 4, 4, 2, "output", BACKWARD, 0, 1, -1},
    {{"by_input", "bounded", "", "A g for every input.", 0},
     5, 4, 3, 2, "input", BACKWARD, 0, 1, -1},
    {{"by_input_square", "bounded", "", "The same, square.", 0},
     4, 4, 4, 2, "input", BACKWARD, 0, 1, -1},
    {{"whole", "bounded", "", "One g for all weights.", 0},
     5, 3, 4, 2, "whole", BACKWARD, 0, 1, -1},
    {{"no_bias", "bounded", "", "Without a bias: db is still the sum of dy.", 0},
     4, 3, 2, 2, NULL, BACKWARD, 1, 1, -1},
    {{"long_directions", "bounded", "", "v of size 1000: dv is a thousand times smaller.", 0},
     4, 5, 2, 2, NULL, BACKWARD, 0, 1000, -1},
    {{"short_directions", "bounded", "", "v of size 1/16: dv is sixteen times larger.", 0},
     4, 5, 2, 2, NULL, BACKWARD, 0, 0.0625, -1},
    {{"wide", "bounded", "", "37 inputs, which no vector width divides.", 0},
     3, 37, 2, 2, NULL, BACKWARD, 0, 0.25, -1},
    {{"forward_only", "bounded", "", "Without an upstream gradient: w and y.", 0},
     3, 4, 2, 2, "whole", FORWARD, 0, 1, -1},
    {{"many_blocks", "bounded", "DST-08", "23 samples in blocks of 2, the last one short.", 0},
     23, 3, 2, 2, NULL, BACKWARD, 0, 1, -1},
    {{"first_batch", "bounded", "", "g and b follow from the data: mean 0, deviation 1.", 0},
     9, 4, 3, 2, NULL, DATA, 0, 2, -1},
    {{"first_batch_epsilon", "bounded", "", "The same with epsilon beside the variance.", 0},
     7, 3, 2, 2, "output", DATA, 0, 0.5, 0.5},
    {{"first_batch_blocks", "bounded", "DST-08", "The data of all ranks, not of one.", 0},
     21, 2, 3, 2, NULL, DATA, 0, 3, 0},
    {{"first_batch_small", "bounded", "",
      "Two samples: dividing by N - 1 would halve the variance.", 0},
     2, 3, 2, 1, NULL, DATA, 0, 1, 0},
    {{"exact", "exact", "", "Four weights of one size: norms are powers of two.", 0},
     4, 4, 3, 2, NULL, BACKWARD, 0, 0, -1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "one_weight", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to multiply."},
    {"no_directions", "one_weight", INPUT_GONE, "v", 0, NULL, 0, "No weights."},
    {"no_lengths", "one_weight", INPUT_GONE, "g", 0, NULL, 0, "Directions alone."},
    {"zero_direction", "one_weight", ELEMENT_SET, "v", 0, NULL, 0, "0 / 0."},
    {"fewer_lengths", "forward_only", INPUT_SHORTER, "v", 0, NULL, 0, "v and x disagree."},
    {"epsilon_negative", "first_batch_small", NUMBER_SET, "epsilon", -0.5, NULL, 0,
     "A negative variance."},
    {"data_by_input", "first_batch_epsilon", CHOICE_SET, "axis", 0, "input", 0,
     "Data tell the deviation of units, not of inputs."},
    {"unknown_axis", "one_weight", CHOICE_SET, "axis", 0, "both", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_start", "one_weight", CHOICE_SET, "start", 0, "whatever", 0,
     "The same of the start."},
    /* clang-format on */
};

static void fill(struct assay_case *test, const struct row *is)
{
    const char *axis = is->axis ? is->axis : "output";
    struct dims g = strcmp(axis, "output") == 0  ? DIMS(is->O)
                    : strcmp(axis, "input") == 0 ? DIMS(is->I)
                                                 : SCALAR;
    int exact = strcmp(is->head.tier, "exact") == 0;
    double size = exact ? 2 : is->size;
    if (exact)
        case_dyadic(test, "x", DIMS(is->N, is->I), -2, 2, 0.5);
    else
        case_normal(test, "x", DIMS(is->N, is->I), 0.75, 1.5);
    case_signed(test, "v", DIMS(is->I, is->O), 0.5 * size, 1.5 * size);
    for (size_t i = 0; i < is->I * is->O && exact; i++)
        case_input(test, "v")[i] =
            (case_input(test, "v")[i] < 0 ? -0.5 : 0.5) * (double)(1u << i % is->O);
    if (is->mode == DATA)
        return;
    if (exact)
        case_dyadic(test, "g", g, 1, 4, 0.5);
    else
        case_signed(test, "g", g, 1.5, 3);
    if (!is->no_bias && exact)
        case_dyadic(test, "b", DIMS(is->O), -2, 2, 0.5);
    else if (!is->no_bias)
        case_signed(test, "b", DIMS(is->O), 0.5, 2);
    if (is->mode == BACKWARD && exact)
        case_dyadic(test, "dy", DIMS(is->N, is->O), -2, 2, 0.5);
    else if (is->mode == BACKWARD)
        case_signed(test, "dy", DIMS(is->N, is->O), 0.5, 2);
}

void weight_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        case_number(test, "block", (double)is->block);
        if (is->epsilon >= 0)
            case_number(test, "epsilon", is->epsilon);
        if (is->axis)
            case_choice(test, "axis", is->axis);
        if (is->mode == DATA)
            case_choice(test, "start", "data");
        fill(test, is);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
