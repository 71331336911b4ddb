// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, ZERO_ROWS, SCALES, TRIPLES };

static const struct row {
    struct case_head head;
    size_t N, C, block;
    enum data data;
    double epsilon, upstream;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "GRD-05", "Rows of five values: the plain definition.", 0},
     7, 5, 2, RANDOM, 0, 1},
    {{"zero_rows", "bounded", "GRD-04",
      "Every third row is 0: its norm is 0 and its gradient 0, not NaN.", 0},
     8, 4, 2, ZERO_ROWS, 0, 1},
    {{"zero_rows_smoothed", "bounded", "GRD-04",
      "The same with an epsilon: the norm of a zero row is its root.", 0},
     8, 4, 2, ZERO_ROWS, 0.01, 1},
    {{"smoothed", "bounded", "GRD-05", "An epsilon that nobody can overlook.", 0},
     6, 5, 2, RANDOM, 0.5, 1},
    {{"scales", "bounded", "GRD-01 GRD-03",
      "Rows of lengths from 1 to 1e4: the gradient does not depend on the length of the row.", 0},
     7, 5, 2, SCALES, 0, 1},
    {{"one_value", "bounded", "GRD-05", "Rows of one value: its magnitude, and its sign.", 0},
     9, 1, 2, RANDOM, 0, 1},
    {{"large_upstream", "bounded", "GRD-05", "Upstream gradients of several hundred.", 0},
     5, 6, 2, RANDOM, 0, 400},
    {{"many_blocks", "bounded", "GRD-05 DST-08", "23 rows of 5 in blocks of 2.", 0},
     23, 5, 2, RANDOM, 0, 1},
    {{"long_rows", "bounded", "GRD-05", "Rows of 67 values, one chain each.", 0},
     2, 67, 1, RANDOM, 0, 1},
    {{"exact", "exact", "GRD-04 DST-02",
      "Rows with one value that is not 0: exact in every formula, and a row of zeros.", 0},
     9, 4, 2, TRIPLES, 0, 1},
    /* clang-format on */
};

static void adjust(double *x, const struct row *row)
{
    static const double scale[] = {0.5, 1, 5, 20, 100, 1e3, 1e4};
    for (size_t i = 0; i < row->N * row->C; i++) {
        size_t n = i / row->C, c = i % row->C;
        if (row->data == ZERO_ROWS && n % 3 == 1)
            x[i] = 0;
        if (row->data == SCALES)
            x[i] = (float)(x[i] * scale[n % 7]);
        if (row->data == TRIPLES)
            x[i] = c == n % row->C && n != 4 ? (n % 2 ? -0.5 : 1.5) * (double)(n + 1) : 0;
    }
}

static const struct refusal refusals[] = {
    {"negative_epsilon", "smoothed", NUMBER_SET, "epsilon", -0.5, "", 0,
     "The root of a negative number."},
    {"upstream_short", "ordinary", INPUT_SHORTER, "dy", 0, "", 0, "One row has no upstream."},
    {"no_upstream", "ordinary", INPUT_GONE, "dy", 0, "", 0, "The gradient is asked for."},
};

void euclidean_norm_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->epsilon > 0)
            case_number(test, "epsilon", row->epsilon);
        case_signed(test, "x", DIMS(row->N, row->C), 0.25, 2);
        adjust(case_input(test, "x"), row);
        if (row->data == TRIPLES)
            case_constant(test, "dy", DIMS(row->N), -2);
        else
            case_signed(test, "dy", DIMS(row->N), 0.5 * row->upstream, 1.5 * row->upstream);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
