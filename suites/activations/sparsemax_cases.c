// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

/* The second value is exactly at the threshold, and the others far below. So every formula is exact:
 * what decides is divided by 1, 2 or 4, never by 3. Then four that are all in the support. */
static const double borders[] = {0.75,  -0.25, -2,   -1.5,  -3,   0.5,  1.5,  -1,
                                 -1.25, -4,    -2.5, -0.25, 0.25, 0.25, 0.25, 0.25};
static const double tied[] = {2, 2, 1, 0.5, -1, 3, 3, 3, 3, 3, 0.5, 1.5, -2, 1.5, 1.5};
static const double offset[] = {1000,    1000.25,  999.5, 990, -1000, -1000.5,
                                -999.75, -999.875, 64,    65,  0.5,   64.75};

static const struct elementwise_row rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-07 FND-21", "Some values inside the support, some outside.", 0},
     7, 5, 2, UNIFORM, -1, 1, NULL, 1, ""},
    {{"one_class", "exact", "ACT-07", "A single class: exactly 1, and a gradient of exactly 0.", 0},
     3, 1, 2, DYADIC, -4, 4, NULL, 1, ""},
    {{"two_classes", "bounded", "ACT-07", "Two classes: (1 + difference) / 2, clipped.", 0},
     7, 2, 2, UNIFORM, -1, 1, NULL, 1, ""},
    {{"square", "bounded", "ACT-07", "As many samples as classes: a transposed axis shows.", 0},
     6, 6, 2, UNIFORM, -1, 1, NULL, 1, ""},
    {{"dense", "bounded", "ACT-07", "Nearly equal values: all are inside the support.", 0},
     4, 5, 2, UNIFORM, 0.25, 0.375, NULL, 1, ""},
    {{"one_hot", "bounded", "ACT-07 ACT-11", "Far apart: all weight on one class, no gradient.", 0},
     4, 3, 2, UNIFORM, -60, 60, NULL, 1, ""},
    {{"wide", "bounded", "ACT-07", "37 classes, which no vector width divides.", 0},
     3, 37, 2, UNIFORM, -0.5, 0.5, NULL, 1, ""},
    {{"offsets", "bounded", "ACT-07", "Rows around 1000, -1000 and 64: only differences count.", 0},
     3, 4, 1, LISTED, 0, 0, offset, 1, ""},
    {{"at_threshold", "exact", "ACT-07", "Values at the threshold are 0 and outside the support.",
      0},
     4, 4, 2, LISTED, 0, 0, borders, 1, ""},
    {{"ties", "bounded", "ACT-07", "Equal values share, and stand or fall together.", 0},
     3, 5, 2, LISTED, 0, 0, tied, 1, ""},
    {{"large_upstream", "bounded", "ACT-07", "Upstream gradients of several hundred.", 0},
     4, 4, 2, UNIFORM, -1, 1, NULL, 500, ""},
    {{"forward_only", "bounded", "ACT-07", "Without an upstream gradient only y is an output.", 0},
     4, 4, 2, UNIFORM, -1, 1, NULL, 0, ""},
    {{"many_blocks", "bounded", "ACT-07 DST-08", "23 samples in blocks of 2, the last one short.",
      0},
     23, 3, 2, UNIFORM, -1, 1, NULL, 1, ""},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "one_class", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to project."},
    {"no_classes", "one_class", INPUT_SHORTER, "x", 0, NULL, 1, "No classes, no simplex."},
    {"fewer_upstream_rows", "one_class", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"fewer_upstream_columns", "two_classes", INPUT_SHORTER, "dy", 0, NULL, 1,
     "The upstream gradient has one column less than x."},
    /* clang-format on */
};

void sparsemax_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        elementwise_case(list, &rows[i]);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
