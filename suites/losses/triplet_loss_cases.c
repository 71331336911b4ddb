// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Embeddings are uniform in [-size, size), or whole numbers; with `same` every third positive is
 * its anchor. What is 0 or NULL is not stated. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *distance, *form, *epsilon_place;
    double size, margin, epsilon;
    int same;
} rows[] = {
    /* clang-format off */
    {{"conventions_stated", "bounded", "LOS-13 OAR-05",
      "The defaults stated, with a margin of 1.", 0},
     {.N = 12, .K = 3, .block = 2}, .distance = "squared", .form = "margin",
      .epsilon_place = "none", .size = 0.75, .margin = 1},
    {{"euclidean", "bounded", "LOS-13 OAR-05",
      "Distances that are not squared.", 0},
     {.N = 12, .K = 3, .block = 2}, .distance = "euclidean", .size = 0.75},
    {{"euclidean_margin_one", "bounded", "LOS-13 OAR-05",
      "The same with a margin of 1 and sample weights.", 0},
     {.N = 12, .K = 3, .block = 2, .weighted = 1}, .distance = "euclidean", .size = 0.75,
      .margin = 1},
    {{"soft", "bounded", "LOS-13 OAR-05",
      "The soft margin: no triplet has a slope of 0.", 0},
     {.N = 12, .K = 3, .block = 2}, .form = "soft", .size = 1},
    {{"soft_euclidean", "bounded", "LOS-13 OAR-05",
      "The soft margin of distances that are not squared.", 0},
     {.N = 12, .K = 3, .block = 2, .reduction = "sum"}, .form = "soft", .distance = "euclidean",
      .size = 1},
    {{"soft_far_apart", "bounded", "LOS-13 OAR-05",
      "Squared distances of 1e4: e^x overflows in binary32.", 0},
     {.N = 9, .K = 3, .block = 2}, .form = "soft", .size = 60},
    {{"epsilon_in_difference", "bounded", "LOS-13 OAR-05",
      "epsilon 0.0625 is added to each difference, as PyTorch has it.", 0},
     {.N = 12, .K = 3, .block = 2}, .distance = "euclidean", .epsilon_place = "difference",
      .epsilon = 0.0625, .size = 0.75},
    {{"epsilon_in_sum", "bounded", "LOS-13 OAR-05",
      "epsilon 0.0625 is added within the root, as MLX has it.", 0},
     {.N = 12, .K = 3, .block = 2}, .distance = "euclidean", .epsilon_place = "sum",
      .epsilon = 0.0625, .size = 0.75},
    {{"small_epsilon", "bounded", "LOS-13 OAR-05",
      "epsilon is 1e-6 where it is not stated.", 0},
     {.N = 12, .K = 3, .block = 2}, .distance = "euclidean", .epsilon_place = "difference",
      .size = 0.25, .margin = 1},
    {{"equal_embeddings", "bounded", "LOS-13 OAR-05",
      "Every third positive is its anchor: its distance of 0 has slope 0.", 0},
     {.N = 12, .K = 3, .block = 2}, .distance = "euclidean", .size = 0.75, .margin = 1, .same = 1},
    {{"exact", "exact", "LOS-13 OAR-05",
      "Whole embeddings: many triplets are exactly at the margin of 1.", 0},
     {.N = 32, .K = 2, .block = 4, .dloss = 0.5}, .size = 0, .margin = 1},
    {{"all_satisfied", "bounded", "LOS-13 OAR-05",
      "Embeddings of 0.01 with a margin of 2: every triplet pays nearly 2.", 0},
     {.N = 9, .K = 3, .block = 2}, .size = 0.01, .margin = 2},
    /* clang-format on */
};

static void embeddings(struct assay_case *test, size_t N, size_t K, double size)
{
    static const char *const names[] = {"a", "p", "n"};
    for (size_t i = 0; i < 3; i++) {
        if (size > 0)
            case_uniform(test, names[i], DIMS(N, K), -size, size);
        else
            case_dyadic(test, names[i], DIMS(N, K), -1, 1, 1);
    }
}

static void common(struct assay_case *test, size_t N, size_t K)
{
    embeddings(test, N, K, 0.6);
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->loss.N, K = row->loss.K;
    if (row->distance)
        case_choice(test, "distance", row->distance);
    if (row->form)
        case_choice(test, "form", row->form);
    if (row->epsilon_place)
        case_choice(test, "epsilon_place", row->epsilon_place);
    if (row->margin > 0)
        case_number(test, "margin", row->margin);
    if (row->epsilon > 0)
        case_number(test, "epsilon", row->epsilon);
    embeddings(test, N, K, row->size);
    for (size_t i = 0; row->same && i < N * K; i++) {
        if (i / K % 3 == 0)
            case_input(test, "a")[i] = case_input(test, "p")[i] = 0;
    }
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"margin_zero", "conventions_stated", NUMBER_SET, "margin", 0, NULL, 0,
     "All embeddings equal would be best."},
    {"margin_negative", "conventions_stated", NUMBER_SET, "margin", -1, NULL, 0,
     "Wrong orders would be right."},
    {"epsilon_negative", "epsilon_in_difference", NUMBER_SET, "epsilon", -1, NULL, 0,
     "A negative square could follow."},
    {"distance_unknown", "euclidean", CHOICE_SET, "distance", 0, "unheard_of", 0,
     "There is no such convention."},
    {"form_unknown", "soft", CHOICE_SET, "form", 0, "unheard_of", 0,
     "There is no such convention."},
    {"epsilon_place_unknown", "epsilon_in_sum", CHOICE_SET, "epsilon_place", 0, "unheard_of", 0,
     "There is no such convention."},
    {"negatives_missing", "ordinary", INPUT_GONE, "n", 0, NULL, 0, "Nothing to push away."},
    {"positives_short", "ordinary", INPUT_SHORTER, "p", 0, NULL, 0,
     "An anchor without a positive."},
    /* clang-format on */
};

void triplet_loss_cases(struct case_list *list)
{
    loss_cases(list, "LOS-13 OAR-05", 1, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 1);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
