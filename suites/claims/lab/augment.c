// SPDX-License-Identifier: MIT
#include "augment.h"

#include "ask.h"

#include <math.h>
#include <string.h>

enum { AUGMENT_STREAM = 64000, KINDS = 6 };

/* Numbers drawn for one epoch. */
struct draw {
    struct replica *r;
    uint64_t stream;
    struct samples *samples;
    size_t side;
};

static struct ask *ask_images(const struct draw *draw, const char *technique)
{
    struct ask *ask = ask_new(draw->r, technique);
    const size_t dim[] = {draw->samples->count, 1, draw->side, draw->side};
    ask_floats(ask, "x", 4, dim, draw->samples->x);
    return ask;
}

static void take_images(const struct draw *draw, struct ask *ask)
{
    const size_t count = draw->samples->count * draw->samples->features;
    ask_run(ask);
    memcpy(draw->samples->x, ask_output(ask, "y", count), count * sizeof(float));
}

static void turn(const struct draw *draw, double degrees)
{
    const size_t N = draw->samples->count;
    float *angle = lab_floats(draw->r, N);
    for (size_t n = 0; n < N; n++)
        angle[n] = (float)(degrees * (2 * lab_uniform(draw->r, draw->stream, n) - 1));
    struct ask *ask = ask_images(draw, "image_rotation");
    ask_floats(ask, "angle", 1, &N, angle);
    take_images(draw, ask);
}

/* Whole numbers from `least` on, `values` of them, as an input. */
static void ask_drawn(const struct draw *draw, struct ask *ask, const char *name, uint64_t kind,
                      int least, size_t values)
{
    const size_t N = draw->samples->count;
    int *drawn = lab_take(draw->r, N, sizeof *drawn);
    for (size_t n = 0; n < N; n++)
        drawn[n] = least + (int)lab_below(draw->r, draw->stream + kind, n, values);
    ask_integers(ask, name, 1, &N, drawn);
}

static void move(const struct draw *draw, size_t shift)
{
    struct ask *ask = ask_images(draw, "image_translation");
    ask_drawn(draw, ask, "down", 1, -(int)shift, 2 * shift + 1);
    ask_drawn(draw, ask, "right", 2, -(int)shift, 2 * shift + 1);
    take_images(draw, ask);
}

static void mirror(const struct draw *draw)
{
    struct ask *ask = ask_images(draw, "image_flip");
    ask_drawn(draw, ask, "flip_horizontal", 3, 0, 2);
    ask_drawn(draw, ask, "flip_vertical", 4, 0, 2);
    take_images(draw, ask);
}

static void disturb(const struct draw *draw, double noise)
{
    const size_t count = draw->samples->count * draw->samples->features;
    float *normal = lab_floats(draw->r, count);
    lab_normal(draw->r, draw->stream + 5, normal, count);
    for (size_t i = 0; i < count; i++)
        draw->samples->x[i] += (float)noise * normal[i];
}

void augment(struct fit *fit, struct samples *samples)
{
    const struct augmentation *change = fit->plan->context;
    struct replica *r = fit->net->replica;
    const struct draw draw = {.r = r,
                              .stream = ((uint64_t)AUGMENT_STREAM << 32) + KINDS * fit->epoch,
                              .samples = samples,
                              .side = (size_t)sqrt((double)samples->features)};
    const struct arena kept = lab_borrow(r);
    memcpy(samples->x, change->from->x, samples->count * samples->features * sizeof(float));
    if (change->degrees > 0)
        turn(&draw, change->degrees);
    if (change->shift > 0)
        move(&draw, change->shift);
    if (change->flips)
        mirror(&draw);
    if (change->noise > 0)
        disturb(&draw, change->noise);
    lab_return(r, kept);
}
