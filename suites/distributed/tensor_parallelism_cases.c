// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { PARTS = 5 };

static const struct row {
    struct case_head head;
    size_t N, D, H, K, T;
    int part[PARTS], part2[PARTS];
    double block;
    const char *split, *activation;
    int whole;
} rows[] = {
    /* clang-format off */
    {{"serial", "bounded", "DST-03", "One part: the network that all splits must equal.", 0},
     5, 3, 6, 2, 1, {6}, {0}, 2, NULL, NULL, 0},
    {{"two_halves", "bounded", "DST-03",
      "Six hidden units in two halves: the bias of the second layer is added once.", 0},
     5, 3, 6, 2, 2, {3, 3}, {0}, 2, NULL, NULL, 0},
    {{"uneven_columns", "bounded", "DST-03",
      "Seven hidden units in parts of 4, 1 and 2: nothing is a multiple of anything.", 0},
     5, 3, 7, 2, 3, {4, 1, 2}, {0}, 2, "column_row", NULL, 0},
    {{"empty_part", "bounded", "DST-03", "A part without hidden units takes part in both sums.", 0},
     4, 3, 5, 2, 3, {2, 0, 3}, {0}, 2, NULL, NULL, 0},
    {{"five_parts", "bounded", "DST-03 DST-02",
      "As many parts as hidden units: every sum over units is a sum over parts.", 0},
     5, 2, 5, 3, 5, {1, 1, 1, 1, 1}, {0}, 2, NULL, "sigmoid", 0},
    {{"row_column", "bounded", "DST-03",
      "The first layer is cut along its inputs: the sum comes before the activation.", 0},
     5, 4, 3, 5, 2, {3, 1}, {2, 3}, 2, "row_column", NULL, 0},
    {{"row_column_uneven", "bounded", "DST-03",
      "Three parts of inputs and outputs that differ, one of them empty.", 0},
     4, 5, 3, 4, 3, {1, 3, 1}, {2, 0, 2}, 2, "row_column", "sigmoid", 0},
    {{"row_column_serial", "bounded", "DST-03", "One part along the inputs.", 0},
     4, 3, 3, 2, 1, {3}, {2}, 2, "row_column", NULL, 0},
    {{"rectified", "bounded", "DST-03", "ReLU behind a column split: each part decides alone.", 1},
     5, 3, 6, 2, 3, {1, 3, 2}, {0}, 2, NULL, "relu", 0},
    {{"rectified_row_column", "bounded", "DST-03",
      "ReLU behind a row split: of the sum, not of the partial sums.", 1},
     5, 4, 4, 3, 2, {2, 2}, {1, 2}, 2, "row_column", "relu", 0},
    {{"exact", "exact", "DST-03",
      "Whole numbers and no activation: a split is the serial network to the last bit.", 0},
     4, 3, 4, 2, 2, {3, 1}, {0}, 2, NULL, "linear", 1},
    {{"exact_row_column", "exact", "DST-03", "The same along the inputs.", 0},
     4, 3, 2, 3, 2, {2, 1}, {1, 2}, 2, "row_column", "linear", 1},
    {{"many_samples", "bounded", "DST-03 DST-02 DST-08",
      "17 samples in blocks of 4: weights are sums over samples on every part alone.", 0},
     17, 2, 3, 2, 2, {2, 1}, {0}, 4, NULL, NULL, 0},
    /* clang-format on */
};

static void fill(struct assay_case *test, const char *name, struct dims dims, int whole)
{
    if (whole)
        case_dyadic(test, name, dims, -3, 3, 1);
    else
        case_signed(test, name, dims, 0.25, 1.25);
}

void tensor_parallelism_cases(struct case_list *list)
{
    static const struct refusal refusals[] = {
        {"parts_too_many", "row_column_serial", ELEMENT_SET, "part", 4, NULL, 0,
         "More inputs than there are."},
        {"part_negative", "row_column_serial", ELEMENT_SET, "part", -1, NULL, 0,
         "A part of fewer than no units."},
        {"part_missing", "row_column_serial", INPUT_GONE, "part", 0, NULL, 0,
         "Nothing says how the layer is cut."},
        {"outputs_left", "row_column_serial", ELEMENT_SET, "part2", 1, NULL, 0,
         "An output belongs to no part."},
        {"unknown_split", "row_column_serial", CHOICE_SET, "split", 0, "sideways", 0,
         "A convention that does not exist."},
        {"unknown_activation", "row_column_serial", CHOICE_SET, "activation", 0, "sideways", 0,
         "A convention that does not exist."},
        {"bias_missing", "row_column_serial", INPUT_GONE, "b2", 0, NULL, 0,
         "Nothing is added to the sum."},
        {"upstream_short", "row_column_serial", INPUT_SHORTER, "dy", 0, NULL, 0,
         "A sample has no upstream gradient."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        if (row->split)
            case_choice(test, "split", row->split);
        if (row->activation)
            case_choice(test, "activation", row->activation);
        case_number(test, "block", row->block);
        fill(test, "x", DIMS(row->N, row->D), row->whole);
        fill(test, "w1", DIMS(row->D, row->H), row->whole);
        fill(test, "b1", DIMS(row->H), row->whole);
        fill(test, "w2", DIMS(row->H, row->K), row->whole);
        fill(test, "b2", DIMS(row->K), row->whole);
        fill(test, "dy", DIMS(row->N, row->K), row->whole);
        case_integers(test, "part", DIMS(row->T), row->part);
        if (row->split && row->split[0] == 'r')
            case_integers(test, "part2", DIMS(row->T), row->part2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
