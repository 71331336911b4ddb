// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Errors are uniform in [-2, 2) times `size`; quarters, some of them exactly on the edge of the two
 * branches; or every other one is 0. What is 0 or NULL is not stated. */
enum data { UNIFORM, QUARTERS, HALF_RIGHT };

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *form;
    double delta, beta; /* beta -1: stated as 0 */
    double size;
    enum data data;
} rows[] = {
    /* clang-format off */
    {{"delta_of_a_half", "bounded", "LOS-03",
      "delta 0.5, where Huber is half of smooth L1 with the same width.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "huber", .delta = 0.5, .size = 1},
    {{"delta_of_three", "bounded", "LOS-03",
      "delta 3 with larger errors: the slope outside is 3, not 1.", 0},
     {.N = 9, .K = 4, .block = 2, .dloss = -1.5}, .delta = 3, .size = 4},
    {{"smooth_l1", "bounded", "LOS-03",
      "Smooth L1 with beta not stated: the same as Huber, at 1.", 0},
     {.N = 7, .K = 3, .block = 2}, .form = "smooth_l1", .size = 1},
    {{"smooth_l1_narrow", "bounded", "LOS-03",
      "beta 0.25: four times the Huber loss of that width.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "smooth_l1", .beta = 0.25, .size = 1},
    {{"smooth_l1_wide", "bounded", "LOS-03",
      "beta 2.5, with sums of samples averaged.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums"}, .form = "smooth_l1", .beta = 2.5,
      .size = 3},
    {{"smooth_l1_without_width", "bounded", "LOS-02 LOS-03",
      "beta 0: the mean absolute error, and no 0 / 0.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "smooth_l1", .beta = -1, .size = 1},
    {{"smooth_l1_without_width_right", "bounded", "LOS-02 LOS-03",
      "beta 0 and half of the errors 0: loss and slope there are exactly 0.", 0},
     {.N = 7, .K = 3, .block = 2}, .form = "smooth_l1", .beta = -1, .size = 1, .data = HALF_RIGHT},
    {{"pseudo_huber", "bounded", "LOS-03",
      "The smooth relative with delta 0.5.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "pseudo_huber", .delta = 0.5, .size = 1},
    {{"pseudo_huber_small", "bounded", "LOS-03",
      "Errors of 1e-4 with delta 2: sqrt(1 + u^2) - 1 has no digits left.", 0},
     {.N = 7, .K = 3, .block = 2}, .form = "pseudo_huber", .delta = 2, .size = 1e-4},
    {{"exact_edge", "exact", "LOS-03",
      "Errors in quarters with delta 1, many exactly at it: both branches are the same there.", 0},
     {.N = 16, .K = 4, .block = 4, .dloss = 0.5}, .delta = 1, .size = 1, .data = QUARTERS},
    {{"exact_edge_smooth_l1", "exact", "LOS-03 DST-02",
      "The same for smooth L1 with beta 0.5, summed: a sample lost or counted twice cannot hide.",
       0},
     {.N = 24, .K = 4, .block = 2, .reduction = "sum"}, .form = "smooth_l1", .beta = 0.5, .size = 1,
      .data = QUARTERS},
    {{"half_right", "bounded", "LOS-03",
      "Every other error is exactly 0, and so are its loss and slope.", 0},
     {.N = 7, .K = 3, .block = 2}, .size = 1, .data = HALF_RIGHT},
    {{"large_errors", "bounded", "LOS-03 LOS-09",
      "Errors of about 1e4: linear, and no larger slope.", 0},
     {.N = 7, .K = 3, .block = 2}, .size = 1e4},
    {{"small_errors", "bounded", "LOS-03",
      "Errors of about 1e-4: quadratic, with all digits.", 0},
     {.N = 7, .K = 3, .block = 2}, .size = 1e-4},
    /* clang-format on */
};

static void uniform(struct assay_case *test, struct dims dims, double size)
{
    case_uniform(test, "y", dims, -size, size);
    case_uniform(test, "t", dims, -size, size);
}

static void common(struct assay_case *test, size_t N, size_t K)
{
    uniform(test, DIMS(N, K), 1.5);
}

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->loss.N, row->loss.K);
    if (row->form)
        case_choice(test, "form", row->form);
    if (row->delta > 0)
        case_number(test, "delta", row->delta);
    if (row->beta > 0 || row->beta < 0)
        case_number(test, "beta", row->beta < 0 ? 0 : row->beta);
    if (row->data == QUARTERS) {
        case_dyadic(test, "y", dims, -1, 1, 0.25);
        case_dyadic(test, "t", dims, -1, 1, 0.25);
        return;
    }
    uniform(test, dims, row->size);
    double *y = case_input(test, "y"), *t = case_input(test, "t");
    for (size_t i = 0; row->data == HALF_RIGHT && i < row->loss.N * row->loss.K; i += 2)
        y[i] = t[i] = 0;
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"delta_zero", "delta_of_a_half", NUMBER_SET, "delta", 0, NULL, 0,
     "The loss would be 0 everywhere."},
    {"delta_negative", "delta_of_a_half", NUMBER_SET, "delta", -1, NULL, 0,
     "The loss would fall with the error."},
    {"beta_negative", "smooth_l1_narrow", NUMBER_SET, "beta", -1, NULL, 0,
     "The loss would be negative."},
    {"form_unknown", "smooth_l1", CHOICE_SET, "form", 0, "unheard_of", 0,
     "There is no such convention."},
    {"targets_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    /* clang-format on */
};

void huber_cases(struct case_list *list)
{
    loss_cases(list, "LOS-03 LOS-09", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
