// SPDX-License-Identifier: MIT
/* elementwise_cases.h - how the tables of the elementwise activations become cases: input x (N,C),
 * and dy when a gradient is wanted. */
#pragma once

#include "../case_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where x comes from. UNIFORM: in [low, high). SIGNED: magnitudes in [low, high), any sign. DYADIC:
 * multiples of 1/4 in [low, high]. LISTED: the list. dy are multiples of 1/4 too where x is DYADIC,
 * or LISTED and exact. */
enum elementwise_data { UNIFORM, SIGNED, DYADIC, LISTED };

/* N samples of C values, in blocks of `block` samples. */
struct elementwise_row {
    struct case_head head;
    size_t N, C, block;
    enum elementwise_data data;
    double low, high;
    const double *list;   /* N C values, or NULL */
    double upstream;      /* the size of dy; 0: no gradient is asked for */
    const char *settings; /* "slope=0.25 derivative_at_zero=right", or "" */
};

/* A value that is not a number is a convention. */
static inline void elementwise_settings(struct assay_case *test, const char *settings)
{
    char name[ASSAY_NAME], value[ASSAY_NAME];
    int used;
    while (sscanf(settings, " %47[a-z_]=%47s%n", name, value, &used) == 2) {
        char *end;
        double number = strtod(value, &end);
        if (*end == '\0')
            case_number(test, name, number);
        else
            case_choice(test, name, value);
        settings += used;
    }
}

static inline void elementwise_case(struct case_list *list, const struct elementwise_row *row)
{
    struct assay_case *test = case_add(list, &row->head);
    struct dims dims = DIMS(row->N, row->C);
    case_number(test, "block", (double)row->block);
    elementwise_settings(test, row->settings);
    if (row->data == UNIFORM)
        case_uniform(test, "x", dims, row->low, row->high);
    else if (row->data == SIGNED)
        case_signed(test, "x", dims, row->low, row->high);
    else if (row->data == DYADIC)
        case_dyadic(test, "x", dims, row->low, row->high, 0.25);
    else
        case_values(test, "x", dims, row->list);
    int short_data =
        row->data == DYADIC || (row->data == LISTED && strcmp(row->head.tier, "exact") == 0);
    if (row->upstream > 0 && short_data)
        case_dyadic(test, "dy", dims, 0.25 * row->upstream, 2 * row->upstream, 0.25);
    else if (row->upstream > 0)
        case_signed(test, "dy", dims, 0.5 * row->upstream, 1.5 * row->upstream);
}

/* The shapes that every elementwise activation is asked, with data of the technique's own kind: a
 * size that nothing divides, more blocks than ranks, a rank with a single row. */
static inline void elementwise_shapes(struct case_list *list, const char *tier, const char *covers,
                                      enum elementwise_data data, double low, double high,
                                      const char *settings)
{
    static const struct {
        const char *name, *why;
        size_t N, C, block;
        double upstream;
    } shapes[] = {
        /* clang-format off */
        {"two_samples", "Two blocks of one sample with three values each: a rank may own one row.",
         2, 3, 1, 1},
        {"single_column", "One value for each of 13 samples, in 7 blocks.", 13, 1, 2, 1},
        {"wide", "Rows of 37 values, which no vector width divides.", 3, 37, 2, 1},
        {"uneven_blocks",
         "67 samples in blocks of 8: the last block is short, and a lost or repeated row shows.",
         67, 3, 8, 1},
        {"many_blocks",
         "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.",
         31, 2, 2, 1},
        {"digits_like", "A layer of realistic size: 32 samples of 10 values.", 32, 10, 4, 1},
        {"large_upstream",
         "Upstream gradients of several hundred: the chain rule multiplies by them, once.",
         5, 3, 2, 500},
        {"forward_only", "Without an upstream gradient only y is an output.", 5, 4, 2, 0},
        /* clang-format on */
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct elementwise_row row = {.head = {shapes[i].name, tier, covers, shapes[i].why, 0},
                                      .N = shapes[i].N,
                                      .C = shapes[i].C,
                                      .block = shapes[i].block,
                                      .data = data,
                                      .low = low,
                                      .high = high,
                                      .upstream = shapes[i].upstream,
                                      .settings = settings};
        elementwise_case(list, &row);
    }
}

/* The refusals that every elementwise activation owes, all like the case "ordinary": no x, a dy of
 * another shape, and an unknown `convention` (NULL: it has none); then `more` of its own. */
static inline void elementwise_refusals(struct case_list *list, const char *convention,
                                        const struct refusal *more, size_t rows)
{
    /* clang-format off */
    static const struct refusal row[] = {
        {"no_input", "ordinary", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to activate."},
        {"fewer_upstream_rows", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 0,
         "The upstream gradient has one sample less than x."},
        {"fewer_upstream_columns", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 1,
         "The upstream gradient has one column less than x."},
    };
    /* clang-format on */
    case_refusals(list, row, sizeof row / sizeof *row);
    struct refusal unknown = {"unknown_convention",
                              "ordinary",
                              CHOICE_SET,
                              convention,
                              0,
                              "whatever",
                              0,
                              "A convention that nobody knows is not silently the default."};
    if (convention != NULL)
        case_refusals(list, &unknown, 1);
    case_refusals(list, more, rows);
}
