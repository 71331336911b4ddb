// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Embeddings are uniform in [-size, size), or whole numbers on one axis a pair; with `same` every
 * third pair is of equal embeddings. What is 0 or NULL is not stated. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *similar, *half, *power, *epsilon_place;
    double size, margin, epsilon;
    int same;
} rows[] = {
    /* clang-format off */
    {{"conventions_stated", "bounded", "LOS-12 OAR-05",
      "The defaults stated, with a margin of 2 that pairs are on both sides of.", 0},
     {.N = 12, .K = 3, .block = 2}, .similar = "one", .half = "no", .power = "two",
      .epsilon_place = "none", .size = 1.5, .margin = 2},
    {{"zero_is_similar", "bounded", "LOS-12 OAR-05",
      "Label 0 marks similar pairs, and a half stands before all, as in the original.", 0},
     {.N = 12, .K = 3, .block = 2}, .similar = "zero", .half = "yes", .size = 0.5},
    {{"halved", "bounded", "LOS-12 OAR-05",
      "A half stands before the loss.", 0},
     {.N = 9, .K = 3, .block = 2, .reduction = "sum", .dloss = 0.75}, .half = "yes", .size = 0.5},
    {{"first_power", "bounded", "LOS-12 OAR-05",
      "Distances that are not squared.", 0},
     {.N = 12, .K = 3, .block = 2}, .power = "one", .size = 0.5},
    {{"first_power_halved", "bounded", "LOS-12 OAR-05",
      "Distances that are not squared, with a half, a margin of 3 and weights.", 0},
     {.N = 12, .K = 3, .block = 2, .weighted = 1}, .power = "one", .half = "yes", .size = 1,
      .margin = 3},
    {{"epsilon_in_difference", "bounded", "LOS-12 OAR-05",
      "epsilon 0.0625 is added to each difference: its sign matters.", 0},
     {.N = 12, .K = 3, .block = 2}, .epsilon_place = "difference", .epsilon = 0.0625, .size = 0.5},
    {{"epsilon_in_sum", "bounded", "LOS-12 OAR-05",
      "epsilon 0.0625 is added within the root.", 0},
     {.N = 12, .K = 3, .block = 2}, .epsilon_place = "sum", .epsilon = 0.0625, .size = 0.5},
    {{"small_epsilon", "bounded", "LOS-12 OAR-05",
      "epsilon 1e-6 within the difference, with small embeddings.", 0},
     {.N = 9, .K = 4, .block = 2}, .epsilon_place = "difference", .size = 0.0625, .margin = 0.25},
    {{"equal_embeddings", "bounded", "LOS-12 OAR-05",
      "Every third pair is of equal embeddings: u / d is 0 there, not 0 / 0.", 0},
     {.N = 12, .K = 3, .block = 2}, .size = 0.5, .same = 1},
    {{"equal_embeddings_first_power", "bounded", "LOS-12 OAR-05",
      "The same for distances that are not squared.", 0},
     {.N = 12, .K = 3, .block = 2}, .power = "one", .size = 0.5, .same = 1},
    {{"exact", "exact", "LOS-12 OAR-05",
      "Whole differences on one axis, with margin 4: some pairs are exactly at it.", 0},
     {.N = 32, .K = 3, .block = 4, .dloss = 0.5}, .size = 0, .margin = 4},
    {{"far_apart", "bounded", "LOS-12 OAR-05",
      "Embeddings of 1000: different pairs cost nothing.", 0},
     {.N = 9, .K = 4, .block = 2}, .size = 1000},
    /* clang-format on */
};

static void common(struct assay_case *test, size_t N, size_t K)
{
    double size = K > 8 ? 0.15 : 0.6;
    case_uniform(test, "a", DIMS(N, K), -size, size);
    case_uniform(test, "b", DIMS(N, K), -size, size);
    case_labels(test, "t", N, 2);
}

static void state(struct assay_case *test, const struct row *row)
{
    if (row->similar)
        case_choice(test, "similar", row->similar);
    if (row->half)
        case_choice(test, "half", row->half);
    if (row->power)
        case_choice(test, "power", row->power);
    if (row->epsilon_place)
        case_choice(test, "epsilon_place", row->epsilon_place);
    if (row->margin > 0)
        case_number(test, "margin", row->margin);
    if (row->epsilon > 0)
        case_number(test, "epsilon", row->epsilon);
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->loss.N, K = row->loss.K;
    state(test, row);
    case_labels(test, "t", N, 2);
    if (row->size > 0) {
        case_uniform(test, "a", DIMS(N, K), -row->size, row->size);
        case_uniform(test, "b", DIMS(N, K), -row->size, row->size);
    } else {
        case_dyadic(test, "a", DIMS(N, K), 1, 4, 1);
        case_dyadic(test, "b", DIMS(N, K), -2, 0, 1);
    }
    double *a = case_input(test, "a"), *b = case_input(test, "b");
    for (size_t i = 0; i < N * K; i++) {
        if (row->same && i / K % 3 == 0)
            a[i] = b[i] = 0;
        else if (!(row->size > 0) && i % K != i / K % K)
            b[i] = a[i];
        else if (!(row->size > 0)) /* distances 1 and 4 keep quotients exact */
            b[i] = a[i] + b[i] * b[i] - (b[i] < 0 ? 0 : -1);
    }
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"margin_zero", "conventions_stated", NUMBER_SET, "margin", 0, NULL, 0,
     "Nothing would be pushed apart."},
    {"margin_negative", "conventions_stated", NUMBER_SET, "margin", -1, NULL, 0,
     "Nothing would be pushed apart."},
    {"label_two", "ordinary", ELEMENT_SET, "t", 2, NULL, 6, "Pairs are similar or not."},
    {"label_negative", "ordinary", ELEMENT_SET, "t", -1, NULL, 0, "Labels are 0 or 1."},
    {"epsilon_negative", "epsilon_in_difference", NUMBER_SET, "epsilon", -1, NULL, 0,
     "A negative square could follow."},
    {"similar_unknown", "conventions_stated", CHOICE_SET, "similar", 0, "unheard_of", 0,
     "There is no such convention."},
    {"half_unknown", "halved", CHOICE_SET, "half", 0, "unheard_of", 0,
     "There is no such convention."},
    {"power_unknown", "first_power", CHOICE_SET, "power", 0, "unheard_of", 0,
     "There is no such convention."},
    {"epsilon_place_unknown", "epsilon_in_sum", CHOICE_SET, "epsilon_place", 0, "unheard_of", 0,
     "There is no such convention."},
    {"labels_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0,
     "Nobody says which pairs are similar."},
    {"other_short", "ordinary", INPUT_SHORTER, "b", 0, NULL, 1, "Embeddings of different sizes."},
    /* clang-format on */
};

void contrastive_loss_cases(struct case_list *list)
{
    loss_cases(list, "LOS-12 OAR-05", 1, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 1);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
