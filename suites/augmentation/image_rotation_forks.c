// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/sampling.h"
#include "../fork.h"

enum {
    BY_TENTS,
    TRANSPOSED_AXES,
    FIRST_FOat_rowALL,
    FIRST_CHANNEL,
    FILL_ZERO,
    SHEARED,
    FRACTIONS_EXCHANGED,
    TRUNCATED,
    GRADIENT_FORWARDS,
    GRADIENT_NEAREST,
    ABOUT_THE_CORNER,
    CLAMPED_WEIGHTS
};

struct turned {
    int variant, nearest;
    size_t H, W;
    enum border border;
    real fill, sine, cosine, row, column; /* the centre */
};

/* The weight of the pixel at distance d: a tent, or a box. */
static real weight(const struct turned *is, real d)
{
    if (is->nearest)
        return d >= R(-0.5) && d < R(0.5) ? 1 : 0;
    if (is->variant == TRUNCATED)
        return d > -1 && d <= 0 ? 1 : 0;
    real tent = 1 - real_abs(d);
    if (is->variant == FRACTIONS_EXCHANGED && tent > 0 && tent < 1)
        return 1 - tent;
    return tent > 0 ? tent : 0;
}

/* Adds up (dv NULL), or returns `dy`, over all pixels of the plane and around it. */
static real spread(const struct turned *is, const real *v, real *dv, real dy, real row, real column)
{
    long margin = (long)(is->H + is->W), H = (long)is->H, W = (long)is->W;
    real value = 0;
    for (long r = -margin; r < H + margin; r++) {
        real down = weight(is, (real)r - row);
        for (long c = -margin; down > 0 && c < W + margin; c++) {
            real share = down * weight(is, (real)c - column);
            long at_row = border_place(r, H, is->border),
                 at_column = border_place(c, W, is->border);
            if (!(share > 0))
                continue;
            int none = at_row < 0 || at_column < 0;
            if (dv && !none)
                dv[at_row * W + at_column] += share * dy;
            if (none && is->variant == CLAMPED_WEIGHTS)
                continue;
            value += share * (!none                      ? v[at_row * W + at_column]
                              : is->variant == FILL_ZERO ? 0
                                                         : is->fill);
        }
    }
    return value;
}

static void set_angle(struct turned *is, real angle, int radians, int clockwise)
{
    static const real quarters[] = {0, 1, 0, -1, 0};
    real quarter = angle / 90;
    if (!radians && quarter == (real)(long)quarter) {
        is->sine = quarters[((long)quarter + 8) % 4];
        is->cosine = quarters[((long)quarter + 8) % 4 + 1];
    } else {
        real half = (radians ? angle : angle * R(3.14159265358979323846264338327950288) / 180) / 2;
        is->sine = 2 * real_sin(half) * real_cos(half);
        is->cosine = 1 - 2 * real_sin(half) * real_sin(half);
    }
    if (clockwise)
        is->sine = -is->sine;
    if (is->variant == SHEARED)
        is->cosine = 1;
}

static void rotate(const struct turned *is, real *y, const real *x, real *dx, const real *dy)
{
    struct turned gradient = *is;
    if (is->variant == GRADIENT_FORWARDS)
        gradient.sine = -is->sine;
    gradient.nearest = is->nearest || is->variant == GRADIENT_NEAREST;
    for (size_t i = 0; i < is->H * is->W; i++) {
        real down = real_count(i / is->W) - is->row, across = real_count(i % is->W) - is->column;
        real row = is->sine * across + is->cosine * down + is->row;
        real column = is->cosine * across - is->sine * down + is->column;
        y[i] = spread(is, x, NULL, 0, row, column);
        row = gradient.sine * across + is->cosine * down + is->row;
        column = is->cosine * across - gradient.sine * down + is->column;
        if (dy)
            spread(&gradient, x, dx, dy[i], row, column);
    }
}

static void rival(struct call *call)
{
    static const char *const units[] = {"degrees", "radians", NULL};
    static const char *const directions[] = {"counterclockwise", "clockwise", NULL};
    static const char *const centres[] = {"pixels", "corner", NULL};
    int radians = call_choice(call, "units", units);
    int clockwise = call_choice(call, "direction", directions);
    int corner = call_choice(call, "centre", centres), variant = call_variant(call);
    const real *x = call_input(call, "x", "NCHW"), *dy = NULL,
               *angle = call_input(call, "angle", "N");
    size_t C = call_size(call, 'C'), H = call_size(call, 'H'), W = call_size(call, 'W');
    struct sampling read = sampling_read(call, H, W);
    struct turned is = {variant, read.nearest, H, W, read.border, read.fill, 0, 0, 0, 0};
    is.row = (real_count(H) - (corner ? 0 : 1)) / 2;
    is.column = (real_count(W) - (corner ? 0 : 1)) / 2;
    if (variant == ABOUT_THE_CORNER)
        is.row = is.column = 0;
    if (variant == TRANSPOSED_AXES) {
        real kept = is.row;
        is.row = is.column;
        is.column = kept;
    }
    real *y = call_output(call, "y", "NCHW"), *dx = NULL;
    if (call_has(call, "dy")) {
        dy = call_input(call, "dy", "NCHW");
        dx = call_output(call, "dx", "NCHW");
    }
    for (size_t plane = 0; plane < call_size(call, 'N') * C; plane++) {
        size_t first = plane * H * W;
        int unmoved = variant == FIRST_CHANNEL && plane % C > 0;
        real by = angle[variant == FIRST_FOat_rowALL ? 0 : plane / C];
        set_angle(&is, unmoved ? 0 : by, radians, clockwise);
        rotate(&is, y + first, x + first, dx ? dx + first : NULL, dy ? dy + first : NULL);
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_tents", FORK_TWIN, "",
     "Every pixel of the plane, repeated, weighted by its tent; sines by half angles.", NULL},
     .answer = rival, .variant = BY_TENTS},
    {.info = {"direction_exchanged", FORK_CONVENTION, "", "Clockwise for counterclockwise.", NULL},
     .instead = {"direction", "clockwise"}},
    {.info = {"counterclockwise_always", FORK_CONVENTION, "",
     "Counterclockwise whatever is asked for.", NULL}, .instead = {"direction",
     "counterclockwise"}},
    {.info = {"corner_for_pixels", FORK_CONVENTION, "", "The centre is H / 2: half a pixel off.",
     NULL}, .instead = {"centre", "corner"}},
    {.info = {"pixels_for_corner", FORK_CONVENTION, "",
     "The centre is (H - 1) / 2 whatever is asked for.", NULL}, .instead = {"centre", "pixels"}},
    {.info = {"about_the_corner", FORK_BUG, "", "Turned about the first pixel.", NULL},
     .answer = rival, .variant = ABOUT_THE_CORNER},
    {.info = {"centre_transposed", FORK_BUG, "", "The centre's row and column are exchanged.",
     NULL}, .answer = rival, .variant = TRANSPOSED_AXES},
    {.info = {"first_angle_for_all", FORK_CONVENTION, "",
     "All images share the angle of the first.", NULL}, .answer = rival,
     .variant = FIRST_FOat_rowALL},
    {.info = {"first_channel_alone", FORK_BUG, "", "Only the first channel is turned.", NULL},
     .answer = rival, .variant = FIRST_CHANNEL},
    {.info = {"filled_with_zero", FORK_BUG, "", "The fill is ignored.", NULL}, .answer = rival,
     .variant = FILL_ZERO},
    {.info = {"sheared", FORK_BUG, "", "The cosine is forgotten.", NULL}, .answer = rival,
     .variant = SHEARED},
    {.info = {"fractions_exchanged", FORK_BUG, "", "The nearer pixel gets the smaller weight.",
     NULL}, .answer = rival, .variant = FRACTIONS_EXCHANGED},
    {.info = {"rounded_down", FORK_BUG, "", "The pixel above and to the left, without a mixture.",
     NULL}, .answer = rival, .variant = TRUNCATED},
    {.info = {"border_not_mixed", FORK_CONVENTION, "",
     "Beyond the border counts 0 in a mixture, not the fill.", NULL}, .answer = rival,
     .variant = CLAMPED_WEIGHTS},
    {.info = {"gradient_turned_again", FORK_BUG, "", "The gradient is turned forwards, not back.",
     NULL}, .answer = rival, .variant = GRADIENT_FORWARDS},
    {.info = {"gradient_to_the_nearest", FORK_BUG, "",
     "The gradient goes to the nearest pixel alone.", NULL}, .answer = rival,
     .variant = GRADIENT_NEAREST},
    {.info = {"nearest_always", FORK_CONVENTION, "", "The nearest pixel whatever is asked for.",
     NULL}, .instead = {"interpolation", "nearest"}},
    {.info = {"bilinear_always", FORK_CONVENTION, "", "Mixtures whatever is asked for.", NULL},
     .instead = {"interpolation", "bilinear"}},
    {.info = {"always_filled", FORK_CONVENTION, "", "The fill whatever the border.", NULL},
     .instead = {"border", "fill"}},
    /* clang-format on */
};

const struct fork_list image_rotation_forks = {sizeof table / sizeof *table, table};
