// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-22", "Numbers in general position.", 0},
      "block=2 a:5x3x2:signed:0.25:2 b:5x3x2:signed:0.25:2 dy:5x3x2:signed:0.5:1.5"},
    {{"imaginary", "exact", "FND-22", "Imaginary factors: their product is real and below 0.", 0},
      "block=2 a:3x1x2:list:0,1,0,-2,0,0.5 b:3x1x2:list:0,2,0,3,0,-1 "
      "dy:3x1x2:list:1,2,-4,0.5,1,-1"},
    {{"real", "exact", "FND-22",
      "Real factors: the conjugate does not matter, the imaginary upstream does.", 0},
      "block=1 a:3x1x2:list:1,0,-2,0,0.5,0 b:3x1x2:list:2,0,3,0,-1,0 "
      "dy:3x1x2:list:1,2,-4,0.5,1,-1"},
    {{"exact", "exact", "FND-22 DST-02", "Short binary fractions.", 0},
      "block=2 a:5x2x2:dyadic:-2:2:0.25 b:5x2x2:dyadic:-2:2:0.25 dy:5x2x2:dyadic:-2:2:0.5"},
    {{"conjugate_pairs", "bounded", "FND-22",
      "b near the conjugate of a: the imaginary part of y nearly cancels.", 0},
      "block=2 a:4x1x2:uniform:1:1.01 b:4x1x2:uniform:1:1.01 b@1,3,5,7=-1.0078125 "
      "dy:4x1x2:signed:0.5:1.5"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "17 rows in 9 blocks.", 0},
      "block=2 a:17x1x2:signed:0.25:2 b:17x1x2:signed:0.25:2 dy:17x1x2:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"b_real", "ordinary", INPUT_SHORTER, "b", 0, "", 2, "A number lacks its imaginary part."},
    {"upstream_short", "ordinary", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
    {"no_second", "ordinary", INPUT_GONE, "b", 0, "", 0, "A product has two factors."},
};

void complex_product_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
