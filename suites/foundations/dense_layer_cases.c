// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum data { RANDOM, DYADIC, CANCELLING, SUBNORMAL };

/* N samples, I inputs, O units, in blocks of `block` samples. */
static const struct row {
    struct case_head head;
    size_t N, I, O, block;
    enum data data;
    int bias;
} rows[] = {
    /* clang-format off */
    {{"rectangular", "bounded", "FND-15 FND-20 FND-21",
      "Sizes that all differ, so that a transposed weight or a swapped axis cannot pass.", 0},
     7, 5, 3, 4, RANDOM, 1},
    {{"one_of_each", "bounded", "FND-15",
      "One sample, one input, one unit: the scalar product.", 0},
     1, 1, 1, 4, RANDOM, 1},
    {{"one_unit", "bounded", "FND-16", "A regression head: one linear unit over many inputs.", 0},
     13, 64, 1, 4, RANDOM, 1},
    {{"wide", "bounded", "FND-15",
      "More units than samples and inputs, and sizes that no vector width divides.", 0},
     5, 3, 37, 2, RANDOM, 1},
    {{"long_chain", "bounded", "FND-15",
      "A contraction of 784 terms: the bound has to grow with the chain, not with luck.", 0},
     6, 784, 4, 4, RANDOM, 1},
    {{"many_samples", "bounded", "FND-15 DST-01",
      "67 samples in blocks of 8: a tree of 9 blocks, the last one short, in every gradient.", 0},
     67, 4, 3, 8, RANDOM, 1},
    {{"no_bias", "bounded", "FND-02", "Without a bias: y = x w, and db is still the sum of dy.", 0},
     6, 4, 5, 4, RANDOM, 0},
    {{"exact_integers", "exact", "FND-15",
      "Small whole numbers: every order of summation gives the same bits, so the bound is 0.", 0},
     19, 11, 6, 4, DYADIC, 1},
    {{"exact_many_blocks", "exact", "FND-15 DST-02",
      "Exact data in 13 blocks: a sample that is lost or counted twice cannot hide.", 0},
     50, 3, 2, 4, DYADIC, 1},
    {{"cancelling", "bounded", "FND-15",
      "Terms of size 1000 that cancel to size 1: the bound must follow the terms.", 0},
     8, 16, 3, 4, CANCELLING, 1},
    {{"subnormal_inputs", "bounded", "FND-15",
      "Inputs below the smallest normal number of binary32 times weights of 1e30: a unit that "
       "takes "
      "them for 0 answers 0 instead of 1e-10.", 0},
     3, 4, 2, 2, SUBNORMAL, 0},
    /* clang-format on */
};

static void fill(struct assay_case *test, const char *name, struct dims dims, enum data data)
{
    if (data == DYADIC)
        case_dyadic(test, name, dims, -8, 8, 1);
    else if (data == CANCELLING)
        case_signed(test, name, dims, 20, 40);
    else if (data == SUBNORMAL && *name == 'x')
        case_signed(test, name, dims, 1e-40, 9e-39);
    else if (data == SUBNORMAL)
        case_signed(test, name, dims, 1e29, 1e30);
    else
        case_uniform(test, name, dims, -1, 1);
}

/* What the definition refuses. */
static const struct refusal refusals[] = {
    {"weights_missing", "rectangular", INPUT_GONE, "w", .why = "There is no layer."},
    {"inputs_differ", "rectangular", INPUT_SHORTER, "w", .why = "An input without a weight."},
    {"bias_too_short", "rectangular", INPUT_SHORTER, "b", .why = "A unit without a bias."},
    {"upstream_too_short", "rectangular", INPUT_SHORTER, "dy",
     .why = "A sample without an upstream gradient."},
};

void dense_layer_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        fill(test, "x", DIMS(row->N, row->I), row->data);
        fill(test, "w", DIMS(row->I, row->O), row->data);
        if (row->bias)
            fill(test, "b", DIMS(row->O), row->data);
        if (row->data != SUBNORMAL) /* differences of 1e-10 with steps for ordinary inputs fail */
            fill(test, "dy", DIMS(row->N, row->O), row->data);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
