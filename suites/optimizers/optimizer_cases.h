// SPDX-License-Identifier: MIT
/* optimizer_cases.h - data that the cases of the elementwise optimizers share. */
#pragma once

#include "../case_builder.h"
#include "optimizer_refusals.h"

/* Gradients over S steps on P parameters. ONES and ROOTS are one-step data for exact cases: |g| + 1
 * is a power of two in ONES, g^2 + 15 is a power of four in ROOTS. */
enum gradient_data {
    RANDOM,     /* magnitudes 0.5 to 2, both signs */
    TINY,       /* 1e-8 to 2e-4: as small as the epsilons in use */
    MAGNITUDES, /* 1e-6 to 1e3 side by side */
    FALLING,    /* as 1 / (1 + s^2) */
    STEADY,     /* the first gradient again and again, at one rate */
    SPARSE,     /* every third parameter has gradient 0 in every step */
    ONES,
    ROOTS
};

/* Inputs w, g and rate: a rate that changes from step to step, in STEADY `rate` throughout; no rate
 * if it is 0. */
void optimizer_data(struct assay_case *test, enum gradient_data data, size_t S, size_t P,
                    double rate);

/* A state (P) to resume from: magnitudes in [low, high) at the size of the gradients, or of their
 * squares; positive, or with both signs. */
enum state_signs { POSITIVE, BOTH_SIGNS };
enum state_size { OF_GRADIENT, OF_SQUARE };
void optimizer_state(struct assay_case *test, const char *name, enum gradient_data data, size_t P,
                     double low, double high, enum state_signs signs, enum state_size size);

/* The choice unless value is NULL; the number unless it is 0. */
void optimizer_choice(struct assay_case *test, const char *name, const char *value);
void optimizer_number(struct assay_case *test, const char *name, double value);

/* A table of cases of an optimizer whose inputs are w, g, rate and states to resume from: a row is
 * its data, numbers, conventions and given states. Without_rate: there is no input rate. */
struct optimizer_row {
    struct case_head head;
    size_t S, P;
    enum gradient_data data;
    struct {
        const char *name;
        double value;
    } number[8];
    struct {
        const char *name, *value;
    } choice[5];
    struct {
        const char *name;
        double low, high;
        enum state_signs signs;
        enum state_size size;
    } state[3];
    int without_rate;
};
struct assay_case *optimizer_row_add(struct case_list *list, const struct optimizer_row *row);

/* The refusals that all such optimizers have: an input is gone or too short, and, of the names
 * given (each list ended by NULL), `share` at 1 and below 0, `positive` below 0, a number that is
 * not stated, and a convention that does not exist. All made from the case `like`. */
struct optimizer_limits {
    const char *like;
    const char *share[5], *positive[5], *stated[5], *choice[7];
    int without_rate;
};
void optimizer_refusals(struct case_list *list, const struct optimizer_limits *limits);
