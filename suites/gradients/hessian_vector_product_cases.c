// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

#define WEIGHTS                                                                                    \
    "w1:2x3:signed:0.2:0.9 b1:3:signed:0.1:0.4 w2:3x2:signed:0.2:0.8 b2:2:signed:0.1:0.5 "
#define VECTOR  "v1:2x3:signed:0.25:1 c1:3:signed:0.25:1 v2:3x2:signed:0.25:1 c2:2:signed:0.25:1 "
#define NOTHING "v1:2x3:constant:0 c1:3:constant:0 v2:3x2:constant:0 c2:2:constant:0 "

static const struct recipe rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-44 FND-22", "Every term of the product has its part.", 0},
     WEIGHTS VECTOR "block=2 x:5x2:signed:0.3:1.2 t:5x2:signed:0.5:1.5 dslope::list:1"},
    {{"upstream", "bounded", "FND-22",
      "Scaled from outside, as a step of power iteration scales it.", 0},
     WEIGHTS VECTOR "block=2 x:3x2:signed:0.3:1.2 t:3x2:signed:0.5:1.5 dslope::list:-2.75"},
    {{"first_layer", "bounded", "FND-44",
      "Only the first layer moves: the second has a product all the same.", 0},
     WEIGHTS NOTHING "v1@0,1,2,3,4,5=0.75 v1@1,3=-0.5 block=2 x:3x2:signed:0.3:1.2 "
      "t:3x2:signed:0.5:1.5 dslope::list:1"},
    {{"second_layer", "bounded", "FND-44", "Only the second layer moves.", 0},
     WEIGHTS NOTHING "v2@0,2,3,5=0.75 v2@1,4=-0.5 block=2 x:3x2:signed:0.3:1.2 "
      "t:3x2:signed:0.5:1.5 dslope::list:1"},
    {{"biases", "bounded", "FND-44", "Only the biases move.", 0},
     WEIGHTS NOTHING "c1@0,2=0.75 c1@1=-1.5 c2@0=1 c2@1=-0.5 block=2 x:3x2:signed:0.3:1.2 "
      "t:3x2:signed:0.5:1.5 dslope::list:1"},
    {{"far_off", "bounded", "FND-44",
      "Errors of 20: the terms that Gauss and Newton leave out rule, and curvature is negative.",
      0},
     WEIGHTS VECTOR "block=2 x:4x2:signed:0.3:1.2 t:4x2:signed:19:21 dslope::list:1"},
    {{"perfect_fit", "bounded", "FND-44",
      "No error: no slope, and the product of the Gauss-Newton matrix.", 0},
     "w1:2x3:signed:0.2:0.9 b1:3:signed:0.1:0.4 w2:3x2:constant:0 b2:2:constant:0 " VECTOR
     "block=2 x:3x2:signed:0.3:1.2 t:3x2:constant:0 dslope::list:1"},
    {{"saturated", "bounded", "GRD-01 FND-44",
      "Hidden units near 1: the first layer has hardly a curvature.", 0},
     "w1:2x3:signed:1:2 b1:3:signed:1:2 w2:3x2:signed:0.2:0.8 b2:2:signed:0.1:0.5 " VECTOR
     "block=1 x:3x2:signed:0.75:1.5 t:3x2:signed:0.5:1.5 dslope::list:1"},
    {{"exact", "exact", "FND-44 DST-02", "Units at 0, where tanh is a line: exact in any order.",
      0},
     "w1:3x2:constant:0 b1:2:constant:0 w2:2x2:dyadic:-1:1:0.25 b2:2:dyadic:-1:1:0.25 "
     "v1:3x2:dyadic:-1:1:0.25 c1:2:dyadic:-1:1:0.25 v2:2x2:dyadic:-1:1:0.25 c2:2:dyadic:-1:1:0.25 "
     "block=1 x:4x3:dyadic:-2:2:0.5 t:4x2:dyadic:-2:2:0.5 dslope::list:0.5"},
    {{"one_of_each", "bounded", "FND-44", "One sample, input, hidden unit and output.", 0},
     "w1:1x1:list:0.75 b1:1:list:-0.25 w2:1x1:list:-1.5 b2:1:list:0.5 v1:1x1:list:0.5 "
      "c1:1:list:1.25 "
     "v2:1x1:list:0.75 c2:1:list:-0.625 block=4 x:1x1:list:0.875 t:1x1:list:2 dslope::list:1"},
    {{"many_blocks", "bounded", "FND-44 DST-08", "17 samples in 9 blocks, the last of them short.",
      0},
     "w1:1x2:signed:0.2:0.9 b1:2:signed:0.1:0.4 w2:2x1:signed:0.2:0.8 b2:1:signed:0.1:0.5 "
     "v1:1x2:signed:0.25:1 c1:2:signed:0.25:1 v2:2x1:signed:0.25:1 c2:1:signed:0.25:1 "
     "block=2 x:17x1:signed:0.3:1.2 t:17x1:signed:0.5:1.5 dslope::list:1"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"vector_narrow", "one_of_each", INPUT_SHORTER, "v2", 0, "", 1,
     "A vector has the shape of the weights."},
    {"targets_short", "one_of_each", INPUT_SHORTER, "t", 0, "", 0, "One sample has no target."},
    {"no_vector", "one_of_each", INPUT_GONE, "v1", 0, "", 0, "There is nothing to multiply."},
};

void hessian_vector_product_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
