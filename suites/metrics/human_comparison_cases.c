// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

/* 14 cases by three graders: worse than the model, better, and much worse. */
#define GRADED                                                                                     \
    "model:14:whole:1,1,0,1,1,1,0,1,1,1,1,0,1,1 "                                                  \
    "human:14x3:whole:1,1,0,0,1,0,0,1,0,1,1,0,1,1,1,0,1,0,1,0,0,0,1,0,1,1,1,1,1,0,0,1,0,1,1,0,1,"  \
    "1,1,0,1,0"

static const struct recipe rows[] = {
    {{"graders", "bounded", "MET-19 DAT-29",
      "Three graders on 14 cases: who is right where the others are not.", 0},
     "block=4 " GRADED},
    {{"exact_stated", "bounded", "MET-19", "The binomial test and the paired interval, stated.", 0},
     "block=4 test=exact interval=paired correction=none " GRADED},
    {{"mid_p", "bounded", "MET-19", "Half of the probability of what was seen is left out.", 0},
     "block=4 test=mid_p " GRADED},
    {{"chi_squared", "bounded", "MET-19", "The large-sample test of the same counts.", 0},
     "block=4 test=chi_squared " GRADED},
    {{"continuity", "bounded", "MET-19",
      "One less between the counts before squaring; where they differ by 1, nothing is left.", 0},
     "block=4 test=chi_squared correction=continuity " GRADED},
    {{"independent", "bounded", "MET-19", "The interval as if other cases had been graded.", 0},
     "block=4 interval=independent " GRADED},
    {{"wide", "bounded", "MET-19", "99 percent: z of 2.576.", 0},
     "block=2 interval=independent z=2.576 " GRADED},
    {{"wide_paired", "bounded", "MET-19", "90 percent of paired cases: z of 1.645.", 0},
     "block=2 z=1.645 " GRADED},
    {{"nobody_differs", "bounded", "MET-19", "The same marks: p is 1, and 0 / 0 is no statistic.",
      0},
     "block=2 model:5:whole:1,0,1,1,0 human:5x1:whole:1,0,1,1,0"},
    {{"even", "bounded", "MET-19", "Two against two: twice the tail is above 1, p is not.", 0},
     "block=2 model:6:whole:1,1,0,0,1,0 human:6x1:whole:0,0,1,1,1,0"},
    {{"even_mid_p", "bounded", "MET-19",
      "The same, where the middle counts half: that is 1 without a cap.", 0},
     "block=2 test=mid_p model:6:whole:1,1,0,0,1,0 human:6x1:whole:0,0,1,1,1,0"},
    {{"perfect_model", "bounded", "MET-19",
      "The model is always right, the grader never: rates of 1 and 0 have intervals too.", 0},
     "block=2 interval=independent model:7:whole:1,1,1,1,1,1,1 human:7x1:whole:0,0,0,0,0,0,0"},
    {{"one_sided", "bounded", "MET-19", "Six disagreements, all for the model.", 0},
     "block=2 model:8:whole:1,1,1,1,1,1,1,0 human:8x1:whole:0,0,0,1,0,0,0,0"},
    {{"many_blocks", "bounded", "MET-19 DST-02 DST-08", "41 cases in blocks of 2.", 0},
     "block=2 model:41:labels:2 "
     "human:41x1:whole:0,1,1,1,1,0,1,1,1,0,1,1,1,1,0,1,1,1,1,1,1,1,0,0,1,1,1,1,1,1,1,0,1,1,1,1,1,1,"
     "1,1,0 test=chi_squared"},
};

static const struct refusal refusals[] = {
    {"mark_two", "even", ELEMENT_SET, "model", 2, .why = "Right or wrong, nothing else."},
    {"human_mark_negative", "even", ELEMENT_SET, "human", -1, .why = "Right or wrong."},
    {"z_zero", "wide", NUMBER_SET, "z", 0, .why = "An interval of no width."},
    {"no_cases", "even", INPUT_GONE, "model", .why = "Nothing was compared."},
    {"no_graders", "even", INPUT_SHORTER, "human", .element = 1, .why = "Nobody graded."},
    {"case_not_graded", "even", INPUT_SHORTER, "human", .why = "A case without a mark."},
    {"test_unknown", "even", CHOICE_SET, "test", 0, "student", .why = "No such convention."},
};

void human_comparison_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
