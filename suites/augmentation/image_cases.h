// SPDX-License-Identifier: MIT
/* image_cases.h - how the tables of the augmentations become cases: images x (N,C,H,W) and an
 * upstream gradient dy (N,C,P,Q). */
#pragma once

#include "../activations/elementwise_cases.h"

/* SIGNED_PIXELS: magnitudes in [0.5, 2). UNIT_PIXELS: in [0.05, 0.95). EIGHTHS: whole eighths from
 * 1/8 to 7/8. WHOLE_PIXELS: from 1 to 16. */
enum image_data { SIGNED_PIXELS, UNIT_PIXELS, EIGHTHS, WHOLE_PIXELS };

struct image_row {
    struct case_head head;
    size_t N, C, H, W, block;
    size_t P, Q; /* of y; 0: as x */
    enum image_data data;
    const char *settings;
    int forward_only;
};

static inline struct assay_case *image_case(struct case_list *list, const struct image_row *is)
{
    struct assay_case *test = case_add(list, &is->head);
    struct dims dims = DIMS(is->N, is->C, is->H, is->W);
    struct dims upstream = DIMS(is->N, is->C, is->P ? is->P : is->H, is->Q ? is->Q : is->W);
    case_number(test, "block", (double)is->block);
    elementwise_settings(test, is->settings);
    if (is->data == SIGNED_PIXELS)
        case_signed(test, "x", dims, 0.5, 2);
    else if (is->data == UNIT_PIXELS)
        case_uniform(test, "x", dims, 0.05, 0.95);
    else if (is->data == EIGHTHS)
        case_dyadic(test, "x", dims, 0.125, 0.875, 0.125);
    else
        case_dyadic(test, "x", dims, 1, 16, 1);
    if (is->forward_only)
        return test;
    if (is->data == EIGHTHS || is->data == WHOLE_PIXELS)
        case_dyadic(test, "dy", upstream, -4, 4, 0.5);
    else
        case_signed(test, "dy", upstream, 0.5, 2);
    return test;
}

/* Whole numbers, one an image: `list` from its beginning, and again. */
static inline void image_integers(struct assay_case *test, const char *name, size_t N,
                                  const int *list, size_t length)
{
    int value[64];
    for (size_t n = 0; n < N; n++)
        value[n] = list[n % length];
    case_integers(test, name, DIMS(N), value);
}
