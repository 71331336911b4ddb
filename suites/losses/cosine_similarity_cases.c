// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Vectors are uniform in [-size, size), or of entries 1 and -1; every third a is 0.1 times as long
 * with `shorter`. What is 0 or NULL is not stated. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *form, *epsilon_place;
    double size, epsilon, margin;
    int labels, shorter;
} rows[] = {
    /* clang-format off */
    {{"negative", "bounded", "OAR-05",
      "Minus the similarity, as Keras has it.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "negative", .size = 1},
    {{"labels", "bounded", "OAR-05",
      "Pairs alike and unlike, the conventions stated.", 0},
     {.N = 12, .K = 3, .block = 2}, .form = "one_minus", .epsilon_place = "product", .size = 1,
      .labels = 1},
    {{"labels_margin", "bounded", "OAR-05",
      "Unlike pairs cost nothing below a similarity of 0.25.", 0},
     {.N = 16, .K = 3, .block = 2, .weighted = 1}, .size = 1, .labels = 1, .margin = 0.25},
    {{"negative_labels", "bounded", "OAR-05",
      "Minus the similarity for the pairs that are alike.", 0},
     {.N = 12, .K = 3, .block = 2, .reduction = "sum"}, .form = "negative", .size = 1, .labels = 1},
    {{"short_vectors", "bounded", "OAR-05",
      "Every third a is short: the product of lengths is raised to 0.25.", 0},
     {.N = 12, .K = 3, .block = 2}, .size = 1, .epsilon = 0.25, .shorter = 1},
    {{"short_vectors_each", "bounded", "OAR-05",
      "The same, but each length is raised.", 0},
     {.N = 12, .K = 3, .block = 2}, .epsilon_place = "each", .size = 1, .epsilon = 0.25,
      .shorter = 1},
    {{"short_vectors_labels", "bounded", "OAR-05",
      "Each length raised, with labels, without reduction.", 0},
     {.N = 12, .K = 3, .block = 2, .reduction = "none"}, .epsilon_place = "each", .size = 1,
      .epsilon = 0.25, .shorter = 1, .labels = 1},
    {{"long_vectors", "bounded", "OAR-05",
      "Vectors of 1000: similarities do not change, slopes are a thousandth.", 0},
     {.N = 9, .K = 4, .block = 2}, .size = 1000},
    {{"exact", "exact", "OAR-05",
      "Entries of 1 and -1, four of them: lengths of 2, and some pairs equal or opposite.", 0},
     {.N = 32, .K = 4, .block = 4, .dloss = 0.5}, .size = 0, .labels = 1},
    /* clang-format on */
};

static void vectors(struct assay_case *test, size_t N, size_t K, double size)
{
    case_uniform(test, "a", DIMS(N, K), -size, size);
    case_uniform(test, "b", DIMS(N, K), -size, size);
}

static void common(struct assay_case *test, size_t N, size_t K)
{
    vectors(test, N, K, 1);
}

static void label(struct assay_case *test, size_t N)
{
    case_labels(test, "t", N, 2);
    for (size_t n = 0; n < N; n++)
        case_input(test, "t")[n] = 2 * case_input(test, "t")[n] - 1;
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->loss.N, K = row->loss.K;
    if (row->form)
        case_choice(test, "form", row->form);
    if (row->epsilon_place)
        case_choice(test, "epsilon_place", row->epsilon_place);
    if (row->epsilon > 0)
        case_number(test, "epsilon", row->epsilon);
    if (row->margin > 0)
        case_number(test, "margin", row->margin);
    if (row->size > 0) {
        vectors(test, N, K, row->size);
    } else {
        case_dyadic(test, "a", DIMS(N, K), -1, 1, 2);
        case_dyadic(test, "b", DIMS(N, K), -1, 1, 2);
    }
    double *a = case_input(test, "a");
    for (size_t i = 0; row->shorter && i < N * K; i++)
        a[i] = (float)(i / K % 3 == 0 ? 0.125 * a[i] : a[i]);
    if (row->labels)
        label(test, N);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"epsilon_zero", "ordinary", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A zero vector would be 0 / 0."},
    {"margin_above_one", "labels_margin", NUMBER_SET, "margin", 1.5, NULL, 0,
     "No cosine is above 1."},
    {"margin_below", "labels_margin", NUMBER_SET, "margin", -1.5, NULL, 0,
     "No cosine is below -1."},
    {"label_zero", "labels", ELEMENT_SET, "t", 0, NULL, 1, "Labels are 1 or -1."},
    {"label_two", "labels", ELEMENT_SET, "t", 2, NULL, 0, "Labels are 1 or -1."},
    {"form_unknown", "negative", CHOICE_SET, "form", 0, "unheard_of", 0,
     "There is no such convention."},
    {"epsilon_place_unknown", "short_vectors_each", CHOICE_SET, "epsilon_place", 0, "unheard_of", 0,
     "There is no such convention."},
    {"other_missing", "ordinary", INPUT_GONE, "b", 0, NULL, 0, "Nothing to compare with."},
    {"other_short", "ordinary", INPUT_SHORTER, "b", 0, NULL, 1, "Vectors of different sizes."},
    /* clang-format on */
};

void cosine_similarity_cases(struct case_list *list)
{
    loss_cases(list, "OAR-05", 1, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 1);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
