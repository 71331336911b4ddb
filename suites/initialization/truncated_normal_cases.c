// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

/* A candidates for each of (I,O) weights; `spread` is their deviation. */
static const struct row {
    struct case_head head;
    size_t A, I, O;
    double spread;
    enum { RANDOM, EIGHTHS, TIED, DRAWN } candidates;
    const char *settings, *law;
} rows[] = {
    /* clang-format off */
    {{"deviations", "bounded", "INI-04",
      "Bounds in deviations: at 0.3, absolute bounds of +-2 would cut nothing.", 0},
     6, 7, 5, 1.6, RANDOM, "standard_deviation=0.3", NULL},
    {{"absolute", "bounded", "INI-04",
      "The same bounds absolute and a deviation of 1.5: cut at 4/3 deviations.", 0},
     6, 7, 5, 1, RANDOM, "bounds=absolute standard_deviation=1.5", NULL},
    {{"absolute_small", "bounded", "INI-04",
      "PyTorch's defaults at deviation 0.02: nothing is cut, not even four deviations.", 0},
     3, 5, 4, 2.5, RANDOM, "bounds=absolute standard_deviation=0.02", NULL},
    {{"corrected", "bounded", "INI-04 INI-06",
      "The deviation of what comes out is stated: 1/0.8796 more before the cut.", 0},
     6, 6, 7, 1.6, RANDOM, "standard_deviation=0.3 correction=yes", NULL},
    {{"mean", "bounded", "INI-04", "The bounds lie around the mean, not around 0.", 0},
     6, 5, 6, 1.5, RANDOM, "mean=3 standard_deviation=0.5", NULL},
    {{"absolute_mean", "bounded", "INI-04",
      "Absolute bounds that are not symmetric about the mean.", 0},
     8, 4, 6, 1, RANDOM, "bounds=absolute mean=0.5 low=0 high=2.5", NULL},
    {{"narrow", "bounded", "INI-04", "A cutoff of 0.75: most weights are drawn several times.", 0},
     10, 6, 5, 1, RANDOM, "cutoff=0.75 standard_deviation=2", NULL},
    {{"one_sided", "bounded", "INI-04", "An absolute range above 0: only the upper half is left.",
      0},
     10, 5, 4, 1, RANDOM, "bounds=absolute low=0.25 high=3", NULL},
    {{"exact", "exact", "INI-04 DST-02", "Eighths, deviation 1/2 and mean 1: no rounding.", 0},
     6, 7, 4, 0, EIGHTHS, "standard_deviation=0.5 mean=1", NULL},
    {{"on_the_bound", "exact", "INI-04", "First candidates of exactly +-2: they are inside.", 0},
     2, 3, 4, 0, TIED, "standard_deviation=0.25", NULL},
    {{"one_weight", "bounded", "INI-04", "One weight and one candidate.", 0},
     1, 1, 1, 0.5, RANDOM, "standard_deviation=0.7", NULL},
    {{"drawn", "statistical", "INI-04",
      "Drawn by the implementation, in deviations: cut at +-1, never clipped to it.", 0},
     12, 40, 50, 1, DRAWN, "standard_deviation=0.5", "truncated 0.5 -1 1"},
    {{"drawn_absolute", "statistical", "INI-04",
      "Drawn with a deviation of 2 and cut at one deviation.", 0},
     30, 30, 50, 1, DRAWN, "bounds=absolute standard_deviation=2", "truncated 2 -2 2"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"deviation_zero", "deviations", NUMBER_SET, "standard_deviation", 0, NULL, 0,
     "All weights would be equal."},
    {"deviation_negative", "deviations", NUMBER_SET, "standard_deviation", -0.3, NULL, 0,
     "No distribution has a negative deviation."},
    {"cutoff_zero", "narrow", NUMBER_SET, "cutoff", 0, NULL, 0, "Nothing is inside."},
    {"cutoff_negative", "narrow", NUMBER_SET, "cutoff", -2, NULL, 0, "Nothing is inside."},
    {"reversed_bounds", "one_sided", NUMBER_SET, "high", -3, NULL, 0,
     "The bounds are exchanged: nothing is inside."},
    {"correction_of_another_cutoff", "corrected", NUMBER_SET, "cutoff", 3, NULL, 0,
     "0.8796 is the deviation for 2, not for 3."},
    {"correction_of_absolute_bounds", "absolute", CHOICE_SET, "correction", 0, "yes", 0,
     "The cut in deviations is not known here."},
    {"no_candidate_left", "one_weight", ELEMENT_SET, "deviate", 5, NULL, 0,
     "The only candidate is outside."},
    {"unknown_bounds", "absolute", CHOICE_SET, "bounds", 0, "quantiles", 0,
     "There are no such bounds."},
    /* clang-format on */
};

/* The last candidates are inside whatever was drawn before. */
static void fill_candidates(struct assay_case *test, const struct row *is)
{
    struct dims dims = DIMS(is->A, is->I, is->O);
    size_t count = is->I * is->O, last = (is->A - 1) * count;
    if (is->candidates == RANDOM)
        case_normal(test, "deviate", dims, 0, is->spread);
    else
        case_dyadic(test, "deviate", dims, -4.0625, 4.0625, 0.125);
    double *u = case_input(test, "deviate");
    for (size_t i = 0; i < count; i++) {
        if (is->candidates == TIED)
            u[i] = i % 3 == 0 ? 2 : i % 3 == 1 ? -2 : 2.5;
        if (is->A > 1)
            u[last + i] = 0.5 + 0.0625 * (double)(i % 3);
    }
}

void truncated_normal_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        elementwise_settings(test, is->settings);
        if (is->candidates == DRAWN) {
            case_drawn(test, "deviate", "normal", DIMS(is->A, is->I, is->O));
            case_law(test, "w", is->law);
        } else {
            fill_candidates(test, is);
        }
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
