// SPDX-License-Identifier: MIT
/* Colour jitter; definition in reference/augmentation/color_jitter.h.
 *
 * How it is distributed: the images are sharded and changed where they are; means are taken within
 * an image. What was drawn is whole, so that all ranks notice an impossible one. Nothing crosses
 * the network and nothing is added over ranks.
 */
#include "../techniques.h"

#include <string.h>

enum step { BRIGHTEN, CONTRAST, SATURATE, STEPS };

static const scalar part[3] = {(scalar)0.299, (scalar)0.587, (scalar)0.114};

struct jitter {
    const struct team *team;
    size_t pixels;
    bool clip_each;
    const int *order;       /* of all images */
    const scalar *drawn[3]; /* of all images */
    scalar *grey, *slope;   /* (pixels); (STEPS, 3 pixels): 0 where clipped, else 1 */
};

static scalar limited(scalar v, scalar *slope)
{
    *slope = v > 0 && v < 1 ? 1 : 0;
    return v >= 1 ? 1 : v > 0 ? v : 0;
}

/* What is blended with: the grey of each pixel, or the mean of all. */
static void find_grey(const struct jitter *is, const scalar *x, bool mean)
{
    scalar sum = 0;
    for (size_t i = 0; i < is->pixels; i++) {
        is->grey[i] = 0;
        for (size_t c = 0; c < 3; c++)
            is->team->kernels->scale_add(1, &is->grey[i], part[c], &x[c * is->pixels + i]);
        sum += is->grey[i];
    }
    for (size_t i = 0; mean && i < is->pixels; i++)
        is->grey[i] = sum / (scalar)is->pixels;
}

static void forward(const struct jitter *is, scalar *x, enum step step, scalar f, scalar *slope,
                    bool clip)
{
    if (step != BRIGHTEN)
        find_grey(is, x, step == CONTRAST);
    for (size_t i = 0; i < 3 * is->pixels; i++) {
        scalar v = f * x[i];
        if (step != BRIGHTEN)
            v += (1 - f) * is->grey[i % is->pixels];
        slope[i] = 1;
        x[i] = clip ? limited(v, &slope[i]) : v;
    }
}

static void backward(const struct jitter *is, scalar *p, enum step step, scalar f,
                     const scalar *slope)
{
    scalar sum = 0;
    for (size_t i = 0; i < 3 * is->pixels; i++) {
        p[i] = slope[i] > 0 ? p[i] : 0;
        sum += p[i];
    }
    const scalar all = (1 - f) * sum / (scalar)is->pixels;
    for (size_t i = 0; i < is->pixels; i++) {
        scalar *r = p + i, *g = r + is->pixels, *b = g + is->pixels;
        const scalar shared = step == CONTRAST ? all : (1 - f) * (*r + *g + *b);
        scalar *const channel[] = {r, g, b};
        for (size_t c = 0; c < 3; c++)
            *channel[c] = step == BRIGHTEN ? f * *channel[c] : f * *channel[c] + part[c] * shared;
    }
}

static void read_drawn(struct question *q, struct jitter *is)
{
    static const char *const names[] = {"brightness", "contrast", "saturation"};
    const size_t N = question_size(q, 'N');
    question_bind(q, 'M', N);
    question_bind(q, 'O', STEPS);
    is->order = question_integers(q, "order", "MO", 0, STEPS - 1);
    for (size_t n = 0; n < N; n++) {
        const int *o = is->order + n * STEPS;
        if ((1 << o[0] | 1 << o[1] | 1 << o[2]) != 7)
            question_refuse(q, "its input 'order' is no permutation; give 0, 1 and 2");
    }
    for (size_t k = 0; k < STEPS; k++) {
        is->drawn[k] = question_input(q, names[k], "M");
        for (size_t n = 0; n < N; n++)
            if (!(is->drawn[k][n] >= 0))
                question_refuse(q, "its input '%s' has a negative element; give factors", names[k]);
    }
}

void color_jitter_run(struct question *q)
{
    static const char *const clips[] = {"each", "last", NULL};
    const scalar *x = question_input(q, "x", "[N]CHW"), *dy = NULL;
    struct jitter is = {.team = question_team(q)};
    is.pixels = question_size(q, 'H') * question_size(q, 'W');
    is.clip_each = question_choice(q, "clip", clips) == 0;
    if (question_size(q, 'C') != 3 || is.pixels == 0)
        question_refuse(q, "its input 'x' holds no colour images; give three channels of pixels");
    read_drawn(q, &is);
    const size_t size = 3 * is.pixels, rows = question_part(q, 'N');
    is.grey = question_scratch(q, is.pixels);
    is.slope = question_scratch(q, STEPS * size);
    scalar *y = question_output(q, "y", "[N]CHW"), *dx = NULL;
    memcpy(y, x, rows * size * sizeof *y);
    if (question_has(q, "dy")) {
        dy = question_input(q, "dy", "[N]CHW");
        dx = question_output(q, "dx", "[N]CHW");
        memcpy(dx, dy, rows * size * sizeof *dx);
    }
    for (size_t n = 0; n < rows; n++) {
        const size_t at = question_first(q, 'N') + n;
        const int *order = is.order + at * STEPS;
        for (size_t k = 0; k < STEPS; k++)
            forward(&is, y + n * size, (enum step)order[k], is.drawn[order[k]][at],
                    is.slope + k * size, is.clip_each || k + 1 == STEPS);
        for (size_t k = STEPS; dx != NULL && k-- > 0;)
            backward(&is, dx + n * size, (enum step)order[k], is.drawn[order[k]][at],
                     is.slope + k * size);
    }
}
