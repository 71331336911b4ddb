// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* N samples, I features and T tasks, all uniform in [-1, 1); targets of task k are 4^k times as
 * large, so that tasks differ. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, I, T, block;
    const char *weighting, *half, *normalized;
    int weighted, whole;
    size_t missing; /* every so many labels are missing, more of later tasks */
    double dloss;
} rows[] = {
    /* clang-format off */
    {{"two_tasks", "bounded", "LOS-26", "Two heads of equal weight: the plain sum of their losses.",
      0},
     .N = 7, .I = 3, .T = 2, .block = 2},
    {{"stated", "bounded", "LOS-26", "The defaults stated, with an upstream gradient.", 0},
     .N = 6, .I = 4, .T = 3, .block = 4, .weighting = "fixed", .normalized = "no", .dloss = -1.5},
    {{"weighted", "bounded", "LOS-26", "Unequal weights: each head's gradient has its own.", 0},
     .N = 7, .I = 3, .T = 3, .block = 2, .weighted = 1},
    {{"weights_normalized", "bounded", "LOS-26", "The same weights divided by their sum.", 0},
     .N = 7, .I = 3, .T = 3, .block = 2, .weighted = 1, .normalized = "yes", .dloss = 0.75},
    {{"uncertainty", "bounded", "LOS-26",
      "Learnt weights e^-s / 2 with their regulariser s / 2, and gradients of s.", 0},
     .N = 7, .I = 3, .T = 3, .block = 2, .weighting = "uncertainty"},
    {{"uncertainty_stated", "bounded", "LOS-26", "The same with the half stated.", 0},
     .N = 5, .I = 2, .T = 2, .block = 2, .weighting = "uncertainty", .half = "yes", .dloss = 2},
    {{"uncertainty_without_half", "bounded", "LOS-26", "Without the half, as much code has it.", 0},
     .N = 7, .I = 3, .T = 3, .block = 2, .weighting = "uncertainty", .half = "no", .dloss = 0.5},
    {{"labels_missing", "bounded", "LOS-26",
      "Samples that have labels for some tasks: each loss is a mean over its own.", 0},
     .N = 11, .I = 3, .T = 3, .block = 2, .missing = 2, .weighted = 1},
    {{"labels_missing_uncertainty", "bounded", "LOS-26",
      "The same with learnt weights.", 0},
     .N = 11, .I = 2, .T = 2, .block = 4, .missing = 3, .weighting = "uncertainty"},
    {{"square", "bounded", "LOS-26",
      "As many samples as features as tasks: a transposed matrix keeps the shape.", 0},
     .N = 4, .I = 4, .T = 4, .block = 2, .weighted = 1},
    {{"one_task", "bounded", "LOS-26 LOS-01", "One task of weight 1 is the mean squared error.", 0},
     .N = 6, .I = 3, .T = 1, .block = 2},
    {{"exact", "exact", "LOS-26 DST-02", "Whole numbers and 16 samples.", 0},
     .N = 16, .I = 3, .T = 2, .block = 2, .whole = 1, .dloss = 0.5},
    {{"wide", "bounded", "LOS-26", "19 features and 5 tasks, which no vector width divides.", 0},
     .N = 3, .I = 19, .T = 5, .block = 1, .weighted = 1},
    {{"many_blocks", "bounded", "LOS-26 DST-02",
      "23 samples in blocks of 2 with missing labels: blocks have unequal numbers of them.", 0},
     .N = 23, .I = 2, .T = 2, .block = 2, .missing = 2},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"weight_negative", "weighted", ELEMENT_SET, "weight", -1, NULL, 1, "A task to be unlearnt."},
    {"weights_short", "weighted", INPUT_SHORTER, "weight", 0, NULL, 0, "A task without a weight."},
    {"mask_out_of_range", "labels_missing", ELEMENT_SET, "mask", 2, NULL, 0,
     "A label is there or not."},
    {"uncertainty_missing", "uncertainty", INPUT_GONE, "s", 0, NULL, 0,
     "Learnt weights that are not given."},
    {"weighting_unknown", "stated", CHOICE_SET, "weighting", 0, "gradient_norm", 0,
     "There is no such weighting."},
    {"half_unknown", "uncertainty_stated", CHOICE_SET, "half", 0, "third", 0,
     "There is a half or not."},
    {"normalized_unknown", "stated", CHOICE_SET, "normalized", 0, "softmax", 0,
     "There is no such normalisation."},
    {"heads_short", "stated", INPUT_SHORTER, "w", 0, NULL, 0, "A feature without heads."},
    {"targets_short", "stated", INPUT_SHORTER, "t", 0, NULL, 1, "A task without targets."},
    /* clang-format on */
};

static void fill_mask(struct assay_case *test, const struct row *row)
{
    size_t count = row->N * row->T;
    if (row->missing == 0)
        return;
    case_constant(test, "mask", DIMS(row->N, row->T), 1);
    test->request.input[test->request.inputs - 1].integral = 1;
    for (size_t i = 0; i < count; i++)
        if ((i / row->T) % (row->missing + row->T - i % row->T) == 1)
            case_input(test, "mask")[i] = 0;
}

static void fill(struct assay_case *test, const struct row *row)
{
    size_t N = row->N, I = row->I, T = row->T;
    if (row->whole) {
        case_dyadic(test, "x", DIMS(N, I), -3, 3, 1);
        case_dyadic(test, "w", DIMS(I, T), -3, 3, 1);
        case_dyadic(test, "t", DIMS(N, T), -3, 3, 1);
        return;
    }
    case_uniform(test, "x", DIMS(N, I), -1, 1);
    case_uniform(test, "w", DIMS(I, T), -1, 1);
    case_uniform(test, "t", DIMS(N, T), -1, 1);
    for (size_t i = 0, k; i < N * T; i++)
        for (k = 0; k < i % T; k++)
            case_input(test, "t")[i] *= 4;
    if (row->weighted)
        case_uniform(test, "weight", DIMS(T), 0.25, 2);
    if (row->weighting && row->weighting[0] == 'u')
        case_signed(test, "s", DIMS(T), 0.25, 1.5);
    fill_mask(test, row);
}

void multi_task_loss_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->weighting)
            case_choice(test, "weighting", row->weighting);
        if (row->half)
            case_choice(test, "half", row->half);
        if (row->normalized)
            case_choice(test, "normalized", row->normalized);
        fill(test, row);
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
