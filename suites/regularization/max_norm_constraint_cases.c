// SPDX-License-Identifier: MIT
#include "../case_builder.h"

struct setting {
    size_t I, O;
    double limit, epsilon;
    int rows, rescale, exact, zeros;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"columns", "bounded", "REG-01", "Some columns inside the ball, some outside; not square.", 0},
     {.I = 5, .O = 8, .limit = 3}},
    {{"rows", "bounded", "REG-01", "The same for the rows: an embedding's vectors.", 0},
     {.I = 8, .O = 5, .limit = 3, .rows = 1}},
    {{"rescale", "bounded", "REG-01",
      "Keras's form with an epsilon that is not small: weights inside the ball shrink too.", 0},
     {.I = 5, .O = 8, .limit = 3, .epsilon = 0.25, .rescale = 1}},
    {{"rescale_rows", "bounded", "REG-01", "Rows, rescaled with Keras's epsilon.", 0},
     {.I = 9, .O = 4, .limit = 2.5, .epsilon = 1e-7, .rescale = 1, .rows = 1}},
    {{"epsilon", "bounded", "REG-01", "torch.renorm: epsilon counts outside the ball alone.", 0},
     {.I = 4, .O = 9, .limit = 2.5, .epsilon = 0.125}},
    {{"all_outside", "bounded", "REG-01", "A limit below every norm.", 0},
     {.I = 7, .O = 4, .limit = 0.5}},
    {{"all_inside", "bounded", "REG-01", "A limit above every norm: nothing moves.", 0},
     {.I = 7, .O = 4, .limit = 50}},
    {{"zero_unit", "bounded", "REG-01", "A unit of zeros stays, and is not 0/0.", 0},
     {.I = 4, .O = 5, .limit = 2, .rescale = 1, .zeros = 1}},
    {{"wide", "bounded", "REG-01 DST-08", "37 units of 11 weights, for any number of ranks.", 0},
     {.I = 11, .O = 37, .limit = 4.5}},
    {{"exact", "exact", "REG-01 DST-02",
      "Columns with the norms 5, on the limit, 10 and 2.5: roots and factors without rounding.", 0},
     {.I = 2, .O = 6, .limit = 5, .exact = 1}},
    /* clang-format on */
};

static const struct refusal impossible[] = {
    /* clang-format off */
    {"limit_zero", "columns", NUMBER_SET, "limit", 0, NULL, 0,
     "A ball of radius 0 sets every weight to 0."},
    {"limit_negative", "columns", NUMBER_SET, "limit", -3, NULL, 0,
     "A negative norm turns every weight around."},
    {"limit_missing", "columns", NUMBER_GONE, "limit", 0, NULL, 0,
     "There is no limit that everybody would take for granted."},
    {"epsilon_negative", "epsilon", NUMBER_SET, "epsilon", -0.125, NULL, 0,
     "A negative epsilon leaves weights outside the ball, or divides by 0."},
    {"unit_unknown", "rows", CHOICE_SET, "unit", 0, "layer", 0,
     "Rows for columns constrain other vectors, unseen on square weights."},
    {"form_unknown", "rescale", CHOICE_SET, "form", 0, "project", 0,
     "Whether weights inside the ball shrink hangs on it."},
    {"weights_missing", "columns", INPUT_GONE, "w", 0, NULL, 0,
     "There is nothing to constrain."},
    /* clang-format on */
};

void max_norm_constraint_cases(struct case_list *list)
{
    static const double pythagorean[] = {3, 6, -4, 8, 0, 1.5, 4, 8, 3, -6, 5, 2};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "limit", is->limit);
        case_number(test, "epsilon", is->epsilon);
        if (is->rows)
            case_choice(test, "unit", "row");
        if (is->rescale)
            case_choice(test, "form", "rescale");
        if (is->exact)
            case_values(test, "w", DIMS(is->I, is->O), pythagorean);
        else
            case_signed(test, "w", DIMS(is->I, is->O), 0.25, 2.25);
        double *w = case_input(test, "w");
        for (size_t k = 0; is->zeros && k < is->I; k++)
            w[k * is->O + 2] = 0;
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
