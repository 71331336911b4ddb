// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* What is wrong with the data, as a sum. */
enum wrong {
    CLEAN = 0,
    LABELS = 1,        /* -1 and `classes` among the labels */
    TWINS = 2,         /* samples 1 and 4 again, later; some with another label */
    CONSTANT = 4,      /* feature 1 is constant, 2 nearly */
    ROWS = 8,          /* rows that are none: two ones, 0.5, all 0, 2, of another class */
    NOT_SHUFFLED = 16, /* the first row as it is, the third like the second */
    NOT_VALID = 32,    /* the last row holds a sample twice */
    CLASS_LOST = 64,   /* nobody is of class 1 */
    SIGNED_ZERO = 128  /* twins that differ in the sign of a zero, and in the last bit */
};

/* N samples of D features and C classes; E permutations (0: none); rows or not. */
static const struct row {
    struct case_head head;
    size_t N, D, C, E;
    int rows;
    const char *shuffling;
    unsigned wrong;
} rows[] = {
    /* clang-format off */
    {{"clean", "exact", "FND-35", "Nothing is wrong: a checker that always warns cannot pass.", 0},
     9, 3, 4, 3, 1, NULL, CLEAN},
    {{"labels_outside", "exact", "FND-35", "Labels below 0 and one beyond the last class.", 0},
     11, 3, 4, 2, 0, NULL, LABELS},
    {{"labels_outside_rows", "exact", "FND-35", "Such labels never agree with their one-hot row.",
      0},
     11, 3, 4, 2, 1, NULL, LABELS},
    {{"bad_rows", "exact", "FND-35 FND-29",
      "Two ones, one half, no one, a two, and a one at another class.", 0},
     12, 2, 3, 0, 1, NULL, ROWS},
    {{"twins", "exact", "FND-35",
      "Repeated samples, the third time too: each names the first, some contradict its label.", 0},
     12, 3, 3, 1, 1, NULL, TWINS},
    {{"nearly_twins", "exact", "FND-35", "0 equals -0; a last bit makes another sample.", 0},
     8, 2, 3, 0, 0, NULL, SIGNED_ZERO},
    {{"constant_feature", "exact", "FND-35", "One constant feature, and one that is so but once.",
      0},
     10, 4, 3, 1, 0, NULL, CONSTANT},
    {{"not_shuffled", "exact", "FND-35 DAT-21",
      "Epoch 1 in the given order, epoch 3 like epoch 2.", 0},
     8, 2, 3, 5, 0, "required", NOT_SHUFFLED},
    {{"free_order", "exact", "FND-35", "The same where nobody asked for shuffling.", 0},
     8, 2, 3, 5, 0, "free", NOT_SHUFFLED},
    {{"not_a_permutation", "exact", "FND-35 DAT-21",
      "A sample three times, two others never, in a row that adds up right.", 0},
     7, 2, 3, 4, 0, NULL, NOT_VALID},
    {{"class_lost", "exact", "FND-35", "A class without a sample is a problem of its own.", 0},
     10, 2, 4, 1, 1, NULL, CLASS_LOST},
    {{"everything", "exact", "FND-35 DST-08", "All of it, over more samples than ranks.", 0},
     23, 5, 4, 6, 1, NULL, LABELS | TWINS | CONSTANT | NOT_SHUFFLED | NOT_VALID | CLASS_LOST},
    {{"one_sample", "exact", "FND-35",
      "A single sample: constant features mean nothing, its order cannot change.", 0},
     1, 2, 1, 1, 1, "free", CLEAN},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"classes_missing", "clean", NUMBER_GONE, "classes", .why = "The range is not known."},
    {"no_class", "clean", NUMBER_SET, "classes", 0, .why = "There must be one."},
    {"samples_missing", "clean", INPUT_GONE, "x", .why = "There is nothing to check."},
    {"labels_missing", "clean", INPUT_GONE, "label", .why = "There is nothing to check."},
    {"label_lost", "clean", INPUT_SHORTER, "label", .why = "Every sample has a label."},
    {"row_too_short", "clean", INPUT_SHORTER, "rows", .element = 1,
     .why = "Rows have an entry for each class."},
    {"no_such_sample", "clean", ELEMENT_SET, "permutation", 9, .element = 3,
     .why = "There are samples 0 to 8."},
    {"shuffling_unknown", "clean", CHOICE_SET, "shuffling", 0, "sometimes",
     .why = "Not a convention."},
};

static void spoil_samples(double *x, double *label, const struct row *row)
{
    size_t D = row->D;
    for (size_t n = 0; n < row->N; n++) {
        if (row->wrong & TWINS && n > 4 && n % 2 == 1) {
            for (size_t d = 0; d < D; d++)
                x[n * D + d] = x[(n % 4 == 1 ? 1 : 4) * D + d];
        }
        if (row->wrong & CONSTANT) {
            x[n * D + 1] = 0.5;
            x[n * D + 2] = n == row->N - 1 ? 0.25 : 0.75;
        }
        if (row->wrong & SIGNED_ZERO) {
            x[n * D] = n % 2 ? -0.0 : 0;
            x[n * D + 1] = n < 4 ? 1 : n < 6 ? 1.0000001192092896 : -1;
        }
        if (row->wrong & LABELS && n % 5 == 2)
            label[n] = n % 2 ? -1 : (double)row->C;
        if (row->wrong & CLASS_LOST && label[n] > 0 && label[n] < 2)
            label[n] = 2;
    }
}

static void fill_rows(struct assay_case *test, const struct row *row)
{
    size_t N = row->N, C = row->C;
    case_constant(test, "rows", DIMS(N, C), 0);
    const double *label = case_input(test, "label");
    double *rows_of = case_input(test, "rows");
    for (size_t n = 0; n < N; n++) {
        size_t k = label[n] >= 0 && label[n] < (double)C ? (size_t)label[n] : 0;
        rows_of[n * C + k] = 1;
        if (!(row->wrong & ROWS))
            continue;
        if (n == 1 || n == 6)
            rows_of[n * C + (k + 1) % C] = 1;
        if (n == 3 || n == 7)
            rows_of[n * C + k] = n == 3 ? 0.5 : 2;
        if (n == 4 || n == 9)
            rows_of[n * C + k] = 0;
        if (n == 9)
            rows_of[n * C + (k + 1) % C] = 1;
        if (n == 10)
            rows_of[n * C + (k + 2) % C] = -1;
        if (n == 11) { /* entries that add up to one */
            rows_of[n * C + k] = 2;
            rows_of[n * C + (k + 2) % C] = -1;
        }
    }
}

static void fill_permutations(struct assay_case *test, const struct row *row)
{
    size_t N = row->N;
    case_permutations(test, "permutation", row->E, N);
    double *p = case_input(test, "permutation");
    for (size_t n = 0; row->wrong & NOT_SHUFFLED && n < N; n++) {
        p[n] = (double)n;
        p[2 * N + n] = p[N + n];
    }
    /* 0 and 4 become 2: the sum of the row stays. */
    for (size_t i = (row->E - 1) * N; row->wrong & NOT_VALID && i < row->E * N; i++)
        p[i] = p[i] < 1 || (p[i] > 3 && p[i] < 5) ? 2 : p[i];
}

void data_checks_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        int label[32];
        for (size_t n = 0; n < row->N; n++)
            label[n] = (int)((n * n + n / 3) % row->C);
        for (size_t n = 0; n < row->C && n < row->N; n++)
            label[n] = (int)n;
        case_number(test, "classes", (double)row->C);
        if (row->shuffling)
            case_choice(test, "shuffling", row->shuffling);
        case_dyadic(test, "x", DIMS(row->N, row->D), -4, 4, 0.0625);
        case_integers(test, "label", DIMS(row->N), label);
        spoil_samples(case_input(test, "x"), case_input(test, "label"), row);
        if (row->rows)
            fill_rows(test, row);
        if (row->E)
            fill_permutations(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
