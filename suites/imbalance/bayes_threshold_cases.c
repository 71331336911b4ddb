// SPDX-License-Identifier: MIT
#include "points.h"

/* Probabilities are dyadic shares with an uneven remainder; costs are uniform, 0 on the diagonal,
 * unless they are given. */
struct row {
    struct case_head head;
    size_t N, C;
    const double *cost, *p;
    const char *rows, *ties, *threshold, *correction;
    double beta;
    int block;
};

static const double misses[] = {0, 1, 9, 0}, gains[] = {-1, 4, 6.5, -3};
static const double alarms[] = {0.25, 5, 1, 0.125}, hopeless[] = {0, -1, 5, 0};
static const double even[] = {0, 2, 2, 2, 0, 2, 2, 2, 0}, equal[] = {0, 1, 1, 0};
static const double halves[] = {0.5, 0.5, 0.25, 0.75, 0.75, 0.25, 0.5, 0.5};
static const double thirds[] = {0.25, 0.25, 0.5,  0.375, 0.375, 0.25,
                                0.5,  0.25, 0.25, 0.25,  0.5,   0.25};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-05 LOS-15", "Four classes and any costs.", 0},
     .N = 7,
     .C = 4,
     .block = 2},
    {{"misses_cost_more", "bounded", "IMB-05",
      "A missed positive costs nine false alarms: the threshold is 0.1.", 0},
     .N = 9,
     .C = 2,
     .cost = misses,
     .threshold = "yes",
     .block = 4},
    {{"alarms_cost_more", "bounded", "IMB-05",
      "A false alarm costs more, and nothing is free: the threshold lies above one half.", 0},
     .N = 9,
     .C = 2,
     .cost = alarms,
     .threshold = "yes",
     .block = 4},
    {{"gains", "bounded", "IMB-05", "Right decisions are gains: negative costs.", 0},
     .N = 9,
     .C = 2,
     .cost = gains,
     .threshold = "yes",
     .block = 4},
    {{"rows_are_decisions", "bounded", "IMB-05", "The matrix as Elkan writes it.", 0},
     .N = 9,
     .C = 2,
     .cost = alarms,
     .threshold = "yes",
     .rows = "decision",
     .block = 4},
    {{"rows_are_decisions_of_three", "bounded", "IMB-05", "The transposed matrix of three.", 0},
     .N = 6,
     .C = 3,
     .rows = "decision",
     .block = 4},
    {{"rows_stated", "bounded", "IMB-05", "The default stated.", 0},
     .N = 5,
     .C = 3,
     .rows = "truth",
     .block = 2},
    {{"one_decision_always", "bounded", "IMB-05",
      "A matrix in which class 1 is never the worse decision: no threshold, one decision.", 0},
     .N = 6,
     .C = 2,
     .cost = hopeless,
     .block = 2},
    {{"even_costs", "bounded", "IMB-05", "All mistakes cost the same: the most probable class.", 0},
     .N = 8,
     .C = 3,
     .cost = even,
     .block = 4},
    {{"corrected_priors", "bounded", "IMB-05",
      "Trained on equal shares, used where one class is rare.", 0},
     .N = 8,
     .C = 3,
     .correction = "priors",
     .block = 4},
    {{"corrected_priors_of_two", "bounded", "IMB-05 IMB-02",
      "After oversampling: corrected shares and unequal costs together.", 0},
     .N = 9,
     .C = 2,
     .cost = misses,
     .correction = "priors",
     .threshold = "yes",
     .block = 2},
    {{"corrected_undersampling", "bounded", "IMB-05 IMB-03",
      "Of the large class three in ten were kept: probabilities come out too high.", 0},
     .N = 9,
     .C = 2,
     .correction = "undersampling",
     .beta = 0.3,
     .block = 4},
    {{"nothing_undersampled", "bounded", "IMB-05", "beta 1 corrects nothing.", 0},
     .N = 5,
     .C = 2,
     .correction = "undersampling",
     .beta = 1,
     .block = 4},
    {{"ties_first", "exact", "IMB-05", "Equal risks: the smaller class.", 0},
     .N = 4,
     .C = 2,
     .cost = equal,
     .p = halves,
     .ties = "first",
     .block = 2},
    {{"ties_last", "exact", "IMB-05", "Equal risks: the larger class.", 0},
     .N = 4,
     .C = 2,
     .cost = equal,
     .p = halves,
     .ties = "last",
     .block = 2},
    {{"ties_of_three", "exact", "IMB-05", "Two of three risks are equal, without a stated rule.",
      0},
     .N = 4,
     .C = 3,
     .cost = even,
     .p = thirds,
     .block = 2},
    {{"many_blocks", "bounded", "IMB-05 DST-02", "The expected cost over eight blocks.", 0},
     .N = 23,
     .C = 3,
     .block = 3},
};

/* Rows of shares that add up to 1, nearly. */
static void shares(struct assay_case *test, size_t N, size_t C)
{
    case_uniform(test, "p", DIMS(N, C), 0.02, 0.98);
    double *p = case_input(test, "p");
    for (size_t n = 0; n < N; n++) {
        double sum = 0;
        for (size_t c = 0; c < C; c++)
            sum += p[n * C + c];
        for (size_t c = 0; c < C; c++)
            p[n * C + c] = (float)(p[n * C + c] / sum);
    }
}

static const struct refusal refusals[] = {
    {"p_above_one", "nothing_undersampled", ELEMENT_SET, "p", 1.25, NULL, 3, "No probability."},
    {"p_negative", "nothing_undersampled", ELEMENT_SET, "p", -0.25, NULL, 0, "No probability."},
    {"beta_zero", "nothing_undersampled", NUMBER_SET, "beta", 0, NULL, 0,
     "Nothing of the large class was kept."},
    {"beta_above_one", "nothing_undersampled", NUMBER_SET, "beta", 1.5, NULL, 0,
     "More was kept than there was."},
    {"class_not_trained", "corrected_priors_of_two", ELEMENT_SET, "trained", 0, NULL, 1,
     "What was never seen cannot be scaled up."},
    {"share_negative", "corrected_priors_of_two", ELEMENT_SET, "deployed", -0.5, NULL, 0,
     "No share."},
    {"threshold_unreasonable", "misses_cost_more", ELEMENT_SET, "cost", 10, NULL, 0,
     "Right about class 0 costs more than wrong: class 1 is always the better decision."},
    {"cost_not_square", "ties_first", INPUT_SHORTER, "cost", 0, NULL, 0,
     "A class without its costs."},
    {"correction_unknown", "nothing_undersampled", CHOICE_SET, "correction", 0, "unheard_of", 0,
     "There is no such convention."},
};

static void fill(struct assay_case *test, const struct row *row)
{
    size_t C = row->C;
    if (row->p)
        case_values(test, "p", DIMS(row->N, C), row->p);
    else
        shares(test, row->N, C);
    if (row->cost) {
        case_values(test, "cost", DIMS(C, C), row->cost);
    } else {
        case_uniform(test, "cost", DIMS(C, C), 0.5, 8);
        for (size_t c = 0; c < C; c++)
            case_input(test, "cost")[c * C + c] = 0;
    }
    if (row->correction && row->correction[0] == 'p') {
        case_uniform(test, "trained", DIMS(C), 0.2, 0.6);
        case_uniform(test, "deployed", DIMS(C), 0.1, 0.2);
        case_input(test, "deployed")[0] = 0.75;
    }
}

void bayes_threshold_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        fill(test, row);
        const char *const choice[] = {"rows",      row->rows,      "ties",       row->ties,
                                      "threshold", row->threshold, "correction", row->correction};
        points_choices(test, choice, 4);
        case_number(test, "block", row->block);
        if (row->beta > 0)
            case_number(test, "beta", row->beta);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
