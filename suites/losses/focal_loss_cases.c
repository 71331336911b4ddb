// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Logits are uniform in [-size, size); sure ones are on one side only. What is 0 or NULL is not
 * stated. */

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *balance;
    double size, gamma, alpha; /* gamma -1: stated as 0 */
    int side;                  /* 1: all right, -1: all wrong */
} rows[] = {
    /* clang-format off */
    {{"no_focus", "bounded", "LOS-04 LOS-16",
      "gamma 0: the binary cross-entropy.", 0},
     {.N = 9, .K = 4, .block = 2}, .size = 3, .gamma = -1},
    {{"gamma_three", "bounded", "LOS-16",
      "gamma 3, with the defaults of balance stated.", 0},
     {.N = 9, .K = 4, .block = 2}, .size = 3, .gamma = 3, .balance = "none"},
    {{"gamma_a_half", "bounded", "LOS-16",
      "gamma 0.5: the power is a root.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "sum"}, .size = 3, .gamma = 0.5},
    {{"balanced", "bounded", "LOS-16",
      "alpha 0.25 for positives, 0.75 for negatives.", 0},
     {.N = 9, .K = 4, .block = 2}, .size = 3, .balance = "alpha"},
    {{"balanced_stated", "bounded", "LOS-16",
      "alpha 0.875 and gamma 1.5, summed over outputs.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums", .dloss = -1.5}, .size = 3,
      .balance = "alpha", .gamma = 1.5, .alpha = 0.875},
    {{"sure_and_right", "bounded", "LOS-16",
      "Logits of 10 to 20 on the right side: losses of e^-45 keep their digits.", 0},
     {.N = 7, .K = 3, .block = 2, .reduction = "sum"}, .size = 10, .side = 1},
    {{"sure_and_wrong", "bounded", "LOS-16",
      "Logits of 10 to 20 on the wrong side: the linear loss.", 0},
     {.N = 7, .K = 3, .block = 2, .reduction = "sum"}, .size = 10, .side = -1},
    {{"extreme_logits", "bounded", "LOS-16",
      "Logits of 1000: nothing is lost where p is 0 or 1.", 0},
     {.N = 7, .K = 3, .block = 2}, .size = 1000},
    {{"extreme_logits_root", "bounded", "LOS-16",
      "Logits of 1000 with gamma 0.5, balanced: the slope of a root at 0.", 0},
     {.N = 7, .K = 3, .block = 2, .reduction = "sum"}, .size = 1000, .gamma = 0.5,
      .balance = "alpha"},
    {{"small_logits", "bounded", "LOS-16",
      "Logits of 1e-3: p is near a half.", 0},
     {.N = 7, .K = 3, .block = 2}, .size = 1e-3, .balance = "alpha"},
    /* clang-format on */
};

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_uniform(test, "z", DIMS(N, K), -3, 3);
    loss_case_labels(test, N, K, 2, 0, 1);
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->loss.N, K = row->loss.K;
    if (row->balance)
        case_choice(test, "balance", row->balance);
    if (row->gamma > 0 || row->gamma < 0)
        case_number(test, "gamma", row->gamma < 0 ? 0 : row->gamma);
    if (row->alpha > 0)
        case_number(test, "alpha", row->alpha);
    case_uniform(test, "z", DIMS(N, K), -row->size, row->size);
    loss_case_labels(test, N, K, 2, 0, 1);
    double *z = case_input(test, "z"), *t = case_input(test, "t");
    for (size_t i = 0; row->side != 0 && i < N * K; i++)
        z[i] = (float)((1.5 * row->size + z[i] / 2) * (t[i] > 0 ? row->side : -row->side));
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"gamma_negative", "gamma_three", NUMBER_SET, "gamma", -1, NULL, 0,
     "Easy samples would weigh most, without a limit."},
    {"alpha_above_one", "balanced_stated", NUMBER_SET, "alpha", 1.5, NULL, 0,
     "Negatives would be unlearnt."},
    {"alpha_negative", "balanced_stated", NUMBER_SET, "alpha", -0.25, NULL, 0,
     "Positives would be unlearnt."},
    {"label_two", "ordinary", ELEMENT_SET, "t", 2, NULL, 0, "Labels are 0 or 1."},
    {"label_negative", "ordinary", ELEMENT_SET, "t", -1, NULL, 34, "Labels are 0 or 1."},
    {"balance_unknown", "balanced", CHOICE_SET, "balance", 0, "unheard_of", 0,
     "There is no such convention."},
    {"labels_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    /* clang-format on */
};

void focal_loss_cases(struct case_list *list)
{
    loss_cases(list, "LOS-16", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
