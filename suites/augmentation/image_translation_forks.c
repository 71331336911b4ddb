// SPDX-License-Identifier: MIT
#include "window_forks.h"

static void rival(struct call *call)
{
    static const char *const signs[] = {"contents", "window", NULL};
    const real *x = call_input(call, "x", "NCHW"), *dy = NULL;
    struct window is = {call_size(call, 'N'), call_size(call, 'C'),
                        call_size(call, 'H'), call_size(call, 'W'),
                        call_size(call, 'H'), call_size(call, 'W'),
                        border_read(call),    call_number_or(call, "fill", R(0.0))};
    const int *down = call_integers(call, "down", "N", -4096, 4096);
    const int *right = call_integers(call, "right", "N", -4096, 4096);
    int sign = call_choice(call, "sign", signs) ? 1 : -1;
    int *top = call_scratch_integers(call, is.N), *left = call_scratch_integers(call, is.N);
    for (size_t n = 0; n < is.N; n++) {
        top[n] = sign * down[n];
        left[n] = sign * right[n];
    }
    real *y = call_output(call, "y", "NCHW"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NCHW");
        dx = call_output(call, "dx", "NCHW");
    }
    window_run(call, is, x, dy, y, dx, top, left);
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_counting", FORK_TWIN, "",
     "Lines are repeated with their mirror image, and counted from the end.", NULL},
     .answer = rival, .variant = FROM_A_LARGER_IMAGE},
    {.info = {"sign_exchanged", FORK_CONVENTION, "", "Positive shifts move the other way.", NULL},
     .answer = rival, .variant = REVERSED},
    {.info = {"axes_exchanged", FORK_BUG, "", "Down and right are exchanged.", NULL},
     .answer = rival, .variant = EXCHANGED},
    {.info = {"first_shift_for_all", FORK_CONVENTION, "",
     "All images share the shift of the first.", NULL}, .answer = rival, .variant = FIRST_FOR_ALL},
    {.info = {"first_channel_alone", FORK_BUG, "", "Only the first channel moves.", NULL},
     .answer = rival, .variant = FIRST_CHANNEL},
    {.info = {"filled_with_zero", FORK_BUG, "", "The fill is ignored.", NULL}, .answer = rival,
     .variant = FILL_ZERO},
    {.info = {"gradient_not_moved", FORK_BUG, "", "The gradient stays where it is.", NULL},
     .answer = rival, .variant = GRADIENT_UNMOVED},
    {.info = {"gradient_moved_again", FORK_BUG, "", "The gradient is moved forwards, not back.",
     NULL}, .answer = rival, .variant = GRADIENT_REVERSED},
    {.info = {"gradient_overwritten", FORK_BUG, "",
     "A pixel that went to several places keeps the gradient of one.", NULL}, .answer = rival,
     .variant = GRADIENT_OF_LAST},
    {.info = {"gradient_of_border_lost", FORK_BUG, "",
     "Pixels beyond the border return no gradient.", NULL}, .answer = rival,
     .variant = GRADIENT_OF_BORDER_LOST},
    {.info = {"one_row_too_far", FORK_BUG, "", "Everything is a row off.", NULL}, .answer = rival,
     .variant = ONE_TOO_FAR},
    {.info = {"edge_always", FORK_CONVENTION, "", "The edge is repeated whatever is asked for.",
     NULL}, .answer = rival, .variant = BORDER_EDGE_ALWAYS},
    {.info = {"mirrors_exchanged", FORK_CONVENTION, "",
     "reflect repeats the edge and symmetric does not: SciPy's words in OpenCV's meaning.", NULL},
     .answer = rival, .variant = MIRRORS_EXCHANGED},
    {.info = {"mirrored_once", FORK_BUG, "", "A shift beyond the mirror image ends at the edge.",
     NULL}, .answer = rival, .variant = MIRRORED_ONCE},
    {.info = {"never_wrapped", FORK_CONVENTION, "", "The fill whatever the border.", NULL},
     .instead = {"border", "fill"}},
    /* clang-format on */
};

const struct fork_list image_translation_forks = {sizeof table / sizeof *table, table};
