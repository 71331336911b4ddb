// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* N samples of K pixels: probabilities in [0, 1), targets 0 or 1, or soft. Every `empty`th sample
 * has neither prediction nor target. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, K, block;
    const char *form, *place, *power, *over, *reduction;
    double smooth, alpha, beta, dloss;
    int soft;
    size_t empty;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "", "An overlap for each sample, and the mean of the losses.", 0},
     .N = 7, .K = 5, .block = 2},
    {{"stated", "bounded", "",
      "All defaults stated, with smoothing of 0.5 and an upstream gradient.", 0},
     .N = 6, .K = 4, .block = 4, .form = "dice", .place = "denominator", .power = "one",
     .over = "samples", .reduction = "mean", .smooth = 0.5, .dloss = -1.5},
    {{"smooth_both", "bounded", "", "Smoothing of 1 above and below.", 0},
     .N = 7, .K = 4, .block = 2, .place = "both", .smooth = 1},
    {{"empty_targets", "bounded", "",
      "Every third sample is empty and predicted so: with smoothing below alone it costs 1.", 0},
     .N = 7, .K = 4, .block = 2, .empty = 3},
    {{"empty_targets_both", "bounded", "", "The same with smoothing above and below: it costs 0.",
      0},
     .N = 7, .K = 4, .block = 2, .empty = 3, .place = "both", .smooth = 0.25},
    {{"squared", "bounded", "", "Squares in the denominator, as V-Net has them.", 0},
     .N = 7, .K = 5, .block = 2, .power = "two", .smooth = 0.25, .soft = 1},
    {{"over_batch", "bounded", "DST-02",
      "One overlap of all samples: no rank can know its gradient alone.", 0},
     .N = 9, .K = 4, .block = 2, .over = "batch", .dloss = 2},
    {{"over_batch_squared", "bounded", "DST-02", "The same with squares and smoothing of both.", 0},
     .N = 9, .K = 3, .block = 4, .over = "batch", .power = "two", .place = "both", .smooth = 1},
    {{"tversky", "bounded", "", "What is missed weighs more than what is found wrongly.", 0},
     .N = 7, .K = 5, .block = 2, .form = "tversky", .alpha = 0.25, .beta = 0.75},
    {{"tversky_smooth", "bounded", "", "The same with smoothing above and below, summed.", 0},
     .N = 7, .K = 4, .block = 2, .form = "tversky", .alpha = 0.75, .beta = 0.5, .place = "both",
     .smooth = 0.5, .reduction = "sum", .dloss = 0.75},
    {{"tversky_over_batch", "bounded", "DST-02", "One Tversky index of the batch.", 0},
     .N = 9, .K = 3, .block = 2, .form = "tversky", .alpha = 0.25, .beta = 0.75, .over = "batch"},
    {{"tversky_defaults", "bounded", "",
      "alpha and beta 1/2 unstated: dice with twice the smoothing.", 0},
     .N = 6, .K = 4, .block = 2, .form = "tversky", .smooth = 0.5},
    {{"soft_targets", "bounded", "", "Targets between 0 and 1.", 0},
     .N = 6, .K = 5, .block = 2, .soft = 1, .reduction = "sum"},
    {{"many_blocks", "bounded", "DST-02", "23 samples in blocks of 2, unequal overlaps.", 0},
     .N = 23, .K = 3, .block = 2, .over = "batch", .smooth = 0.5},
    {{"wide", "bounded", "", "37 pixels, which no vector width divides.", 0},
     .N = 3, .K = 37, .block = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"smooth_zero", "stated", NUMBER_SET, "smooth", 0, NULL, 0, "An empty sample would be 0 / 0."},
    {"smooth_negative", "stated", NUMBER_SET, "smooth", -1, NULL, 0, "A denominator could be 0."},
    {"alpha_negative", "tversky", NUMBER_SET, "alpha", -0.5, NULL, 0,
     "Wrong pixels would be praised."},
    {"beta_negative", "tversky", NUMBER_SET, "beta", -0.5, NULL, 0,
     "Missing pixels would be praised."},
    {"prediction_above_one", "ordinary", ELEMENT_SET, "y", 1.5, NULL, 7, "A logit, not a chance."},
    {"prediction_negative", "ordinary", ELEMENT_SET, "y", -0.5, NULL, 34, "A logit, not a chance."},
    {"target_above_one", "ordinary", ELEMENT_SET, "t", 2, NULL, 3, "A class number, not a mask."},
    {"form_unknown", "stated", CHOICE_SET, "form", 0, "jaccard", 0, "There is no such form."},
    {"smooth_place_unknown", "stated", CHOICE_SET, "smooth_place", 0, "numerator", 0,
     "There is no such place."},
    {"power_unknown", "stated", CHOICE_SET, "power", 0, "three", 0, "There is no such power."},
    {"over_unknown", "stated", CHOICE_SET, "over", 0, "classes", 0, "There is no such group."},
    {"reduction_unknown", "stated", CHOICE_SET, "reduction", 0, "none", 0,
     "There is no such reduction."},
    {"targets_short", "ordinary", INPUT_SHORTER, "t", 0, NULL, 1, "A pixel without a target."},
    /* clang-format on */
};

static void state(struct assay_case *test, const char *name, const char *value)
{
    if (value)
        case_choice(test, name, value);
}

static void state_number(struct assay_case *test, const char *name, double value)
{
    if (value > 0)
        case_number(test, name, value);
}

void dice_loss_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        struct dims dims = DIMS(row->N, row->K);
        case_number(test, "block", (double)row->block);
        state(test, "form", row->form);
        state(test, "smooth_place", row->place);
        state(test, "power", row->power);
        state(test, "over", row->over);
        state(test, "reduction", row->reduction);
        state_number(test, "smooth", row->smooth);
        state_number(test, "alpha", row->alpha);
        state_number(test, "beta", row->beta);
        case_uniform(test, "y", dims, 0.0625, 0.9375);
        if (row->soft)
            case_uniform(test, "t", dims, 0.0625, 0.9375);
        else
            case_dyadic(test, "t", dims, 0, 1, 1);
        for (size_t j = 0; j < row->N * row->K; j++)
            if (row->empty > 0 && j / row->K % row->empty == 1)
                case_input(test, "y")[j] = case_input(test, "t")[j] = 0;
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
