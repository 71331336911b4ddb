// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-22", "Exponents of both signs and bases above 0.", 0},
     "block=2 x:7x4:uniform:0.25:3 p:4:list:0.5,-1.5,2.25,3 dy:7x4:signed:0.5:1.5"},
    {{"zero_bases", "bounded", "GRD-04",
      "Bases of 0 under exponents from 1 on: no NaN in any gradient.", 0},
     "block=2 x:6x3:uniform:0.25:2 x@0,4,8,9,11,16=0 p:3:list:1.5,2,3.5 dy:6x3:signed:0.5:1.5"},
    {{"zero_to_the_zero", "exact", "GRD-04", "0^0 is 1 and has no slope; 0^1 has the slope 1.", 0},
     "block=2 x:5x4:list:0,0,0,0,1,1,1,1,0,1,0,1,1,0,1,0,0,0,1,0 p:4:list:0,1,2,3 "
      "dy:5x4:dyadic:0.5:2:0.25"},
    {{"exponent_zero", "bounded", "FND-22",
      "Exponents of 0 under bases above 0: the exponent's gradient is a logarithm.", 0},
     "block=2 x:5x2:uniform:0.25:3 p:2:list:0,0.25 dy:5x2:signed:0.5:1.5"},
    {{"square_roots", "bounded", "FND-22", "Exponents of 1/2 near 0: large slopes.", 0},
     "block=1 x:4x3:uniform:0.0625:0.25 p:3:constant:0.5 dy:4x3:signed:0.5:1.5"},
    {{"large_exponents", "bounded", "GRD-03", "Exponents of 12 and -9.", 0},
     "block=2 x:4x2:uniform:0.5:2 p:2:list:12,-9 dy:4x2:signed:0.5:1.5"},
    {{"small_bases", "bounded", "GRD-01", "Bases below an eighth, whose logarithms are large.", 0},
     "block=2 x:4x3:uniform:0.06:0.12 p:3:list:1.25,2.5,0.75 dy:4x3:signed:0.5:1.5"},
    {{"many_blocks", "bounded", "FND-22 DST-08", "19 rows in 10 blocks, the last of them short.",
      0},
     "block=2 x:19x2:uniform:0.25:3 p:2:list:1.5,-0.5 dy:19x2:signed:0.5:1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"negative_base", "ordinary", ELEMENT_SET, "x", -1, "", 5, "A negative base has no real root."},
    {"steep_base", "zero_bases", ELEMENT_SET, "p", 0.5, "", 1,
     "The root is infinitely steep at 0."},
    {"pole", "zero_bases", ELEMENT_SET, "p", -1, "", 1, "1 / 0 is infinite."},
    {"exponents_short", "ordinary", INPUT_SHORTER, "p", 0, "", 0, "One column has no exponent."},
    {"upstream_short", "ordinary", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
};

void power_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
