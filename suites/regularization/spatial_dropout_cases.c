// SPDX-License-Identifier: MIT
#include "mask_cases.h"

struct setting {
    size_t N, C, H, W, block;
    double p;
    int last, keep, below, dyadic, forward_only;
};

static const struct row {
    struct case_head head;
    struct setting is;
} rows[] = {
    /* clang-format off */
    {{"channels_first", "bounded", "REG-06 REG-07",
      "All sizes differ, so no axis can be taken for another.", 0},
     {.N = 5, .C = 3, .H = 4, .W = 2, .block = 2, .p = 0.3}},
    {{"channels_last", "bounded", "REG-06 REG-07", "Keras's order of axes.", 0},
     {.N = 5, .C = 3, .H = 4, .W = 2, .block = 2, .p = 0.3, .last = 1}},
    {{"square", "bounded", "REG-06",
      "Channels, height and width alike: only positions tell them apart.", 0},
     {.N = 3, .C = 4, .H = 4, .W = 4, .block = 1, .p = 0.4}},
    {{"keep_probability", "bounded", "REG-06",
      "The probability to survive is given; drawn by u < keep.", 0},
     {.N = 6, .C = 4, .H = 2, .W = 3, .block = 2, .p = 0.7, .last = 1, .keep = 1, .below = 1}},
    {{"one_pixel", "bounded", "REG-06", "Maps of one pixel: plain dropout.", 0},
     {.N = 6, .C = 5, .H = 1, .W = 1, .block = 2, .p = 0.25}},
    {{"nothing_dropped", "bounded", "REG-06", "Rate 0 is the identity.", 0},
     {.N = 2, .C = 2, .H = 3, .W = 2, .block = 1, .p = 0}},
    {{"many_samples", "bounded", "REG-06 REG-08 DST-08",
      "19 samples in 10 blocks at the rate 0.25.", 0},
     {.N = 19, .C = 3, .H = 2, .W = 2, .block = 2, .p = 0.25}},
    {{"exact", "exact", "REG-06 DST-02", "Rate 1/2 and whole data with zeros among them.", 0},
     {.N = 5, .C = 3, .H = 2, .W = 3, .block = 2, .p = 0.5, .dyadic = 1}},
    {{"forward_only", "bounded", "REG-06", "Without an upstream gradient.", 0},
     {.N = 3, .C = 4, .H = 2, .W = 3, .block = 1, .p = 0.4, .forward_only = 1}},
    /* clang-format on */
};

/* Whoever answers draws: 1536 maps of two pixels, each kept or silenced as a whole. */
static void add_random(struct case_list *list)
{
    struct case_head head = {
        "drawn", "statistical", "REG-06 REG-07",
        "An own draw for each sample and channel, and the same for its pixels.", 0};
    struct assay_case *test = case_add(list, &head);
    case_number(test, "p", 0.25);
    case_constant(test, "x", DIMS(48, 32, 2, 1), 3);
    case_drawn(test, "u", "uniform", DIMS(48, 32));
    case_law(test, "y", "two 4 0.75 0 per 2");
}

static const struct refusal impossible[] = {
    /* clang-format off */
    {"channels_unknown", "channels_last", CHOICE_SET, "channels", 0, "middle", 0,
     "Which axis holds the channels decides what is silenced together."},
    {"argument_unknown", "keep_probability", CHOICE_SET, "argument", 0, "retain", 0,
     "Rate or survival: the wrong guess silences seven maps of ten instead of three."},
    {"threshold_unknown", "keep_probability", CHOICE_SET, "threshold", 0, "above", 0,
     "Another comparison keeps other maps."},
    {"upstream_short", "exact", INPUT_SHORTER, "dy", 0, NULL, 3,
     "A gradient of narrower maps."},
    /* clang-format on */
};

void spatial_dropout_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct setting *is = &rows[i].is;
        struct assay_case *test = case_add(list, &rows[i].head);
        struct dims dims =
            is->last ? DIMS(is->N, is->H, is->W, is->C) : DIMS(is->N, is->C, is->H, is->W);
        case_number(test, "block", (double)is->block);
        case_number(test, "p", is->p);
        if (is->last)
            case_choice(test, "channels", "last");
        if (is->keep)
            case_choice(test, "argument", "keep");
        if (is->below)
            case_choice(test, "threshold", "below_keep");
        if (is->dyadic)
            case_dyadic(test, "x", dims, 0, 4, 1);
        else
            case_signed(test, "x", dims, 0.5, 2);
        case_uniform(test, "u", DIMS(is->N, is->C), 0.001, 0.999);
        if (is->dyadic)
            case_dyadic(test, "dy", dims, 1, 9, 1);
        else if (!is->forward_only)
            case_signed(test, "dy", dims, 0.5, 2);
    }
    add_random(list);
    case_refusals(list, impossible, sizeof impossible / sizeof *impossible);
    mask_refusals(list, "exact", NULL);
}
