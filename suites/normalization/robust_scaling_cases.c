// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, OFFSET, SCALES, CONSTANTS, MOSTLY_EQUAL, OUTLIERS, TIES, DYADIC };

/* N samples of D features, M new ones; numbers of 0 and NULL are not stated. */
static const struct row {
    struct case_head head;
    size_t N, D, M, block;
    enum data data;
    const char *interpolation;
    double low, high, unit;
    const char *centering, *scaling;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "NRM-03", "Nothing is stated; an even N that quarters do not divide.",
      0},
     10, 3, 0, 2, RANDOM, NULL, 0, 0, 0, NULL, NULL},
    {{"odd", "bounded", "NRM-03 NRM-04", "An odd N: the median is a value; new data.", 0},
     11, 4, 5, 2, RANDOM, "linear", 0, 0, 0, NULL, NULL},
    {{"weibull", "bounded", "NRM-03", "Positions (N + 1) q - 1, outside those of linear.", 0},
     10, 3, 3, 2, RANDOM, "weibull", 0, 0, 0, NULL, NULL},
    {{"hazen", "bounded", "NRM-03", "Positions N q - 1/2.", 0},
     11, 3, 3, 2, RANDOM, "hazen", 0, 0, 0, NULL, NULL},
    {{"lower", "bounded", "NRM-03", "The value below.", 0},
     10, 3, 3, 2, RANDOM, "lower", 0, 0, 0, NULL, NULL},
    {{"higher", "bounded", "NRM-03", "The value above.", 0},
     10, 3, 3, 2, RANDOM, "higher", 0, 0, 0, NULL, NULL},
    {{"midpoint", "bounded", "NRM-03", "Half way, wherever between.", 0},
     10, 3, 3, 2, RANDOM, "midpoint", 0, 0, 0, NULL, NULL},
    {{"whole_places", "bounded", "NRM-03", "N = 9: quartiles are values, so below and above agree.",
      0},
     9, 3, 2, 2, RANDOM, "higher", 0, 0, 0, NULL, NULL},
    {{"tails", "bounded", "NRM-03", "From 0.1 to 0.95: no symmetry.", 0},
     14, 3, 2, 4, RANDOM, NULL, 0.1, 0.95, 0, NULL, NULL},
    {{"tails_held", "bounded", "NRM-03", "Weibull's place of 0.02 and 0.99 is held inside.", 0},
     8, 3, 2, 2, RANDOM, "weibull", 0.02, 0.99, 0, NULL, NULL},
    {{"whole_range", "bounded", "NRM-03", "Low not stated, high 1: the largest value.", 0},
     7, 3, 2, 2, RANDOM, NULL, 0, 1, 0, NULL, NULL},
    {{"normal_unit", "bounded", "NRM-03", "Over 1.349, the scale of normal data is its deviation.",
      0},
     10, 3, 2, 2, RANDOM, NULL, 0, 0, 1.349, NULL, NULL},
    {{"uncentred", "bounded", "NRM-03", "No median is subtracted: the center is 0.", 0},
     7, 3, 2, 2, RANDOM, NULL, 0, 0, 0, "no", NULL},
    {{"unscaled", "bounded", "NRM-03", "Only the median is subtracted: the scale is 1.", 0},
     8, 3, 2, 2, RANDOM, NULL, 0, 0, 2, NULL, "no"},
    {{"outliers", "bounded", "NRM-03 NRM-13", "One value in ten is a thousand times larger.", 0},
     12, 3, 2, 4, OUTLIERS, NULL, 0, 0, 0, NULL, NULL},
    {{"offset", "bounded", "NRM-03", "Median 1000, range 1.", 0},
     10, 3, 2, 2, OFFSET, NULL, 0, 0, 0, NULL, NULL},
    {{"age_and_income", "bounded", "NRM-03 NRM-13", "Features from 1e-6 to 1e6 wide.", 0},
     9, 5, 2, 2, SCALES, "hazen", 0, 0, 0, NULL, NULL},
    {{"constant", "bounded", "NRM-03", "Every other feature is always 0: scale 1.", 0},
     7, 4, 2, 2, CONSTANTS, NULL, 0, 0, 1.5, NULL, NULL},
    {{"mostly_equal", "bounded", "NRM-03", "The middle half is equal, the rest is not: scale 1.",
      0},
     11, 2, 2, 2, MOSTLY_EQUAL, NULL, 0, 0, 0, NULL, NULL},
    {{"ties", "exact", "NRM-03", "Few different values, each many times.", 0},
     13, 3, 2, 2, TIES, NULL, 0, 0, 0, NULL, NULL},
    {{"one_sample", "bounded", "NRM-03", "One sample is its own median and quartiles.", 0},
     1, 3, 2, 1, RANDOM, NULL, 0, 0, 0, NULL, NULL},
    {{"two_samples", "bounded", "NRM-03", "The range is half of the distance.", 0},
     2, 3, 2, 1, RANDOM, NULL, 0, 0, 0, NULL, NULL},
    {{"many_blocks", "bounded", "NRM-03 DST-08",
      "39 samples in blocks of 4: ranks must select together.", 0},
     39, 2, 3, 4, RANDOM, NULL, 0, 0, 0, NULL, NULL},
    {{"exact", "exact", "NRM-03", "Quartiles -2 and 2 of dyadic data: nothing is rounded.", 0},
     9, 2, 3, 2, DYADIC, NULL, 0, 0, 0, NULL, NULL},
    /* clang-format on */
};

static void adjust(double *x, const struct row *is)
{
    static const double width[] = {1e-6, 1e-3, 1, 1e3, 1e6};
    static const double nine[] = {3, -2, 0.5, -6, 2, 7.25, -0.25, -2.5, 1.75};
    for (size_t i = 0; i < is->N * is->D; i++) {
        size_t n = i / is->D, d = i % is->D;
        if (is->data == SCALES)
            x[i] = (float)(x[i] * width[d % 5]);
        else if (is->data == OUTLIERS && (n + d) % 10 == 3)
            x[i] = (float)(x[i] * 1000);
        else if (is->data == CONSTANTS && d % 2 == 0)
            x[i] = 0;
        else if (is->data == MOSTLY_EQUAL && n % 5 != 2)
            x[i] = 0;
        else if (is->data == TIES)
            x[i] = n % 13 < 4 ? -1.5 : n % 13 < 8 ? 0.5 : 2.5;
        else if (is->data == DYADIC)
            x[i] = nine[(n + 4 * d) % 9];
    }
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "one_sample", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to scale."},
    {"no_samples", "one_sample", INPUT_SHORTER, "x", 0, NULL, 0, "Nothing has no median."},
    {"fewer_new_features", "one_sample", INPUT_SHORTER, "x_new", 0, NULL, 1,
     "New data lacks a feature."},
    {"low_negative", "one_sample", NUMBER_SET, "low", -0.25, NULL, 0, "No such quantile."},
    {"high_above_one", "one_sample", NUMBER_SET, "high", 75, NULL, 0, "Per cent for a fraction."},
    {"high_below_low", "one_sample", NUMBER_SET, "high", 0.125, NULL, 0, "A negative range."},
    {"unit_zero", "one_sample", NUMBER_SET, "unit", 0, NULL, 0, "A division by 0."},
    {"unknown_interpolation", "one_sample", CHOICE_SET, "interpolation", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_centering", "one_sample", CHOICE_SET, "centering", 0, "maybe", 0, "Yes or no."},
    {"unknown_scaling", "one_sample", CHOICE_SET, "scaling", 0, "maybe", 0, "Yes or no."},
    /* clang-format on */
};

static void state(struct assay_case *test, const struct row *is)
{
    case_number(test, "block", (double)is->block);
    if (is->low > 0)
        case_number(test, "low", is->low);
    if (is->high > 0)
        case_number(test, "high", is->high);
    if (is->unit > 0)
        case_number(test, "unit", is->unit);
    if (is->interpolation)
        case_choice(test, "interpolation", is->interpolation);
    if (is->centering)
        case_choice(test, "centering", is->centering);
    if (is->scaling)
        case_choice(test, "scaling", is->scaling);
}

void robust_scaling_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        double mean = is->data == OFFSET ? 1000 : 3, deviation = is->data == OFFSET ? 1 : 5;
        state(test, is);
        case_normal(test, "x", DIMS(is->N, is->D), mean, deviation);
        adjust(case_input(test, "x"), is);
        if (is->M && (is->data == DYADIC || is->data == TIES))
            case_dyadic(test, "x_new", DIMS(is->M, is->D), -8, 8, 0.5);
        else if (is->M)
            case_normal(test, "x_new", DIMS(is->M, is->D), mean + 1, 2 * deviation);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
