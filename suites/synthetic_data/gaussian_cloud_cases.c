// SPDX-License-Identifier: MIT
#include "generator_cases.h"

static const struct recipe rows[] = {
    {{"target", "exact", "DAT-20 GAN-06",
      "The document's target: mean 2 and deviation 1/2 in the plane.", 0},
     "block=4 z:11x2:dyadic:-2:2:0.125 mean:2:list:2,2 covariance:2x2:list:0.25,0,0,0.25"},
    {{"deviations", "exact", "DAT-20", "The same target by its deviations.", 0},
     "block=4 z:7x2:dyadic:-2:2:0.125 mean:2:list:2,2 deviation:2:list:0.5,0.5"},
    {{"correlated", "bounded", "DAT-20",
      "A correlation of -0.8: the second feature follows the first.", 0},
     "block=2 z:9x2:uniform:-2:2 mean:2:list:1,-3 covariance:2x2:list:4,-2.4,-2.4,2.25"},
    {{"three_features", "bounded", "DAT-20", "A full covariance of three features.", 0},
     "block=2 z:7x3:uniform:-2:2 mean:3:list:5,-0.5,2 "
     "covariance:3x3:list:2,0.5,-0.75,0.5,1.5,0.25,-0.75,0.25,1"},
    {{"five_features", "bounded", "DAT-20",
      "Five features: every row of the factor depends on those before.", 0},
     "block=2 z:4x5:uniform:-2:2 mean:5:uniform:-4:4 "
     "covariance:5x5:list:3,1,0.5,-1,0.25,1,2,0.75,0.5,-0.5,0.5,0.75,4,1.5,1,-1,0.5,1.5,5,0.125,0."
     "25,-0.5,1,0.125,1.25"},
    {{"exact_factor", "exact", "DAT-20", "A covariance whose factor is whole: nothing is rounded.",
      0},
     "block=2 z:5x3:dyadic:-2:2:0.25 mean:3:list:1,2,3 covariance:3x3:list:4,2,-2,2,10,2,-2,2,6"},
    {{"factor_stated", "bounded", "DAT-20", "The default product stated.", 0},
     "block=2 factor=lower z:5x2:uniform:-2:2 mean:2:list:1,-3 covariance:2x2:list:1,0.7,0.7,2"},
    {{"deviates_first", "bounded", "DAT-20",
      "The product the other way round, which has another covariance.", 0},
     "block=2 factor=deviates_first z:5x2:uniform:-2:2 mean:2:list:1,-3 "
     "covariance:2x2:list:1,0.7,0.7,2"},
    {{"deviates_first_three", "bounded", "DAT-20", "The same with three features.", 0},
     "block=2 factor=deviates_first z:4x3:uniform:-2:2 mean:3:list:5,-0.5,2 "
     "covariance:3x3:list:2,0.5,-0.75,0.5,1.5,0.25,-0.75,0.25,1"},
    {{"unequal_deviations", "bounded", "DAT-20", "Deviations of 0, 0.1 and 30.", 0},
     "block=2 z:6x3:uniform:-2:2 mean:3:list:-1,0.5,100 deviation:3:list:0,0.1,30"},
    {{"lower_triangle", "bounded", "DAT-20",
      "Zeros above the diagonal: the lower triangle is what counts.", 0},
     "block=2 z:4x2:uniform:-2:2 mean:2:list:1,1 covariance:2x2:list:1,0,0.7,2"},
    {{"one_feature", "bounded", "DAT-20", "One feature: the factor is a root.", 0},
     "block=2 z:5x1:uniform:-2:2 mean:1:list:7 covariance:1x1:list:3"},
    {{"nearly_singular", "bounded", "DAT-20", "A correlation of 0.999: the last pivot is small.",
      0},
     "block=2 z:4x2:uniform:-2:2 mean:2:list:0,1 covariance:2x2:list:1,0.999,0.999,1"},
    {{"many_blocks", "bounded", "DAT-20 DST-08", "27 samples in blocks of 2.", 0},
     "block=2 z:27x2:uniform:-2:2 mean:2:list:2,2 covariance:2x2:list:0.25,0.1,0.1,0.5"},
};

static const struct refusal refusals[] = {
    {"not_positive_definite", "one_feature", ELEMENT_SET, "covariance", -3,
     .why = "No variance is negative."},
    {"singular", "factor_stated", ELEMENT_SET, "covariance", 0.375, .element = 3,
     .why = "The determinant is not above 0."},
    {"deviation_negative", "deviations", ELEMENT_SET, "deviation", -0.5, .why = "No deviation is."},
    {"no_width", "one_feature", INPUT_GONE, "covariance", .why = "Nor a deviation."},
    {"mean_short", "factor_stated", INPUT_SHORTER, "mean", .why = "A feature has no mean."},
    {"factor_unknown", "factor_stated", CHOICE_SET, "factor", 0, "upper",
     .why = "No such convention."},
};

void gaussian_cloud_cases(struct case_list *list)
{
    static const struct case_head drawn = {
        "drawn", "statistical", "DAT-20 GAN-06",
        "2048 samples of the document's target that whoever answers draws.", 0};
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    struct assay_case *test = case_add(list, &drawn);
    case_drawn(test, "z", "normal", DIMS(2048, 2));
    case_values(test, "mean", DIMS(2), (const double[]){2, 2});
    case_values(test, "deviation", DIMS(2), (const double[]){0.5, 0.5});
    case_law(test, "x", "normal 2 0.5");
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
