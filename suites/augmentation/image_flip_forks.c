// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/image_flip.h"
#include "../fork.h"

/* What a fork does differently; all 0 is the definition. */
struct oddity {
    int scatter; /* (correct) every value is sent to its place instead of fetched */
    int axes_exchanged, always, never, first_draw, next_draw;
    int colours;       /* reverses the channels instead of the columns */
    int off_by_one;    /* W - w instead of W - 1 - w, wrapped */
    int transposed;    /* the mirror image is transposed, if it is square */
    int gradient_kept; /* dx = dy */
    int horizontal_only;
    int half_only; /* swaps while overwriting: the second half is a copy of the first */
};

struct images {
    size_t C, H, W;
    int last;
};

static size_t place(const struct images *is, size_t n, size_t c, size_t h, size_t w)
{
    if (is->last)
        return ((n * is->H + h) * is->W + w) * is->C + c;
    return ((n * is->C + c) * is->H + h) * is->W + w;
}

static void move(real *y, const real *x, const struct images *is, const struct oddity *odd,
                 size_t n, int across, int down)
{
    for (size_t i = 0; i < is->C * is->H * is->W; i++) {
        size_t c = i % is->C, h = i / is->C % is->H, w = i / is->C / is->H;
        size_t from_c = c, from_h = down ? is->H - 1 - h : h, from_w = across ? is->W - 1 - w : w;
        if (odd->colours && across) {
            from_c = is->C - 1 - c;
            from_w = w;
        }
        if (odd->off_by_one && across)
            from_w = (is->W - w) % is->W;
        if (odd->half_only && across && w >= is->W / 2)
            from_w = w;
        if (odd->transposed && across && is->H == is->W) {
            from_h = w;
            from_w = h;
        }
        if (odd->scatter)
            y[place(is, n, from_c, from_h, from_w)] = x[place(is, n, c, h, w)];
        else
            y[place(is, n, c, h, w)] = x[place(is, n, from_c, from_h, from_w)];
    }
}

static int drawn(const int *draws, size_t n, size_t N, const struct oddity *odd)
{
    if (!draws || odd->never)
        return odd->always;
    return odd->always || draws[odd->first_draw ? 0 : odd->next_draw ? (n + 1) % N : n];
}

static void run(struct call *call, struct oddity odd)
{
    static const char *const channels[] = {"first", "last", NULL};
    struct images is = {.last = call_choice(call, "channels", channels)};
    const char *shape = is.last ? "NHWC" : "NCHW";
    const real *x = call_input(call, "x", shape);
    size_t N = call_size(call, 'N');
    is.C = call_size(call, 'C');
    is.H = call_size(call, 'H');
    is.W = call_size(call, 'W');
    const char *first = "flip_horizontal", *second = "flip_vertical";
    const int *across = call_has(call, first) ? call_integers(call, first, "N", 0, 1) : NULL;
    const int *down = call_has(call, second) ? call_integers(call, second, "N", 0, 1) : NULL;
    real *y = call_output(call, "y", shape);
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", shape) : NULL;
    real *dx = dy ? call_output(call, "dx", shape) : NULL;
    for (size_t n = 0; n < N; n++) {
        int h = drawn(across, n, N, &odd), v = !odd.horizontal_only && drawn(down, n, N, &odd);
        int first_axis = odd.axes_exchanged ? v : h, second_axis = odd.axes_exchanged ? h : v;
        move(y, x, &is, &odd, n, first_axis, second_axis);
        if (dy)
            move(dx, dy, &is, &odd, n, odd.gradient_kept ? 0 : first_axis,
                 odd.gradient_kept ? 0 : second_axis);
    }
}

static void scattered(struct call *call)
{
    run(call, (struct oddity){.scatter = 1});
}

static void axes_are_exchanged(struct call *call)
{
    run(call, (struct oddity){.axes_exchanged = 1});
}

static void always_flipped(struct call *call)
{
    run(call, (struct oddity){.always = 1});
}

static void never_flipped(struct call *call)
{
    run(call, (struct oddity){.never = 1});
}

static void first_draw_for_all(struct call *call)
{
    run(call, (struct oddity){.first_draw = 1});
}

static void draw_of_next(struct call *call)
{
    run(call, (struct oddity){.next_draw = 1});
}

static void colours_reversed(struct call *call)
{
    run(call, (struct oddity){.colours = 1});
}

static void shifted_by_one(struct call *call)
{
    run(call, (struct oddity){.off_by_one = 1});
}

static void mirror_transposed(struct call *call)
{
    run(call, (struct oddity){.transposed = 1});
}

static void gradient_not_flipped(struct call *call)
{
    run(call, (struct oddity){.gradient_kept = 1});
}

static void vertical_forgotten(struct call *call)
{
    run(call, (struct oddity){.horizontal_only = 1});
}

static void overwritten(struct call *call)
{
    run(call, (struct oddity){.half_only = 1});
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"scattered", FORK_TWIN, "",
     "Every value is sent to its place instead of fetched from there.", NULL}, .answer = scattered},
    {.info = {"axes_are_exchanged", FORK_BUG, "",
     "Horizontal is taken for a flip along the height (OpenCV's flipCode 0).", NULL},
     .answer = axes_are_exchanged},
    {.info = {"always_flipped", FORK_BUG, "", "All images are flipped, whatever was drawn.", NULL},
     .answer = always_flipped},
    {.info = {"never_flipped", FORK_BUG, "", "The draws are ignored.", NULL},
     .answer = never_flipped},
    {.info = {"first_draw_for_all", FORK_CONVENTION, "",
     "The batch shares the draw of its first image.", NULL}, .answer = first_draw_for_all},
    {.info = {"draw_of_next", FORK_BUG, "", "Each image has the draw of the next one.", NULL},
     .answer = draw_of_next},
    {.info = {"colours_reversed", FORK_BUG, "", "The channels are reversed instead of the columns.",
     NULL}, .answer = colours_reversed},
    {.info = {"shifted_by_one", FORK_BUG, "", "The mirror image is shifted by a pixel.", NULL},
     .answer = shifted_by_one},
    {.info = {"mirror_transposed", FORK_BUG, "", "A square image is transposed.", NULL},
     .answer = mirror_transposed},
    {.info = {"gradient_not_flipped", FORK_BUG, "", "The gradient is not flipped back.", NULL},
     .answer = gradient_not_flipped},
    {.info = {"vertical_forgotten", FORK_BUG, "", "Only the horizontal flip is done.", NULL},
     .answer = vertical_forgotten},
    {.info = {"overwritten", FORK_BUG, "",
     "Flipped in place without a copy: half of the image is lost.", NULL}, .answer = overwritten},
    /* clang-format on */
};

const struct fork_list image_flip_forks = {sizeof table / sizeof *table, table};
