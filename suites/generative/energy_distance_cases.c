// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define CLOUDS "x:7x2:uniform:0:3 y:5x2:uniform:1:4"

static const struct recipe rows[] = {
    {{"plane", "bounded", "GAN-06", "Seven and five samples in the plane, with gradients.", 0},
     "block=4 denergy::list:1.75 " CLOUDS},
    {{"no_gradient", "bounded", "GAN-06", "The number alone.", 0}, "block=2 " CLOUDS},
    {{"biased_stated", "bounded", "GAN-06", "All pairs and no root, stated.", 0},
     "block=2 estimate=biased root=no denergy::list:-2 " CLOUDS},
    {{"unbiased", "bounded", "GAN-06", "Pairs of two samples alone.", 0},
     "block=2 estimate=unbiased denergy::list:1.75 " CLOUDS},
    {{"rooted", "bounded", "GAN-06", "The root, whose gradient is divided by twice itself.", 0},
     "block=2 root=yes denergy::list:1.75 x:5x2:uniform:0:3 y:4x2:uniform:3:6"},
    {{"rooted_unbiased", "bounded", "GAN-06", "Both.", 0},
     "block=2 root=yes estimate=unbiased denergy::list:0.5 x:4x3:uniform:0:3 y:3x3:uniform:3:6"},
    {{"negative", "bounded", "GAN-06", "Nearly equal sets: the unbiased estimate is below 0.", 0},
     "block=2 estimate=unbiased denergy::list:1 x:3x2:list:0,0,1,2,2,1 "
     "y:3x2:list:0.25,0,1,1.75,2,1.25"},
    {{"root_of_negative", "bounded", "GAN-06", "Its root is 0, and nothing pulls.", 0},
     "block=2 estimate=unbiased root=yes denergy::list:1 x:3x2:list:0,0,1,2,2,1 "
     "y:3x2:list:0.25,0,1,1.75,2,1.25"},
    {{"line", "bounded", "GAN-06",
      "Whole numbers on a line: twice the area between the squared distribution functions.", 0},
     "block=2 denergy::list:2 x:4x1:list:0,1,3,6 y:2x1:list:2,5"},
    {{"one_place", "bounded", "GAN-06",
      "Samples at one place, of both sets: no direction, no gradient between them.", 0},
     "block=2 denergy::list:4 x:4x2:list:0,0,0,0,3,4,0,0 y:2x2:list:0,0,3,4"},
    {{"shifted", "bounded", "GAN-06",
      "A cloud far off: the energy grows like the distance, not its square.", 0},
     "block=2 denergy::list:1 x:5x2:uniform:0:1 y:5x2:uniform:20:21"},
    {{"one_sample_each", "bounded", "GAN-06", "Two samples: twice their distance.", 0},
     "block=2 denergy::list:1 x:1x2:list:0,0 y:1x2:list:3,4 root=no"},
    {{"many_blocks", "bounded", "GAN-06 DST-02 DST-08", "19 and 11 samples in blocks of 2.", 0},
     "block=2 denergy::list:1 x:19x3:uniform:0:3 y:11x3:uniform:1:4"},
};

static const struct refusal refusals[] = {
    {"no_samples", "one_sample_each", INPUT_SHORTER, "x", .why = "No sample was made."},
    {"no_target", "one_sample_each", INPUT_GONE, "y", .why = "Nothing to compare with."},
    {"empty_target", "one_sample_each", INPUT_SHORTER, "y", .why = "Nothing to compare with."},
    {"features_differ", "line", INPUT_SHORTER, "y", .element = 1, .why = "Another space."},
    {"one_sample_unbiased", "one_sample_each", CHOICE_SET, "estimate", 0, "unbiased",
     .why = "One sample makes no pair."},
    {"estimate_unknown", "line", CHOICE_SET, "estimate", 0, "linear", .why = "No such one."},
    {"root_unknown", "one_sample_each", CHOICE_SET, "root", 0, "cubic", .why = "No such one."},
};

void energy_distance_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
