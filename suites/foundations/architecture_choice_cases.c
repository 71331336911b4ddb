// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* Validation losses are whole multiples of 1/16 unless a case says otherwise. */
#define LOSSES(...)                                                                                \
    sizeof((double[]){__VA_ARGS__}) / sizeof(double),                                              \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

/* What is not stated is NULL or 0; kinds go round 0 to 3. */
static const struct row {
    struct case_head head;
    size_t N, block;
    int I, O, L;
    const char *funnel, *sequence, *generator;
    double min_delta;
    int patience;
    size_t G;
    double loss[12];
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "FND-45 FND-46",
      "All four kinds of data; a funnel of two layers; growth ends when validation gets worse.", 0},
     9, 2, 64, 10, 2, NULL, NULL, NULL, 0, 0, LOSSES(1, 0.75, 0.5, 0.5625, 0.4375)},
    {{"stated", "bounded", "FND-45 FND-46", "The defaults stated.", 0},
     5, 2, 20, 1, 3, "linear", "attention", "adversarial", 0, 0, LOSSES(1, 0.75, 0.875)},
    {{"recurrent", "bounded", "FND-46", "Sequences go to a recurrent network.", 0},
     8, 3, 30, 4, 2, NULL, "recurrent", NULL, 0, 0, LOSSES(1, 0.5)},
    {{"variational", "bounded", "FND-46", "Samples are made by a variational network.", 0},
     8, 3, 30, 4, 2, NULL, NULL, "variational", 0, 0, LOSSES(1, 0.5)},
    {{"both_others", "bounded", "FND-46", "Both rivals at once.", 0},
     11, 4, 30, 4, 1, NULL, "recurrent", "variational", 0, 0, LOSSES(1, 0.5, 0.25)},
    {{"five_layers", "bounded", "FND-45", "Five hidden layers whose widths do not divide evenly.",
      0},
     4, 2, 100, 7, 5, "linear", NULL, NULL, 0, 0, LOSSES(1, 0.5)},
    {{"halving", "bounded", "FND-45", "Halves, which stop at the outputs.", 0},
     4, 2, 100, 10, 5, "halving", NULL, NULL, 0, 0, LOSSES(1, 0.5)},
    {{"geometric", "bounded", "FND-45", "Even ratios, rounded to the nearest.", 0},
     4, 2, 784, 10, 3, "geometric", NULL, NULL, 0, 0, LOSSES(1, 0.5)},
    {{"geometric_long", "bounded", "FND-45", "Seven layers of even ratios.", 0},
     4, 2, 1000, 3, 7, "geometric", NULL, NULL, 0, 0, LOSSES(1, 0.5)},
    {{"one_layer", "bounded", "FND-45", "One hidden layer, where documents begin.", 0},
     4, 2, 13, 3, 1, "geometric", NULL, NULL, 0, 0, LOSSES(1)},
    {{"no_funnel", "bounded", "FND-45", "As many outputs as inputs: all widths are the same.", 0},
     4, 2, 12, 12, 3, "linear", NULL, NULL, 0, 0, LOSSES(1, 0.5)},
    {{"patient", "bounded", "FND-45 FND-41",
      "Two sizes without improvement are borne; the third ends it, with the best and not the last.",
       0},
     3, 2, 16, 2, 2, NULL, NULL, NULL, 0, 2, LOSSES(1, 0.75, 0.8125, 0.875, 0.625, 0.6875, 0.75,
      0.8125, 0.25)},
    {{"slow_improvement", "bounded", "FND-45",
      "Each size is a little better than the one before: against the best they are not, by "
       "min_delta.", 0},
     3, 2, 16, 2, 2, NULL, NULL, NULL, 0.25, 1, LOSSES(1, 0.875, 0.8125, 0.5)},
    {{"min_delta", "bounded", "FND-45", "Improvements below min_delta end the growth.", 0},
     3, 2, 16, 2, 2, NULL, NULL, NULL, 0.1, 0, LOSSES(2, 1.5, 1.4375, 1)},
    {{"absolute_min_delta", "bounded", "FND-45",
      "Losses of about 4, so that min_delta is far from the same fraction of them.", 0},
     3, 2, 16, 2, 2, NULL, NULL, NULL, 0.2, 0, LOSSES(4, 3.5, 3.25, 3.125, 2)},
    {{"tie", "exact", "FND-45", "An equal loss is no improvement: the smaller network stays.", 0},
     3, 2, 16, 2, 2, NULL, NULL, NULL, 0, 1, LOSSES(1, 0.5, 0.5, 0.25)},
    {{"tie_by_min_delta", "exact", "FND-45", "An improvement of exactly min_delta is none.", 0},
     3, 2, 16, 2, 2, NULL, NULL, NULL, 0.25, 0, LOSSES(1, 0.75, 0.25)},
    {{"first_is_best", "bounded", "FND-45", "The smallest network is the best.", 0},
     3, 2, 16, 2, 2, NULL, NULL, NULL, 0, 1, LOSSES(0.5, 0.75, 0.625, 0.25)},
    {{"never_worse", "bounded", "FND-45 FND-28",
      "Larger is better to the end: all sizes are tried.", 0},
     3, 2, 16, 2, 2, NULL, NULL, NULL, 0, 0, LOSSES(4, 2, 1, 0.5, 0.25)},
    {{"many_blocks", "bounded", "FND-46 DST-02",
      "27 data sets in blocks of 4 on any number of ranks.", 0},
     27, 4, 16, 2, 2, NULL, NULL, NULL, 0, 0, LOSSES(1, 0.5)},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    {"outputs_above_inputs", "ordinary", NUMBER_SET, "outputs", 65, NULL, 0,
     "Widths that grow are no funnel."},
    {"no_layers", "ordinary", NUMBER_SET, "hidden_layers", 0, NULL, 0, "Nothing to shape."},
    {"inputs_not_stated", "ordinary", NUMBER_GONE, "inputs", 0, NULL, 0,
     "A funnel needs its wide end."},
    {"negative_min_delta", "min_delta", NUMBER_SET, "min_delta", -0.25, NULL, 0,
     "A loss that grows would count as an improvement."},
    {"half_a_size", "patient", NUMBER_SET, "patience", 0.5, NULL, 0, "Sizes are counted."},
    {"unknown_kind", "ordinary", ELEMENT_SET, "kind", 4, NULL, 3,
     "There is no family for it, and none must be guessed."},
    {"negative_kind", "ordinary", ELEMENT_SET, "kind", -1, NULL, 0, "An index below the table."},
    {"unknown_funnel", "halving", CHOICE_SET, "funnel", 0, "cosine", 0,
     "A shape that is not known must not become the linear one."},
    {"unknown_generator", "variational", CHOICE_SET, "generator", 0, "flow", 0,
     "A family that is not known must not become another."},
    {"no_sizes", "one_layer", INPUT_SHORTER, "validation_loss", 0, NULL, 0,
     "There is nothing to choose from."},
};

void architecture_choice_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        int kind[32];
        for (size_t n = 0; n < row->N; n++)
            kind[n] = (int)((3 * n + n / 4 + 1) % 4);
        case_integers(test, "kind", DIMS(row->N), kind);
        case_values(test, "validation_loss", DIMS(row->G), row->loss);
        case_number(test, "block", (double)row->block);
        case_number(test, "inputs", row->I);
        case_number(test, "outputs", row->O);
        case_number(test, "hidden_layers", row->L);
        if (row->funnel)
            case_choice(test, "funnel", row->funnel);
        if (row->sequence)
            case_choice(test, "sequence_network", row->sequence);
        if (row->generator)
            case_choice(test, "generator", row->generator);
        if (row->min_delta != 0)
            case_number(test, "min_delta", row->min_delta);
        if (row->patience != 0)
            case_number(test, "patience", row->patience);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
