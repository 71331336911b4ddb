// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    int zeros, ones;
    size_t M;
    const char *rule, *at, *ties;
    double alarm, miss, beta, lift; /* lift: of the scores of label 1 */
    const double *score;
    int block;
};

/* Places 3, 1, 8 and 6 of nine are of label 0. Equal objectives, and scores that occur twice. */
static const double steps[] = {0.5, 0.25, 0.75, 0.5, 0.75, 0.875, 0.625, 0.625, 0.125};

static const struct row rows[] = {
    {{"ordinary", "bounded", "IMB-05 IMB-09", "The largest F1 of a rare class: not at one half.",
      0},
     15,
     5,
     6,
     .lift = 0.3,
     .block = 4},
    {{"recall_counts_more", "bounded", "IMB-05 IMB-09", "F2: a lower threshold.", 0},
     15,
     5,
     6,
     .lift = 0.2,
     .beta = 2,
     .block = 4},
    {{"precision_counts_more", "bounded", "IMB-05 IMB-09", "F_0.5: a higher one.", 0},
     15,
     5,
     6,
     .lift = 0.2,
     .beta = 0.5,
     .block = 4},
    {{"misses_cost_more", "bounded", "IMB-05", "A miss costs six false alarms.", 0},
     14,
     5,
     7,
     .rule = "cost",
     .alarm = 1,
     .miss = 6.3,
     .lift = 0.2,
     .block = 4},
    {{"alarms_cost_more", "bounded", "IMB-05", "A false alarm costs three misses.", 0},
     12,
     6,
     5,
     .rule = "cost",
     .alarm = 3.1,
     .miss = 1,
     .lift = 0.3,
     .block = 2},
    {{"balanced_recalls", "bounded", "IMB-05 IMB-09", "The product of both recalls.", 0},
     14,
     5,
     5,
     .rule = "balance",
     .lift = 0.3,
     .block = 4},
    {{"by_prior", "bounded", "IMB-05 IMB-10", "The share of the rare class is the threshold.", 0},
     14,
     3,
     8,
     .rule = "prior",
     .lift = 0.2,
     .block = 4},
    {{"halfway", "bounded", "IMB-05", "Halfway to the next smaller score.", 0},
     13,
     5,
     6,
     .at = "middle",
     .lift = 0.4,
     .block = 4},
    {{"halfway_by_cost", "bounded", "IMB-05", "The same by costs.", 0},
     11,
     5,
     6,
     .at = "middle",
     .rule = "cost",
     .alarm = 1,
     .miss = 3.3,
     .lift = 0.3,
     .block = 3},
    {{"separable", "bounded", "IMB-05", "All of one class score above all of the other: F1 is 1.",
      0},
     7,
     3,
     5,
     .lift = 2,
     .block = 4},
    {{"ties_low", "exact", "IMB-05", "Equal costs of two thresholds: the lower one.", 0},
     4,
     5,
     4,
     .rule = "cost",
     .ties = "low",
     .score = steps,
     .block = 4},
    {{"ties_high", "exact", "IMB-05", "Equal costs of two thresholds: the higher one.", 0},
     4,
     5,
     4,
     .rule = "cost",
     .ties = "high",
     .score = steps,
     .block = 4},
    {{"many_blocks", "bounded", "IMB-05 DST-02", "43 samples in blocks of three.", 0},
     33,
     10,
     9,
     .rule = "balance",
     .lift = 0.3,
     .block = 3},
};

static const struct refusal refusals[] = {
    {"beta_zero", "precision_counts_more", NUMBER_SET, "beta", 0, NULL, 0,
     "Nothing but precision."},
    {"alarm_negative", "alarms_cost_more", NUMBER_SET, "alarm", -1, NULL, 0, "An alarm that pays."},
    {"miss_negative", "alarms_cost_more", NUMBER_SET, "miss", -1, NULL, 0, "A miss that pays."},
    {"label_two", "ties_low", ELEMENT_SET, "label", 2, NULL, 0, "There are two classes."},
    {"scores_short", "ties_low", INPUT_SHORTER, "label", 0, NULL, 0, "A score without a label."},
    {"rule_unknown", "ties_low", CHOICE_SET, "rule", 0, "unheard_of", 0,
     "There is no such convention."},
};

void threshold_moving_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        struct points_row points = {.count = {row->zeros, row->ones}};
        size_t N = points_count(&points);
        points_named_labels(test, "label", &points);
        if (row->score) {
            case_values(test, "score", DIMS(N), row->score);
            case_dyadic(test, "new", DIMS(row->M), 0.125, 0.875, 0.125);
        } else {
            case_uniform(test, "score", DIMS(N), 0.05, 0.7);
            case_uniform(test, "new", DIMS(row->M), 0.05, 0.95);
            for (size_t n = 0; n < N; n++) {
                double *score = &case_input(test, "score")[n];
                *score = (float)(*score + row->lift * case_input(test, "label")[n]);
            }
        }
        const char *const choice[] = {"rule", row->rule, "at", row->at, "ties", row->ties};
        points_choices(test, choice, 3);
        case_number(test, "block", row->block);
        if (row->miss > 0) {
            case_number(test, "alarm", row->alarm);
            case_number(test, "miss", row->miss);
        }
        if (row->beta > 0)
            case_number(test, "beta", row->beta);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
