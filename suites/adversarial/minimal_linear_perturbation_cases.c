// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data {
    RANDOM,
    WITHIN,       /* one sample exactly on the boundary (binary) */
    EQUAL,        /* two weights of the largest size */
    LABELS_WRONG, /* random labels: some are beyond their boundary */
    TRIANGLE,     /* weights 1.5 and 2, f = 6.25 */
    ONE_WEIGHT,   /* one sample of one feature */
    TWO_WEIGHTS   /* the same, predicted class 0 of two */
};

struct setting {
    size_t N, D, K, block;                 /* K = 0: binary */
    const char *norm, *own, *wrong, *ties; /* NULL: not stated */
    enum data data;
    int targeted;
    double overshoot;
};

static const struct row {
    struct case_head head;
    struct setting setting;
} rows[] = {
    {{"binary_l2", "bounded", "ADV-05", "The distance |f| / |w| on both sides of a line.", 0},
     {.N = 9, .D = 4, .block = 4}},
    {{"binary_l_infinity", "bounded", "ADV-05",
      "Every feature moves by |f| / |w|_1: the dual norm, not the norm.", 0},
     {.N = 9, .D = 4, .block = 4, .norm = "l_infinity"}},
    {{"binary_l1", "bounded", "ADV-05", "One feature does it all: the one of the largest weight.",
      0},
     {.N = 9, .D = 4, .block = 2, .norm = "l1"}},
    {{"nearest_of_three", "bounded", "ADV-05",
      "Three classes: the nearest boundary is not always that of the second largest output.", 1},
     {.N = 11, .D = 3, .K = 3, .block = 4, .norm = "l2", .own = "prediction", .wrong = "zero"}},
    {{"nearest_of_five_l_infinity", "bounded", "ADV-05", "Five classes in the largest change.", 0},
     {.N = 8, .D = 4, .K = 5, .block = 3, .norm = "l_infinity"}},
    {{"nearest_of_five_l1", "bounded", "ADV-05", "Five classes in the sum of changes.", 0},
     {.N = 8, .D = 4, .K = 5, .block = 3, .norm = "l1", .ties = "first"}},
    {{"labels_zero", "bounded", "ADV-05",
      "Labels that the model misses need no change; the others are measured from the label.", 0},
     {.N = 10, .D = 3, .K = 4, .block = 4, .own = "label", .wrong = "zero", .overshoot = 0.25}},
    {{"labels_signed", "bounded", "ADV-05", "The same kind with negative margins and a way back.",
      0},
     {.N = 10, .D = 3, .K = 4, .block = 4, .own = "label", .wrong = "signed"}},
    {{"binary_labels_signed", "bounded", "ADV-05", "Signed margins of two classes, largest change.",
      0},
     {.N = 7, .D = 3, .block = 2, .norm = "l_infinity", .own = "label", .wrong = "signed"}},
    {{"targeted", "bounded", "ADV-05", "A class is given, and it is not the nearest one.", 3},
     {.N = 6, .D = 5, .K = 4, .block = 4, .targeted = 1}},
    {{"overshoot", "bounded", "ADV-05",
      "Two per cent beyond the boundary: of the change, not of the input.", 0},
     {.N = 7, .D = 4, .K = 3, .block = 4, .overshoot = 0.02}},
    {{"on_the_boundary", "exact", "ADV-05",
      "Labelled: a sample with f = 0 exactly is of class 1 and needs no change.", 0},
     {.N = 1, .D = 3, .block = 4, .norm = "l_infinity", .data = WITHIN}},
    {{"equal_weights_first", "exact", "ADV-05",
      "Labelled: two weights are the largest; the first feature moves.", 0},
     {.N = 1, .D = 4, .block = 2, .norm = "l1", .ties = "first", .data = EQUAL}},
    {{"equal_weights_last", "exact", "ADV-05", "Labelled: the last of them moves.", 0},
     {.N = 1, .D = 4, .block = 2, .norm = "l1", .ties = "last", .data = EQUAL}},
    {{"one_feature", "bounded", "ADV-05", "All norms agree; the weight is not 1.", 0},
     {.N = 3, .D = 1, .K = 2, .block = 2}},
    {{"many_blocks", "bounded", "ADV-05 DST-01", "13 samples in blocks of 2 on all ranks.", 0},
     {.N = 13, .D = 3, .K = 3, .block = 2}},
    {{"triangle", "exact", "ADV-05",
      "Weights 1.5 and 2 have length 2.5 and f is 6.25: nothing is rounded.", 0},
     {.N = 1, .D = 2, .block = 1, .data = TRIANGLE}},
    {{"one_weight", "exact", "ADV-05", "f = 4 and w = 2: a distance of 2.", 0},
     {.N = 1, .D = 1, .block = 1, .data = ONE_WEIGHT}},
    {{"one_weight_targeted", "exact", "ADV-05",
      "Weights 1 and -1: their difference is the direction.", 0},
     {.N = 1, .D = 1, .K = 2, .block = 1, .data = TWO_WEIGHTS, .targeted = 1, .overshoot = 0.5}},
};

static const struct refusal refusals[] = {
    {"overshoot_negative", "one_feature", NUMBER_SET, "overshoot", -0.5,
     .why = "The boundary would not be reached."},
    {"norm_unknown", "one_feature", CHOICE_SET, "norm", 0, "l0", .why = "No dual norm is known."},
    {"weights_zero", "one_weight", ELEMENT_SET, "w", 0, .why = "w = 0 has no boundary: 0 / 0."},
    {"label_beyond", "binary_labels_signed", ELEMENT_SET, "labels", 2, .element = 6,
     .why = "A binary model has classes 0 and 1."},
    {"target_its_own", "one_weight_targeted", ELEMENT_SET, "targets", 0,
     .why = "A target that the sample has already."},
    {"biases_short", "one_feature", INPUT_SHORTER, "b", .why = "One bias for each class."},
    {"labels_missing", "binary_labels_signed", INPUT_GONE, "labels",
     .why = "Labels are asked for."},
};

static void put(struct assay_case *test, const char *name, size_t n, const double *value)
{
    for (size_t i = 0; i < n; i++)
        case_input(test, name)[i] = value[i];
}

static void fill_special(struct assay_case *test, enum data data)
{
    if (data == WITHIN) { /* 1.5 2 - 0.5 4 + 0.25 2 - 1.5 = 0 */
        put(test, "w", 3, (const double[]){2, -4, 2});
        put(test, "x", 3, (const double[]){1.5, 0.5, 0.25});
        put(test, "b", 1, (const double[]){-1.5});
    } else if (data == EQUAL) {
        put(test, "w", 4, (const double[]){-1.25, 2, 0.75, -2});
        put(test, "x", 4, (const double[]){1.5, 1.25, -1, 0.5});
        put(test, "b", 1, (const double[]){-0.5});
    } else if (data == TRIANGLE) {
        put(test, "w", 2, (const double[]){1.5, 2});
        put(test, "x", 2, (const double[]){1.5, 2.25});
        put(test, "b", 1, (const double[]){-0.5});
    } else if (data == ONE_WEIGHT) {
        put(test, "w", 1, (const double[]){2});
        put(test, "x", 1, (const double[]){2});
        put(test, "b", 1, (const double[]){0});
    } else if (data == TWO_WEIGHTS) {
        put(test, "w", 2, (const double[]){1, -1});
        put(test, "x", 1, (const double[]){2});
        put(test, "b", 2, (const double[]){0, 0});
    }
}

/* The class after the largest output, so that it is never the own one. */
static void fill_targets(struct assay_case *test, const struct setting *row)
{
    size_t D = row->D, K = row->K;
    case_labels(test, "targets", row->N, (int)K);
    const double *x = case_input(test, "x"), *w = case_input(test, "w"), *b = case_input(test, "b");
    for (size_t n = 0; n < row->N; n++) {
        double best = -1e9;
        for (size_t k = 0; k < K; k++) {
            double z = b[k];
            for (size_t d = 0; d < D; d++)
                z += x[n * D + d] * w[d * K + k];
            if (z > best)
                case_input(test, "targets")[n] = (double)((k + 1) % K);
            best = z > best ? z : best;
        }
    }
}

static void fill(struct assay_case *test, const struct setting *row)
{
    size_t N = row->N, D = row->D, K = row->K;
    case_normal(test, "x", DIMS(N, D), 0.25, 1);
    case_signed(test, "w", K ? DIMS(D, K) : DIMS(D), 0.5, 2);
    case_uniform(test, "b", K ? DIMS(K) : SCALAR, -0.75, K ? 0.75 : -0.25);
    fill_special(test, row->data);
    if (row->own && row->own[0] == 'l')
        case_labels(test, "labels", N, K ? (int)K : 2);
    if (row->targeted)
        fill_targets(test, row);
}

void minimal_linear_perturbation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *row = &rows[i].setting;
        struct assay_case *test = case_add(list, &rows[i].head);
        const char *const names[] = {"norm", "own", "wrong", "ties"};
        const char *const values[] = {row->norm, row->own, row->wrong, row->ties};
        case_number(test, "block", (double)row->block);
        if (row->overshoot != 0)
            case_number(test, "overshoot", row->overshoot);
        if (row->K)
            case_choice(test, "model", "multi_class");
        if (row->targeted)
            case_choice(test, "target", "given");
        for (size_t k = 0; k < 4; k++)
            if (values[k])
                case_choice(test, names[k], values[k]);
        fill(test, row);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
