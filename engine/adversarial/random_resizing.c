// SPDX-License-Identifier: MIT
/* Random resizing and padding; definition in reference/adversarial/random_resizing.h.
 *
 * How it is distributed: the images are sharded, each with its own draws. Nothing crosses the
 * network and nothing is added over ranks, but the number of impossible draws; within an image the
 * gradient is added in the order of the pixels of y.
 */
#include "../augmentation/sampling.h"

struct canvas {
    size_t C, H, W, P, low, high;
    size_t extra; /* 1: the ends of ranges are drawn too */
    bool free;
    int coordinates;
    struct sampler sampler;
    scalar *rows, *columns; /* positions, (P) each */
};

static void positions(scalar *at, int coordinates, size_t P, size_t H)
{
    for (size_t p = 0; p < P; p++) {
        if (coordinates == 1)
            at[p] = P == 1 ? 0 : (scalar)p * ((scalar)(H - 1) / (scalar)(P - 1));
        else if (coordinates == 3)
            at[p] = (scalar)(p * H / P);
        else if (coordinates == 2)
            at[p] = (scalar)p * ((scalar)H / (scalar)P);
        else
            at[p] = ((scalar)p + (scalar)0.5) * ((scalar)H / (scalar)P) - (scalar)0.5;
    }
}

static struct canvas canvas_read(struct question *q)
{
    static const char *const names[] = {"half_pixel", "align_corners", "asymmetric", "floor", NULL};
    static const char *const ranges[] = {"exclusive", "inclusive", NULL};
    static const char *const aspects[] = {"square", "free", NULL};
    enum { MOST = 4096 };
    struct canvas is = {.C = question_size(q, 'C'),
                        .H = question_size(q, 'H'),
                        .W = question_size(q, 'W'),
                        .low = question_count(q, "low", 1, MOST),
                        .high = question_count(q, "high", 1, MOST),
                        .extra = (size_t)question_choice(q, "range", ranges),
                        .free = question_choice(q, "aspect", aspects) == 1,
                        .coordinates = question_choice(q, "coordinates", names)};
    is.P = question_count_or(q, "canvas", is.high, 1, MOST);
    if (is.H * is.W == 0)
        question_refuse(q, "its input 'x' has images without pixels; give some");
    if (is.low > is.high)
        question_refuse(q, "its 'low' is above its 'high'");
    if (is.high > is.P)
        question_refuse(q, "its 'canvas' is below its 'high'");
    is.sampler = sampler_read(q, is.H, is.W);
    is.sampler.beyond = NEAREST;
    is.rows = question_scratch(q, is.P);
    is.columns = question_scratch(q, is.P);
    return is;
}

static void check_draws(struct question *q, const scalar *u)
{
    if (question_size(q, 'U') != 4)
        question_refuse(q, "its input 'uniform' has not four draws a sample");
    long long outside = 0;
    for (size_t i = 0; i < 4 * question_part(q, 'N'); i++)
        outside += !(u[i] >= 0 && u[i] < 1);
    reduce_integers(question_team(q), &outside, 1);
    if (outside > 0)
        question_refuse(q, "%lld elements of its input 'uniform' are not in [0, 1)", outside);
}

/* One image: its size and offset from four draws, then y, and dx unless it is NULL. */
static void place(const struct canvas *is, const scalar *u, scalar *size, scalar *offset,
                  const scalar *x, scalar *y, const scalar *dy, scalar *dx)
{
    const size_t P = is->P;
    size_t extent[2], corner[2];
    for (size_t side = 0; side < 2; side++) {
        const scalar sizes = (scalar)(is->high - is->low + is->extra);
        extent[side] = is->low + (size_t)(u[is->free ? side : 0] * sizes);
        const scalar places = (scalar)(P - extent[side] + is->extra);
        corner[side] = (size_t)(u[2 + side] * places);
        size[side] = (scalar)extent[side];
        offset[side] = (scalar)corner[side];
    }
    positions(is->rows, is->coordinates, extent[0], is->H);
    positions(is->columns, is->coordinates, extent[1], is->W);
    for (size_t i = 0; i < is->C * P * P; i++) {
        const size_t row = i / P % P, column = i % P, from = i / (P * P) * is->H * is->W;
        y[i] = is->sampler.fill;
        if (row < corner[0] || row >= corner[0] + extent[0] || column < corner[1] ||
            column >= corner[1] + extent[1])
            continue;
        const struct corners corners = sampler_corners(&is->sampler, is->rows[row - corner[0]],
                                                       is->columns[column - corner[1]]);
        y[i] = sampler_value(&is->sampler, &corners, x + from);
        if (dx != NULL)
            sampler_return(&corners, dx + from, dy[i]);
    }
}

void random_resizing_run(struct question *q)
{
    const scalar *x = question_input(q, "x", "[N]CHW"), *dy = NULL;
    const struct canvas is = canvas_read(q);
    const scalar *u = question_input(q, "uniform", "[N]U");
    check_draws(q, u);
    question_bind(q, 'P', is.P);
    question_bind(q, 'T', 2);
    scalar *size = question_output(q, "size", "[N]T"),
           *offset = question_output(q, "offset", "[N]T");
    scalar *y = question_output(q, "y", "[N]CPP"), *dx = NULL;
    if (question_has(q, "dy")) {
        dy = question_input(q, "dy", "[N]CPP");
        dx = question_output(q, "dx", "[N]CHW");
    }
    const size_t in = is.C * is.H * is.W, out = is.C * is.P * is.P;
    for (size_t n = 0; n < question_part(q, 'N'); n++)
        place(&is, u + 4 * n, size + 2 * n, offset + 2 * n, x + n * in, y + n * out,
              dy != NULL ? dy + n * out : NULL, dx != NULL ? dx + n * in : NULL);
}
