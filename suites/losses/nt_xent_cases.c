// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* N embeddings of D features, nearly normal. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, D, block;
    const char *layout, *reduction;
    double size; /* of the features, 1 when not stated */
    double temperature, epsilon, dloss;
    double near; /* partners are each other's copy plus this much noise */
    int against; /* the second half points away from the first */
} rows[] = {
    /* clang-format off */
    {{"four_pairs", "bounded", "LOS-23 TRF-15",
      "Four pairs and all defaults: neighbours, cosine, temperature 0.5.", 0},
     .N = 8, .D = 5, .block = 2},
    {{"stated", "bounded", "LOS-23", "The defaults stated, with an upstream gradient of -1.5.", 0},
     .N = 10, .D = 3, .block = 4, .layout = "neighbours", .reduction = "mean", .temperature = 0.5,
     .epsilon = 1e-6, .dloss = -1.5},
    {{"halves", "bounded", "LOS-23 TRF-15", "Partners are N / 2 apart, as in most code.", 0},
     .N = 10, .D = 4, .block = 2, .layout = "halves"},
    {{"summed", "bounded", "LOS-23", "The sum over all anchors, of both views.", 0},
     .N = 6, .D = 4, .block = 4, .reduction = "sum", .dloss = 0.75},
    {{"square", "bounded", "LOS-23",
      "As many embeddings as features: similarities of features keep the shape.", 0},
     .N = 6, .D = 6, .block = 4, .layout = "halves"},
    {{"temperature_one", "bounded", "LOS-23", "Temperature 1.", 0},
     .N = 8, .D = 3, .block = 2, .temperature = 1},
    {{"temperature_cold", "bounded", "LOS-23",
      "Temperature 0.0625: few negatives have nearly all of the gradient.", 0},
     .N = 8, .D = 3, .block = 2, .temperature = 0.0625, .layout = "halves"},
    {{"temperature_freezing", "bounded", "LOS-23",
      "Temperature 2^-10: e^1000 overflows in binary64, and chances of partners underflow.", 0},
     .N = 6, .D = 3, .block = 2, .temperature = 0x1p-10, .reduction = "sum"},
    {{"partners_close", "bounded", "LOS-23",
      "Partners nearly alike, as after training: their cosine is near 1, above which it must not "
      "be cut.", 0},
     .N = 8, .D = 4, .block = 2, .near = 0.05},
    {{"halves_opposed", "bounded", "LOS-23",
      "Partners point away from each other: the loss is larger than that of chance.", 0},
     .N = 8, .D = 4, .block = 2, .layout = "halves", .near = 0.1, .against = 1},
    {{"long_rows", "bounded", "LOS-23",
      "Embeddings of length 200: only directions count, gradients shrink with length.", 0},
     .N = 8, .D = 4, .block = 2, .size = 100},
    {{"short_rows", "bounded", "LOS-23",
      "Embeddings of length 0.25: gradients grow as they shrink.", 0},
     .N = 8, .D = 4, .block = 2, .size = 0.125, .layout = "halves"},
    {{"below_epsilon", "bounded", "LOS-23",
      "epsilon 2: many rows are shorter, and are divided by it instead.", 0},
     .N = 8, .D = 4, .block = 2, .epsilon = 2},
    {{"wide", "bounded", "LOS-23", "37 features, which no vector width divides.", 0},
     .N = 4, .D = 37, .block = 1},
    {{"many_blocks", "bounded", "LOS-23 DST-02",
      "26 embeddings in blocks of 4: with any number of ranks, negatives come from all of them.",
      0},
     .N = 26, .D = 3, .block = 4, .layout = "halves"},
    {{"many_blocks_neighbours", "bounded", "LOS-23 DST-02",
      "22 embeddings in blocks of 3, so that a pair is cut by the border of a block.", 0},
     .N = 22, .D = 3, .block = 3, .temperature = 0.25},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"odd_number", "four_pairs", INPUT_SHORTER, "z", 0, NULL, 0, "An embedding without a partner."},
    {"temperature_zero", "stated", NUMBER_SET, "temperature", 0, NULL, 0,
     "Similarities are divided by it."},
    {"temperature_negative", "stated", NUMBER_SET, "temperature", -0.5, NULL, 0,
     "Partners would be pushed apart."},
    {"epsilon_zero", "stated", NUMBER_SET, "epsilon", 0, NULL, 0,
     "A row of zeros would be 0 / 0."},
    {"layout_unknown", "stated", CHOICE_SET, "layout", 0, "thirds", 0, "There is no such layout."},
    {"reduction_unknown", "stated", CHOICE_SET, "reduction", 0, "none", 0,
     "There is no such reduction."},
    {"embeddings_missing", "four_pairs", INPUT_GONE, "z", 0, NULL, 0, "Nothing to compare."},
    /* clang-format on */
};

static void state(struct assay_case *test, const char *name, const char *value)
{
    if (value)
        case_choice(test, name, value);
}

static void state_number(struct assay_case *test, const char *name, double value)
{
    if (value > 0)
        case_number(test, name, value);
}

/* Partners become copies of each other, but for some noise. */
static void bring_together(struct assay_case *test, const struct row *row)
{
    double *z = case_input(test, "z");
    int halves = row->layout && row->layout[0] == 'h';
    for (size_t i = 0; row->near > 0 && i < row->N; i++) {
        size_t from = halves ? i - row->N / 2 : i - 1;
        if (halves ? i < row->N / 2 : i % 2 == 0)
            continue;
        for (size_t d = 0; d < row->D; d++) {
            double copy = row->against ? -z[from * row->D + d] : z[from * row->D + d];
            z[i * row->D + d] = (float)(copy + row->near * z[i * row->D + d]);
        }
    }
}

void nt_xent_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        case_number(test, "block", (double)row->block);
        state(test, "layout", row->layout);
        state(test, "reduction", row->reduction);
        state_number(test, "temperature", row->temperature);
        state_number(test, "epsilon", row->epsilon);
        case_normal(test, "z", DIMS(row->N, row->D), 0, row->size > 0 ? row->size : 1);
        bring_together(test, row);
        if (row->dloss < 0 || row->dloss > 0)
            case_constant(test, "dloss", SCALAR, row->dloss);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
