// SPDX-License-Identifier: MIT
/* Saturation and hue of images; definition in reference/augmentation/saturation.h.
 *
 * How it is distributed: the images are sharded. Each pixel is changed alone. Nothing crosses the
 * network and nothing is added over ranks.
 */
#include "colour.h"

static const scalar to_yiq[3][3] = {
    {(scalar)0.299, (scalar)0.587, (scalar)0.114},
    {(scalar)0.5959, (scalar)-0.2746, (scalar)-0.3213},
    {(scalar)0.2115, (scalar)-0.5227, (scalar)0.3112},
};
static const scalar to_rgb[3][3] = {
    {1, (scalar)0.956, (scalar)0.619},
    {1, (scalar)-0.272, (scalar)-0.647},
    {1, (scalar)-1.106, (scalar)1.703},
};

struct change {
    const struct team *team;
    bool yiq;
    scalar factor, sine, cosine;
};

/* Row or column k of a map times three values: one chain. */
static scalar mixed(const struct change *is, const scalar map[3][3], size_t k, bool transposed,
                    const scalar *from)
{
    scalar sum = 0;
    for (size_t j = 0; j < 3; j++)
        is->team->kernels->scale_add(1, &sum, transposed ? map[j][k] : map[k][j], &from[j]);
    return sum;
}

static void forward(const struct change *is, const scalar x[3], scalar v[3])
{
    scalar y[3], turned[3];
    for (size_t k = 0; k < 3; k++)
        y[k] = mixed(is, to_yiq, k, false, x);
    turned[0] = y[0];
    turned[1] = is->factor * (y[1] * is->cosine - y[2] * is->sine);
    turned[2] = is->factor * (y[1] * is->sine + y[2] * is->cosine);
    for (size_t k = 0; k < 3; k++)
        v[k] = is->yiq ? mixed(is, to_rgb, k, false, turned) : y[0] + is->factor * (x[k] - y[0]);
}

static void backward(const struct change *is, const scalar p[3], scalar dx[3])
{
    scalar t[3], turned[3];
    for (size_t k = 0; k < 3; k++)
        t[k] = mixed(is, to_rgb, k, true, p);
    turned[0] = t[0];
    turned[1] = is->factor * (t[1] * is->cosine + t[2] * is->sine);
    turned[2] = is->factor * (t[2] * is->cosine - t[1] * is->sine);
    const scalar rest = (1 - is->factor) * (p[0] + p[1] + p[2]);
    for (size_t k = 0; k < 3; k++)
        dx[k] =
            is->yiq ? mixed(is, to_yiq, k, true, turned) : is->factor * p[k] + to_yiq[0][k] * rest;
}

static void map_image(const struct change *is, scalar *to, const scalar *from, size_t pixels,
                      void (*map)(const struct change *, const scalar *, scalar *))
{
    for (size_t i = 0; i < pixels; i++) {
        const scalar pixel[3] = {from[i], from[pixels + i], from[2 * pixels + i]};
        scalar result[3];
        map(is, pixel, result);
        for (size_t c = 0; c < 3; c++)
            to[c * pixels + i] = result[c];
    }
}

void saturation_run(struct question *q)
{
    static const char *const methods[] = {"blend", "yiq", NULL};
    const bool yiq = question_choice(q, "method", methods) == 1;
    const struct colours is = colours_read(q, 0);
    if (is.C != 3)
        question_refuse(q, "its input 'x' is no colour image; give three channels");
    const scalar *hue = yiq ? question_input(q, "hue", "M") : NULL;
    for (size_t n = 0; yiq && n < question_size(q, 'N'); n++)
        if (!(scalar_absolute(hue[n]) <= (scalar)0.5))
            question_refuse(q, "its input 'hue' exceeds half a turn; give turns");
    struct change change = {.team = question_team(q), .yiq = yiq};
    for (size_t n = 0, size = 3 * is.pixels; n < is.images; n++) {
        scalar angle = yiq ? (scalar)6.2831853071795864769 * hue[question_first(q, 'N') + n] : 0;
        change.factor = is.factor[n];
        change.team->kernels->sine(1, &change.sine, &angle);
        change.team->kernels->cosine(1, &change.cosine, &angle);
        map_image(&change, is.passed, is.x + n * size, is.pixels, forward);
        colours_store(&is, n, is.passed);
        if (is.dx != NULL)
            map_image(&change, is.dx + n * size, is.passed, is.pixels, backward);
    }
}
