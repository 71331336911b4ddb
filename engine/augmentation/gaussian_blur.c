// SPDX-License-Identifier: MIT
/* Gaussian blur; definition in reference/augmentation/gaussian_blur.h.
 *
 * How it is distributed: the images are sharded and blurred where they are. What was drawn is
 * whole, so that all ranks notice an impossible one. Nothing crosses the network and nothing is
 * added over ranks.
 *
 * Whole lines are added at a time: for each place of the kernel, every line of a plane that it
 * looks at.
 */
#include "border.h"

struct blur {
    const struct team *team;
    size_t length, size, stride, lines, line; /* of a plane: `lines` lines, `line` apart */
    scalar fill;
    long *places; /* (size + length - 1) */
    scalar *weight;
};

static void find_weights(const struct blur *is, scalar sigma)
{
    const scalar divisor = 2 * sigma * sigma;
    const long r = ((long)is->length - 1) / 2;
    scalar sum = 0;
    for (long k = 0; k < (long)is->length; k++)
        is->weight[k] = -((scalar)((k - r) * (k - r)) / divisor);
    is->team->kernels->exponential(is->length, is->weight, is->weight);
    for (size_t k = 0; k < is->length; k++)
        sum += is->weight[k];
    for (size_t k = 0; k < is->length; k++)
        is->weight[k] = is->weight[k] / sum;
}

/* y gets one plane of x; or, when `back`, y is added to by its transpose. */
static void blur_plane(const struct blur *is, scalar *y, const scalar *x, bool back)
{
    for (size_t l = 0; l < is->lines; l++)
        for (size_t i = 0; i < is->size; i++)
            for (size_t k = 0; k < is->length; k++) {
                const long place = is->places[i + k];
                const size_t here = l * is->line + i * is->stride;
                const size_t there = l * is->line + (size_t)place * is->stride;
                const scalar *seen = place < 0 ? &is->fill : &x[there];
                if (!back)
                    is->team->kernels->scale_add(1, &y[here], is->weight[k], seen);
                else if (place >= 0)
                    is->team->kernels->scale_add(1, &y[there], is->weight[k], &x[here]);
            }
}

static struct blur blur_create(struct question *q, const char *name, bool down)
{
    const size_t H = question_size(q, 'H'), W = question_size(q, 'W');
    struct blur is = {.team = question_team(q), .length = question_count(q, name, 1, 255)};
    if (is.length % 2 == 0)
        question_refuse(q, "its number '%s' is even; give an odd size", name);
    is.size = down ? H : W;
    is.stride = down ? W : 1;
    is.lines = down ? W : H;
    is.line = down ? 1 : W;
    is.fill = question_number_or(q, "fill", 0);
    is.weight = question_scratch(q, is.length);
    is.places = arena_take(question_arena(q), is.size + is.length, sizeof *is.places);
    beyond_places(is.places, -(long)(is.length - 1) / 2, is.size + is.length - 1, is.size,
                  beyond_read(q));
    return is;
}

static scalar sigma_of(const struct blur *is, const scalar *sigma, size_t n)
{
    const scalar r = (scalar)((is->length - 1) / 2);
    return sigma != NULL ? sigma[n] : (scalar)0.3 * (r - 1) + (scalar)0.8;
}

void gaussian_blur_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]CHW"), *sigma = NULL, *dy = NULL;
    const size_t N = question_size(q, 'N'), C = question_size(q, 'C');
    const size_t pixels = question_size(q, 'H') * question_size(q, 'W');
    if (N * C * pixels == 0)
        question_refuse(q, "its input 'x' has no pixels; give some");
    struct blur across = blur_create(q, "width", false), down = blur_create(q, "height", true);
    question_bind(q, 'M', N);
    if (question_has(q, "sigma"))
        sigma = question_input(q, "sigma", "M");
    for (size_t n = 0; sigma != NULL && n < N; n++)
        if (!(sigma[n] > 0))
            question_refuse(q, "its input 'sigma' is not above 0; give deviations in pixels");
    scalar *y = question_output(q, "y", "[N]CHW"), *dx = NULL;
    if (question_has(q, "dy")) {
        dy = question_input(q, "dy", "[N]CHW");
        dx = question_output(q, "dx", "[N]CHW");
    }
    scalar *between = question_scratch(q, 2 * pixels), *back = between + pixels;
    for (size_t plane = 0; plane < question_part(q, 'N') * C; plane++) {
        const size_t n = question_first(q, 'N') + plane / C, at = plane * pixels;
        find_weights(&across, sigma_of(&across, sigma, n));
        find_weights(&down, sigma_of(&down, sigma, n));
        for (size_t i = 0; i < 2 * pixels; i++)
            between[i] = 0;
        blur_plane(&across, between, x + at, false);
        blur_plane(&down, y + at, between, false);
        if (dy == NULL)
            continue;
        blur_plane(&down, back, dy + at, true);
        blur_plane(&across, dx + at, back, true);
    }
}
