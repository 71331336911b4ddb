// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"
#include "victim_cases.h"

static const struct row {
    struct case_head head;
    struct victim_setting is;
    const char *settings;
    int deep; /* one layer more */
} rows[] = {
    {{"ordinary", "bounded", "ADV-13", "A hidden layer of which some units change sign in the box.",
      0},
     {.N = 5, .D = 3, .H = 4, .K = 3, .block = 2},
     "epsilon=0.125",
     0},
    {{"parallel", "bounded", "ADV-13", "Lower lines with the slope of the upper ones.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 1},
     "epsilon=0.1875 slope=parallel",
     0},
    {{"slope_zero", "bounded", "ADV-13", "Lower lines of slope 0.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 1},
     "epsilon=0.1875 slope=zero",
     0},
    {{"slope_one", "bounded", "ADV-13", "Lower lines of slope 1.", 0},
     {.N = 4, .D = 3, .H = 4, .K = 3, .block = 1},
     "epsilon=0.1875 slope=one",
     0},
    {{"deep", "bounded", "ADV-13",
      "Two hidden layers: the second is bounded through the first, and the margin through both.",
      0},
     {.N = 4, .D = 3, .H = 5, .K = 3, .block = 3},
     "epsilon=0.125",
     1},
    {{"deep_parallel", "bounded", "ADV-13", "The same with parallel lines, without a box.", 0},
     {.N = 4, .D = 2, .H = 4, .K = 3, .block = 1},
     "epsilon=0.1875 slope=parallel box=none",
     1},
    {{"deep_intervals", "bounded", "ADV-13",
      "Hidden layers by intervals, the margin by lines: looser hidden bounds.", 0},
     {.N = 4, .D = 3, .H = 5, .K = 3, .block = 3},
     "epsilon=0.125 hidden=intervals",
     1},
    {{"linear", "bounded", "ADV-13", "No hidden layer: the bound is the exact margin.", 0},
     {.N = 4, .D = 3, .H = 0, .K = 3, .block = 1},
     "epsilon=0.125",
     0},
    {{"clipped", "bounded", "ADV-13", "A radius of 0.375, which the box of the inputs cuts.", 0},
     {.N = 3, .D = 3, .H = 4, .K = 3, .block = 1, .corner = 0.3125},
     "epsilon=0.375",
     0},
    {{"radius_zero", "bounded", "ADV-13", "A radius of 0: no unit changes sign.", 0},
     {.N = 3, .D = 2, .H = 3, .K = 2, .block = 1, .wrong = 1},
     "epsilon=0",
     0},
    {{"another_box", "bounded", "ADV-13", "A box of [0.125, 0.875], wrong labels.", 0},
     {.N = 7, .D = 2, .H = 3, .K = 4, .block = 2, .spread = 0.0625, .wrong = 2},
     "epsilon=0.1875 low=0.125 high=0.875",
     0},
};

static const struct refusal refusals[] = {
    {"radius_negative", "radius_zero", NUMBER_SET, "epsilon", -0.125, NULL, 0,
     "The box is inside out."},
    {"radius_missing", "radius_zero", NUMBER_GONE, "epsilon", 0, NULL, 0,
     "There is no usual radius."},
    {"box_inside_out", "another_box", NUMBER_SET, "high", 0.125, NULL, 0, "Nothing lies between."},
    {"label_too_large", "radius_zero", ELEMENT_SET, "labels", 2, NULL, 0,
     "There is no such class."},
    {"smooth_activation", "radius_zero", CHOICE_SET, "activation", 0, "tanh", 0,
     "The lines are those of ReLUs."},
    {"unknown_slope", "radius_zero", CHOICE_SET, "slope", 0, "optimal", 0, "Not defined here."},
};

/* One more layer (K,K) behind the others, whose units each favour one class. */
static void deepen(struct assay_case *test, size_t K)
{
    case_signed(test, "w3", DIMS(K, K), 0.25, 0.75);
    case_uniform(test, "b3", DIMS(K), -0.125, 0.125);
    double *w = case_input(test, "w3");
    for (size_t k = 0; k < K; k++)
        w[k * K + k] = (float)(1 + (w[k * K + k] < 0 ? -w[k * K + k] : w[k * K + k]));
}

void linear_relaxation_bounds_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        victim_fill(test, &row->is);
        if (row->deep)
            deepen(test, row->is.K);
        elementwise_settings(test, row->settings);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
