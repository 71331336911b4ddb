// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define BATCH "block=2 a:7x3:signed:0.25:2 dpenalty::constant:1 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"l1_per_batch", "bounded", "REG-01 REG-02", "Sizes, divided by the 7 samples: Keras's form.",
      0}, BATCH "l1=0.3"},
    {{"l1_summed", "bounded", "REG-01 REG-02", "The same sum, not divided: 7 times as strong.", 0},
      BATCH "l1=0.3 divided=nothing"},
    {{"l1_per_element", "bounded", "REG-01 REG-02", "The mean over all 21 elements.", 0},
      BATCH "l1=0.3 divided=elements"},
    {{"l2_per_batch", "bounded", "REG-01 REG-03", "Squares without a 1/2, divided by the samples.",
      0}, BATCH "l2=0.2"},
    {{"l2_per_element", "bounded", "REG-01 REG-03", "Mean squares.", 0},
      BATCH "l2=0.2 divided=elements"},
    {{"both", "bounded", "REG-01", "Sizes and squares together.", 0}, BATCH "l1=0.3 l2=0.07"},
    {{"upstream", "bounded", "REG-01", "The penalty enters the loss with the factor -1.75.", 0},
     "block=2 a:7x3:signed:0.25:2 dpenalty::constant:-1.75 l1=0.3 l2=0.07 divided=nothing"},
    {{"dead_units", "bounded", "REG-02",
      "Activities of 0 behind a ReLU: they cost nothing and have no slope.", 0},
     BATCH "a@0,4,5,20=0 l1=0.3 l2=0.07"},
    {{"dead_units_right", "bounded", "REG-02",
      "The slope at 0 is that to the right: dead units are pushed down.", 0},
     BATCH "a@0,4,5,20=0 l1=0.3 at_zero=right"},
    {{"dead_units_left", "bounded", "REG-02", "The slope at 0 is that to the left.", 0},
     BATCH "a@0,4,5,20=0 l1=0.3 at_zero=left divided=nothing"},
    {{"many_blocks", "bounded", "REG-01 DST-08", "23 samples in 8 blocks, the last of them short.",
      0},
     "block=3 a:23x2:signed:0.25:2 dpenalty::constant:0.75 l1=0.1 l2=0.3"},
    {{"exact", "exact", "REG-01", "Four samples of halves: no rounding, not even in the division.",
      0},
     "block=2 a:4x5:dyadic:-4:4:0.5 dpenalty::constant:1 l1=0.5 l2=0.25"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"l1_negative", "l1_per_batch", NUMBER_SET, "l1", -0.5, "", 0, "It would reward activity."},
    {"l2_negative", "l2_per_batch", NUMBER_SET, "l2", -0.5, "", 0, "Activities would explode."},
    {"divided_unknown", "l1_per_batch", CHOICE_SET, "divided", 0, "steps", 0,
     "Its strength would be anybody's guess."},
    {"at_zero_unknown", "l1_per_batch", CHOICE_SET, "at_zero", 0, "random", 0,
     "The slope at 0 is a convention."},
    {"activity_gone", "l1_per_batch", INPUT_GONE, "a", 0, "", 0, "There is nothing to penalise."},
};

void activity_penalty_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
