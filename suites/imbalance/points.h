// SPDX-License-Identifier: MIT
/* points.h - labelled samples for the cases of the family. */
#pragma once

#include "../case_builder.h"

enum { POINT_CLASSES = 4 };

/* N samples of D features; count[c] of class c, mixed in a fixed order that no class begins. */
struct points_row {
    size_t D;
    int count[POINT_CLASSES]; /* 0 at the end: fewer classes */
    int classes;              /* 0: those that have samples, and all before them */
    double spread;            /* between the middles of neighbouring classes */
    double shift;             /* of all samples */
    const double *x;          /* given; NULL: nearly normal */
};

size_t points_count(const struct points_row *row);

/* An input of labels; number classes and input label; input x too. */
void points_named_labels(struct assay_case *test, const char *name, const struct points_row *row);
void points_labels(struct assay_case *test, const struct points_row *row);
void points_case(struct assay_case *test, const struct points_row *row);

/* Conventions by name and value, in pairs; a value of NULL is not stated. */
void points_choices(struct assay_case *test, const char *const choice[], size_t pairs);

/* Turns the only row of an input of shape (1,N) into one of shape (N). */
void points_flatten(struct assay_case *test, const char *name);
