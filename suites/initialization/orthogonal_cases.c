// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Weights (I,O), or (H,W,I,O) when there is an H. gain 0: not stated. */
static const struct row {
    struct case_head head;
    size_t H, W, I, O;
    double gain;
    int raw;
} rows[] = {
    /* clang-format off */
    {{"square", "bounded", "", "A recurrent matrix: rows and columns are both orthonormal.", 0},
     0, 0, 6, 6, 0, 0},
    {{"tall", "bounded", "", "More inputs than outputs: the columns are orthonormal.", 0},
     0, 0, 9, 4, 0, 0},
    {{"wide", "bounded", "", "More outputs than inputs: the rows are.", 0}, 0, 0, 3, 8, 0, 0},
    {{"gain", "bounded", "", "The gain sqrt(2) of a ReLU.", 0}, 0, 0, 7, 5, 1.4142135, 0},
    {{"small_gain", "bounded", "", "The gain 0.01 of a policy's last layer, on a wide matrix.", 0},
     0, 0, 4, 7, 0.01, 0},
    {{"raw", "bounded", "", "Signs as the reflections leave them.", 0}, 0, 0, 6, 4, 0, 1},
    {{"raw_wide", "bounded", "", "The same, more outputs than inputs, with a gain.", 0},
     0, 0, 4, 6, 2.5, 1},
    {{"convolution", "bounded", "", "A kernel is flattened to (H W I, O).", 0}, 2, 3, 2, 5, 0, 0},
    {{"wide_convolution", "bounded", "", "A 1 x 2 kernel with more outputs than window values.", 0},
     1, 2, 2, 7, 0, 0},
    {{"one_column", "bounded", "", "One column: the deviate over its norm.", 0}, 0, 0, 5, 1, 0, 0},
    {{"one_weight", "bounded", "", "One weight: plus or minus the gain.", 0}, 0, 0, 1, 1, 0.7, 0},
    {{"hidden_layer", "bounded", "", "A realistic size.", 0}, 0, 0, 24, 20, 0, 0},
    /* clang-format on */
};

/* clang-format off */
static const struct refusal refusals[] = {
    {"no_deviate", "one_weight", INPUT_GONE, "deviate", .why = "Nothing to scale."},
    {"empty_deviate", "one_weight", INPUT_SHORTER, "deviate", .element = 0, .why = "Fans of 0."},
    {"no_outputs", "one_weight", INPUT_SHORTER, "deviate", .element = 1, .why = "A fan of 0."},
    {"gain_0", "one_weight", NUMBER_SET, "gain", 0,
     .why = "Weights that are all alike never learn to differ."},
    {"gain_negative", "one_weight", NUMBER_SET, "gain", -1,
     .why = "A deviation is never negative."},
    {"zero_column", "one_weight", ELEMENT_SET, "deviate", 0, .element = 0,
     .why = "A column of zeros has no direction."},
    {"sign_unknown", "one_weight", CHOICE_SET, "sign", .choice = "other",
     .why = "A convention that nobody has."},
};
/* clang-format on */

static const struct case_head head_drawn = {
    "drawn", "statistical", "",
    "Drawn by the implementation: orthonormal, and no rotation preferred.", 0};

static void fill_drawn(struct assay_case *test)
{
    case_drawn(test, "deviate", "normal", DIMS(40, 40));
    case_law(test, "w", "orthogonal 1");
}

static const struct case_head head_drawn_wide = {
    "drawn_wide", "statistical", "", "More outputs than inputs and a gain of 2, drawn.", 0};

static void fill_drawn_wide(struct assay_case *test)
{
    case_number(test, "gain", 2);
    case_drawn(test, "deviate", "normal", DIMS(24, 50));
    case_law(test, "w", "orthogonal 2");
}

void orthogonal_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        if (is->gain > 0)
            case_number(test, "gain", is->gain);
        if (is->raw)
            case_choice(test, "sign", "raw");
        case_normal(test, "deviate", is->H ? DIMS(is->H, is->W, is->I, is->O) : DIMS(is->I, is->O),
                    0, 1);
    }
    fill_drawn(case_add(list, &head_drawn));
    fill_drawn_wide(case_add(list, &head_drawn_wide));
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
