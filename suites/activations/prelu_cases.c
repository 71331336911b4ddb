// SPDX-License-Identifier: MIT
#include "../case_builder.h"

enum slopes { SHARED, PER_CHANNEL };

/* N samples of C channels with S positions (0: no such axis), in blocks of `block` samples. */
static const struct row {
    struct case_head head;
    size_t N, C, S, block;
    enum slopes slopes;
    const char *channel_axis, *derivative_at_zero; /* NULL: not stated */
    int zeros;                                     /* every third value of x is a signed zero */
    double upstream;                               /* 0: no gradient is asked for */
} rows[] = {
    /* clang-format off */
    {{"ordinary", "bounded", "ACT-05 FND-21", "A slope for each of 5 channels, all different.", 0},
     7, 5, 0, 4, PER_CHANNEL, NULL, NULL, 0, 1},
    {{"shared", "bounded", "ACT-05", "One slope for all: its gradient adds up everything.", 0},
     7, 5, 0, 4, SHARED, NULL, NULL, 0, 1},
    {{"two_samples", "bounded", "ACT-05", "Two blocks of one sample: a rank may own one row.", 0},
     2, 3, 0, 1, PER_CHANNEL, NULL, NULL, 0, 1},
    {{"single_column", "bounded", "ACT-05", "One channel: both kinds of slope are the same.", 0},
     13, 1, 0, 2, PER_CHANNEL, NULL, NULL, 0, 1},
    {{"images", "bounded", "ACT-05",
      "Channels first with 6 positions: the slope gradient adds over samples and positions.", 0},
     5, 3, 6, 2, PER_CHANNEL, NULL, NULL, 0, 1},
    {{"images_first", "bounded", "ACT-05", "The same, stated.", 0},
     5, 3, 6, 2, PER_CHANNEL, "first", NULL, 0, 1},
    {{"images_last", "bounded", "ACT-05", "Channels last: the other axis has the slopes.", 0},
     5, 3, 6, 2, PER_CHANNEL, "last", NULL, 0, 1},
    {{"images_square", "bounded", "ACT-05",
      "As many channels as positions: a wrong axis keeps the shape, and still fails.", 0},
     5, 4, 4, 2, PER_CHANNEL, "first", NULL, 0, 1},
    {{"images_square_last", "bounded", "ACT-05", "The same with channels last.", 0},
     5, 4, 4, 2, PER_CHANNEL, "last", NULL, 0, 1},
    {{"images_shared", "bounded", "ACT-05", "One slope for all channels and positions.", 0},
     5, 3, 6, 2, SHARED, "last", NULL, 0, 1},
    {{"uneven_blocks", "bounded", "ACT-05 DST-08",
      "67 samples in blocks of 8: the last block is short, and a lost or repeated row shows.", 0},
     67, 3, 0, 8, PER_CHANNEL, NULL, NULL, 0, 1},
    {{"many_blocks", "bounded", "ACT-05 DST-08",
      "16 blocks of 2 samples: more blocks than ranks, in every distribution over up to 8.", 0},
     31, 2, 0, 2, SHARED, NULL, NULL, 0, 1},
    {{"wide", "bounded", "ACT-05", "Rows of 37 values, which no vector width divides.", 0},
     3, 37, 0, 2, SHARED, NULL, NULL, 0, 1},
    {{"kink_unstated", "bounded", "ACT-05", "Signed zeros: the derivative there is the slope.", 0},
     4, 5, 0, 2, PER_CHANNEL, NULL, NULL, 1, 1},
    {{"kink_left", "bounded", "ACT-05", "The same, stated.", 0},
     4, 5, 0, 2, PER_CHANNEL, NULL, "left", 1, 1},
    {{"kink_right", "bounded", "ACT-05", "Signed zeros with the derivative 1.", 0},
     4, 5, 0, 2, PER_CHANNEL, NULL, "right", 1, 1},
    {{"kink_mean", "bounded", "ACT-05", "Signed zeros with the mean of both.", 0},
     4, 5, 0, 2, PER_CHANNEL, NULL, "mean", 1, 1},
    {{"large_upstream", "bounded", "ACT-05 FND-22", "Upstream gradients of several hundred.", 0},
     5, 3, 0, 2, PER_CHANNEL, NULL, NULL, 0, 500},
    {{"forward_only", "bounded", "ACT-05", "Without an upstream gradient only y is an output.", 0},
     5, 4, 0, 2, PER_CHANNEL, NULL, NULL, 0, 0},
    /* clang-format on */
};

static struct dims dims_of(const struct row *row)
{
    if (row->S == 0)
        return DIMS(row->N, row->C);
    if (row->channel_axis && row->channel_axis[0] == 'l')
        return DIMS(row->N, row->S, row->C);
    return DIMS(row->N, row->C, row->S);
}

static const struct refusal refusals[] = {
    /* clang-format off */
    {"no_input", "ordinary", INPUT_GONE, "x", 0, NULL, 0,
     "There is nothing to work on."},
    {"fewer_upstream_rows", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 0,
     "The upstream gradient has one sample less than x."},
    {"fewer_upstream_columns", "ordinary", INPUT_SHORTER, "dy", 0, NULL, 1,
     "The upstream gradient has one column less than x."},
    {"no_slope", "ordinary", INPUT_GONE, "a", 0, NULL, 0,
     "The slope is learnt, so it must be given."},
    {"fewer_slopes", "ordinary", INPUT_SHORTER, "a", 0, NULL, 0,
     "One channel has no slope."},
    {"unknown_channel_axis", "images_first", CHOICE_SET, "channel_axis", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    {"unknown_convention", "kink_left", CHOICE_SET, "derivative_at_zero", 0, "whatever", 0,
     "A convention that nobody knows is not silently the default."},
    /* clang-format on */
};

void prelu_cases(struct case_list *list)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct assay_case *test = case_add(list, &row->head);
        struct dims dims = dims_of(row);
        case_number(test, "block", (double)row->block);
        if (row->channel_axis)
            case_choice(test, "channel_axis", row->channel_axis);
        if (row->derivative_at_zero)
            case_choice(test, "derivative_at_zero", row->derivative_at_zero);
        case_signed(test, "x", dims, 0.25, 4);
        for (size_t k = 0; row->zeros && k < row->N * row->C; k += 3)
            case_input(test, "x")[k] = k % 2 ? -0.0 : 0.0;
        case_uniform(test, "a", row->slopes == SHARED ? SCALAR : DIMS(row->C), 0.05, 0.45);
        if (row->upstream > 0)
            case_signed(test, "dy", dims, 0.5 * row->upstream, 1.5 * row->upstream);
    }
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
