// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

#define TARGET "target_mean:2:list:2,2 target_covariance:2x2:list:0.25,0,0,0.25"

static const struct recipe rows[] = {
    {{"target", "bounded", "GAN-06 DAT-20",
      "13 samples against the document's N((2,2), 0.25 I), with gradients.", 0},
     "block=4 x:13x2:uniform:1:3 dmean:2:uniform:-1:1 dcovariance:2x2:uniform:-1:1 " TARGET},
    {{"no_gradient", "bounded", "GAN-06", "Errors alone.", 0}, "block=2 x:7x2:uniform:1:3 " TARGET},
    {{"three_features", "bounded", "GAN-06",
      "Three features and a full target covariance: the Mahalanobis distance needs all of it.", 0},
     "block=2 x:9x3:uniform:-2:2 target_mean:3:list:1,-1,0.5 "
     "target_covariance:3x3:list:2,0.5,-0.75,0.5,1.5,0.25,-0.75,0.25,1 dmean:3:uniform:-1:1 "
     "dcovariance:3x3:uniform:-1:1"},
    {{"biased", "bounded", "GAN-06", "Divided by N.", 0},
     "block=2 ddof=0 x:5x2:uniform:1:3 dmean:2:uniform:-1:1 dcovariance:2x2:uniform:-1:1 " TARGET},
    {{"ddof_stated", "bounded", "GAN-06", "Divided by N - 1, stated.", 0},
     "block=2 ddof=1 x:5x2:uniform:1:3 dmean:2:uniform:-1:1 dcovariance:2x2:uniform:-1:1 " TARGET},
    {{"mode_collapse", "exact", "GAN-06",
      "All samples at the mean: the mean is right, the covariance 0, its error 5.", 0},
     "block=2 x:4x2:constant:2 dmean:2:list:1,-2 dcovariance:2x2:list:1,2,3,4 "
     "target_mean:2:list:2,2 target_covariance:2x2:list:3,0,0,4"},
    {{"met", "exact", "GAN-06", "Four samples with just the target's moments: all errors are 0.",
      0},
     "block=2 ddof=0 x:4x2:list:1.5,1.5,2.5,1.5,1.5,2.5,2.5,2.5 dmean:2:list:1,-2 "
     "dcovariance:2x2:list:0.5,1,0.25,-1 " TARGET},
    {{"correlated", "bounded", "GAN-06",
      "Samples on a line: the errors are in the corners of the covariance.", 0},
     "block=2 x:6x2:list:1,1.25,1.5,1.5,2,2.25,2.5,2.25,3,3.25,3.5,3 dmean:2:uniform:-1:1 "
     "dcovariance:2x2:list:0,1,0,0 " TARGET},
    {{"offset", "bounded", "GAN-06",
      "Samples near 500 with deviations near 1: E x^2 - (E x)^2 loses its digits.", 0},
     "block=4 x:8x2:uniform:499:501 target_mean:2:list:500,500 "
     "target_covariance:2x2:list:0.25,0,0,0.5 dmean:2:uniform:-1:1 dcovariance:2x2:uniform:-1:1"},
    {{"one_feature", "bounded", "GAN-06", "A variance and its error.", 0},
     "block=2 x:6x1:uniform:0:4 target_mean:1:list:2 target_covariance:1x1:list:0.25 "
     "dmean:1:list:1.5 dcovariance:1x1:list:-0.75"},
    {{"many_blocks", "bounded", "GAN-06 DST-02 DST-08", "31 samples in blocks of 2.", 0},
     "block=2 x:31x2:uniform:1:3 dmean:2:uniform:-1:1 dcovariance:2x2:uniform:-1:1 " TARGET},
};

static const struct refusal refusals[] = {
    {"target_singular", "one_feature", ELEMENT_SET, "target_covariance", 0,
     .why = "No distance can be measured in it."},
    {"ddof_of_all", "mode_collapse", NUMBER_SET, "ddof", 4, .why = "Nothing to divide by."},
    {"no_target", "one_feature", INPUT_GONE, "target_mean", .why = "Errors against what?"},
    {"upstream_half", "one_feature", INPUT_GONE, "dcovariance", .why = "Half of the gradient."},
    {"features_differ", "no_gradient", INPUT_SHORTER, "target_mean", .why = "Another space."},
};

void sample_moments_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
