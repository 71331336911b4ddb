// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data {
    RANDOM,
    OFFSET,   /* mean 1000, standard deviation 1 */
    SCALES,   /* columns from 1e-6 to 1e6 wide */
    ZEROS,    /* every other column 0 */
    PAIRS,    /* two samples c + a and c - a, a a power of two */
    CONSTANTS /* the same, and every other column constant */
};

/* N samples of D features, M new ones; deviation = sample when it is said. */
struct setting {
    size_t N, D, M, block;
    enum data data;
    int sample;
};

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"rectangular", "bounded", "NRM-01 NRM-03",
      "Sizes that all differ and a variance far from 1, population deviation.", 0},
     {.N = 7, .D = 5, .block = 4}},
    {{"sample_deviation", "bounded", "NRM-01",
      "Five samples and N - 1: the deviations differ by 12 %.", 0},
     {.N = 5, .D = 6, .block = 2, .sample = 1}},
    {{"two_samples", "bounded", "NRM-01",
      "Two samples and N - 1: a factor sqrt(2) between the conventions.", 0},
     {.N = 2, .D = 4, .block = 2, .sample = 1}},
    {{"two_samples_population", "bounded", "NRM-01",
      "Two samples, population deviation: every z is 1 or -1.", 0},
     {.N = 2, .D = 4, .block = 2}},
    {{"one_sample", "bounded", "NRM-01",
      "One sample: every column is constant, so deviation and z are 0, not NaN.", 0},
     {.N = 1, .D = 3, .M = 2, .block = 4}},
    {{"train_and_test", "bounded", "NRM-01 NRM-04",
      "New data from elsewhere is scaled by the training statistics, never by its own.", 0},
     {.N = 23, .D = 4, .M = 9, .block = 4}},
    {{"train_and_test_sample", "bounded", "NRM-04", "The same with N - 1, and a single new sample.",
      0},
     {.N = 11, .D = 7, .M = 1, .block = 2, .sample = 1}},
    {{"offset", "bounded", "NRM-01",
      "Mean 1000 and deviation 1: E[x^2] - E[x]^2 has lost every digit in binary32.", 0},
     {.N = 67, .D = 5, .M = 3, .block = 8, .data = OFFSET}},
    {{"age_and_income", "bounded", "NRM-01 NRM-13",
      "Columns from 1e-6 to 1e6 wide: no constant that is added to a deviation fits all.", 0},
     {.N = 29, .D = 7, .M = 4, .block = 4, .data = SCALES}},
    {{"constant_columns", "exact", "NRM-01",
      "Every other column is constant: deviation 0, z = 0, and z = x - mean for new data.", 0},
     {.N = 2, .D = 6, .M = 5, .block = 1, .data = CONSTANTS}},
    {{"constant_columns_sample", "bounded", "NRM-01",
      "Every other column is 0, as pixels that are never lit, with N - 1: new data is unchanged.",
      0},
     {.N = 6, .D = 5, .M = 2, .block = 2, .data = ZEROS, .sample = 1}},
    {{"many_blocks", "bounded", "NRM-01 DST-01 DST-08",
      "131 samples in blocks of 8: the statistics cross 17 blocks, the last of them short.", 0},
     {.N = 131, .D = 3, .block = 8}},
    {{"tabular", "bounded", "NRM-01 NRM-04",
      "The size of a small table: 203 samples of 13 features, 50 of them for testing.", 0},
     {.N = 203, .D = 13, .M = 50, .block = 16}},
    {{"exact_pairs", "exact", "NRM-01 NRM-04 DST-02",
      "Two samples c + a and c - a: exact in every algorithm, Welford's recurrence included.", 0},
     {.N = 2, .D = 7, .M = 8, .block = 1, .data = PAIRS}},
};

/* x (N,D) for the data that is not just random. A column that is constant only to the last bit would
 * be divided by that bit, so bounds are narrow only where rounding cannot reach the constant: in the
 * exact tier, and at 0. */
static void adjust(double *x, const struct setting *is)
{
    static const double width[] = {1e-6, 1e-3, 1, 1e3, 1e6, 40, 50000};
    for (size_t i = 0; i < is->N * is->D; i++) {
        size_t n = i / is->D, d = i % is->D;
        if (is->data == SCALES)
            x[i] = (float)(x[i] * width[d % 7]);
        else if (is->data == ZEROS && d % 2 == 0)
            x[i] = 0;
        else if (is->data == CONSTANTS && d % 2 == 0)
            x[i] = (double)d - 2.75;
        else if (is->data == PAIRS || is->data == CONSTANTS)
            x[i] = (double)d - 2 + ((n + d) % 2 ? 0.5 : -0.5) * (double)(1u << d % 4);
    }
}

static void fill_data(struct assay_case *test, const struct setting *is)
{
    double mean = is->data == OFFSET ? 1000 : 3, deviation = is->data == OFFSET ? 1 : 5;
    case_normal(test, "x", DIMS(is->N, is->D), mean, deviation);
    adjust(case_input(test, "x"), is);
    if (is->M && (is->data == PAIRS || is->data == CONSTANTS))
        case_dyadic(test, "x_new", DIMS(is->M, is->D), -8, 8, 0.5);
    else if (is->M && is->data == OFFSET)
        case_normal(test, "x_new", DIMS(is->M, is->D), 1003, 2);
    else if (is->M)
        case_normal(test, "x_new", DIMS(is->M, is->D), -4, 9);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "rectangular", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to scale."},
    {"no_samples", "one_sample", INPUT_SHORTER, "x", 0, NULL, 0,
     "Nothing has no mean."},
    {"one_sample_of_sample", "one_sample", CHOICE_SET, "deviation", 0, "sample", 0,
     "One sample has no deviation with N - 1."},
    {"fewer_new_features", "train_and_test", INPUT_SHORTER, "x_new", 0, NULL, 1,
     "New data lacks a feature."},
    {"unknown_deviation", "sample_deviation", CHOICE_SET, "deviation", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    /* clang-format on */
};

void standardization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        case_number(test, "block", (double)is->block);
        if (is->sample)
            case_choice(test, "deviation", "sample");
        fill_data(test, is);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
