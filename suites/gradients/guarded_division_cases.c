// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "GRD-04", "No divisor is 0: a plain quotient.", 0},
     "block=2 a:5x3:signed:0.25:2 b:5x3:signed:0.5:2 dy:5x3:signed:0.5:1.5"},
    {{"zero_divisors", "bounded", "GRD-04",
      "Some divisors are 0: values and gradients of 0, not NaN.", 0},
     "block=2 a:5x4:signed:0.25:2 b:5x4:signed:0.5:2 b@0,5,6,13,19=0 dy:5x4:signed:0.5:1.5"},
    {{"zero_over_zero", "bounded", "GRD-04", "Some quotients are 0 / 0.", 0},
     "block=1 a:4x3:signed:0.25:2 b:4x3:signed:0.5:2 a@1,4,9=0 b@1,4,10=0 dy:4x3:signed:0.5:1.5"},
    {{"fill", "bounded", "GRD-04", "Zero divisors give -1.5, a constant without gradient.", 0},
     "block=2 fill=-1.5 a:4x3:signed:0.25:2 b:4x3:signed:0.5:2 b@2,7=0 dy:4x3:signed:0.5:1.5"},
    {{"guard", "bounded", "GRD-04", "Divisors within 1/16 of 0, of both signs, are guarded.", 0},
     "block=2 guard=0.0625 a:4x4:signed:0.25:2 b:4x4:signed:0.5:2 b@0,3=0.03125 b@5,8=-0.046875 "
      "b@9=0.125 b@10=-0.125 b@15=0 dy:4x4:signed:0.5:1.5"},
    {{"at_the_guard", "exact", "GRD-04", "Divisors of exactly the guard are guarded.", 0},
     "block=2 guard=0.5 fill=4 a:3x3:dyadic:0.5:2:0.5 b:3x3:list:0.5,-0.5,1,-1,2,4,-2,0,8 "
      "dy:3x3:dyadic:0.5:2:0.5"},
    {{"all_guarded", "exact", "GRD-04", "All divisors are 0.", 0},
     "block=1 fill=0.25 a:5x2:dyadic:-2:2:0.25 b:5x2:constant:0 dy:5x2:dyadic:-2:2:0.25"},
    {{"small_divisors", "bounded", "GRD-03 GRD-04",
      "Divisors of a tenth without a guard: gradients of a hundred are right.", 0},
     "block=2 a:3x3:signed:0.25:2 b:3x3:signed:0.1:0.2 dy:3x3:signed:0.5:1.5"},
    {{"many_blocks", "bounded", "GRD-04 DST-08", "17 rows in 9 blocks.", 0},
     "block=2 a:17x2:signed:0.25:2 b:17x2:signed:0.5:2 b@7,33=0 dy:17x2:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"negative_guard", "guard", NUMBER_SET, "guard", -0.5, "", 0, "No distance is below 0."},
    {"divisors_short", "ordinary", INPUT_SHORTER, "b", 0, "", 1, "One column has no divisor."},
    {"upstream_short", "ordinary", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
    {"no_divisor", "ordinary", INPUT_GONE, "b", 0, "", 0, "A quotient has a divisor."},
};

void guarded_division_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
