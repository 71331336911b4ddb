// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

#define SMALL "block=2 h0:3x4:signed:0.2:0.9 dh:3x4:signed:0.5:1.5 x:6x3x4:signed:0.1:0.8 "
#define EQUAL "block=1 h0:3x3:constant:0.25 x:4x3x3:constant:0.125 dh:3x3:list:1,0,0,0,1,0,0,0,1 "

/* Where gradients vanish altogether, differences cannot confirm them; these cases are cut before
 * the first step, so that only the twin does. */
static const struct recipe rows[] = {
    /* clang-format off */
    {{"tanh_small", "bounded", "GRD-02", "Weights below 1/2: the gradient vanishes over 6 steps.",
      0},
     SMALL "w:4x4:signed:0.1:0.4"},
    {{"tanh_large", "bounded", "GRD-02 GRD-03",
      "Weights around 1: slopes of tanh below 1 work against weights that make it grow.", 0},
     SMALL "w:4x4:signed:0.7:1.2"},
    {{"linear_small", "bounded", "GRD-02", "Without slopes, powers of w alone: they vanish.", 0},
     SMALL "activation=linear w:4x4:signed:0.1:0.4"},
    {{"linear_large", "bounded", "GRD-03", "Powers of a large w: they explode.", 0},
     SMALL "activation=linear w:4x4:signed:1:3"},
    {{"a_hundredth", "bounded", "GRD-02 INI-05",
      "Weights of 0.01 over 25 steps: the gradient falls below 1e-40, its squares much sooner.", 0},
     "h0:2x3:signed:0.2:0.9 dh:2x3:signed:0.5:1.5 x:25x2x3:signed:0.1:0.8 w:3x3:signed:0.004:0.03 "
      "steps_back=24"},
    {{"a_billionth", "bounded", "GRD-02 INI-05",
      "Norms down to 1e-180: binary64 holds them, but not their squares.", 0},
     "activation=linear h0:2x2:signed:0.2:0.9 dh:2x2:signed:0.5:1.5 x:20x2x2:signed:0.1:0.8 "
      "steps_back=19 "
     "w:2x2:signed:3e-10:2e-9"},
    {{"jacobian", "bounded", "GRD-02", "Equal samples and the identity: norms of Jacobians.", 0},
     EQUAL "w:3x3:signed:0.2:0.8"},
    {{"jacobian_linear", "bounded", "GRD-02", "The same without slopes: |w^k|.", 0},
     EQUAL "activation=linear w:3x3:signed:0.2:0.8"},
    {{"permutation", "bounded", "GRD-02",
      "A permutation as weights: the norm stays the same for ever.", 0},
     SMALL "activation=linear w:4x4:list:0,1,0,0,0,0,1,0,0,0,0,1,1,0,0,0"},
    {{"truncated", "bounded", "GRD-02", "Cut after 2 of 6 steps: what lies further back is 0.", 0},
     SMALL "w:4x4:signed:0.3:0.8 steps_back=2"},
    {{"last_step", "bounded", "GRD-02", "Cut after one step: dw is that of the last step alone.",
      0},
     SMALL "w:4x4:signed:0.3:0.8 steps_back=1"},
    {{"one_step", "bounded", "GRD-02", "A single step, where nothing is added up.", 0},
     "block=2 h0:3x2:signed:0.2:0.9 dh:3x2:signed:0.5:1.5 x:1x3x2:signed:0.1:0.8 "
      "w:2x2:signed:0.3:0.8"},
    {{"no_gradient", "bounded", "GRD-02", "One unit's gradient is 0, as are all of one sample.", 0},
     SMALL "w:4x4:signed:0.3:0.8 dh@0,4,5,6,7=0"},
    {{"many_blocks", "bounded", "GRD-02 DST-08", "11 samples in 6 blocks, the last of them short.",
      0},
     "block=2 h0:11x2:signed:0.2:0.9 dh:11x2:signed:0.5:1.5 x:3x11x2:signed:0.1:0.8 "
      "w:2x2:signed:0.3:1"},
    {{"doubling", "exact", "GRD-03",
      "One unit with the weight 2: everything doubles at every step.", 0},
     "activation=linear h0:1x1:list:0.5 dh:1x1:list:-1.5 x:5x1x1:dyadic:-2:2:0.5 w:1x1:list:2"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"no_way_back", "one_step", NUMBER_SET, "steps_back", 0, "", 0, "Nothing would be learnt."},
    {"too_far_back", "one_step", NUMBER_SET, "steps_back", 2, "", 0, "There is only one step."},
    {"half_a_step", "truncated", NUMBER_SET, "steps_back", 1.5, "", 0, "Steps are whole."},
    {"weights_not_square", "one_step", INPUT_SHORTER, "w", 0, "", 0,
     "A state must have the size of the state before."},
    {"inputs_short", "one_step", INPUT_SHORTER, "x", 0, "", 1, "One sample has no input."},
    {"no_steps", "one_step", INPUT_SHORTER, "x", 0, "", 0, "Nothing recurs."},
    {"no_upstream", "one_step", INPUT_GONE, "dh", 0, "", 0, "There is nothing to carry back."},
    {"activation_unknown", "one_step", CHOICE_SET, "activation", 0, "step", 0,
     "Its slope is not known."},
};

void recurrent_growth_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
