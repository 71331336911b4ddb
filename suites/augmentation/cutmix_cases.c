// SPDX-License-Identifier: MIT
#include "../activations/elementwise_cases.h"

static const struct row {
    struct case_head head;
    size_t N, C, H, W, K, block;
    const char *settings;
    int permutation, dyadic, forward_only;
    int place[8], sides[8]; /* row, column, row, column ...; height, width, ... */
    double lambda[5];
} rows[] = {
    /* clang-format off */
    {{"batch", "bounded", "REG-32 REG-35",
      "One box for the batch inside of all images; sides that are cut to whole pixels, and odd "
      "ones.", 0},
     3, 2, 5, 7, 3, 2, "", .permutation = 1, .place = {2, 3}, .lambda = {0.6}},
    {{"beyond_the_border", "bounded", "REG-32",
      "Half of the box is outside: the label follows what was pasted, not lambda.", 0},
     3, 1, 6, 5, 3, 2, "", .permutation = 1, .place = {0, 4}, .lambda = {0.3}},
    {{"sample", "bounded", "REG-32", "Each image has a box of its own, some cut at the border.", 0},
     4, 1, 5, 6, 3, 1, "scope=sample", .permutation = 1, .place = {1, 1, 4, 3, 2, 5, 0, 0},
      .lambda = {0.8, 0.35, 0.1, 0.55}},
    {{"labels_as_drawn", "bounded", "REG-32",
      "The label follows the lambda that was drawn, although the box is cut.", 0},
     3, 1, 6, 5, 3, 2, "labels=lambda", .permutation = 1, .place = {5, 1}, .lambda = {0.3}},
    {{"sample_labels_as_drawn", "bounded", "REG-32", "The same with a lambda for each image.", 0},
     3, 1, 5, 4, 3, 1, "labels=lambda scope=sample", .permutation = 1, .place = {1, 1, 4, 3, 2, 0},
      .lambda = {0.7, 0.35, 0.15}},
    {{"given", "bounded", "REG-32",
      "Boxes that are given: odd sides stay odd, one is cut, one is empty.", 0},
     4, 1, 4, 5, 2, 1, "box=given scope=sample", .permutation = 1, .place = {0, 1, 2, 3, 1, 0, 3,
      2}, .sides = {3, 2, 3, 1, 0, 4, 1, 3}},
    {{"given_for_all", "bounded", "REG-32", "One given box, with lambda for the labels.", 0},
     3, 1, 4, 5, 2, 1, "box=given labels=lambda", .permutation = 1, .place = {1, 3}, .sides = {2,
      3}, .lambda = {0.45}},
    {{"one_for_many", "bounded", "REG-32",
      "Several images share a partner, which gets all their gradients.", 0},
     5, 1, 4, 5, 3, 2, "scope=sample box=given", .place = {0, 0, 1, 1, 0, 2, 2, 0}, .sides = {2, 3,
      2, 3, 3, 2, 2, 4}},
    {{"square", "bounded", "REG-32", "Square images and a box that is not in the middle.", 0},
     3, 1, 5, 5, 2, 1, "", .permutation = 1, .place = {1, 3}, .lambda = {0.75}},
    {{"nothing", "exact", "REG-32", "lambda 1: the box is empty and nothing changes.", 0},
     3, 1, 3, 4, 2, 1, "", .permutation = 1, .dyadic = 1, .place = {1, 2}, .lambda = {1}},
    {{"everything", "exact", "REG-32", "lambda 0 in the middle: images and targets are exchanged.",
      0},
     3, 1, 4, 6, 2, 1, "", .permutation = 1, .dyadic = 1, .place = {2, 3}, .lambda = {0}},
    {{"quarter", "exact", "REG-32 DST-08",
      "lambda 3/4 of 4 x 8 pixels: sides that are whole without a cut.", 0},
     5, 1, 4, 8, 4, 2, "", .permutation = 1, .dyadic = 1, .place = {2, 1}, .lambda = {0.75}},
    {{"forward_only", "bounded", "REG-32", "Without an upstream gradient.", 0},
     2, 1, 3, 4, 2, 1, "", .permutation = 1, .forward_only = 1, .place = {1, 2}, .lambda = {0.35}},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"share_above_one", "forward_only", ELEMENT_SET, "lambda", 1.5, NULL, 0,
     "More than all of an image."},
    {"partner_beyond_the_batch", "forward_only", ELEMENT_SET, "partner", 2, NULL, 1,
     "There is no such image."},
    {"below_the_image", "forward_only", ELEMENT_SET, "row", 3, NULL, 0,
     "The centre is below the image."},
    {"unknown_scope", "forward_only", CHOICE_SET, "scope", 0, "class", 0,
     "There is no such scope."},
    {"lambda_missing", "forward_only", INPUT_GONE, "lambda", 0, NULL, 0,
     "How large the box is belongs to the request."},
    {"a_partner_too_few", "forward_only", INPUT_SHORTER, "partner", 0, NULL, 0,
     "The last image has no partner."},
    /* clang-format on */
};

/* Every second number of `list`, from `first` on. */
static void every_second(struct assay_case *test, const char *name, size_t L, const int *list,
                         size_t first)
{
    int value[8];
    for (size_t l = 0; l < L; l++)
        value[l] = list[2 * (l % 4) + first];
    case_integers(test, name, DIMS(L), value);
}

static void fill(struct assay_case *test, const struct row *is)
{
    struct dims dims = DIMS(is->N, is->C, is->H, is->W);
    if (is->dyadic)
        case_dyadic(test, "x", dims, 1, 16, 1);
    else
        case_signed(test, "x", dims, 0.5, 2);
    case_constant(test, "t", DIMS(is->N, is->K), 0);
    double *t = case_input(test, "t");
    for (size_t n = 0; n < is->N; n++)
        t[n * is->K + n * n % is->K] = 1;
    if (!is->permutation)
        case_integers(test, "partner", DIMS(5), (int[]){3, 3, 0, 1, 3});
    else
        case_integers(test, "partner", DIMS(is->N),
                      is->N == 2   ? (int[]){1, 0}
                      : is->N == 3 ? (int[]){1, 2, 0}
                      : is->N == 4 ? (int[]){2, 3, 1, 0}
                                   : (int[]){3, 0, 1, 4, 2});
    if (is->forward_only)
        return;
    if (is->dyadic)
        case_dyadic(test, "dx_mixed", dims, -4, 4, 0.5);
    else
        case_signed(test, "dx_mixed", dims, 0.5, 2);
}

void cutmix_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        case_number(test, "block", (double)is->block);
        elementwise_settings(test, is->settings);
        fill(test, is);
        int given = strcmp(assay_case_choice(test, "box", "lambda"), "given") == 0;
        int drawn = strcmp(assay_case_choice(test, "labels", "area"), "lambda") == 0;
        size_t L = strcmp(assay_case_choice(test, "scope", "batch"), "sample") == 0 ? is->N : 1;
        every_second(test, "row", L, is->place, 0);
        every_second(test, "column", L, is->place, 1);
        if (given)
            every_second(test, "height", L, is->sides, 0);
        if (given)
            every_second(test, "width", L, is->sides, 1);
        if (!given || drawn)
            case_values(test, "lambda", DIMS(L), is->lambda);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
