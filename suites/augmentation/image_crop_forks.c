// SPDX-License-Identifier: MIT
#include "window_forks.h"

enum { PADDING_IGNORED = 100, PADDING_TWICE, CENTRE };

static void rival(struct call *call)
{
    const real *x = call_input(call, "x", "NCHW"), *dy = NULL;
    struct window is = {call_size(call, 'N'),
                        call_size(call, 'C'),
                        call_size(call, 'H'),
                        call_size(call, 'W'),
                        0,
                        0,
                        border_read(call),
                        0};
    is.P = call_count(call, "height", 1, 4096);
    is.Q = call_count(call, "width", 1, 4096);
    is.fill = call_number_or(call, "fill", R(0.0));
    int padding = (int)call_count_or(call, "padding", 0, 0, 4096), variant = call_variant(call);
    const int *row = call_integers(call, "row", "N", 0, 4096);
    const int *column = call_integers(call, "column", "N", 0, 4096);
    call_bind(call, 'P', is.P);
    call_bind(call, 'Q', is.Q);
    int *top = call_scratch_integers(call, is.N), *left = call_scratch_integers(call, is.N);
    padding *= variant == PADDING_IGNORED ? 0 : variant == PADDING_TWICE ? 2 : 1;
    for (size_t n = 0; n < is.N; n++) {
        top[n] = variant == CENTRE ? ((int)is.H - (int)is.P) / 2 : row[n] - padding;
        left[n] = variant == CENTRE ? ((int)is.W - (int)is.Q) / 2 : column[n] - padding;
    }
    real *y = call_output(call, "y", "NCPQ"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NCPQ");
        dx = call_output(call, "dx", "NCHW");
    }
    window_run(call, is, x, dy, y, dx, top, left);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_counting", FORK_TWIN, "",
     "Lines are repeated with their mirror image, and counted from the end.", NULL},
     .answer = rival, .variant = FROM_A_LARGER_IMAGE},
    {.info = {"axes_exchanged", FORK_BUG, "", "Row and column are exchanged.", NULL},
     .answer = rival, .variant = EXCHANGED},
    {.info = {"first_place_for_all", FORK_CONVENTION, "",
     "All images share the window of the first.", NULL}, .answer = rival, .variant = FIRST_FOR_ALL},
    {.info = {"first_channel_alone", FORK_BUG, "", "Only the window of the first channel moves.",
     NULL}, .answer = rival, .variant = FIRST_CHANNEL},
    {.info = {"centre", FORK_CONVENTION, "", "The middle of every image, whatever was drawn.",
     NULL}, .answer = rival, .variant = CENTRE},
    {.info = {"padding_ignored", FORK_CONVENTION, "",
     "Rows and columns are counted from the image, not from its padding.", NULL}, .answer = rival,
     .variant = PADDING_IGNORED},
    {.info = {"padding_twice", FORK_BUG, "", "Twice the padding.", NULL}, .answer = rival,
     .variant = PADDING_TWICE},
    {.info = {"filled_with_zero", FORK_BUG, "", "The fill is ignored.", NULL}, .answer = rival,
     .variant = FILL_ZERO},
    {.info = {"gradient_not_moved", FORK_BUG, "",
     "The gradient returns to the corner of the image.", NULL}, .answer = rival,
     .variant = GRADIENT_UNMOVED},
    {.info = {"gradient_moved_again", FORK_BUG, "", "The gradient is moved away from its pixel.",
     NULL}, .answer = rival, .variant = GRADIENT_REVERSED},
    {.info = {"gradient_overwritten", FORK_BUG, "",
     "A pixel that went to several places keeps the gradient of one.", NULL}, .answer = rival,
     .variant = GRADIENT_OF_LAST},
    {.info = {"gradient_of_border_lost", FORK_BUG, "", "Pixels of the padding return no gradient.",
     NULL}, .answer = rival, .variant = GRADIENT_OF_BORDER_LOST},
    {.info = {"one_row_too_far", FORK_BUG, "", "The window is a row off.", NULL}, .answer = rival,
     .variant = ONE_TOO_FAR},
    {.info = {"edge_always", FORK_CONVENTION, "", "The edge is repeated whatever is asked for.",
     NULL}, .answer = rival, .variant = BORDER_EDGE_ALWAYS},
    {.info = {"mirrors_exchanged", FORK_CONVENTION, "",
     "reflect repeats the edge and symmetric does not.", NULL}, .answer = rival,
     .variant = MIRRORS_EXCHANGED},
    {.info = {"always_filled", FORK_CONVENTION, "", "The fill whatever the border.", NULL},
     .instead = {"border", "fill"}},
    /* clang-format on */
};

const struct fork_list image_crop_forks = {sizeof table / sizeof *table, table};
