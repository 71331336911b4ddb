// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"all_well", "trajectory", "GRD-04", "Nothing is bad: plain steps, and no alarm.", 0},
     "rate=0.25 block=2 a:3x2x5:signed:0.25:2 b:3x2x5:signed:0.5:2 start:2x5:signed:0.5:1"},
    {{"infinite", "trajectory", "GRD-04",
      "One quotient by 0: that step changes no layer and no rank.", 0},
     "rate=0.25 block=2 a:4x2x5:signed:0.25:2 b:4x2x5:signed:0.5:2 b@13=0 start:2x5:signed:0.5:1"},
    {{"not_a_number", "trajectory", "GRD-04", "One 0 / 0, which no comparison finds.", 0},
     "rate=0.25 block=2 a:4x2x5:signed:0.25:2 a@27=0 b:4x2x5:signed:0.5:2 b@27=0 "
      "start:2x5:signed:0.5:1"},
    {{"both", "trajectory", "GRD-04",
      "NaN and both infinities, in different layers of one step: the last layer is met first.", 0},
     "rate=0.25 block=2 a:3x3x4:signed:0.25:2 a@14,22=0 b:3x3x4:signed:0.5:2 b@14,17,22,21=0 "
      "start:3x4:signed:0.5:1"},
    {{"both_forward", "trajectory", "GRD-04",
      "The same in forward order: the first layer is met first.", 0},
     "rate=0.25 order=forward block=2 a:3x3x4:signed:0.25:2 a@14,22=0 b:3x3x4:signed:0.5:2 "
      "b@14,17,22,21=0 start:3x4:signed:0.5:1"},
    {{"stop", "trajectory", "GRD-04",
      "Training stops for good; later steps are counted and not taken.", 0},
     "rate=0.25 action=stop block=2 a:5x1x5:signed:0.25:2 b:5x1x5:signed:0.5:2 b@12,19=0 "
      "start:1x5:signed:0.5:1"},
    {{"zero", "trajectory", "GRD-04", "Bad elements stand still, the others move on.", 0},
     "rate=0.25 action=zero block=2 a:4x2x3:signed:0.25:2 a@8=0 b:4x2x3:signed:0.5:2 b@8,9,20=0 "
      "start:2x3:signed:0.5:1"},
    {{"limit", "trajectory", "GRD-04 GRD-03",
      "Gradients beyond 65504, of both signs, which binary16 does not hold.", 0},
     "rate=0.0009765625 limit=65504 block=2 a:4x2x3:signed:1000:3000 a@7,20=1000000 a@23=-1000000 "
      "b:4x2x3:uniform:0.5:1 start:2x3:signed:0.5:1"},
    {{"limit_zero", "trajectory", "GRD-04 GRD-03",
      "Beyond a small limit, with an infinity and a NaN, elements count as 0.", 0},
     "rate=0.5 limit=8 action=zero block=1 a:3x2x3:signed:0.25:2 a@4=0 a@11=-40 a@13=40 "
      "b:3x2x3:uniform:0.5:1 b@4,9=0 start:2x3:signed:0.5:1"},
    {{"at_the_limit", "exact", "GRD-04", "A gradient of exactly the limit is good.", 0},
     "rate=0.5 limit=8 block=2 a:2x1x4:list:8,-8,4,2,1,16,-3,0.5 b:2x1x4:list:1,1,2,1,1,1,1,1 "
      "start:1x4:list:1,2,3,4"},
    {{"every_step", "exact", "GRD-04", "Every step is bad: nothing ever moves.", 0},
     "rate=0.5 block=1 a:3x1x4:dyadic:0.5:2:0.25 b:3x1x4:constant:1 b@3,5,8=0 "
      "start:1x4:dyadic:-2:2:0.25"},
    {{"last_element", "trajectory", "GRD-04 DST-08",
      "The only bad one is the last element of the last rank, in the first step.", 0},
     "rate=0.25 order=forward block=2 a:2x1x17:signed:0.25:2 b:2x1x17:signed:0.5:2 b@16=0 "
      "start:1x17:signed:0.5:1"},
    {{"two_ranks", "trajectory", "GRD-04 DST-08",
      "Bad elements in several blocks of one layer: the smallest index is reported, and its kind.",
      0},
     "rate=0.25 block=1 a:2x1x9:signed:0.25:2 a@6=0 b:2x1x9:signed:0.5:2 b@3,6,8=0 "
      "start:1x9:signed:0.5:1"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"limit_of_zero", "every_step", NUMBER_SET, "limit", 0, "", 0, "Every gradient would be bad."},
    {"negative_rate", "every_step", NUMBER_SET, "rate", -0.5, "", 0, "Gradients are descended."},
    {"no_rate", "every_step", NUMBER_GONE, "rate", 0, "", 0, "A step has a length."},
    {"unknown_action", "every_step", CHOICE_SET, "action", 0, "ignore", 0,
     "NaN cannot be trained with."},
    {"unknown_order", "every_step", CHOICE_SET, "order", 0, "sideways", 0, "Forward or backward."},
    {"divisors_short", "every_step", INPUT_SHORTER, "b", 0, "", 0, "One step has no divisors."},
    {"no_start", "every_step", INPUT_GONE, "start", 0, "", 0, "Training starts somewhere."},
};

void finite_check_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
