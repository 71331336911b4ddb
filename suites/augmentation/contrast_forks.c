// SPDX-License-Identifier: MIT
#include "../../reference/augmentation/colour.h"
#include "../fork.h"

enum {
    CENTRED,
    ABOUT_HALF,
    MEAN_IS_CONSTANT,
    MEAN_OF_BATCH,
    FIRST_FOR_ALL,
    CLIPPED_GRADIENT,
    MEAN_GRADIENT_CLIPPED,
    OTHER_WEIGHTS,
    MEAN_LOST,
    DIVISOR_LESS_ONE
};

/* The weight of value i of an image in the mean of value k, before the division. */
static real weight(const struct colour *is, int mean, size_t k, size_t i, int variant)
{
    static const real grey[] = {R(0.299), R(0.587), R(0.114)},
                      modern[] = {R(0.2126), R(0.7152), R(0.0722)};
    if (mean == 1)
        return k / is->pixels == i / is->pixels ? 1 : 0;
    return mean == 0 ? 1 : (variant == OTHER_WEIGHTS ? modern : grey)[i / is->pixels];
}

static real mean_at(const struct colour *is, int mean, size_t n, size_t k, int variant)
{
    size_t size = is->C * is->pixels, number = mean == 0 ? size : is->pixels;
    size_t first = variant == MEAN_OF_BATCH ? 0 : n,
           last = variant == MEAN_OF_BATCH ? is->N : n + 1;
    real sum = 0;
    if (variant == ABOUT_HALF)
        return R(0.5);
    for (size_t i = last * size; i-- > first * size;)
        sum += weight(is, mean, k, i % size, variant) * is->x[i];
    if (variant == DIVISOR_LESS_ONE && number > 1)
        number--;
    return sum / real_count(number) / real_count(last - first);
}

static void rival(struct call *call)
{
    static const char *const means[] = {"image", "channel", "grey", NULL};
    int mean = call_choice(call, "mean", means), variant = call_variant(call);
    struct colour is = colour_read(call);
    size_t size = is.C * is.pixels, number = mean == 0 ? size : is.pixels;
    real *through = call_scratch(call, size);
    for (size_t n = 0; n < is.N; n++) {
        real f = is.factor[variant == FIRST_FOR_ALL ? 0 : n], *dx = is.dx + n * size;
        for (size_t k = 0; k < size; k++) {
            real m = mean_at(&is, mean, n, k, variant), v = f * is.x[n * size + k] + (1 - f) * m;
            if (variant == MEAN_LOST)
                v -= m;
            int low = is.clip && v <= is.low, high = is.clip && v >= is.high;
            is.y[n * size + k] = low ? is.low : high ? is.high : v;
            real dy = is.dy[n * size + k], p = low || high ? 0 : dy;
            dx[k] += f * (variant == CLIPPED_GRADIENT ? dy : p);
            real shared = variant == MEAN_GRADIENT_CLIPPED ? dy : p;
            /* The part through the mean is gathered apart: added to f p value by value, it would be
             * rounded at the size of dx each time. */
            for (size_t i = 0; variant != MEAN_IS_CONSTANT && i < size; i++)
                through[i] += shared * weight(&is, mean, k, i, variant);
        }
        for (size_t i = 0; i < size; i++) {
            dx[i] += (1 - f) * through[i] / real_count(number);
            through[i] = 0;
        }
    }
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"weighted_mean", FORK_TWIN, "",
     "A weighted mean of image and mean; the gradient through the mean is added value by value.",
     NULL}, .answer = rival, .variant = CENTRED},
    {.info = {"about_half", FORK_CONVENTION, "", "About the middle of the range, not the mean.",
     NULL}, .answer = rival, .variant = ABOUT_HALF},
    {.info = {"mean_is_constant", FORK_BUG, "", "The mean is detached: it passes no gradient.",
     NULL}, .answer = rival, .variant = MEAN_IS_CONSTANT},
    {.info = {"mean_of_batch", FORK_BUG, "", "One mean for all images.", NULL}, .answer = rival,
     .variant = MEAN_OF_BATCH},
    {.info = {"mean_not_added_back", FORK_BUG, "", "The mean is subtracted and lost.", NULL},
     .answer = rival, .variant = MEAN_LOST},
    {.info = {"divisor_less_one", FORK_BUG, "", "The mean is divided by one less.", NULL},
     .answer = rival, .variant = DIVISOR_LESS_ONE},
    {.info = {"modern_weights", FORK_CONVENTION, "", "Grey by BT.709 instead of BT.601.", NULL},
     .answer = rival, .variant = OTHER_WEIGHTS},
    {.info = {"first_factor_for_all", FORK_CONVENTION, "",
     "All images share the factor of the first.", NULL}, .answer = rival, .variant = FIRST_FOR_ALL},
    {.info = {"gradient_through_the_bounds", FORK_BUG, "", "Clipped pixels pass their gradient.",
     NULL}, .answer = rival, .variant = CLIPPED_GRADIENT},
    {.info = {"bounds_pass_to_the_mean", FORK_BUG, "",
     "Clipped pixels pass their gradient to the mean.", NULL}, .answer = rival,
     .variant = MEAN_GRADIENT_CLIPPED},
    {.info = {"image_always", FORK_CONVENTION, "", "One mean an image whatever is asked for.",
     NULL}, .instead = {"mean", "image"}},
    {.info = {"channel_always", FORK_CONVENTION, "",
     "A mean for each channel whatever is asked for.", NULL}, .instead = {"mean", "channel"}},
    {.info = {"never_clipped", FORK_CONVENTION, "", "Nothing is clipped.", NULL},
     .instead = {"clip", "no"}},
    /* clang-format on */
};

const struct fork_list contrast_forks = {sizeof table / sizeof *table, table};
