// SPDX-License-Identifier: MIT
#include "saturation.h"

#define TURN R(6.28318530717958647692528676655900577)

static const real to_yiq[9] = {R(0.299),   R(0.587),  R(0.114),   R(0.5959), R(-0.2746),
                               R(-0.3213), R(0.2115), R(-0.5227), R(0.3112)};
static const real to_rgb[9] = {R(1.0),    R(0.956), R(0.619),  R(1.0),  R(-0.272),
                               R(-0.647), R(1.0),   R(-1.106), R(1.703)};

/* to = map from, or its transpose. */
static void apply(real to[3], const real *map, const real from[3], int transposed)
{
    for (size_t k = 0; k < 3; k++)
        to[k] = sum_products(0, 3, map + (transposed ? k : 3 * k), transposed ? 3 : 1, from, 1);
}

struct change {
    int yiq;
    real factor, sine, cosine;
};

static void forward(real v[3], const real x[3], const struct change *is)
{
    real mixed[3], turned[3];
    apply(mixed, to_yiq, x, 0);
    if (!is->yiq) {
        for (size_t c = 0; c < 3; c++)
            v[c] = mixed[0] + is->factor * (x[c] - mixed[0]);
        return;
    }
    turned[0] = mixed[0];
    turned[1] = is->factor * (mixed[1] * is->cosine - mixed[2] * is->sine);
    turned[2] = is->factor * (mixed[1] * is->sine + mixed[2] * is->cosine);
    apply(v, to_rgb, turned, 0);
}

static void backward(real dx[3], const real p[3], const struct change *is)
{
    real turned[3], mixed[3];
    if (!is->yiq) {
        real rest = (1 - is->factor) * sum_features(3, p, 1);
        for (size_t c = 0; c < 3; c++)
            dx[c] = is->factor * p[c] + to_yiq[c] * rest;
        return;
    }
    apply(turned, to_rgb, p, 1);
    mixed[0] = turned[0];
    mixed[1] = is->factor * (turned[1] * is->cosine + turned[2] * is->sine);
    mixed[2] = is->factor * (turned[2] * is->cosine - turned[1] * is->sine);
    apply(dx, to_yiq, mixed, 1);
}

static struct change change_of(struct call *call, int yiq, real factor, real hue)
{
    if (!(factor >= 0))
        call_fail(call, "input 'factor' has a negative element");
    if (!(real_abs(hue) <= R(0.5)))
        call_fail(call, "input 'hue' has an element beyond half a turn");
    real angle = TURN * hue;
    return (struct change){yiq, factor, real_sin(angle), real_cos(angle)};
}

void saturation_answer(struct call *call)
{
    static const char *const methods[] = {"blend", "yiq", NULL};
    int yiq = call_choice(call, "method", methods);
    struct colour is = colour_read(call);
    const real *hue = yiq ? call_input(call, "hue", "N") : NULL;
    if (is.C != 3)
        call_fail(call, "input 'x' must have three channels");
    for (size_t n = 0; n < is.N; n++) {
        struct change change = change_of(call, yiq, is.factor[n], yiq ? hue[n] : 0);
        for (size_t i = 0; i < is.pixels; i++) {
            real x[3], v[3], passed[3], dx[3];
            size_t at = n * 3 * is.pixels + i;
            for (size_t c = 0; c < 3; c++)
                x[c] = is.x[at + c * is.pixels];
            forward(v, x, &change);
            for (size_t c = 0; c < 3; c++)
                colour_store(call, &is, at + c * is.pixels, v[c], &passed[c]);
            backward(dx, passed, &change);
            for (size_t c = 0; c < 3; c++)
                is.dx[at + c * is.pixels] = dx[c];
        }
    }
}
