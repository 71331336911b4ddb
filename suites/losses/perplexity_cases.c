// SPDX-License-Identifier: MIT
#include "../case_builder.h"

/* N sequences of up to T tokens out of C, logits nearly normal. What is 0 or NULL is not stated. */
static const struct row {
    struct case_head head;
    size_t N, T, C, block;
    const char *average, *unit;
    double deviation;       /* of the logits, 1.5 when not stated; -1: all 0 */
    int ragged;             /* sequence n has 1 + n % T tokens; 2: and the third none */
    double upstream, level; /* upstream is 1 when not stated; level: added to all logits */
} rows[] = {
    /* clang-format off */
    {{"tokens", "bounded", "TRF-14 ATT-17 LOS-05", "The exponential of the mean over all tokens.",
      0},
     .N = 5, .T = 3, .C = 4, .block = 2},
    {{"stated", "bounded", "TRF-14", "The defaults stated, with an upstream gradient.", 0},
     .N = 4, .T = 3, .C = 5, .block = 2, .average = "tokens", .unit = "nats", .upstream = -1.5},
    {{"bits", "bounded", "TRF-14",
      "The entropy in bits: 2 to its power is the same perplexity.", 0},
     .N = 4, .T = 3, .C = 5, .block = 2, .unit = "bits"},
    {{"padded", "bounded", "TRF-14 DAT-03 LOS-22",
      "Sequences of unequal lengths: padding has neither loss nor gradient nor count.", 0},
     .N = 6, .T = 4, .C = 3, .block = 2, .ragged = 1},
    {{"sequences", "bounded", "TRF-14", "The mean of the perplexities of sequences.", 0},
     .N = 5, .T = 3, .C = 4, .block = 2, .average = "sequences"},
    {{"sequences_padded", "bounded", "TRF-14 DAT-03 LOS-22",
      "The same with unequal lengths, each sequence a mean over its own tokens.", 0},
     .N = 6, .T = 4, .C = 3, .block = 2, .average = "sequences", .unit = "bits", .ragged = 1,
      .upstream = 0.75},
    {{"sequences_one_empty", "bounded", "TRF-14 LOS-22",
      "A sequence of padding alone is not a sequence of perplexity 1.", 0},
     .N = 6, .T = 3, .C = 4, .block = 4, .average = "sequences", .ragged = 2},
    {{"tokens_one_empty", "bounded", "TRF-14 LOS-22", "The same over tokens.", 0},
     .N = 6, .T = 3, .C = 4, .block = 4, .ragged = 2, .upstream = 2},
    {{"uniform", "bounded", "TRF-14", "All logits 0: the perplexity is C.", 0},
     .N = 4, .T = 2, .C = 8, .block = 2, .deviation = -1},
    {{"sure_and_wrong", "bounded", "TRF-14",
      "Logits of about 20, a perplexity far above C.", 0},
     .N = 4, .T = 3, .C = 3, .block = 2, .deviation = 20},
    {{"level_of_2000", "bounded", "TRF-14",
      "Logits near 2000: e^2000 overflows, their differences are ordinary.", 0},
     .N = 3, .T = 3, .C = 4, .block = 2, .level = 2000},
    {{"many_blocks", "bounded", "TRF-14 DST-02",
      "15 sequences in blocks of 2, with unequal numbers of tokens.", 0},
     .N = 15, .T = 3, .C = 3, .block = 2, .ragged = 1},
    {{"many_blocks_sequences", "bounded", "TRF-14 DST-02", "The same over sequences.", 0},
     .N = 15, .T = 3, .C = 3, .block = 2, .ragged = 1, .average = "sequences"},
    {{"wide", "bounded", "TRF-14", "A vocabulary of 67, which no vector width divides.", 0},
     .N = 2, .T = 2, .C = 67, .block = 1},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"label_too_large", "stated", ELEMENT_SET, "labels", 5, NULL, 11, "There are five tokens."},
    {"label_below", "stated", ELEMENT_SET, "labels", -2, NULL, 0, "Only -1 means padding."},
    {"labels_short", "stated", INPUT_SHORTER, "labels", 0, NULL, 1, "Tokens without labels."},
    {"average_unknown", "stated", CHOICE_SET, "average", 0, "words", 0,
     "There is no such average."},
    {"unit_unknown", "stated", CHOICE_SET, "unit", 0, "bans", 0, "There is no such unit here."},
    {"upstream_missing", "tokens", INPUT_GONE, "dperplexity", 0, NULL, 0,
     "A gradient of nothing."},
    {"labels_missing", "tokens", INPUT_GONE, "labels", 0, NULL, 0, "Nothing to predict."},
    /* clang-format on */
};

void perplexity_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        size_t N = row->N, T = row->T;
        case_number(test, "block", (double)row->block);
        if (row->average)
            case_choice(test, "average", row->average);
        if (row->unit)
            case_choice(test, "unit", row->unit);
        if (row->deviation < 0)
            case_constant(test, "z", DIMS(N, T, row->C), 0);
        else
            case_normal(test, "z", DIMS(N, T, row->C), 0,
                        row->deviation > 0 ? row->deviation : 1.5);
        for (size_t j = 0; row->level > 0 && j < N * T * row->C; j++)
            case_input(test, "z")[j] = (float)(case_input(test, "z")[j] + row->level);
        case_labels(test, "labels", N * T, (int)row->C);
        struct request_array *labels = &test->request.input[test->request.inputs - 1];
        labels->rank = 2;
        labels->dim[0] = N;
        labels->dim[1] = T;
        for (size_t j = 0; row->ragged && j < N * T; j++)
            if (j % T > j / T % T || (row->ragged == 2 && j / T == 2))
                labels->value[j] = -1;
        case_constant(test, "dperplexity", SCALAR,
                      row->upstream < 0 || row->upstream > 0 ? row->upstream : 1);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
