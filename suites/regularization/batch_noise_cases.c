// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define POOL "block=2 sample=2 x:8x3:signed:0.3:2 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"pairs", "bounded", "REG-14",
      "The sample with one companion at a time: the most noise there is.", 0},
     POOL "batch:5x2:whole:2,0,1,2,2,3,4,2,2,7 dy:5x3:signed:0.5:1.5"},
    {{"batches_of_four", "bounded", "REG-14", "Three companions: less noise for the same sample.",
      0},
     POOL "batch:5x4:whole:2,0,1,3,4,5,2,6,7,2,0,4,1,3,5,2,2,6,7,0 dy:5x3:signed:0.5:1.5"},
    {{"batches_of_seven", "bounded", "REG-14", "All others but one: little noise is left.", 0},
     POOL "batch:4x7:whole:0,1,2,3,4,5,6,1,2,3,4,5,6,7,7,0,2,4,3,5,1,2,0,1,3,4,6,7 "
      "dy:4x3:signed:0.5:1.5"},
    {{"spread_of_sample", "bounded", "REG-14", "The variance over 5 batches divided by 4.", 0},
     POOL "spread=sample batch:5x3:whole:2,0,1,3,2,4,5,6,2,2,7,0,1,2,3 dy:5x3:signed:0.5:1.5"},
    {{"large_epsilon", "bounded", "REG-14",
      "An epsilon of 1/2 damps the noise: it stands under the root.", 0},
     POOL "epsilon=0.5 batch:5x3:whole:2,0,1,3,2,4,5,6,2,2,7,0,1,2,3 dy:5x3:signed:0.5:1.5"},
    {{"with_replacement", "bounded", "REG-14", "The sample and others occur twice in a batch.", 0},
     POOL "epsilon=0.125 batch:4x4:whole:2,0,2,1,5,5,2,3,2,2,2,4,7,6,7,2 dy:4x3:signed:0.5:1.5"},
    {{"forward_only", "bounded", "REG-14", "No gradient is asked for.", 0},
     POOL "batch:3x3:whole:2,0,1,3,2,4,5,6,2"},
    {{"one_batch", "bounded", "REG-14", "A single batch has a mean and the spread 0.", 0},
     POOL "batch:1x3:whole:1,2,6 dy:1x3:signed:0.5:1.5"},
    {{"same_members", "bounded", "REG-14", "Another order of the same members is no noise.", 0},
     "block=1 sample=0 spread=sample epsilon=0.25 x:2x2:signed:0.5:2 batch:2x2:whole:0,1,1,0"},
    {{"many_blocks", "bounded", "REG-14 DST-08", "11 batches in 6 blocks, the last of them short.",
      0},
     "block=2 sample=5 x:6x2:signed:0.3:2 "
     "batch:11x3:whole:5,0,1,2,5,3,4,0,5,5,1,2,3,5,4,0,2,5,5,1,3,4,5,2,0,5,3,1,5,4,5,2,3 "
     "dy:11x2:signed:0.5:1.5"},
    {{"far_from_zero", "bounded", "REG-14", "A pool around 50: the distance to the mean counts.",
      0},
     "block=2 sample=1 x:5x2:uniform:49:52 batch:4x3:whole:1,0,2,3,1,4,0,4,1,1,2,3 "
      "dy:4x2:signed:0.5:1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"sample_absent", "same_members", ELEMENT_SET, "batch", 1, "", 0,
     "A batch without the sample says nothing of it."},
    {"nobody", "same_members", ELEMENT_SET, "batch", 2, "", 0, "There is no such sample."},
    {"sample_outside", "same_members", NUMBER_SET, "sample", 2, "", 0, "The pool ends before."},
    {"no_sample", "same_members", NUMBER_GONE, "sample", 0, "", 0, "Which one is watched?"},
    {"no_epsilon", "same_members", NUMBER_SET, "epsilon", 0, "", 0, "Equal members give 0 / 0."},
    {"negative_epsilon", "same_members", NUMBER_SET, "epsilon", -0.5, "", 0,
     "A root of less than 0."},
    {"spread_unknown", "same_members", CHOICE_SET, "spread", 0, "range", 0,
     "A spread that nobody defined."},
    {"spread_of_one", "same_members", INPUT_SHORTER, "batch", 0, "", 0,
     "One batch has no spread of a sample: 0 / 0."},
    {"no_batches", "same_members", INPUT_GONE, "batch", 0, "", 0, "There are no companions."},
    {"upstream_short", "one_batch", INPUT_SHORTER, "dy", 0, "", 1, "One channel has no gradient."},
};

void batch_noise_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
