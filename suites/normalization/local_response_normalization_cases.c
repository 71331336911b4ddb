// SPDX-License-Identifier: MIT
#include "../case_builder.h"

#include <string.h>

/* N samples of C channels with H W positions (H 0: no such axes). Of the numbers, 0 is not
 * stated. */
static const struct row {
    struct case_head head;
    size_t N, C, H, W, block;
    double deviation, size, alpha, beta, k;
    const char *share, *side, *layout;
    int no_gradient;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "", "Nothing is stated: size 5, alpha 1e-4, beta 3/4, k 1.", 0},
     4, 7, 0, 0, 2, 30, 0, 0, 0, 0, NULL, NULL, NULL, 0},
    {{"one_channel", "bounded", "",
      "One channel is its own neighbour; alpha is divided by 5 still.", 0},
     3, 1, 0, 0, 2, 2, 5, 2, 0.75, 1, NULL, NULL, NULL, 0},
    {{"alexnet", "bounded", "", "The paper's numbers: k 2, alpha whole.", 0},
     3, 8, 0, 0, 2, 40, 5, 1e-4, 0.75, 2, "whole", NULL, NULL, 0},
    {{"tensorflow", "bounded", "", "TensorFlow's: radius 5 (size 11), alpha 1 whole, beta 1/2.", 0},
     3, 14, 0, 0, 2, 2, 11, 1, 0.5, 1, "whole", NULL, NULL, 0},
    {{"even_unstated", "bounded", "", "Four channels, unstated side: two before, one after.", 0},
     3, 7, 0, 0, 2, 2, 4, 2, 0.75, 1, NULL, NULL, NULL, 0},
    {{"even_before", "bounded", "", "The same with two before, stated.", 0},
     3, 7, 0, 0, 2, 2, 4, 2, 0.75, 1, NULL, "before", NULL, 0},
    {{"even_after", "bounded", "", "One before and two after, as in ONNX.", 0},
     3, 7, 0, 0, 2, 2, 4, 2, 0.75, 1, NULL, "after", NULL, 0},
    {{"pairs", "bounded", "", "A channel and the one before it.", 0},
     4, 5, 0, 0, 2, 2, 2, 1.5, 1.25, 0.5, "whole", NULL, NULL, 0},
    {{"alone", "bounded", "", "Size 1: no neighbours, and 1 as the divisor of alpha.", 0},
     4, 5, 0, 0, 2, 2, 1, 0.75, 0.75, 2, NULL, NULL, NULL, 0},
    {{"wider_than_all", "bounded", "", "A window of 9 over 4 channels: its divisor is 9.", 0},
     5, 4, 0, 0, 2, 2, 9, 3, 0.75, 1, NULL, NULL, NULL, 0},
    {{"strong", "bounded", "", "alpha x^2 far above k: y hardly depends on the size of x.", 0},
     4, 6, 0, 0, 2, 300, 3, 0.5, 0.5, 0.25, NULL, NULL, NULL, 0},
    {{"no_alpha", "bounded", "", "A tiny alpha: y is x over k to the beta.", 0},
     3, 5, 0, 0, 2, 2, 3, 1e-12, 2, 3, NULL, NULL, NULL, 0},
    {{"maps", "bounded", "", "Neighbours are channels, not positions.", 0},
     2, 5, 2, 3, 1, 2, 3, 2, 0.75, 1, NULL, NULL, "channels_first", 0},
    {{"maps_unstated", "bounded", "", "Square maps, as many channels as columns: first by default.",
      0},
     2, 4, 4, 4, 1, 2, 3, 2, 0.75, 1, NULL, NULL, NULL, 0},
    {{"maps_last", "bounded", "", "Channels last, and an even window after.", 0},
     3, 5, 2, 3, 2, 2, 4, 2, 0.75, 1, "whole", "after", "channels_last", 0},
    {{"forward_only", "bounded", "", "Without an upstream gradient only y is an output.", 0},
     4, 6, 0, 0, 2, 3, 3, 1, 0.75, 1, NULL, NULL, NULL, 1},
    {{"many_blocks", "bounded", "DST-08", "23 samples in blocks of 2, the last one short.", 0},
     23, 3, 0, 0, 2, 2, 3, 1, 0.75, 1, NULL, NULL, NULL, 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "one_channel", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to normalise."},
    {"fewer_upstream_rows", "one_channel", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"no_channels", "one_channel", INPUT_SHORTER, "x", 0, NULL, 1, "No channels, no neighbours."},
    {"k_zero", "one_channel", NUMBER_SET, "k", 0, NULL, 0, "0 / 0 for a silent neighbourhood."},
    {"k_negative", "one_channel", NUMBER_SET, "k", -1, NULL, 0, "A negative base has no root."},
    {"alpha_negative", "one_channel", NUMBER_SET, "alpha", -1, NULL, 0,
     "The base may turn negative."},
    {"size_zero", "one_channel", NUMBER_SET, "size", 0, NULL, 0, "A window of nothing."},
    {"size_broken", "one_channel", NUMBER_SET, "size", 2.5, NULL, 0, "Half a channel."},
    {"unknown_share", "one_channel", CHOICE_SET, "share", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_side", "one_channel", CHOICE_SET, "window_side", 0, "both", 0, "No such side."},
    /* clang-format on */
};

static void state(struct assay_case *test, const char *name, double value)
{
    if (value > 0)
        case_number(test, name, value);
}

void local_response_normalization_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        int last = is->layout && strcmp(is->layout, "channels_last") == 0;
        struct dims dims = DIMS(is->N, is->C);
        if (is->H)
            dims = last ? DIMS(is->N, is->H, is->W, is->C) : DIMS(is->N, is->C, is->H, is->W);
        case_number(test, "block", (double)is->block);
        state(test, "size", is->size);
        state(test, "alpha", is->alpha);
        state(test, "beta", is->beta);
        state(test, "k", is->k);
        if (is->share)
            case_choice(test, "share", is->share);
        if (is->side)
            case_choice(test, "window_side", is->side);
        if (is->layout)
            case_choice(test, "layout", is->layout);
        case_signed(test, "x", dims, 0.25 * is->deviation, 1.5 * is->deviation);
        if (!is->no_gradient)
            case_signed(test, "dy", dims, 0.5, 2);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
