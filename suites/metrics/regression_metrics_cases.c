// SPDX-License-Identifier: MIT
#include "../gradients/recipe_cases.h"

static const struct recipe rows[] = {
    {{"one_target", "bounded", "MET-07 MET-08 MET-09 MET-10",
      "All measures of 11 samples in three blocks.", 0},
     "block=4 y:11x1:uniform:-2:2 t:11x1:uniform:-2:2"},
    {{"targets", "bounded", "MET-07 MET-08 MET-09 MET-10",
      "Three targets of different scales, averaged alike.", 1},
     "block=4 y:9x3:uniform:-2:2 t:9x3:uniform:-2:2 t@0,3,6,9,12=20 t@1,4,10=-7"},
    {{"biased", "bounded", "MET-08 MET-10",
      "Predictions 0.875 too low on average: explained variance forgives that, R squared does not.",
      0},
     "block=2 y:8x1:list:0.125,1.5,2,3.25,4,4.5,6,7.25 t:8x1:list:1,2.25,3.125,4,4.75,5.5,6.875,8"},
    {{"worse_than_mean", "bounded", "MET-10", "Predictions in reverse: R squared is below -1.", 0},
     "block=2 y:6x1:list:6,5,4,3,2,1.5 t:6x1:list:1,2,3,4,5,6.25"},
    {{"perfect", "exact", "MET-07 MET-08 MET-09 MET-10", "No errors: 1.0 is a perfect fit.", 0},
     "block=2 y:4x2:list:1,5,2,3,3,1,6,-1 t:4x2:list:1,5,2,3,3,1,6,-1"},
    {{"constant_target", "exact", "MET-10",
      "Constant targets missed by 2: there is no variance to explain, 0 by default.", 0},
     "block=2 y:4x1:list:5,1,5,1 t:4x1:constant:3"},
    {{"constant_met", "exact", "MET-10",
      "A constant target met exactly next to one missed: 1 and 0.", 0},
     "block=2 y:4x2:list:3,5,3,1,3,5,3,1 t:4x2:constant:3"},
    {{"constant_stated", "exact", "MET-10", "The same with the default stated.", 0},
     "block=2 constant=finite average=variance_weighted y:4x2:list:3,5,3,1,3,5,3,1 "
     "t:4x2:constant:3"},
    {{"constant_zero", "exact", "MET-10",
      "The same where a constant target counts as not explained at all.", 0},
     "block=2 constant=zero y:4x2:list:3,5,3,1,3,5,3,1 t:4x2:constant:3"},
    {{"uniform_stated", "bounded", "MET-10",
      "The plain average of a good and a bad target, stated.", 0},
     "block=2 average=uniform y:6x2:list:1,0,2,1,3,-1,4,1,5,0,6,2 "
     "t:6x2:list:1.125,2,2.25,1,2.75,3,4.5,1.5,5.125,2,6.5,4"},
    {{"variance_weighted", "bounded", "MET-10", "The target of large variance counts more.", 0},
     "block=2 average=variance_weighted y:6x2:list:1,0,2,1,3,-1,4,1,5,0,6,2 "
     "t:6x2:list:1.125,2,2.25,1,2.75,3,4.5,1.5,5.125,2,6.5,4"},
    {{"roots_averaged", "bounded", "MET-09", "The mean of the roots of 1 and 100, stated.", 0},
     "block=2 rmse=mean_of_roots y:5x2:uniform:-1:1 t:5x2:uniform:9:12"},
    {{"root_of_average", "bounded", "MET-09",
      "The root of the mean squared error over both targets.", 0},
     "block=2 rmse=root_of_mean y:7x2:uniform:-1:1 t:7x2:uniform:-1:1 t@1,3,5=9"},
    {{"weights", "bounded", "MET-07 MET-08 MET-10",
      "Weights from 0.25 to 3: means, variances and median.", 0},
     "block=4 y:9x1:uniform:-2:2 t:9x1:uniform:-2:2 weight:9:list:1,0.25,3,2,0.5,1.75,1,2.5,0.75"},
    {{"weight_zero", "bounded", "MET-07 MET-10",
      "A sample of weight 0 is heard in the largest error alone.", 0},
     "block=2 y:6x2:uniform:-2:2 t:6x2:uniform:-2:2 weight:6:list:1,0,2,1.5,0,0.75 t@2,3=50"},
    {{"median_even", "bounded", "MET-07",
      "The middle of an even number of errors lies between two; one is an outlier.", 0},
     "block=2 median=middle y:6x1:list:0,0,0,0,0,0 t:6x1:list:1.1,-0.3,40,-0.7,2.2,0.9"},
    {{"median_lower", "bounded", "MET-07", "The same by the lower of both.", 0},
     "block=2 median=lower y:6x1:list:0,0,0,0,0,0 t:6x1:list:1.1,-0.3,40,-0.7,2.2,0.9"},
    {{"ties", "exact", "MET-07", "Equal errors of both signs.", 0},
     "block=2 y:4x1:list:1,3,1,3 t:4x1:list:3,1,3,1"},
    {{"offset", "bounded", "MET-10",
      "Targets near 1000 with a deviation near 1: E t^2 - (E t)^2 loses six digits.", 0},
     "block=4 y:10x1:uniform:999:1001 t:10x1:uniform:999:1001"},
    {{"many_blocks", "bounded", "MET-08 MET-10 DST-02 DST-08", "31 samples in blocks of 2.", 0},
     "block=2 y:31x2:uniform:-2:2 t:31x2:uniform:-1:3"},
};

static const struct refusal refusals[] = {
    {"weight_negative", "weight_zero", ELEMENT_SET, "weight", -1,
     .why = "Nobody counts less than 0."},
    {"weights_vanish", "single_weight", ELEMENT_SET, "weight", 0, .why = "The means are 0 / 0."},
    {"no_samples", "single_weight", INPUT_SHORTER, "y", .why = "There is nothing to measure."},
    {"targets_short", "ties", INPUT_SHORTER, "t", .why = "A prediction has no target."},
    {"average_unknown", "ties", CHOICE_SET, "average", 0, "median", .why = "No such convention."},
    {"constant_unknown", "ties", CHOICE_SET, "constant", 0, "nan", .why = "No such convention."},
    {"no_targets", "ties", INPUT_GONE, "t", .why = "There is nothing to compare with."},
};

void regression_metrics_cases(struct case_list *list)
{
    static const struct recipe single[] = {
        {{"single_weight", "exact", "MET-08",
          "One sample of weight 1/2: the target has no variance.", 0},
         "block=2 y:1x1:list:1 t:1x1:list:3 weight:1:list:0.5"},
    };
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    recipe_cases(list, single, 1);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
