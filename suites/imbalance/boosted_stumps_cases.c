// SPDX-License-Identifier: MIT
#include "points.h"

struct row {
    struct case_head head;
    struct points_row points;
    int rounds;
    const char *form, *costs, *criterion;
    double rate, heavy;
    const double *class_weight;
    int block;
};

static const double rare_heavy[] = {1, 4}, of_three[] = {1, 2.5, 2};

static const struct row rows[] = {
    {{"ordinary", "trajectory", "IMB-07", "Four rounds on two classes.", 0},
     {3, {12, 7}, .spread = 1},
     .rounds = 4,
     .block = 4},
    {{"one_round", "trajectory", "IMB-07", "One stump, and the weights after it.", 0},
     {2, {9, 5}, .spread = 1},
     .rounds = 1,
     .block = 4},
    {{"exponential", "trajectory", "IMB-07",
      "The form of Freund and Schapire: half of alpha, and right ones shrink.", 0},
     {3, {12, 7}, .spread = 1},
     .rounds = 4,
     .form = "exponential",
     .block = 4},
    {{"costs_at_the_start", "trajectory", "IMB-07 IMB-05",
      "The rare class starts four times as heavy.", 0},
     {3, {14, 5}, .spread = 1},
     .rounds = 3,
     .class_weight = rare_heavy,
     .block = 4},
    {{"costs_always", "trajectory", "IMB-07 IMB-05", "And becomes heavier in every round.", 0},
     {3, {12, 7}, .spread = 1.5},
     .rounds = 2,
     .class_weight = rare_heavy,
     .costs = "always",
     .block = 4},
    {{"slow", "trajectory", "IMB-07", "A rate of one half.", 0},
     {3, {11, 7}, .spread = 1},
     .rounds = 4,
     .rate = 0.5,
     .block = 2},
    {{"slow_exponential", "trajectory", "IMB-07", "The same in the other form.", 0},
     {3, {11, 7}, .spread = 1},
     .rounds = 3,
     .rate = 0.5,
     .form = "exponential",
     .block = 4},
    {{"three_classes", "trajectory", "IMB-07", "Three classes: log(C - 1) is not 0.", 0},
     {4, {9, 6, 6}, .spread = 2},
     .rounds = 3,
     .block = 4},
    {{"three_with_costs", "trajectory", "IMB-07 IMB-01", "Three classes with weights.", 1},
     {4, {10, 5, 6}, .spread = 2},
     .rounds = 3,
     .heavy = 2,
     .class_weight = of_three,
     .block = 4},
    {{"by_entropy", "trajectory", "IMB-07", "Stumps grown by entropy.", 1},
     {3, {11, 6}, .spread = 1},
     .rounds = 3,
     .criterion = "entropy",
     .block = 4},
    {{"weighted_samples", "trajectory", "IMB-07", "Samples with weights of their own.", 0},
     {3, {11, 6}, .spread = 1},
     .rounds = 3,
     .heavy = 3,
     .block = 4},
};

static const struct refusal refusals[] = {
    {"no_rounds", "one_round", NUMBER_SET, "rounds", 0, NULL, 0, "No stump."},
    {"rate_zero", "slow", NUMBER_SET, "rate", 0, NULL, 0, "Nothing would be learnt."},
    {"exponential_of_three", "slow_exponential", NUMBER_SET, "classes", 3, NULL, 0,
     "Plus and minus know two classes."},
    {"form_unknown", "slow_exponential", CHOICE_SET, "form", 0, "unheard_of", 0,
     "There is no such convention."},
};

void boosted_stumps_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        points_case(test, &row->points);
        const char *const choice[] = {"form",     row->form,   "costs",
                                      row->costs, "criterion", row->criterion};
        points_choices(test, choice, 3);
        case_number(test, "rounds", row->rounds);
        case_number(test, "block", row->block);
        if (row->rate > 0)
            case_number(test, "rate", row->rate);
        if (row->class_weight)
            case_values(test, "class_weight", DIMS(row->points.count[2] > 0 ? 3 : 2),
                        row->class_weight);
        if (row->heavy > 0)
            case_uniform(test, "sample_weight", DIMS(points_count(&row->points)), 0.5, row->heavy);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
