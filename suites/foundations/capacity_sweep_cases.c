// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST_CAPACITIES = 7 };
enum data { CUBIC, UNITS, SIGNS, TURNED_SIGNS };

/* What is NULL or 0 is not stated. */
static const struct row {
    struct case_head head;
    const char *selection, *tie, *penalty, *within;
    double l2, tolerance, noise, level;
    size_t N, M, C, block;
    int capacity[MOST_CAPACITIES];
    enum data data;
} rows[] = {
    /* clang-format off */
    {{"polynomials", "bounded", "FND-41 REG-15 FND-40",
      "Degrees 0 to 6 of a cubic with noise: the training error falls to the end, validation "
       "turns.", 0},
     NULL, NULL, NULL, NULL, 0, 0, 0.5, 0.5, 14, 9, 0, 4, {1, 2, 3, 4, 5, 6, 7}, CUBIC},
    {{"random_units", "bounded", "FND-41",
      "A network of fixed units, of which half matter; capacities with gaps, and one feature to "
       "spare.",
      0},
     "validation", "smallest", "all", "absolute", 0, 0, 0.25, 0, 17, 8, 9, 4, {1, 3, 5, 8}, UNITS},
    {{"simpler_within_a_share", "bounded", "FND-41 REG-15",
      "A tolerance of 5.5 times the best error gives a smaller model than the best.", 0},
     NULL, NULL, NULL, "relative", 0, 5.5, 0.5, 0.5, 16, 9, 0, 4, {1, 2, 3, 4, 5, 6}, CUBIC},
    {{"simpler_within_an_amount", "bounded", "FND-41 REG-15", "A tolerance in units of the error.",
      0},
     NULL, NULL, NULL, NULL, 0, 1.25, 0.25, 0.5, 16, 7, 7, 4, {1, 2, 3, 4, 5, 6}, UNITS},
    {{"one_standard_error", "bounded", "FND-41 REG-15",
      "The rule of one standard error over nine validation samples.", 1},
     NULL, NULL, NULL, "standard_error", 0, 1, 0.75, 0, 15, 9, 6, 2, {1, 2, 3, 4, 5, 6}, UNITS},
    {{"aic", "bounded", "FND-41", "Each parameter costs 2; validation is not asked.", 0},
     "aic", NULL, NULL, NULL, 0, 0, 0.375, 0.5, 18, 4, 0, 4, {1, 2, 3, 4, 5, 6}, CUBIC},
    {{"bic", "bounded", "FND-41", "Each parameter costs log 24, and 4 in all may be given away.",
      0},
     "bic", NULL, NULL, NULL, 0, 4, 0.5, 0.5, 24, 3, 0, 4, {1, 2, 3, 4, 5, 6}, CUBIC},
    {{"ridge", "bounded", "FND-41", "Capacity is held by l2 too: all weights shrink.", 0},
     NULL, NULL, NULL, NULL, 0.75, 0, 0.25, 2, 13, 7, 0, 4, {1, 2, 4, 6}, CUBIC},
    {{"constant_spared", "bounded", "FND-41", "Data of level 3, and a constant without a penalty.",
      0},
     NULL, NULL, "not_first", NULL, 1.5, 0, 0.25, 3, 13, 7, 0, 4, {1, 2, 4, 6}, CUBIC},
    {{"more_weights_than_samples", "bounded", "FND-41",
      "Up to 10 features of 7 samples, through 7: only l2 makes it a question with one answer.", 0},
     NULL, NULL, NULL, NULL, 0.25, 0, 0.25, 0, 7, 5, 10, 2, {2, 5, 7, 10}, UNITS},
    {{"many_blocks", "bounded", "FND-41 DST-02 DST-08",
      "33 and 13 samples in blocks of 4: both kinds end in an uneven block.", 0},
     NULL, NULL, NULL, "standard_error", 0, 1, 0.5, 0.5, 33, 13, 0, 4, {1, 2, 4, 5}, CUBIC},
    {{"one_capacity", "bounded", "FND-41", "A line on three samples: nothing to choose.", 0},
     NULL, NULL, NULL, NULL, 0, 0, 0.25, 0, 3, 1, 0, 2, {2}, CUBIC},
    {{"idle_feature", "exact", "FND-41 DST-02",
      "Orthogonal features of -1 and 1, nothing is rounded; one is 0 in validation, so two "
       "capacities are "
      "equal: the smaller wins.", 0},
     NULL, NULL, NULL, NULL, 0, 0, 0, 0, 16, 4, 4, 2, {1, 2, 3, 4}, SIGNS},
    {{"idle_feature_kept", "exact", "FND-41 REG-15",
      "The larger of equals wins, and the smaller is the simplest within nothing.", 0},
     NULL, "largest", NULL, NULL, 0, 0, 0, 0, 16, 4, 4, 2, {1, 2, 3, 4}, SIGNS},
    {{"good_bad_best", "exact", "FND-41 REG-15",
      "Two features are worse than one and than four: one is good enough, whatever lies between.",
       0},
     NULL, NULL, NULL, NULL, 0, 1, 0, 0, 16, 4, 4, 2, {1, 2, 3, 4}, TURNED_SIGNS},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"capacities_fall", "one_standard_error", ELEMENT_SET, "capacity", 1, NULL, 1,
     "No sweep goes twice over the same."},
    {"capacity_beyond", "one_capacity", ELEMENT_SET, "capacity", 4,
     .why = "Four weights on three samples have no single answer."},
    {"no_validation", "one_capacity", INPUT_GONE, "t", .why = "Nothing to judge by."},
    {"spread_of_one", "one_capacity", CHOICE_SET, "within", 0, "standard_error",
     .why = "One validation sample has no standard error: 0 / 0."},
    {"share_of_aic", "aic", CHOICE_SET, "within", 0, "relative",
     .why = "A share of a negative score would exclude the best."},
    {"tolerance_negative", "one_capacity", NUMBER_SET, "tolerance", -1,
     .why = "Not even the best would be good enough."},
    {"l2_negative", "one_capacity", NUMBER_SET, "l2", -1, .why = "It would reward weights."},
};

/* y of f (n,C): weights of either sign on the first half. */
static void fill_from_units(struct assay_case *test, const char *f, const char *y, size_t n,
                            const struct row *row)
{
    case_normal(test, f, DIMS(n, row->C), 0, 1);
    case_normal(test, y, DIMS(n), row->level, row->noise);
    const double *at = case_input(test, f);
    double *value = case_input(test, y);
    for (size_t i = 0; i < n; i++) {
        for (size_t c = 0; c <= row->C / 2; c++)
            value[i] += at[i * row->C + c] * (c % 2 ? -1 : 1.25);
        value[i] = (float)value[i];
    }
}

static void fill_cubic(struct assay_case *test, const char *x, const char *y, size_t n,
                       const struct row *row)
{
    case_uniform(test, x, DIMS(n), -1.25, 1.25);
    case_normal(test, y, DIMS(n), row->level, row->noise);
    const double *at = case_input(test, x);
    double *value = case_input(test, y);
    for (size_t i = 0; i < n; i++)
        value[i] = (float)(value[i] + at[i] * (2.5 * at[i] * at[i] - 1.5));
}

/* Columns of a Hadamard matrix of 16; a validation that has no third feature. */
static void fill_signs(struct assay_case *test, const struct row *row)
{
    static const double two_are_best[] = {1, 1, 0, 1, 1, -1, 0, 1, 1, 1, 0, -1, 1, -1, 0, -1};
    static const double four_are_best[] = {1, 1, 0, -8, 1, -1, 0, 8, 1, 1, 0, -8, 1, -1, 0, 8};
    int turned = row->data == TURNED_SIGNS;
    case_constant(test, "f", DIMS(row->N, row->C), 1);
    double *f = case_input(test, "f");
    for (size_t n = 0; n < row->N; n++) {
        for (size_t c = 1; c < row->C; c++)
            f[n * row->C + c] = n >> (c - 1) & 1 ? -1 : 1;
    }
    case_values(test, "g", DIMS(row->M, row->C), turned ? four_are_best : two_are_best);
    case_values(test, "y", DIMS(row->N),
                (const double[]){5, -1, 4, 0, 3, -2, 4, -1, 4, 1, 5, -3, 2, 0, 4, -2});
    case_values(test, "t", DIMS(row->M),
                turned ? (const double[]){0.5, 2.5, 0.5, 2} : (const double[]){4, -1, 4, -1.5});
}

void capacity_sweep_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        const char *const names[] = {"selection", "tie", "penalty", "within"};
        const char *const choices[] = {row->selection, row->tie, row->penalty, row->within};
        struct assay_case *test = case_add(list, &row->head);
        size_t K = 0;
        case_number(test, "block", (double)row->block);
        if (row->l2 != 0)
            case_number(test, "l2", row->l2);
        if (row->tolerance != 0)
            case_number(test, "tolerance", row->tolerance);
        if (row->data == CUBIC)
            case_choice(test, "features", "powers");
        for (size_t c = 0; c < sizeof names / sizeof *names; c++) {
            if (choices[c])
                case_choice(test, names[c], choices[c]);
        }
        if (row->data == CUBIC) {
            fill_cubic(test, "x", "y", row->N, row);
            fill_cubic(test, "u", "t", row->M, row);
        } else if (row->data == UNITS) {
            fill_from_units(test, "f", "y", row->N, row);
            fill_from_units(test, "g", "t", row->M, row);
        } else {
            fill_signs(test, row);
        }
        while (K < MOST_CAPACITIES && row->capacity[K])
            K++;
        case_integers(test, "capacity", DIMS(K), row->capacity);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
