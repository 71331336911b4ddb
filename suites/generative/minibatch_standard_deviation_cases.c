// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { STATED = 2 };

/* x (N,C,P) around `level`, with G and F as numbers (0: not stated) and dy unless `forward`. */
static const struct row {
    struct case_head head;
    size_t N, C, P, block, G, F;
    const char *choice[STATED][2];
    double epsilon, level, spread; /* spread 0: 1 */
    int forward, equal;
} rows[] = {
    {{"dense", "bounded", "GAN-01", "Two groups of four samples, behind a dense layer.", 0},
     .N = 8,
     .C = 3,
     .P = 1,
     .block = 2},
    {{"stated", "bounded", "GAN-01", "All stated: groups of three, positions, all conventions.", 0},
     .N = 6,
     .C = 2,
     .P = 3,
     .block = 4,
     .G = 3,
     .F = 1,
     .choice = {{"groups", "interleaved"}, {"variance", "biased"}},
     .epsilon = 1e-8},
    {{"two_features", "bounded", "GAN-01",
      "Two features of two channels each: neighbours belong together.", 0},
     .N = 6,
     .C = 4,
     .P = 2,
     .block = 4,
     .G = 3,
     .F = 2},
    {{"contiguous", "bounded", "GAN-01", "Neighbouring samples form a group.", 0},
     .N = 8,
     .C = 2,
     .P = 2,
     .block = 2,
     .choice = {{"groups", "contiguous"}}},
    {{"unbiased", "bounded", "GAN-01", "Ports with the unbiased deviation of their library.", 0},
     .N = 6,
     .C = 3,
     .P = 1,
     .block = 2,
     .G = 3,
     .choice = {{"variance", "unbiased"}}},
    {{"pairs", "bounded", "GAN-01", "Groups of two: a deviation is half of a distance.", 0},
     .N = 6,
     .C = 2,
     .P = 1,
     .block = 2,
     .G = 2,
     .choice = {{"groups", "contiguous"}, {"variance", "unbiased"}}},
    {{"small_batch", "bounded", "GAN-01",
      "Three samples and groups of four: the batch is the group.", 0},
     .N = 3,
     .C = 3,
     .P = 2,
     .block = 2},
    {{"alone", "bounded", "GAN-01",
      "Groups of one: every deviation is the root of epsilon, and there is no gradient through it.",
      0},
     .N = 3,
     .C = 2,
     .P = 1,
     .block = 2,
     .G = 1,
     .epsilon = 0.0625},
    {{"collapsed", "bounded", "GAN-01",
      "Mode collapse: equal samples, whose statistic is the root of epsilon.", 0},
     .N = 4,
     .C = 2,
     .P = 2,
     .block = 2,
     .epsilon = 0.001,
     .equal = 1,
     .forward = 1},
    {{"large_epsilon", "bounded", "GAN-01", "epsilon 0.5: it is under the root.", 0},
     .N = 8,
     .C = 2,
     .P = 1,
     .block = 2,
     .epsilon = 0.5},
    {{"far_away", "bounded", "GAN-01",
      "Samples near 300, a mean that is not exact: only a two-pass variance holds.", 0},
     .N = 6,
     .G = 3,
     .C = 2,
     .P = 2,
     .block = 2,
     .level = 300,
     .spread = 0.5},
    {{"many_blocks", "bounded", "GAN-01 DST-02",
      "Twenty samples in blocks of 3, groups across all of them.", 0},
     .N = 20,
     .C = 2,
     .P = 1,
     .block = 3,
     .G = 5,
     .F = 2},
    {{"forward_only", "bounded", "GAN-01", "Without an upstream gradient.", 0},
     .N = 4,
     .C = 3,
     .P = 2,
     .block = 4,
     .G = 2,
     .F = 3,
     .forward = 1},
};

static const struct refusal refusals[] = {
    {"groups_do_not_fit", "alone", NUMBER_SET, "group_size", 2, NULL, 0,
     "Three samples make no groups of two."},
    {"features_do_not_fit", "alone", NUMBER_SET, "features", 3, NULL, 0,
     "Two channels make no three features."},
    {"epsilon_zero", "alone", NUMBER_SET, "epsilon", 0, NULL, 0,
     "Equal samples would have an infinite gradient."},
    {"unbiased_alone", "alone", CHOICE_SET, "variance", 0, "unbiased", 0,
     "A group of one has no unbiased variance."},
    {"group_size_zero", "alone", NUMBER_SET, "group_size", 0, NULL, 0, "Empty groups."},
    {"groups_unknown", "alone", CHOICE_SET, "groups", 0, "random", 0, "Interleaved or contiguous."},
};

void minibatch_standard_deviation_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t CP = row->C * row->P;
        case_number(test, "block", (double)row->block);
        if (row->G)
            case_number(test, "group_size", (double)row->G);
        if (row->F)
            case_number(test, "features", (double)row->F);
        if (row->epsilon > 0)
            case_number(test, "epsilon", row->epsilon);
        for (size_t k = 0; k < STATED && row->choice[k][0]; k++)
            case_choice(test, row->choice[k][0], row->choice[k][1]);
        case_normal(test, "x", DIMS(row->N, row->C, row->P), row->level,
                    row->spread > 0 ? row->spread : 1);
        double *x = case_input(test, "x");
        for (size_t k = CP; row->equal && k < row->N * CP; k++)
            x[k] = x[k % CP];
        if (!row->forward)
            case_uniform(test, "dy", DIMS(row->N, row->C + (row->F ? row->F : 1), row->P), -2, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
