// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* P gradients up to `magnitude`; a limit of 0: low and high. DYADIC ones are multiples of 1/4. */
enum data { RANDOM, DYADIC, SCALES };

static const struct row {
    struct case_head head;
    size_t P;
    enum data data;
    double magnitude, limit, low, high;
} rows[] = {
    /* clang-format off */
    {{"limit", "exact", "GRD-06", "A symmetric limit that about half of the elements exceed.", 0},
     67, RANDOM, 2, 1, 0, 0},
    {{"low_and_high", "exact", "GRD-06", "Limits that differ in size, on either side of 0.", 0},
     41, RANDOM, 2, 0, -0.3, 1.1},
    {{"positive_limits", "exact", "GRD-06", "Both limits above 0: no element is below 0 any more.",
      0},
     23, RANDOM, 2, 0, 0.25, 1.25},
    {{"small_limit", "exact", "GRD-06", "A limit below all magnitudes: only signs are left.", 0},
     29, RANDOM, 2, 0.1, 0, 0},
    {{"large_limit", "exact", "GRD-06", "A limit above all magnitudes: nothing changes.", 0},
     29, RANDOM, 2, 10, 0, 0},
    {{"equal_limits", "exact", "GRD-06", "low = high: that value everywhere.", 0},
     7, RANDOM, 2, 0, 0.7, 0.7},
    {{"at_the_limit", "exact", "GRD-06 DST-02",
      "Multiples of 1/4, many of them just the limit: they stay.", 0},
     53, DYADIC, 2, 0.75, 0, 0},
    {{"scales", "exact", "GRD-03 GRD-06", "Magnitudes from 1e-6 to 1e6 under one limit.", 0},
     39, SCALES, 1, 0.5, 0, 0},
    {{"one_parameter", "exact", "GRD-06", "A single element.", 0}, 1, RANDOM, 2, 0.3, 0, 0},
    {{"many_parameters", "exact", "GRD-06 DST-08",
      "1003 elements: a number that no vector width and no rank count divides.", 0},
     1003, RANDOM, 3, 1.5, 0, 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"negative_limit", "limit", NUMBER_SET, "limit", -1, "", 0,
     "The lower limit would be the higher."},
    {"low_above_high", "low_and_high", NUMBER_SET, "low", 100, "", 0, "No number is between them."},
    {"no_high", "low_and_high", NUMBER_GONE, "high", 0, "", 0, "Both limits are needed."},
    {"no_gradient", "limit", INPUT_GONE, "g", 0, "", 0, "There is nothing to clip."},
};

void gradient_clipping_by_value_cases(struct case_list *list)
{
    static const double scale[] = {1e-6, 1e-3, 0.1, 1, 10, 1e3, 1e6};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->limit > 0) {
            case_number(test, "limit", row->limit);
        } else {
            case_number(test, "low", row->low);
            case_number(test, "high", row->high);
        }
        if (row->data == DYADIC)
            case_dyadic(test, "g", DIMS(row->P), -row->magnitude, row->magnitude, 0.25);
        else
            case_signed(test, "g", DIMS(row->P), 0.125 * row->magnitude, row->magnitude);
        double *g = case_input(test, "g");
        for (size_t p = 0; row->data == SCALES && p < row->P; p++)
            g[p] = (float)(g[p] * scale[p % 7]);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
