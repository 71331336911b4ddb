// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/gaussian_blur.h"
#include "../fork.h"

enum {
    IN_TWO_DIMENSIONS, /* (correct) */
    NOT_NORMALIZED,
    DENSITY_NOT_NORMALIZED,
    SIGMA_IS_VARIANCE,
    HALF_FORGOTTEN,
    INTEGRATED,
    BOX,
    SIGMA_BY_SIZE,
    FIRST_SIGMA,
    SIDES_EXCHANGED,
    ROWS_ALONE,
    COLUMNS_ALONE,
    ONE_BESIDE,
    LAST_WEIGHT_LOST,
    RENORMALIZED_AT_BORDER,
    FILL_ZERO,
    EDGE_ALWAYS,
    MIRRORS_EXCHANGED,
    FIRST_CHANNEL,
    GRADIENT_NOT_BLURRED,
    GRADIENT_BLURRED_FORWARDS,
    GRADIENT_OF_BORDER_LOST
};

static real density(int variant, real j, real sigma)
{
    real a = j / sigma;
    switch (variant) {
    case SIGMA_IS_VARIANCE:
        return real_exp(-(j * j) / (2 * sigma));
    case HALF_FORGOTTEN:
        return real_exp(-a * a);
    case INTEGRATED:
        a = real_sqrt(R(0.5)) / sigma;
        return real_erfc((j - R(0.5)) * a) - real_erfc((j + R(0.5)) * a);
    case BOX:
        return 1;
    case DENSITY_NOT_NORMALIZED:
        return real_exp(a * a * R(-0.5)) / sigma * real_sqrt(1 / R(6.28318530717958647692528676));
    default:
        return real_exp(a * a * R(-0.5));
    }
}

static void find_weights(int variant, real *weight, long length, const real *sigma)
{
    long r = (length - 1) / 2;
    real sum = 0, width = sigma && variant != SIGMA_BY_SIZE
                              ? *sigma
                              : R(0.3) * real_count((size_t)r) + R(0.5);
    for (long k = length; k-- > 0;) {
        weight[k] = density(variant, (real)(k - r), width);
        sum += weight[k];
    }
    for (long k = 0; k < length; k++)
        weight[k] = variant == NOT_NORMALIZED || variant == DENSITY_NOT_NORMALIZED
                        ? weight[k]
                        : weight[k] / sum;
    if (variant == LAST_WEIGHT_LOST && length > 1)
        weight[length - 1] = 0;
}

struct plane {
    int variant;
    long H, W, height, width;
    enum border border;
    real fill;
    const real *across, *down;
};

static enum border border_of(enum border border, int variant)
{
    if (variant == MIRRORS_EXCHANGED && border == BORDER_REFLECT)
        return BORDER_SYMMETRIC;
    if (variant == MIRRORS_EXCHANGED && border == BORDER_SYMMETRIC)
        return BORDER_REFLECT;
    return variant == EDGE_ALWAYS ? BORDER_EDGE : border;
}

/* All that pixel i looks at, directly: y[i], and dx unless NULL. */
static void look(const struct plane *is, size_t i, real *y, const real *x, real *dx, const real *dy)
{
    long h = (long)i / is->W, w = (long)i % is->W, beside = is->variant == ONE_BESIDE;
    real sum = 0, inside = 0, back = 0;
    for (long k = is->height * is->width; k-- > 0;) {
        long p = h + k / is->width - (is->height - 1) / 2;
        long q = w + k % is->width - (is->width - 1) / 2 + beside;
        long row = border_place(p, is->H, is->border), column = border_place(q, is->W, is->border);
        real weight = is->down[k / is->width] * is->across[k % is->width];
        if (row < 0 || column < 0) {
            sum += is->variant == FILL_ZERO ? 0 : weight * is->fill;
            continue;
        }
        long from = row * is->W + column;
        sum += weight * x[from];
        inside += weight;
        if (!dx)
            continue;
        back += weight * dy[from];
        if (is->variant != GRADIENT_OF_BORDER_LOST || (row == p && column == q))
            dx[from] += weight * dy[i];
    }
    y[i] = is->variant == RENORMALIZED_AT_BORDER && is->border == BORDER_FILL
               ? (sum - (1 - inside) * is->fill) / inside
               : sum;
    if (dx && is->variant == GRADIENT_BLURRED_FORWARDS)
        y[i] = back; /* kept for dx, see below */
}

static void run_plane(const struct plane *is, real *y, const real *x, real *dx, const real *dy)
{
    size_t pixels = (size_t)(is->H * is->W);
    for (size_t i = pixels; i-- > 0;)
        look(is, i, y, x, dx, dy);
    if (dx && is->variant == GRADIENT_BLURRED_FORWARDS) {
        for (size_t i = 0; i < pixels; i++)
            dx[i] = y[i];
        for (size_t i = 0; i < pixels; i++)
            look(is, i, y, x, NULL, NULL);
    }
    for (size_t i = 0; dx && is->variant == GRADIENT_NOT_BLURRED && i < pixels; i++)
        dx[i] = dy[i];
}

static void rival(struct call *call)
{
    static const real alone[] = {1};
    const real *x = call_input(call, "x", "NCHW");
    size_t N = call_size(call, 'N'), C = call_size(call, 'C');
    struct plane is = {.variant = call_variant(call),
                       .H = (long)call_size(call, 'H'),
                       .W = (long)call_size(call, 'W')};
    const char *first = "height", *second = "width";
    int exchanged = is.variant == SIDES_EXCHANGED;
    is.height = (long)call_count(call, exchanged ? second : first, 1, 255);
    is.width = (long)call_count(call, exchanged ? first : second, 1, 255);
    if (is.variant == ROWS_ALONE)
        is.height = 1;
    if (is.variant == COLUMNS_ALONE)
        is.width = 1;
    is.border = border_of(border_read(call), is.variant);
    is.fill = call_number_or(call, "fill", 0);
    const real *sigma = call_has(call, "sigma") ? call_input(call, "sigma", "N") : NULL;
    real *across = call_scratch(call, (size_t)is.width);
    real *down = call_scratch(call, (size_t)is.height), *y = call_output(call, "y", "NCHW");
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NCHW") : NULL;
    real *dx = dy ? call_output(call, "dx", "NCHW") : NULL;
    for (size_t plane = 0; plane < N * C; plane++) {
        size_t n = is.variant == FIRST_SIGMA ? 0 : plane / C, at = plane * (size_t)(is.H * is.W);
        find_weights(is.variant, across, is.width, sigma ? sigma + n : NULL);
        find_weights(is.variant, down, is.height, sigma ? sigma + n : NULL);
        struct plane one = is;
        one.across = across;
        one.down = down;
        if (is.variant == FIRST_CHANNEL && plane % C > 0) {
            one.height = one.width = 1;
            one.across = one.down = alone;
        }
        run_plane(&one, y + at, x + at, dx ? dx + at : NULL, dy ? dy + at : NULL);
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"in_two_dimensions", FORK_TWIN, "", "One sum over the whole kernel, from its end.",
     NULL}, .answer = rival, .variant = IN_TWO_DIMENSIONS},
    {.info = {"not_normalized", FORK_BUG, "", "The weights do not add up to 1.", NULL},
     .answer = rival, .variant = NOT_NORMALIZED},
    {.info = {"density_not_normalized", FORK_BUG, "",
     "The density itself, which adds up to 1 over the line but not over the kernel.", NULL},
     .answer = rival, .variant = DENSITY_NOT_NORMALIZED},
    {.info = {"sigma_taken_for_variance", FORK_BUG, "", "sigma is not squared.", NULL},
     .answer = rival, .variant = SIGMA_IS_VARIANCE},
    {.info = {"half_forgotten", FORK_BUG, "", "exp(-j^2 / sigma^2).", NULL}, .answer = rival,
     .variant = HALF_FORGOTTEN},
    {.info = {"integrated", FORK_CONVENTION, "", "The density is integrated over each pixel.",
     NULL}, .answer = rival, .variant = INTEGRATED},
    {.info = {"box", FORK_CONVENTION, "", "All weights alike.", NULL}, .answer = rival,
     .variant = BOX},
    {.info = {"sigma_by_size_always", FORK_CONVENTION, "",
     "The size of the kernel decides although a sigma is given.", NULL}, .answer = rival,
     .variant = SIGMA_BY_SIZE},
    {.info = {"first_sigma_for_all", FORK_CONVENTION, "",
     "All images share the sigma of the first.", NULL}, .answer = rival, .variant = FIRST_SIGMA},
    {.info = {"sides_exchanged", FORK_BUG, "", "Height and width of the kernel are exchanged.",
     NULL}, .answer = rival, .variant = SIDES_EXCHANGED},
    {.info = {"along_rows_alone", FORK_BUG, "", "The second pass is forgotten.", NULL},
     .answer = rival, .variant = ROWS_ALONE},
    {.info = {"along_columns_alone", FORK_BUG, "", "The first pass is forgotten.", NULL},
     .answer = rival, .variant = COLUMNS_ALONE},
    {.info = {"one_pixel_beside", FORK_BUG, "", "The kernel stands one pixel beside its middle.",
     NULL}, .answer = rival, .variant = ONE_BESIDE},
    {.info = {"last_weight_lost", FORK_BUG, "", "The last weight is not used.", NULL},
     .answer = rival, .variant = LAST_WEIGHT_LOST},
    {.info = {"renormalized_at_border", FORK_CONVENTION, "",
     "Only pixels of the image count at the border.", NULL}, .answer = rival,
     .variant = RENORMALIZED_AT_BORDER},
    {.info = {"filled_with_zero", FORK_BUG, "", "The fill is ignored.", NULL}, .answer = rival,
     .variant = FILL_ZERO},
    {.info = {"edge_always", FORK_CONVENTION, "",
     "The nearest pixel repeats, whatever is asked for.", NULL}, .answer = rival,
     .variant = EDGE_ALWAYS},
    {.info = {"mirrors_exchanged", FORK_CONVENTION, "",
     "Reflect and symmetric are taken for each other.", NULL}, .answer = rival,
     .variant = MIRRORS_EXCHANGED},
    {.info = {"first_channel_alone", FORK_BUG, "", "Only the first channel is blurred.", NULL},
     .answer = rival, .variant = FIRST_CHANNEL},
    {.info = {"gradient_not_blurred", FORK_BUG, "", "The gradient passes unchanged.", NULL},
     .answer = rival, .variant = GRADIENT_NOT_BLURRED},
    {.info = {"gradient_blurred_forwards", FORK_BUG, "",
     "The gradient is blurred as an image is: right but for the border.", NULL}, .answer = rival,
     .variant = GRADIENT_BLURRED_FORWARDS},
    {.info = {"gradient_of_border_lost", FORK_BUG, "",
     "What was seen beyond the border gives no gradient.", NULL}, .answer = rival,
     .variant = GRADIENT_OF_BORDER_LOST},
    /* clang-format on */
};

const struct fork_list gaussian_blur_forks = {sizeof table / sizeof *table, table};
