// SPDX-License-Identifier: MIT
#include "contrast.h"

enum mean { OF_IMAGE, OF_CHANNEL, OF_GREY };

/* Values that share a mean: `count` in a row. */
static void change(struct call *call, const struct colour *is, size_t first, size_t count, real m,
                   real factor, real *passed)
{
    for (size_t i = 0; i < count; i++) {
        real v = m + factor * (is->x[first + i] - m);
        colour_store(call, is, first + i, v, &passed[i]);
    }
}

static real mean_of(const struct colour *is, size_t first, size_t count, const real *weight)
{
    if (!weight)
        return sum_features(count, is->x + first, 1) / real_count(count);
    real sum = 0;
    for (size_t c = 0; c < 3; c++)
        sum = sum_products(sum, is->pixels, is->x + first + c * is->pixels, 1, weight + c, 0);
    return sum / real_count(is->pixels);
}

void contrast_answer(struct call *call)
{
    static const char *const means[] = {"image", "channel", "grey", NULL};
    static const real grey[] = {R(0.299), R(0.587), R(0.114)};
    enum mean mean = (enum mean)call_choice(call, "mean", means);
    struct colour is = colour_read(call);
    size_t group = mean == OF_CHANNEL ? is.pixels : is.C * is.pixels;
    size_t number = mean == OF_IMAGE ? group : is.pixels;
    real *passed = call_scratch(call, group);
    if (mean == OF_GREY && is.C != 3)
        call_fail(call, "'mean' is that of a grey image, which needs three channels");
    for (size_t first = 0; first < is.N * is.C * is.pixels; first += group) {
        real factor = is.factor[first / is.pixels / is.C];
        if (!(factor >= 0))
            call_fail(call, "input 'factor' has a negative element");
        real m = mean_of(&is, first, group, mean == OF_GREY ? grey : NULL);
        change(call, &is, first, group, m, factor, passed);
        real moved = (1 - factor) * sum_features(group, passed, 1);
        for (size_t i = 0; i < group; i++) {
            real share = mean == OF_GREY ? moved * grey[i / is.pixels] : moved;
            is.dx[first + i] = factor * passed[i] + share / real_count(number);
        }
    }
}
