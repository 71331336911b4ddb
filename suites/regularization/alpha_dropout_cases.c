// SPDX-License-Identifier: MIT
#include "mask_cases.h"

#include <stdlib.h>

struct setting {
    size_t N, C, L, block;
    double p;
    int channels, keep, below, forward_only, mask;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"elements", "bounded", "REG-05 REG-07",
      "Every element has its own mask; rate 0.1, as for SELU networks.", 0},
     {.N = 7, .C = 3, .L = 5, .block = 2, .p = 0.1}},
    {{"channels", "bounded", "REG-05", "Whole channels are silenced: a mask without the last axis.",
      0},
     {.N = 7, .C = 5, .L = 3, .block = 2, .p = 0.3, .channels = 1}},
    {{"large_rate", "bounded", "REG-05", "Rate 0.7: scale and shift are far from 1 and 0.", 0},
     {.N = 5, .C = 4, .L = 2, .block = 2, .p = 0.7}},
    {{"half", "bounded", "REG-05", "Rate 1/2, where rate and keep are one.", 0},
     {.N = 4, .C = 3, .L = 2, .block = 2, .p = 0.5, .mask = 1}},
    {{"keep_probability", "bounded", "REG-05", "The probability to survive is given.", 0},
     {.N = 4, .C = 3, .L = 4, .block = 2, .p = 0.8, .keep = 1, .below = 1}},
    {{"channels_below", "bounded", "REG-05", "Channels by u < keep.", 0},
     {.N = 6, .C = 4, .L = 3, .block = 2, .p = 0.25, .channels = 1, .below = 1}},
    {{"nothing_dropped", "bounded", "REG-05", "Rate 0 is the identity.", 0},
     {.N = 3, .C = 2, .L = 3, .block = 2, .p = 0}},
    {{"one_element", "bounded", "REG-05", "The smallest case.", 0},
     {.N = 1, .C = 1, .L = 1, .block = 2, .p = 0.2, .mask = 1}},
    {{"many_blocks", "bounded", "REG-05 DST-08", "31 samples in 16 blocks.", 0},
     {.N = 31, .C = 2, .L = 3, .block = 2, .p = 0.2, .mask = 1}},
    {{"forward_only", "bounded", "REG-05", "Without an upstream gradient.", 0},
     {.N = 5, .C = 2, .L = 2, .block = 2, .p = 0.4, .forward_only = 1}},
    /* clang-format on */
};

/* Whoever answers draws, at rate 1/4: a kept 1 becomes a + b, what is silenced a alpha + b. */
static void add_random(struct case_list *list)
{
    static const char law[] = "two 1.2484393199277574 0.75 -1.1435441882094726";
    struct case_head head = {"drawn", "statistical", "REG-05 REG-07",
                             "3072 elements of an own draw: two values, three to one.", 0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "p", 0.25);
    case_constant(test, "x", DIMS(32, 24, 4), 1);
    case_drawn(test, "u", "uniform", DIMS(32, 24, 4));
    case_law(test, "y", law);
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"nothing_kept", "elements", NUMBER_SET, "p", 1, NULL, 0,
     "Rate 1: the scale is 1 / 0, and every output would be infinite or not a number."},
    {"scope_unknown", "channels", CHOICE_SET, "scope", 0, "feature", 0,
     "Elements or channels: the shape of the mask depends on it."},
    {"argument_unknown", "keep_probability", CHOICE_SET, "argument", 0, "retain", 0,
     "Rate or survival: the wrong guess silences four units of five."},
    {"upstream_short", "elements", INPUT_SHORTER, "dy", 0, NULL, 2,
     "A gradient without its last place: read on, it belongs to other units."},
    /* clang-format on */
};

void alpha_dropout_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        struct dims whole = DIMS(is->N, is->C, is->L), channels = DIMS(is->N, is->C);
        case_number(test, "block", (double)is->block);
        case_number(test, "p", is->p);
        if (is->channels)
            case_choice(test, "scope", "channel");
        if (is->keep)
            case_choice(test, "argument", "keep");
        if (is->below)
            case_choice(test, "threshold", "below_keep");
        case_normal(test, "x", whole, 0, 1);
        if (is->mask) {
            int *mask = calloc(is->N * is->C * is->L, sizeof *mask);
            for (size_t k = 0; mask && k < is->N * is->C * is->L; k++)
                mask[k] = k * k % 5 < 3;
            case_integers(test, "mask", whole, mask);
            free(mask);
        } else {
            case_uniform(test, "u", is->channels ? channels : whole, 0.001, 0.999);
        }
        if (!is->forward_only)
            case_signed(test, "dy", whole, 0.5, 2);
    }
    add_random(list);
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
    mask_refusals(list, "elements", "half");
}
