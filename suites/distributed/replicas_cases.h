// SPDX-License-Identifier: MIT
/* replicas_cases.h - a table of cases of techniques about replicas of one network
 * (reference/distributed/replicas.h). */
#pragma once

#include "../case_builder.h"

enum { REPLICAS_LAYERS = 6, REPLICAS_SIZES = 24 };

/* R rows of V micro-batches; layers are the widths, ended by 0. U rates. What is not stated is the
 * default. */
struct replicas_row {
    struct case_head head;
    size_t layers[REPLICAS_LAYERS], R, V, U;
    int size[REPLICAS_SIZES];
    double rate; /* 0: 0.25 */
    struct {
        const char *name, *value;
    } choice[5];
    struct {
        const char *name;
        double value;
    } number[5];
    int whole; /* whole numbers, for exact cases */
};

/* Choices of a row. */
#define TANH                                                                                       \
    {                                                                                              \
        "activation", "tanh"                                                                       \
    }
#define SQUARED                                                                                    \
    {                                                                                              \
        "loss", "mean_squared_error"                                                               \
    }

/* Adds the case; further inputs are its caller's. */
struct assay_case *replicas_row_add(struct case_list *list, const struct replicas_row *row);
