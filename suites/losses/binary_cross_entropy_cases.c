// SPDX-License-Identifier: MIT
#include "loss_cases.h"

/* Targets are 0 or 1, or uniform in [0, 1). Where probabilities may saturate, some are 0 for a
 * positive. What is 0 or NULL is not stated. */
enum data { ORDINARY, SOFT, SATURATED, NEARLY_RIGHT };

static const struct row {
    struct case_head head;
    struct loss_row loss;
    const char *form, *clip;
    double size; /* logits are uniform in [-size, size) */
    double epsilon;
    int pos_weight;
    enum data data;
} rows[] = {
    /* clang-format off */
    {{"soft_targets", "bounded", "LOS-04 LOS-11",
      "Targets between 0 and 1, as pixels are: the minimum is their entropy.", 0},
     {.N = 9, .K = 4, .block = 2, .dloss = 0.5}, .size = 3, .data = SOFT},
    {{"one_logit", "bounded", "LOS-04 LOS-19",
      "One logit for each of 13 samples.", 0},
     {.N = 13, .K = 1, .block = 4}, .size = 2},
    {{"logits_of_50", "bounded", "LOS-04 LOS-07",
      "Logits up to 50: probabilities are 1 in any precision, losses and slopes are not lost.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "logits", .size = 50},
    {{"logits_of_1000", "bounded", "LOS-04 LOS-07",
      "Logits up to 1000: e^z overflows, and e^-z underflows.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "sum"}, .size = 1000},
    {{"small_logits", "bounded", "LOS-04 LOS-19",
      "Logits of 1e-3: the loss is near log 2, the slope near a half.", 0},
     {.N = 7, .K = 3, .block = 2}, .size = 1e-3},
    {{"right_and_sure", "bounded", "LOS-04 LOS-07",
      "Every logit on the side of its target, by 20 to 40: losses of e^-30 keep their digits.", 0},
     {.N = 7, .K = 3, .block = 2, .reduction = "sum"}, .size = 20, .data = NEARLY_RIGHT},
    {{"pos_weight", "bounded", "LOS-04 LOS-14",
      "A weight of each output before its positive term alone.", 0},
     {.N = 11, .K = 3, .block = 2}, .size = 3, .pos_weight = 1},
    {{"pos_weight_soft", "bounded", "LOS-04 LOS-14",
      "The same with soft targets and sample weights.", 0},
     {.N = 11, .K = 3, .block = 2, .weighted = 1, .normalizer = "weights"}, .size = 3,
      .pos_weight = 1, .data = SOFT},
    {{"probabilities", "bounded", "LOS-04 LOS-07",
      "From probabilities, strictly between 0 and 1.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "probabilities"},
    {{"probabilities_soft", "bounded", "LOS-11 LOS-14",
      "From probabilities, with soft targets and positive weights.", 0},
     {.N = 9, .K = 4, .block = 2, .reduction = "mean_of_sums"}, .form = "probabilities",
      .clip = "none", .pos_weight = 1, .data = SOFT},
    {{"clipped_logarithm", "bounded", "LOS-04 LOS-07",
      "Logarithms are at least -100, but nothing is near that.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "probabilities", .clip = "logarithm"},
    {{"clipped_logarithm_saturated", "bounded", "LOS-04 LOS-07",
      "A probability of 0 for a positive costs 100, and its slope is -1e12.", 0},
     {.N = 7, .K = 3, .block = 2}, .form = "probabilities", .clip = "logarithm", .data = SATURATED},
    {{"clipped_probability", "bounded", "LOS-04 LOS-07",
      "Probabilities are clipped, but none is near the limits.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "probabilities", .clip = "probability"},
    {{"clipped_probability_saturated", "bounded", "LOS-04 LOS-07",
      "A probability of 0 for a positive costs -log 1e-7 = 16.1, and its slope is 0.", 0},
     {.N = 7, .K = 3, .block = 2, .reduction = "none"}, .form = "probabilities",
      .clip = "probability", .data = SATURATED},
    {{"clipped_probability_wide", "bounded", "LOS-04 LOS-07",
      "epsilon 0.125: a quarter of the probabilities are moved, with targets soft.", 0},
     {.N = 9, .K = 4, .block = 2}, .form = "probabilities", .clip = "probability", .epsilon = 0.125,
      .data = SOFT},
    {{"shifted_logarithm_saturated", "bounded", "LOS-04 LOS-07",
      "A probability of 0 for a positive costs -log 1e-12 = 27.6.", 0},
     {.N = 7, .K = 3, .block = 2}, .form = "probabilities", .clip = "shift", .data = SATURATED},
    {{"shifted_logarithm_wide", "bounded", "LOS-04 LOS-07",
      "epsilon 0.0625 within both logarithms, with positive weights.", 0},
     {.N = 9, .K = 4, .block = 2, .weighted = 1}, .form = "probabilities", .clip = "shift",
      .epsilon = 0.0625, .pos_weight = 1},
    /* clang-format on */
};

static void targets(struct assay_case *test, struct dims dims, int soft)
{
    if (soft)
        case_uniform(test, "t", dims, 0, 1);
    else
        case_dyadic(test, "t", dims, 0, 1, 1);
}

static void common(struct assay_case *test, size_t N, size_t K)
{
    case_uniform(test, "z", DIMS(N, K), -3, 3);
    targets(test, DIMS(N, K), 0);
}

/* Probabilities that are 0 for positives, and logits on the side of their targets. */
static void adjust(struct assay_case *test, const struct row *row)
{
    double *t = case_input(test, "t");
    for (size_t i = 0; i < row->loss.N * row->loss.K; i++) {
        if (row->data == SATURATED && i % 4 == 0) {
            case_input(test, "y")[i] = 0;
            t[i] = i % 8 == 0 ? 1 : 0;
        } else if (row->data == NEARLY_RIGHT) {
            double *z = case_input(test, "z"), size = 1.5 * row->size + z[i] / 2;
            z[i] = (float)(t[i] > 0 ? size : -size);
        }
    }
}

static void fill(struct assay_case *test, const struct row *row)
{
    struct dims dims = DIMS(row->loss.N, row->loss.K);
    if (row->form)
        case_choice(test, "form", row->form);
    if (row->clip)
        case_choice(test, "clip", row->clip);
    if (row->epsilon > 0)
        case_number(test, "epsilon", row->epsilon);
    if (row->pos_weight)
        case_uniform(test, "pos_weight", DIMS(row->loss.K), 1.5, 5);
    if (row->size > 0)
        case_uniform(test, "z", dims, -row->size, row->size);
    else
        case_uniform(test, "y", dims, 0.0625, 0.9375);
    targets(test, dims, row->data == SOFT);
    adjust(test, row);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"target_above_one", "ordinary", ELEMENT_SET, "t", 1.5, NULL, 3,
     "A class number, not a chance."},
    {"target_negative", "ordinary", ELEMENT_SET, "t", -1, NULL, 34,
     "A label of -1 belongs to the hinge loss."},
    {"pos_weight_negative", "pos_weight", ELEMENT_SET, "pos_weight", -1, NULL, 0,
     "Positives would be unlearnt."},
    {"pos_weight_short", "pos_weight", INPUT_SHORTER, "pos_weight", 0, NULL, 0,
     "An output without its weight."},
    {"pos_weight_with_logarithm", "probabilities_soft", CHOICE_SET, "clip", 0, "logarithm", 0,
     "Clamped logarithms know no positive weight."},
    {"probability_one", "probabilities", ELEMENT_SET, "y", 1, NULL, 4,
     "log 0, and nothing is clipped."},
    {"probability_above_one", "clipped_probability", ELEMENT_SET, "y", 1.5, NULL, 0,
     "A logit where a probability belongs."},
    {"epsilon_zero", "clipped_probability_wide", NUMBER_SET, "epsilon", 0, NULL, 0,
     "It must be above 0."},
    {"form_unknown", "ordinary", CHOICE_SET, "form", 0, "unheard_of", 0,
     "There is no such convention."},
    {"clip_unknown", "probabilities", CHOICE_SET, "clip", 0, "unheard_of", 0,
     "There is no such convention."},
    {"targets_missing", "ordinary", INPUT_GONE, "t", 0, NULL, 0, "Nothing to compare with."},
    /* clang-format on */
};

void binary_cross_entropy_cases(struct case_list *list)
{
    loss_cases(list, "LOS-04 LOS-07 FND-18", 0, common);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assay_case *test = case_add(list, &rows[i].head);
        loss_case_reduction(test, &rows[i].loss, 0);
        fill(test, &rows[i]);
    }
    loss_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
