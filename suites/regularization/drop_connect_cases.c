// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"
#include "mask_cases.h"

#define LAYER                                                                                      \
    "block=2 x:5x3:signed:0.25:2 w:3x2:signed:0.25:2 b:2:signed:0.25:1 dy:5x2:signed:0.5:1.5 "
#define U    "u:5x3x2:uniform:0.001:0.999 "
#define MASK "mask:5x3x2:whole:1,0,1,1,0,1,0,0,1,1,0,1,1,1,1,1,1,1,0,0,0,0,0,0,1,1,0,1,0,1 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"per_sample", "bounded", "REG-07 REG-06",
      "Every sample has weights of its own: a mask of 5 x 3 x 2.", 0}, LAYER MASK "p=0.3"},
    {{"from_uniforms", "bounded", "REG-07", "The masks come from uniform numbers.", 0},
      LAYER U "p=0.3"},
    {{"below_keep", "bounded", "REG-07",
      "The same numbers keep others when they are compared with the keep rate.", 0},
     LAYER U "p=0.3 threshold=below_keep"},
    {{"keep_rate", "bounded", "REG-08", "p states what survives.", 0},
      LAYER U "p=0.7 argument=keep"},
    {{"per_batch", "bounded", "REG-07", "One mask of weights for all samples.", 0},
     LAYER "scope=batch mask:3x2:whole:1,0,0,1,1,1 p=0.3"},
    {{"per_batch_uniforms", "bounded", "REG-07", "One mask from uniform numbers, dropped often.",
      0},
     LAYER "scope=batch u:3x2:uniform:0.001:0.999 p=0.6"},
    {{"scaled_at_inference", "bounded", "REG-05 REG-09",
      "Training unscaled, weights times 0.7 at inference.", 0},
     LAYER MASK "p=0.3 scaling=inference"},
    {{"nothing_dropped", "bounded", "REG-08 REG-09", "p = 0: a dense layer.", 0}, LAYER U "p=0"},
    {{"everything_dropped", "bounded", "REG-08",
      "p = 1: only biases are left, and nothing is infinite.", 0}, LAYER U "p=1"},
    {{"forward_only", "bounded", "REG-09", "No gradient is asked for.", 0},
     "block=2 x:3x2:signed:0.25:2 w:2x3:signed:0.25:2 b:3:signed:0.25:1 "
      "u:3x2x3:uniform:0.001:0.999 p=0.4"},
    {{"many_blocks", "bounded", "REG-07 DST-08", "11 samples in 4 blocks, the last of them short.",
      0},
     "block=3 x:11x2:signed:0.25:2 w:2x2:signed:0.25:2 b:2:signed:0.25:1 dy:11x2:signed:0.5:1.5 "
     "u:11x2x2:uniform:0.001:0.999 p=0.4"},
    {{"exact", "exact", "REG-06", "Half is dropped, and everything is a multiple of 1/4.", 0},
     "block=2 x:4x2:dyadic:-2:2:0.25 w:2x2:dyadic:-2:2:0.25 b:2:dyadic:-2:2:0.25 "
     "dy:4x2:dyadic:-2:2:0.25 scope=batch mask:2x2:whole:1,0,1,1 p=0.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"scope_unknown", "exact", CHOICE_SET, "scope", 0, "unit", 0, "That would be dropout."},
    {"scaling_unknown", "exact", CHOICE_SET, "scaling", 0, "both", 0, "Scaled twice or never."},
    {"weights_gone", "exact", INPUT_GONE, "w", 0, "", 0, "There is nothing to drop."},
};

static void add_random(struct case_list *list)
{
    struct case_head head = {
        "drawn", "statistical", "REG-07",
        "One weight a sample, kept with 3/4 and divided by it: y is 1 + 2 or 1 + 0.", 0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "p", 0.25);
    case_constant(test, "x", DIMS(1024, 1), 1);
    case_constant(test, "w", DIMS(1, 1), 1.5);
    case_constant(test, "b", DIMS(1), 1);
    case_drawn(test, "mask", "bernoulli 0.75", DIMS(1024, 1, 1));
    case_law(test, "y", "two 3 0.75 1");
}

void drop_connect_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    add_random(list);
    mask_refusals(list, "forward_only", "exact");
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
