// SPDX-License-Identifier: MIT
#include "recipe_cases.h"

static const struct recipe rows[] = {
    /* clang-format off */
    {{"distinct", "bounded", "FND-29", "Every index once, some never.", 0},
      "block=2 w:6x3:signed:0.25:2 index:4:whole:5,0,3,2 dy:4x3:signed:0.5:1.5"},
    {{"duplicates", "bounded", "FND-29", "Indices that occur two to four times add up.", 0},
      "block=4 w:5x3:signed:0.25:2 index:8:whole:1,1,3,1,0,3,1,4 dy:8x3:signed:0.5:1.5"},
    {{"across_blocks", "bounded", "FND-29 DST-02",
      "Duplicates in different blocks, so on different ranks.", 0},
      "block=1 w:3x2:signed:0.25:2 index:7:whole:2,0,2,2,0,1,2 dy:7x2:signed:0.5:1.5"},
    {{"frequency", "bounded", "FND-29", "Divided by how often a row occurs.", 0},
      "block=2 frequency=divided w:4x3:signed:0.25:2 index:8:whole:1,1,3,1,0,3,1,1 "
      "dy:8x3:signed:0.5:1.5"},
    {{"padding", "bounded", "FND-29", "Row 2 pads: it is read, and learns nothing.", 0},
      "block=2 padding=2 w:4x3:signed:0.25:2 index:6:whole:2,0,2,3,0,1 dy:6x3:signed:0.5:1.5"},
    {{"padding_first", "bounded", "FND-29", "Row 0 pads, with the frequency.", 0},
      "block=2 padding=0 frequency=divided w:3x2:signed:0.25:2 index:6:whole:0,1,0,2,1,1 "
      "dy:6x2:signed:0.5:1.5"},
    {{"exact", "exact", "FND-29", "Short binary fractions, added up exactly.", 0},
      "block=2 w:3x2:dyadic:-2:2:0.25 index:5:whole:0,2,0,0,2 dy:5x2:dyadic:-2:2:0.25"},
    {{"many_blocks", "bounded", "FND-29 DST-08", "23 samples in 12 blocks.", 0},
      "block=2 w:5x2:signed:0.25:2 index:23:labels:5 dy:23x2:signed:0.5:1.5"},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"index_beyond", "distinct", ELEMENT_SET, "index", 6, "", 1, "The table has rows 0 to 5."},
    {"index_negative", "distinct", ELEMENT_SET, "index", -1, "", 2, "There is no row -1."},
    {"padding_beyond", "distinct", NUMBER_SET, "padding", 6, "", 0, "The table has rows 0 to 5."},
    {"unknown_frequency", "frequency", CHOICE_SET, "frequency", 0, "squared", 0,
     "There is no such scale."},
    {"upstream_short", "distinct", INPUT_SHORTER, "dy", 0, "", 0, "One index has no upstream."},
};

void embedding_lookup_cases(struct case_list *list)
{
    recipe_cases(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
