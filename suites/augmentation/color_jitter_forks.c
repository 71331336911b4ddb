// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/color_jitter.h"
#include "../fork.h"

enum {
    BY_DIFFERENCES, /* (correct) */
    ORDER_STATED,
    ORDER_REVERSED,
    ORDER_OF_FIRST,
    ORDER_INVERTED,
    FACTORS_OF_FIRST,
    FACTORS_EXCHANGED,
    MEAN_OF_ALL_CHANNELS,
    MEAN_OF_EACH_CHANNEL,
    MEAN_OF_ORIGINAL,
    GREY_OF_ORIGINAL,
    MEAN_DETACHED,
    GREY_DETACHED,
    BOUNDS_PASS,
    GRADIENT_FORWARDS,
    CHANNELS_REVERSED,
    MODERN_WEIGHTS,
    BRIGHTNESS_ADDED
};

enum { SIZE = 64 }; /* elements of an image of the cases at most */

struct jitter {
    int variant, last;
    size_t pixels;
    real weight[3], factor[3];
    const real *original;
    int free[3][SIZE];
};

static real grey_of(const struct jitter *is, const real *x, size_t i)
{
    real sum = 0;
    for (size_t c = 3; c-- > 0;)
        sum += is->weight[c] * x[c * is->pixels + i];
    return sum;
}

/* What pixel i of channel c is blended with. */
static real base_of(const struct jitter *is, const real *x, int operation, size_t c, size_t i)
{
    if (operation == 0)
        return 0;
    if (operation == 2)
        return grey_of(is, is->variant == GREY_OF_ORIGINAL ? is->original : x, i);
    real sum = 0;
    for (size_t k = is->pixels; k-- > 0;) {
        if (is->variant == MEAN_OF_ALL_CHANNELS)
            sum += (x[k] + x[is->pixels + k] + x[2 * is->pixels + k]) / 3;
        else if (is->variant == MEAN_OF_EACH_CHANNEL)
            sum += x[c * is->pixels + k];
        else
            sum += grey_of(is, is->variant == MEAN_OF_ORIGINAL ? is->original : x, k);
    }
    return sum / real_count(is->pixels);
}

static void change(struct jitter *is, real *x, int operation, int step)
{
    real f = is->factor[operation], old[SIZE];
    size_t size = 3 * is->pixels;
    for (size_t i = 0; i < size; i++)
        old[i] = x[i];
    for (size_t i = 0; i < size; i++) {
        real base = base_of(is, old, operation, i / is->pixels, i % is->pixels);
        real v = old[i] + (f - 1) * (old[i] - base);
        if (operation == 0 && is->variant == BRIGHTNESS_ADDED)
            v = old[i] + (f - 1);
        int clip = !is->last || step == 2;
        is->free[step][i] = !clip || (v > 0 && v < 1) || is->variant == BOUNDS_PASS;
        x[i] = clip && v <= 0 ? 0 : clip && v >= 1 ? 1 : v;
    }
}

static void change_back(const struct jitter *is, real *p, int operation, int step)
{
    real f = is->factor[operation], all = 0;
    for (size_t i = 3 * is->pixels; i-- > 0;) {
        if (!is->free[step][i])
            p[i] = 0;
        all += p[i];
    }
    for (size_t i = 0; i < is->pixels; i++) {
        real shared = operation == 1 ? all / real_count(is->pixels)
                                     : p[i] + p[is->pixels + i] + p[2 * is->pixels + i];
        if (operation == 0 || (operation == 1 && is->variant == MEAN_DETACHED) ||
            (operation == 2 && is->variant == GREY_DETACHED))
            shared = 0;
        for (size_t c = 0; c < 3; c++) {
            real *to = &p[c * is->pixels + i];
            *to = *to + (f - 1) * (*to - is->weight[c] * shared);
        }
    }
}

/* Operation number `step` of image n. */
static int operation_of(int variant, const int *order, size_t n, int step)
{
    const int *own = order + 3 * (variant == ORDER_OF_FIRST ? 0 : n);
    if (variant == ORDER_STATED)
        return step;
    for (int k = 0; variant == ORDER_INVERTED && k < 3; k++)
        if (own[k] == step)
            return k;
    return own[variant == ORDER_REVERSED ? 2 - step : step];
}

static void rival(struct call *call)
{
    static const char *const clips[] = {"each", "last", NULL};
    const real *x = call_input(call, "x", "NCHW");
    size_t N = call_size(call, 'N');
    struct jitter is = {.variant = call_variant(call),
                        .pixels = call_size(call, 'H') * call_size(call, 'W'),
                        .weight = {R(0.299), R(0.587), R(0.114)}};
    is.last = call_choice(call, "clip", clips);
    if (is.variant == MODERN_WEIGHTS || is.variant == CHANNELS_REVERSED) {
        int modern = is.variant == MODERN_WEIGHTS;
        is.weight[0] = modern ? R(0.2126) : R(0.114);
        is.weight[1] = modern ? R(0.7152) : R(0.587);
        is.weight[2] = modern ? R(0.0722) : R(0.299);
    }
    size_t size = 3 * is.pixels;
    if (call_size(call, 'C') != 3 || size > SIZE)
        call_fail(call, "input 'x' must have three channels of few pixels");
    const int *order = call_integers(call, "order", "NO", 0, 2);
    const real *factor[] = {call_input(call, "brightness", "N"), call_input(call, "contrast", "N"),
                            call_input(call, "saturation", "N")};
    real *y = call_output(call, "y", "NCHW");
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NCHW") : NULL;
    real *dx = dy ? call_output(call, "dx", "NCHW") : NULL;
    for (size_t n = N; n-- > 0;) {
        is.original = x + n * size;
        for (size_t k = 0; k < 3; k++)
            is.factor[k] = factor[is.variant == FACTORS_EXCHANGED ? (3 - k) % 3 : k]
                                 [is.variant == FACTORS_OF_FIRST ? 0 : n];
        for (size_t i = 0; i < size; i++) {
            y[n * size + i] = x[n * size + i];
            if (dy)
                dx[n * size + i] = dy[n * size + i];
        }
        for (int k = 0; k < 3; k++)
            change(&is, y + n * size, operation_of(is.variant, order, n, k), k);
        for (int k = 3; dy && k-- > 0;) {
            int step = is.variant == GRADIENT_FORWARDS ? 2 - k : k;
            change_back(&is, dx + n * size, operation_of(is.variant, order, n, step), step);
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"by_differences", FORK_TWIN, "",
     "What is missing from factor 1, times the distance from the base, is added.", NULL},
     .answer = rival, .variant = BY_DIFFERENCES},
    {.info = {"order_as_stated", FORK_CONVENTION, "", "Always brightness, contrast, saturation.",
     NULL}, .answer = rival, .variant = ORDER_STATED},
    {.info = {"order_reversed", FORK_BUG, "", "The last operation comes first.", NULL},
     .answer = rival, .variant = ORDER_REVERSED},
    {.info = {"order_of_first_image", FORK_CONVENTION, "", "One order for the whole batch.", NULL},
     .answer = rival, .variant = ORDER_OF_FIRST},
    {.info = {"order_inverted", FORK_BUG, "",
     "order says when an operation comes instead of which one.", NULL}, .answer = rival,
     .variant = ORDER_INVERTED},
    {.info = {"factors_of_first_image", FORK_CONVENTION, "",
     "All images share the factors of the first.", NULL}, .answer = rival,
     .variant = FACTORS_OF_FIRST},
    {.info = {"factors_exchanged", FORK_BUG, "",
     "Contrast and saturation have each other's factor.", NULL}, .answer = rival,
     .variant = FACTORS_EXCHANGED},
    {.info = {"mean_of_all_channels", FORK_CONVENTION, "",
     "Contrast about the plain mean of all channels.", NULL}, .answer = rival,
     .variant = MEAN_OF_ALL_CHANNELS},
    {.info = {"mean_of_each_channel", FORK_CONVENTION, "",
     "Contrast about the mean of each channel (TensorFlow).", NULL}, .answer = rival,
     .variant = MEAN_OF_EACH_CHANNEL},
    {.info = {"mean_of_original", FORK_BUG, "",
     "Contrast about the mean of the image before the operations.", NULL}, .answer = rival,
     .variant = MEAN_OF_ORIGINAL},
    {.info = {"grey_of_original", FORK_BUG, "",
     "Saturation about the grey of the image before the operations.", NULL}, .answer = rival,
     .variant = GREY_OF_ORIGINAL},
    {.info = {"mean_detached", FORK_BUG, "", "No gradient passes through the mean.", NULL},
     .answer = rival, .variant = MEAN_DETACHED},
    {.info = {"grey_detached", FORK_BUG, "", "No gradient passes through the grey.", NULL},
     .answer = rival, .variant = GREY_DETACHED},
    {.info = {"bounds_pass", FORK_BUG, "", "Clipped pixels pass their gradient.", NULL},
     .answer = rival, .variant = BOUNDS_PASS},
    {.info = {"gradient_forwards", FORK_BUG, "",
     "The gradient goes through the operations in their own order.", NULL}, .answer = rival,
     .variant = GRADIENT_FORWARDS},
    {.info = {"channels_reversed", FORK_BUG, "", "Blue, green, red: OpenCV's order.", NULL},
     .answer = rival, .variant = CHANNELS_REVERSED},
    {.info = {"modern_weights", FORK_CONVENTION, "", "Grey by BT.709 instead of BT.601.", NULL},
     .answer = rival, .variant = MODERN_WEIGHTS},
    {.info = {"brightness_added", FORK_CONVENTION, "",
     "Brightness adds what its factor is above 1.", NULL}, .answer = rival,
     .variant = BRIGHTNESS_ADDED},
    {.info = {"clipped_once", FORK_CONVENTION, "", "Clipped at the end alone.", NULL},
     .instead = {"clip", "last"}},
    {.info = {"clipped_always", FORK_CONVENTION, "", "Clipped after every operation.", NULL},
     .instead = {"clip", "each"}},
    /* clang-format on */
};

const struct fork_list color_jitter_forks = {sizeof table / sizeof *table, table};
