// SPDX-License-Identifier: MIT
#include "elementwise_cases.h"

/* N samples of F values in pieces; multiples of `step`, so that there are ties where it is 1. */
static const struct row {
    struct case_head head;
    size_t N, F, block;
    double low, high, step; /* step 0: not dyadic */
    const char *settings;
    size_t pieces;
    int forward_only;
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-04 FND-21", "Nothing stated: two pieces, side by side.", 0},
     5, 6, 2, -3, 3, 0, "", 2, 0},
    {{"one_channel", "bounded", "", "One channel of three pieces.", 0},
     2, 3, 1, -3, 3, 0, "pieces=3", 3, 0},
    {{"three_pieces", "bounded", "", "Three pieces of four channels.", 0},
     4, 12, 2, -3, 3, 0, "pieces=3", 3, 0},
    {{"apart", "bounded", "", "The same, the pieces in maps of their own.", 0},
     4, 12, 2, -3, 3, 0, "pieces=3 arrangement=apart", 3, 0},
    {{"apart_square", "bounded", "", "As many channels as pieces: the wrong arrangement fits.", 0},
     4, 9, 2, -3, 3, 0, "pieces=3 arrangement=apart", 3, 0},
    {{"one_piece", "exact", "ACT-08", "One piece: the identity.", 0},
     3, 4, 2, -4, 4, 0.25, "pieces=1", 1, 0},
    {{"negative", "bounded", "ACT-10", "Negative values alone: the largest is not 0.", 0},
     5, 8, 2, -9, -1, 0, "pieces=4", 4, 0},
    {{"ties_unstated", "exact", "", "Equal pieces: the gradient goes to the first.", 0},
     6, 8, 2, -1, 1, 1, "pieces=4", 4, 0},
    {{"ties_first", "exact", "", "The same, stated and apart.", 0},
     6, 8, 2, -1, 1, 1, "pieces=4 tie=first arrangement=apart", 4, 0},
    {{"ties_last", "exact", "", "The gradient goes to the last.", 0},
     6, 8, 2, -1, 1, 1, "pieces=4 tie=last", 4, 0},
    {{"ties_shared", "exact", "", "The gradient is shared by one, two or four.", 0},
     6, 8, 2, -1, 1, 1, "pieces=4 tie=shared", 4, 0},
    {{"pairs_shared", "exact", "", "Shared by two: a half each, exactly.", 0},
     5, 6, 2, -1, 1, 1, "tie=shared", 2, 0},
    {{"forward_only", "bounded", "", "Without an upstream gradient only y is an output.", 0},
     3, 6, 1, -3, 3, 0, "", 2, 1},
    {{"many_blocks", "bounded", "DST-08", "23 samples in blocks of 2, the last one short.", 0},
     23, 4, 2, -3, 3, 0, "", 2, 0},
    /* clang-format on */
};

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "one_channel", INPUT_GONE, "x", 0, NULL, 0, "There is nothing to choose from."},
    {"pieces_left_over", "one_channel", NUMBER_SET, "pieces", 2, NULL, 0, "Three by two."},
    {"pieces_zero", "one_channel", NUMBER_SET, "pieces", 0, NULL, 0, "The largest of nothing."},
    {"wide_upstream", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 1, "A channel has no gradient."},
    {"unknown_tie", "one_channel", CHOICE_SET, "tie", 0, "random", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_arrangement", "one_channel", CHOICE_SET, "arrangement", 0, "whatever", 0,
     "No such arrangement."},
    /* clang-format on */
};

/* Three equals would not share exactly: one of them becomes less. For pieces that lie together. */
static void spare_thirds(double *x, size_t channels, size_t pieces)
{
    for (size_t c = 0; c < channels; c++, x += pieces) {
        size_t equals = 0, last = 0;
        double largest = x[0];
        for (size_t k = 1; k < pieces; k++)
            largest = x[k] > largest ? x[k] : largest;
        for (size_t k = 0; k < pieces; k++)
            if (x[k] == largest) {
                last = k;
                equals++;
            }
        if (equals == 3)
            x[last] -= 1;
    }
}

void maxout_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *is = &rows[i];
        struct assay_case *test = case_add(list, &is->head);
        struct dims up = DIMS(is->N, is->F / is->pieces);
        case_number(test, "block", (double)is->block);
        elementwise_settings(test, is->settings);
        if (is->step > 0)
            case_dyadic(test, "x", DIMS(is->N, is->F), is->low, is->high, is->step);
        else
            case_uniform(test, "x", DIMS(is->N, is->F), is->low, is->high);
        if (strstr(is->settings, "tie=shared") != NULL)
            spare_thirds(case_input(test, "x"), is->N * is->F / is->pieces, is->pieces);
        if (!is->forward_only && is->step > 0)
            case_dyadic(test, "dy", up, 0.5, 4, 0.25);
        else if (!is->forward_only)
            case_signed(test, "dy", up, 0.5, 1.5);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
