// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-22", "Vectors in general position.", 0},
      "block=2 a:7x3:signed:0.25:2 b:7x3:signed:0.25:2 dy:7x3:signed:0.5:1.5"},
    {{"axes", "exact", "FND-22", "Unit vectors along axes: the hand that the coordinates have.", 0},
     "block=1 a:3x3:list:1,0,0,0,1,0,0,0,1 b:3x3:list:0,1,0,0,0,1,1,0,0 "
      "dy:3x3:list:1,2,4,1,2,4,1,2,4"},
    {{"parallel", "exact", "FND-22", "Parallel vectors: a product of 0, whose gradients are not 0.",
      0},
     "block=2 a:3x3:list:1,2,-1,0.5,0.25,1,-2,1,4 b:3x3:list:2,4,-2,-1,-0.5,-2,-2,1,4 "
      "dy:3x3:dyadic:0.5:2:0.5"},
    {{"exact", "exact", "FND-22 DST-02", "Short binary fractions.", 0},
      "block=2 a:5x3:dyadic:-2:2:0.25 b:5x3:dyadic:-2:2:0.25 dy:5x3:dyadic:-2:2:0.5"},
    {{"nearly_parallel", "bounded", "FND-22",
      "Vectors a thousandth apart: differences lose digits, and the bound knows.", 0},
     "block=2 a:4x3:uniform:1:1.001 b:4x3:uniform:1:1.001 dy:4x3:signed:0.5:1.5"},
    {{"one_vector", "bounded", "FND-22", "One vector.", 0},
      "block=4 a:1x3:signed:0.25:2 b:1x3:signed:0.25:2 dy:1x3:signed:0.5:1.5"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "19 vectors in 10 blocks, upstreams of hundreds.",
      0}, "block=2 a:19x3:signed:0.25:2 b:19x3:signed:0.25:2 dy:19x3:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"b_short", "ordinary", INPUT_SHORTER, "b", 0, "", 1, "A vector lacks a component."},
    {"upstream_short", "ordinary", INPUT_SHORTER, "dy", 0, "", 0, "One vector has no upstream."},
    {"no_second", "ordinary", INPUT_GONE, "b", 0, "", 0, "A product has two factors."},
};

void cross_product_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
