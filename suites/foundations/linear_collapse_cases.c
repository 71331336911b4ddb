// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum { MOST_SIZES = 9 };

/* Layers of these sizes, ended by 0; without biases when `plain`. DYADIC data is small whole
 * numbers; otherwise weights and features are uniform, of both signs. */
static const struct row {
    struct case_head head;
    size_t N, block, size[MOST_SIZES];
    int plain, dyadic;
} rows[] = {
    /* clang-format off */
    {{"two_layers", "bounded", "FND-25", "Two layers of different sizes: the plain statement.", 0},
     7, 4, {5, 4, 3}, 0, 0},
    {{"one_layer", "bounded", "FND-25", "One layer, which is its own collapse.", 0},
     5, 2, {4, 3}, 0, 0},
    {{"three_layers", "bounded", "FND-25 FND-14",
      "The bias of the first layer passes two weight matrices.", 0}, 9, 2, {4, 6, 5, 2}, 0, 0},
    {{"five_square_layers", "bounded", "FND-25 FND-14",
      "Square matrices, which do not commute and keep their shape when transposed.", 0},
     6, 2, {4, 4, 4, 4, 4, 4}, 0, 0},
    {{"eight_layers", "bounded", "FND-25 FND-14", "The deepest network allowed.", 0},
     5, 2, {3, 4, 2, 5, 3, 4, 2, 3, 2}, 0, 0},
    {{"bottleneck", "bounded", "FND-25 AEN-01",
      "A layer of one unit: the collapsed weight has rank 1, as of a linear autoencoder.", 0},
     6, 2, {5, 1, 5}, 0, 0},
    {{"without_biases", "bounded", "FND-25", "No biases: a linear map, not an affine one.", 0},
     7, 4, {4, 3, 4, 2}, 1, 0},
    {{"one_sample", "bounded", "FND-25", "One sample, layers of one unit: a product of numbers.",
      0},
     1, 4, {1, 1, 1, 1}, 0, 0},
    {{"whole_numbers", "exact", "FND-25",
      "Whole weights: the network and its collapse agree to the last bit.", 0},
     6, 2, {4, 3, 5, 2}, 0, 1},
    {{"wide", "bounded", "FND-25", "37 units in between, which no vector width divides.", 0},
     5, 2, {6, 37, 3}, 0, 0},
    {{"many_blocks", "bounded", "FND-25 DST-08",
      "61 samples in blocks of 4: the last block is short.", 0}, 61, 4, {3, 5, 2}, 0, 0},
    /* clang-format on */
};

static const struct refusal impossible[] = {
    /* clang-format off */
    {"first_layer_missing", "two_layers", INPUT_GONE, "w1", 0, NULL, 0,
     "The second layer alone would be taken for the network, or none."},
    {"layer_between_missing", "three_layers", INPUT_GONE, "w2", 0, NULL, 0,
     "Names that are counted up to the first gap: the third layer would be left out in silence."},
    {"layers_do_not_fit", "three_layers", INPUT_SHORTER, "w2", 0, NULL, 0,
     "Fewer rows than the layer before it has units."},
    {"biases_short", "two_layers", INPUT_SHORTER, "b2", 0, NULL, 0,
     "A bias too few: the last unit would add what lies behind."},
    {"weights_short", "one_layer", INPUT_SHORTER, "w1", 0, NULL, 0,
     "A row of weights too few for the features."},
    {"samples_missing", "one_layer", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to send through."},
    /* clang-format on */
};

void linear_collapse_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        if (row->dyadic)
            case_dyadic(test, "x", DIMS(row->N, row->size[0]), -3, 3, 1);
        else
            case_uniform(test, "x", DIMS(row->N, row->size[0]), -2, 2);
        for (size_t l = 0; l + 1 < MOST_SIZES && row->size[l + 1]; l++) {
            const char w[] = {'w', (char)('1' + l), 0}, b[] = {'b', (char)('1' + l), 0};
            struct dims matrix = DIMS(row->size[l], row->size[l + 1]);
            struct dims vector = DIMS(row->size[l + 1]);
            if (row->dyadic)
                case_dyadic(test, w, matrix, -2, 2, 1);
            else
                case_signed(test, w, matrix, 0.25, 1.25);
            if (row->plain)
                continue;
            if (row->dyadic)
                case_dyadic(test, b, vector, 1, 3, 1);
            else
                case_signed(test, b, vector, 0.25, 1);
        }
    }
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
}
