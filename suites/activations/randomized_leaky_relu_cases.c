// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

static const double kinks[] = {0.0, -0.0, 1e-10, -1e-10, -2.5, 0.125, -0.0, 0.0};

/* The draws are added to what elementwise rows say, except at inference. */
static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-05 FND-21", "Nothing stated: slopes from 1/8 to 1/3.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, ""},
    {{"one_value", "bounded", "ACT-05", "One negative value and its draw.", 0},
     1, 1, 4, UNIFORM, -2, -1, NULL, 1, ""},
    {{"mostly_negative", "bounded", "ACT-05 ACT-10", "Nearly every draw is used.", 0},
     6, 5, 2, UNIFORM, -4, -0.5, NULL, 1, "mode=train"},
    {{"wide_slopes", "bounded", "ACT-05", "Slopes from -1/2 to 2: either sign, and above 1.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "lower=-0.5 upper=2"},
    {{"paper", "bounded", "ACT-05", "The paper's form: divided by 3 to 8.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "form=divided"},
    {{"paper_numbers", "bounded", "ACT-05", "Divided by 1/2 to 5/4.", 0},
     4, 4, 2, SIGNED, 0.25, 4, NULL, 1, "form=divided lower=0.5 upper=1.25"},
    {{"inference", "bounded", "ACT-05", "The mean slope, 11/48, and no draws.", 0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "mode=inference"},
    {{"inference_paper", "bounded", "ACT-05", "Over the mean divisor, 11/2: not the mean slope.",
      0},
     5, 4, 2, SIGNED, 0.25, 4, NULL, 1, "mode=inference form=divided"},
    {{"inference_exact", "exact", "ACT-05", "Mean slope 1/2: nothing is rounded.", 0},
     5, 3, 2, DYADIC, -4, 4, NULL, 1, "mode=inference lower=0.25 upper=0.75"},
    {{"no_spread", "exact", "ACT-05", "Lower and upper 1/4: the leaky ReLU, whatever is drawn.", 0},
     5, 3, 2, DYADIC, -4.25, -0.25, NULL, 1, "lower=0.25 upper=0.25"},
    {{"kink_unstated", "bounded", "ACT-05", "Signed zeros: there the derivative is the slope.", 0},
     2, 4, 1, LISTED, 0, 0, kinks, 1, ""},
    {{"kink_right", "bounded", "ACT-05", "At 0 the derivative is 1.", 0},
     2, 4, 1, LISTED, 0, 0, kinks, 1, "derivative_at_zero=right"},
    {{"kink_mean", "bounded", "ACT-05", "At 0 it is half of both.", 0},
     2, 4, 1, LISTED, 0, 0, kinks, 1, "derivative_at_zero=mean"},
    {{"kink_mean_paper", "bounded", "ACT-05", "The same where the divisor is drawn.", 0},
     2, 4, 1, LISTED, 0, 0, kinks, 1, "derivative_at_zero=mean form=divided"},
    {{"forward_only", "bounded", "ACT-05", "Without an upstream gradient only y is an output.", 0},
     4, 3, 2, SIGNED, 0.25, 4, NULL, 0, ""},
    {{"many_blocks", "bounded", "ACT-05 DST-08", "23 samples in blocks of 2, draws with them.", 0},
     23, 2, 2, SIGNED, 0.25, 4, NULL, 1, ""},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "one_value", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to activate."},
    {"no_draws", "one_value", INPUT_GONE, "uniform", 0, NULL, 0, "Training needs draws."},
    {"draw_of_one", "one_value", ELEMENT_SET, "uniform", 1, NULL, 0, "Beyond the last slope."},
    {"draw_negative", "one_value", ELEMENT_SET, "uniform", -0.25, NULL, 0, "Before the first."},
    {"fewer_draws", "kink_right", INPUT_SHORTER, "uniform", 0, NULL, 1, "A value has no draw."},
    {"fewer_upstream_rows", "kink_right", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"upper_below_lower", "one_value", NUMBER_SET, "upper", 0.0625, NULL, 0, "An empty range."},
    {"divisor_zero", "kink_mean_paper", NUMBER_SET, "lower", 0, NULL, 0, "A division by 0."},
    {"unknown_form", "one_value", CHOICE_SET, "form", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_mode", "one_value", CHOICE_SET, "mode", 0, "eval", 0, "No such mode."},
    {"unknown_kink", "one_value", CHOICE_SET, "derivative_at_zero", 0, "whatever", 0,
     "No such derivative."},
    /* clang-format on */
};

static void drawn(struct case_list *list)
{
    const struct case_head head = {"drawn", "statistical", "ACT-05",
                                   "Drawn by the implementation: y of x = -4 is uniform.", 0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "block", 8);
    case_choice(test, "form", "multiplied");
    case_constant(test, "x", DIMS(60, 40), -4);
    case_drawn(test, "uniform", "uniform", DIMS(60, 40));
    case_law(test, "y", "uniform -1.3333333333333333 -0.5");
}

void randomized_leaky_relu_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        elementwise_case(list, &rows[i]);
        struct assay_case *test = &list->test[list->count - 1];
        if (strstr(rows[i].settings, "inference") == NULL)
            case_dyadic(test, "uniform", DIMS(rows[i].N, rows[i].C), 0, 0.9375, 0.0625);
    }
    drawn(list);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
