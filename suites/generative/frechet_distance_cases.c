// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

static const struct recipe rows[] = {
    {{"target", "bounded", "GAN-06",
      "13 samples against the document's N((2,2), 0.25 I) as stored statistics.", 0},
     "block=4 x:13x2:uniform:1:4 mean_y:2:list:2,2 covariance_y:2x2:list:0.25,0,0,0.25"},
    {{"two_sets", "bounded", "GAN-06", "Nine and seven samples in the plane.", 0},
     "block=2 x:9x2:uniform:0:3 y:7x2:uniform:1:6"},
    {{"not_commuting", "bounded", "GAN-06",
      "Covariances with other axes: the root of the product is not the product of roots.", 0},
     "block=2 x:6x2:list:0,0,1,1.25,2,1.75,3,3.5,4,3.75,5,5.25 mean_y:2:list:2,2 "
     "covariance_y:2x2:list:3,-1.25,-1.25,0.75"},
    {{"three_features", "bounded", "GAN-06", "Three features.", 0},
     "block=4 x:11x3:uniform:-2:2 y:8x3:uniform:-1:4"},
    {{"five_features", "bounded", "GAN-06", "Five features: ten rotations a sweep.", 0},
     "block=4 x:17x5:uniform:-2:2 y:14x5:uniform:-3:2"},
    {{"biased", "bounded", "GAN-06", "Covariances divided by the number of samples.", 0},
     "block=2 ddof=0 x:7x2:uniform:0:3 y:5x2:uniform:1:5"},
    {{"ddof_stated", "bounded", "GAN-06", "Divided by one less, stated.", 0},
     "block=2 ddof=1 root=no x:7x2:uniform:0:3 y:5x2:uniform:1:5"},
    {{"rooted", "bounded", "GAN-06", "The distance, not its square.", 0},
     "block=2 root=yes x:7x2:uniform:0:3 y:5x2:uniform:2:6"},
    {{"epsilon", "bounded", "GAN-06", "1/8 on both diagonals.", 0},
     "block=2 epsilon=0.125 x:7x2:uniform:0:3 y:5x2:uniform:1:5"},
    {{"collapsed", "bounded", "GAN-06",
      "All samples at one place: no covariance but epsilon, against a wide target.", 0},
     "block=2 epsilon=0.0625 x:4x2:constant:2 mean_y:2:list:2,2 "
     "covariance_y:2x2:list:0.25,0.125,0.125,0.5"},
    {{"means_alone", "bounded", "GAN-06", "The same covariances, means 3 and 4 apart: 25.", 0},
     "block=2 ddof=0 x:4x2:list:-1,-1,1,-1,-1,1,1,1 y:4x2:list:2,3,4,3,2,5,4,5"},
    {{"one_feature", "bounded", "GAN-06",
      "One feature: the squared gap of the means and of the deviations.", 0},
     "block=2 x:7x1:uniform:0:3 y:6x1:uniform:1:8"},
    {{"two_samples", "bounded", "GAN-06", "Two samples each, of one feature.", 0},
     "block=1 x:2x1:list:1,3 y:2x1:list:0,5"},
    {{"many_blocks", "bounded", "GAN-06 DST-02 DST-08", "27 and 19 samples in blocks of 2.", 0},
     "block=2 x:27x2:uniform:0:3 y:19x2:uniform:1:6"},
};

static const struct refusal refusals[] = {
    {"collapsed_without_epsilon", "two_samples", ELEMENT_SET, "x", 3,
     .why = "Both at one place: no covariance, and no epsilon."},
    {"epsilon_negative", "collapsed", NUMBER_SET, "epsilon", -1, .why = "No variance is negative."},
    {"ddof_of_all", "means_alone", NUMBER_SET, "ddof", 4, .why = "Nothing to divide by."},
    {"no_samples", "one_feature", INPUT_GONE, "x", .why = "No sample was made."},
    {"no_target", "one_feature", INPUT_GONE, "y", .why = "Nothing to compare with."},
    {"half_a_target", "collapsed", INPUT_GONE, "mean_y", .why = "A covariance without a mean."},
    {"root_unknown", "collapsed", CHOICE_SET, "root", 0, "cubic", .why = "No such convention."},
};

void frechet_distance_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
