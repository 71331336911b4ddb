// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define CLOUDS "x:7x2:uniform:0:3 y:7x2:uniform:1:5 direction:3x2:list:1,0,0.6,0.8,-0.8,0.6"

static const struct recipe rows[] = {
    {{"plane", "bounded", "GAN-06", "Seven samples on three directions, with gradients.", 0},
     "block=4 ddistance::list:1.75 " CLOUDS},
    {{"no_gradient", "bounded", "GAN-06", "The number alone.", 0}, "block=2 " CLOUDS},
    {{"two_stated", "bounded", "GAN-06", "Squared gaps, their mean and a root, stated.", 0},
     "block=2 p=two aggregate=mean root=yes ddistance::list:-2 " CLOUDS},
    {{"one", "bounded", "GAN-06", "Absolute gaps: each pair pulls alike.", 1},
     "block=2 p=one ddistance::list:1.75 " CLOUDS},
    {{"without_root", "bounded", "GAN-06", "The mean of the squares, as a loss.", 0},
     "block=2 root=no ddistance::list:0.5 " CLOUDS},
    {{"largest", "bounded", "GAN-06", "The worst direction alone.", 0},
     "block=2 aggregate=max ddistance::list:1.75 " CLOUDS},
    {{"largest_one", "bounded", "GAN-06", "The worst direction of absolute gaps.", 2},
     "block=2 p=one aggregate=max root=no ddistance::list:1.75 " CLOUDS},
    {{"long_directions", "bounded", "GAN-06",
      "Directions that are not of length 1 count by their length.", 0},
     "block=2 ddistance::list:1 x:5x3:uniform:0:2 y:5x3:uniform:1:4 direction:4x3:uniform:-2:2"},
    {{"line", "exact", "GAN-06",
      "Whole numbers on a line, not in order: gaps 1, 1, 1 and 1 after sorting.", 0},
     "block=2 ddistance::list:4 x:4x1:list:5,1,3,7 y:4x1:list:6,4,0,2 direction:1x1:list:1"},
    {{"line_one", "exact", "GAN-06", "The same by absolute gaps.", 0},
     "block=2 p=one ddistance::list:4 x:4x1:list:5,1,3,7 y:4x1:list:6,4,0,2 direction:1x1:list:1"},
    {{"ties", "exact", "GAN-06",
      "Equal projections: of two samples at one place the first has the smaller partner.", 0},
     "block=2 root=no ddistance::list:1 x:4x1:list:2,2,0,0 y:4x1:list:4,3,1,0 "
     "direction:1x1:list:1"},
    {{"unseen", "exact", "GAN-06",
      "Another order, and 2 higher: the first direction sees nothing, the second all.", 0},
     "block=2 root=no ddistance::list:1 x:4x2:list:0,1,2,3,4,6,8,10 y:4x2:list:4,8,0,3,8,12,2,5 "
     "direction:2x2:list:1,0,0,1"},
    {{"one_sample", "bounded", "GAN-06", "A single pair.", 0},
     "block=2 ddistance::list:1 x:1x2:uniform:0:2 y:1x2:uniform:2:4 "
     "direction:2x2:list:1,0,0.6,0.8"},
    {{"many_blocks", "bounded", "GAN-06 DST-02 DST-08", "21 samples in blocks of 2.", 0},
     "block=2 ddistance::list:1 x:21x2:uniform:0:3 y:21x2:uniform:1:5 "
     "direction:2x2:list:0.8,0.6,-0.6,0.8"},
};

static const struct refusal refusals[] = {
    {"unequal_sets", "one_sample", INPUT_SHORTER, "y", .why = "A sample has no partner."},
    {"no_samples", "one_sample", INPUT_SHORTER, "x", .why = "No sample was made."},
    {"no_directions", "line", INPUT_SHORTER, "direction", .why = "No slice."},
    {"directions_missing", "one_sample", INPUT_GONE, "direction", .why = "No slice."},
    {"features_differ", "line", INPUT_SHORTER, "direction", .element = 1, .why = "Another space."},
    {"p_unknown", "one_sample", CHOICE_SET, "p", 0, "three", .why = "No such convention."},
};

void sliced_wasserstein_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
