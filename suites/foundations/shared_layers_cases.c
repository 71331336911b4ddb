// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, SECOND_SILENT, SAME_INPUT, ZERO_WEIGHTS };

/* N and M samples of I inputs, H shared units, O outputs. */
static const struct row {
    struct case_head head;
    size_t N, M, I, H, O, block;
    enum data data;
    const char *tied;
} rows[] = {
    /* clang-format off */
    {{"two_inputs", "bounded", "FND-32", "All sizes differ; the layer learns from both inputs.", 0},
     7, 5, 4, 3, 6, 2, RANDOM, NULL},
    {{"autoencoder", "bounded", "FND-32",
      "As many outputs as inputs: the encoder alone gives the autoencoder's inner activation.", 0},
     6, 3, 5, 2, 5, 4, RANDOM, "no"},
    {{"tied", "bounded", "FND-32",
      "The decoder is the encoder transposed: its gradient is a third part of dw.", 0},
     5, 4, 4, 3, 4, 2, RANDOM, "yes"},
    {{"tied_square", "bounded", "FND-32", "Tied and square: shapes cannot show a transposition.",
      0},
     3, 6, 4, 4, 4, 2, RANDOM, "yes"},
    {{"second_silent", "bounded", "FND-32",
      "The second model sends no gradient back: the layer learns from the first alone.", 0},
     4, 3, 3, 4, 2, 2, SECOND_SILENT, NULL},
    {{"same_input", "bounded", "FND-32",
      "Both models see the same samples: equal activations, different gradients.", 0},
     5, 5, 3, 4, 2, 2, SAME_INPUT, NULL},
    {{"one_of_each", "bounded", "FND-32", "One sample each, scalars throughout.", 0},
     1, 1, 1, 1, 1, 4, RANDOM, NULL},
    {{"first_longer", "bounded", "FND-32 DST-01",
      "23 and 2 samples in blocks of 2: some ranks own samples of the first input alone.", 0},
     23, 2, 3, 2, 2, 2, RANDOM, NULL},
    {{"second_longer", "bounded", "FND-32 DST-01", "The other way round, with tied weights.", 0},
     2, 21, 3, 2, 3, 2, RANDOM, "yes"},
    {{"zero_weights", "exact", "FND-32",
      "Weights and biases 0 and whole numbers: gradients are exact sums over both inputs.", 0},
     8, 6, 3, 2, 4, 2, ZERO_WEIGHTS, NULL},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"tied_unknown", "tied", CHOICE_SET, "tied", 0, "half", .why = "Weights are tied or not."},
    {"tied_with_decoder", "autoencoder", CHOICE_SET, "tied", 0, "yes",
     .why = "Two decoders, of which one would be ignored."},
    {"decoder_missing", "two_inputs", INPUT_GONE, "v", .why = "There is no decoder."},
    {"second_missing", "two_inputs", INPUT_GONE, "s", .why = "The layer would not be shared."},
    {"units_differ", "two_inputs", INPUT_SHORTER, "v", .why = "A decoder of fewer units."},
    {"no_first_sample", "one_of_each", INPUT_SHORTER, "x", .why = "No sample."},
    {"no_second_sample", "one_of_each", INPUT_SHORTER, "s", .why = "No sample."},
};

static void fill(struct assay_case *test, const char *name, struct dims dims, const struct row *row)
{
    int weight = name[1] == 0 && name[0] != 'x' && name[0] != 's';
    if (row->data == ZERO_WEIGHTS && weight)
        case_constant(test, name, dims, 0);
    else if (row->data == ZERO_WEIGHTS)
        case_dyadic(test, name, dims, -4, 4, 1);
    else
        case_uniform(test, name, dims, -1, 1);
}

void shared_layers_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t N = row->N, M = row->M, I = row->I, H = row->H, O = row->O;
        case_number(test, "block", (double)row->block);
        if (row->tied)
            case_choice(test, "tied", row->tied);
        fill(test, "x", DIMS(N, I), row);
        fill(test, "s", DIMS(M, I), row);
        fill(test, "w", DIMS(I, H), row);
        fill(test, "b", DIMS(H), row);
        fill(test, "c", DIMS(O), row);
        if (!row->tied || row->tied[0] == 'n')
            fill(test, "v", DIMS(H, O), row);
        fill(test, "dcode", DIMS(N, H), row);
        fill(test, "doutput", DIMS(N, O), row);
        fill(test, "dsecond", DIMS(M, H), row);
        for (size_t k = 0; k < M * H && row->data == SECOND_SILENT; k++)
            case_input(test, "dsecond")[k] = 0;
        for (size_t k = 0; k < N * I && row->data == SAME_INPUT; k++)
            case_input(test, "s")[k] = case_input(test, "x")[k];
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
