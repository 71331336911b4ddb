// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"tanh", "bounded", "FND-21", "A saved output that is halved in place.", 0},
      "block=2 factor=0.5 x:5x3:signed:0.25:1.5 dy:5x3:signed:0.5:1.5"},
    {{"tanh_shifted", "bounded", "FND-21", "A saved output that is moved by 1/4 alone.", 0},
      "block=2 factor=1 shift=0.25 x:5x3:signed:0.25:1.5 dy:5x3:signed:0.5:1.5"},
    {{"square", "bounded", "FND-21", "A saved input behind a square.", 0},
      "block=2 function=square factor=-1.5 shift=0.5 x:5x3:signed:0.25:1.5 dy:5x3:signed:0.5:1.5"},
    {{"square_exact", "exact", "FND-21", "The same in short binary fractions.", 0},
      "block=1 function=square factor=0.5 shift=-2 x:5x2:dyadic:-2:2:0.25 dy:5x2:dyadic:-2:2:0.5"},
    {{"tanh_zero", "exact", "FND-21", "At 0 the slope of tanh is 1, whatever was added afterwards.",
      0}, "block=2 factor=2 shift=0.75 x:3x2:constant:0 dy:3x2:dyadic:0.5:2:0.25"},
    {{"many_blocks", "bounded", "FND-21 DST-08", "17 rows in 9 blocks.", 0},
      "block=2 factor=3 shift=-0.5 x:17x2:signed:0.25:1.5 dy:17x2:signed:100:300"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"unknown_function", "square", CHOICE_SET, "function", 0, "cube", 0, "It is tanh or square."},
    {"no_factor", "tanh", NUMBER_GONE, "factor", 0, "", 0, "The update must be stated."},
    {"upstream_short", "tanh", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
};

void in_place_update_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
