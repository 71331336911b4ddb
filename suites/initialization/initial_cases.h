// SPDX-License-Identifier: MIT
/* initial_cases.h - how the tables of the initialisers become cases: an input deviate (I,O), or
 * (H,W,I,O) when there is an H. */
#pragma once

#include "../activations/elementwise_cases.h"

/* UNIT: in [0, 1). CENTRED: in [-1, 1). STANDARD: normal. CUT: normal, within +-2. The others:
 * multiples of 1/16 in [0, 1), or in (-1, 1). */
enum initial_data { UNIT, CENTRED, STANDARD, CUT, SIXTEENTHS, SIGNED_SIXTEENTHS };

struct initial_row {
    struct case_head head;
    size_t H, W, I, O;
    enum initial_data data;
    const char *settings; /* "gain=2 fan=fan_out", or "" */
    const char *drawn;    /* the law of the deviate, which is drawn then, or NULL */
    const char *law;      /* and that of w */
};

static inline void initial_deviate(struct assay_case *test, const struct initial_row *row,
                                   struct dims dims)
{
    size_t n = (row->H ? row->H * row->W : 1) * row->I * row->O;
    switch (row->data) {
    case UNIT:
        case_uniform(test, "deviate", dims, 0, 1);
        break;
    case CENTRED:
        case_uniform(test, "deviate", dims, -1, 1);
        break;
    case SIXTEENTHS:
        case_dyadic(test, "deviate", dims, 0, 0.9375, 0.0625);
        break;
    case SIGNED_SIXTEENTHS:
        case_dyadic(test, "deviate", dims, -0.9375, 0.9375, 0.0625);
        break;
    default:
        case_normal(test, "deviate", dims, 0, 1);
        break;
    }
    double *u = case_input(test, "deviate");
    for (size_t i = 0; row->data == CUT && i < n; i++) {
        while (u[i] > 2 || u[i] < -2)
            u[i] /= 2; /* what is cut off has to come from inside; how does not matter here */
    }
}

static inline void initial_case(struct case_list *list, const struct initial_row *row)
{
    struct assay_case *test = case_add(list, &row->head);
    struct dims dims = row->H ? DIMS(row->H, row->W, row->I, row->O) : DIMS(row->I, row->O);
    elementwise_settings(test, row->settings);
    if (row->drawn) {
        case_drawn(test, "deviate", row->drawn, dims);
        case_law(test, "w", row->law);
    } else {
        initial_deviate(test, row, dims);
    }
}
