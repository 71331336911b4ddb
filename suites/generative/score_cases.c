// SPDX-License-Identifier: MIT
#include "score_cases.h"

static void fill(struct assay_case *test, const struct score_row *row, const char *name, size_t N,
                 double level)
{
    double low = level - row->size, high = level + row->size;
    if (row->step > 0)
        case_dyadic(test, name, DIMS(N, row->K), low, high, row->step);
    else
        case_uniform(test, name, DIMS(N, row->K), low, high);
}

void score_add(struct case_list *list, const struct score_row *row, size_t rows)
{
    for (size_t i = 0; i < rows; i++, row++) {
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        for (size_t k = 0; k < SCORE_STATED && row->choice[k][0]; k++)
            case_choice(test, row->choice[k][0], row->choice[k][1]);
        for (size_t k = 0; k < SCORE_STATED && row->number[k].name; k++)
            case_number(test, row->number[k].name, row->number[k].value);
        if (row->N)
            fill(test, row, "real", row->N, row->level);
        fill(test, row, "fake", row->M, -row->level);
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
}

void score_refusals(struct case_list *list, const char *like)
{
    const struct refusal rows[] = {
        {"player_unknown", like, CHOICE_SET, "player", 0, "critic", 0, "There are two players."},
        {"reduction_unknown", like, CHOICE_SET, "reduction", 0, "median", 0, "Mean or sum."},
        {"no_real_scores", like, INPUT_GONE, "real", 0, NULL, 0,
         "The discriminator needs real samples."},
        {"no_fake_scores", like, INPUT_GONE, "fake", 0, NULL, 0,
         "The discriminator needs generated samples."},
        {"widths_differ", like, INPUT_SHORTER, "fake", 0, NULL, 1,
         "Real and generated samples have different numbers of scores."},
    };
    case_refusals(list, rows, sizeof rows / sizeof *rows);
}
