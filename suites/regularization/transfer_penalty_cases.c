// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define WEIGHTS                                                                                    \
    "block=4 w:11:signed:0.25:2 start:11:signed:0.25:2 g:11:signed:0.1:1 v:5:signed:0.25:2 "       \
    "k:5:signed:0.1:1 rate=0.25 "
#define FISHER "fisher:11:uniform:0.125:3 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"starting_point", "bounded", "REG-17 TRF-01",
      "Shared weights are pulled to where they started, new ones to 0.", 0},
     WEIGHTS "alpha=0.3 beta=0.07 dpenalty::constant:1"},
    {{"without_half", "bounded", "REG-17", "Without the 1/2: twice the pull.", 0},
     WEIGHTS "alpha=0.3 beta=0.07 half=no dpenalty::constant:1"},
    {{"upstream", "bounded", "REG-17", "The penalty enters a loss with the factor -1.75.", 0},
     WEIGHTS "alpha=0.3 beta=0.07 dpenalty::constant:-1.75"},
    {{"fisher", "bounded", "REG-17 TRF-30",
      "Each weight is held as firmly as the source task needs it.", 0},
     WEIGHTS FISHER "alpha=0.6 beta=0.1 dpenalty::constant:0.75"},
    {{"fisher_of_zero", "bounded", "REG-17 TRF-30",
      "Weights that the source task did not need are free.", 0},
     WEIGHTS FISHER "fisher@0,4,10=0 alpha=0.6 beta=0.1 half=no dpenalty::constant:1"},
    {{"frozen", "bounded", "REG-17 TRF-02",
      "A frozen base stays; the new weights learn and shrink.", 0},
     WEIGHTS "base=frozen alpha=0.3 beta=0.07 dpenalty::constant:1"},
    {{"plain_decay", "bounded", "REG-17 REG-03",
      "From 0 and with equal strengths it is weight decay.", 0},
     "block=4 w:6:signed:0.25:2 start:6:constant:0 g:6:signed:0.1:1 v:3:signed:0.25:2 "
     "k:3:signed:0.1:1 rate=0.25 alpha=0.2 beta=0.2 dpenalty::constant:1"},
    {{"at_the_start", "bounded", "REG-17",
      "Nothing has moved: no cost and no pull, where weight decay would pull.", 0},
     "block=2 w:3:list:0.75,-1.5,2 start:3:list:0.75,-1.5,2 g:3:signed:0.1:1 v:2:signed:0.25:2 "
     "k:2:signed:0.1:1 rate=0.25 alpha=0.3 beta=0.07 dpenalty::constant:1"},
    {{"close_to_the_start", "bounded", "REG-17",
      "Weights that moved by little: expanding the square would lose the distance.", 0},
     "block=2 w:4:list:1000.0312,-75.4134,0.37124,0.913731 "
      "start:4:list:1000.0001,-75.3971,0.37055,0.912222 "
     "g:4:signed:0.1:1 v:2:signed:0.25:2 k:2:signed:0.1:1 rate=0.25 alpha=0.3 beta=0 "
      "dpenalty::constant:1"},
    {{"only_new", "bounded", "REG-17", "alpha 0: the shared weights go free.", 0},
     WEIGHTS "alpha=0 beta=0.5 dpenalty::constant:1"},
    {{"many_blocks", "bounded", "REG-17 DST-08", "37 shared weights in 10 blocks, 9 new ones in 3.",
      0},
     "block=4 w:37:signed:0.25:2 start:37:signed:0.25:2 g:37:signed:0.1:1 v:9:signed:0.25:2 "
     "k:9:signed:0.1:1 rate=0.125 alpha=0.3 beta=0.7 dpenalty::constant:1"},
    {{"exact", "exact", "REG-17", "Halves and quarters: no rounding in any order.", 0},
     "block=4 w:9:dyadic:-4:4:0.5 start:9:dyadic:-4:4:0.5 g:9:dyadic:-2:2:0.5 v:3:dyadic:-4:4:0.5 "
     "k:3:dyadic:-2:2:0.5 fisher:9:dyadic:0:2:0.5 rate=0.25 alpha=0.5 beta=0.25 "
      "dpenalty::constant:1"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"alpha_negative", "at_the_start", NUMBER_SET, "alpha", -0.5, "", 0, "It would push away."},
    {"beta_negative", "at_the_start", NUMBER_SET, "beta", -0.5, "", 0, "New weights would grow."},
    {"rate_negative", "at_the_start", NUMBER_SET, "rate", -0.25, "", 0, "That would be ascent."},
    {"alpha_gone", "at_the_start", NUMBER_GONE, "alpha", 0, "", 0, "There is no usual strength."},
    {"fisher_negative", "fisher", ELEMENT_SET, "fisher", -0.5, "", 3,
     "A Fisher information is a mean of squares."},
    {"start_gone", "at_the_start", INPUT_GONE, "start", 0, "", 0,
     "Without its starting point it would be weight decay."},
    {"start_short", "at_the_start", INPUT_SHORTER, "start", 0, "", 0,
     "A source network of another shape."},
    {"half_unknown", "at_the_start", CHOICE_SET, "half", 0, "maybe", 0, "A factor of 2."},
    {"base_unknown", "at_the_start", CHOICE_SET, "base", 0, "thawed", 0, "Does it learn or not?"},
};

void transfer_penalty_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
