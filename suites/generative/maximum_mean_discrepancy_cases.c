// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define CLOUDS "x:7x2:uniform:0:3 y:5x2:uniform:1:4"

static const struct recipe rows[] = {
    {{"gaussian", "bounded", "GAN-06",
      "Seven and five samples in the plane, one bandwidth, with gradients.", 0},
     "block=4 bandwidth:1:list:1.5 dmmd::list:1.75 " CLOUDS},
    {{"no_gradient", "bounded", "GAN-06", "The number alone.", 0},
     "block=2 bandwidth:1:list:0.75 " CLOUDS},
    {{"biased_stated", "bounded", "GAN-06", "All pairs, stated.", 0},
     "block=2 estimate=biased kernel=gaussian scale=given bandwidth:1:list:0.75 "
     "dmmd::list:-2 " CLOUDS},
    {{"unbiased", "bounded", "GAN-06", "Without the pairs of a sample with itself.", 0},
     "block=2 estimate=unbiased bandwidth:1:list:0.75 dmmd::list:1.75 " CLOUDS},
    {{"bandwidths", "bounded", "GAN-06", "Four bandwidths, their kernels added.", 0},
     "block=2 bandwidth:4:list:0.5,1,2,4 dmmd::list:0.5 combination=sum " CLOUDS},
    {{"bandwidths_averaged", "bounded", "GAN-06", "The mean of three kernels.", 0},
     "block=2 bandwidth:3:list:0.5,1,3 dmmd::list:0.5 combination=mean " CLOUDS},
    {{"median", "bounded", "GAN-06", "The bandwidth is the median of the 66 distances.", 0},
     "block=2 scale=median bandwidth:1:list:1 " CLOUDS},
    {{"median_multiples", "bounded", "GAN-06",
      "Half, once and twice the median of 21 distances, unbiased.", 0},
     "block=2 scale=median estimate=unbiased bandwidth:3:list:0.5,1,2 x:4x3:uniform:0:3 "
     "y:3x3:uniform:1:4"},
    {{"kernel_distance", "bounded", "GAN-06", "The polynomial kernel of KID in five features.", 0},
     "block=2 kernel=polynomial estimate=unbiased dmmd::list:1.25 x:5x5:uniform:0:2 "
     "y:4x5:uniform:0:3"},
    {{"quadratic", "bounded", "GAN-06",
      "Degree 2, its own gamma and offset, biased: a sample's gradient has its own square.", 0},
     "block=2 kernel=polynomial degree=2 gamma=0.75 offset=0.5 dmmd::list:1.25 x:4x2:uniform:-2:2 "
     "y:3x2:uniform:-1:3"},
    {{"linear", "exact", "GAN-06",
      "Degree 1: the squared distance of the means, 4.25, and nothing else.", 0},
     "block=2 kernel=polynomial degree=1 gamma=1 offset=2 dmmd::list:1 x:4x2:list:1,0,3,2,1,2,3,4 "
     "y:2x2:list:0,1,0,2"},
    {{"same_set", "exact", "GAN-06", "A set against itself at one place: every kernel is 1.", 0},
     "block=2 bandwidth:1:list:1 dmmd::list:1 x:4x2:constant:2 y:2x2:constant:2"},
    {{"negative", "bounded", "GAN-06", "Nearly equal sets: the unbiased estimate is below 0.", 0},
     "block=2 estimate=unbiased bandwidth:1:list:2 dmmd::list:1 x:3x2:list:0,0,1,2,2,1 "
     "y:3x2:list:0.25,0,1,1.75,2,1.25"},
    {{"one_feature", "bounded", "GAN-06", "One feature, one against six samples.", 0},
     "block=2 bandwidth:1:list:1 dmmd::list:1 x:1x1:list:0.5 y:6x1:uniform:0:3"},
    {{"many_blocks", "bounded", "GAN-06 DST-02 DST-08", "19 and 11 samples in blocks of 2.", 0},
     "block=2 bandwidth:2:list:0.5,2 dmmd::list:1 x:19x2:uniform:0:3 y:11x2:uniform:1:4"},
};

static const struct refusal refusals[] = {
    {"bandwidth_zero", "one_feature", ELEMENT_SET, "bandwidth", 0, .why = "It is divided by."},
    {"bandwidth_missing", "one_feature", INPUT_GONE, "bandwidth", .why = "No width."},
    {"estimate_unknown", "one_feature", CHOICE_SET, "estimate", 0, "linear", .why = "No such one."},
    {"no_samples", "one_feature", INPUT_SHORTER, "x", .why = "No sample was made."},
    {"features_differ", "same_set", INPUT_SHORTER, "y", .element = 1, .why = "Another space."},
    {"no_target", "one_feature", INPUT_GONE, "y", .why = "Nothing to compare with."},
    {"one_sample_unbiased", "one_feature", CHOICE_SET, "estimate", 0, "unbiased",
     .why = "One sample makes no pair."},
    {"gradient_of_median", "one_feature", CHOICE_SET, "scale", 0, "median",
     .why = "The median is no constant, and its gradient is not defined here."},
    {"degree_zero", "linear", NUMBER_SET, "degree", 0, .why = "A constant tells nothing."},
    {"degree_fraction", "linear", NUMBER_SET, "degree", 1.5, .why = "Powers are whole."},
    {"kernel_unknown", "one_feature", CHOICE_SET, "kernel", 0, "laplace", .why = "No such kernel."},
};

void maximum_mean_discrepancy_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
