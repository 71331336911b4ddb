// SPDX-License-Identifier: MIT
#include "draw.h"

#include "random.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { SEED = 0 };

/* Each name has a stream of its own: FNV-1a. */
static uint64_t stream_of(const char *name)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; name[i] != '\0'; i++) {
        hash ^= (unsigned char)name[i];
        hash *= 0x100000001B3u;
    }
    return hash;
}

/* Uniform in [0, 1), a multiple of 2^-24. */
static double fraction(uint64_t stream, uint64_t index)
{
    return (double)(random_draw(SEED, stream, index) >> 40) / 0x1000000p0;
}

/* Box and Muller: the radius from the even numbers, the angle from the odd ones. */
static void draw_normal(struct arena *arena, const struct team *team, double *value, size_t count,
                        uint64_t stream)
{
    const scalar whole_turn = (scalar)6.283185307179586476925L;
    scalar *radius = arena_take(arena, count, sizeof *radius);
    scalar *angle = arena_take(arena, count, sizeof *angle);
    for (size_t i = 0; i < count; i++) {
        radius[i] = (scalar)(fraction(stream, 2 * i) + 0x1p-24);
        angle[i] = whole_turn * (scalar)fraction(stream, 2 * i + 1);
    }
    team->kernels->logarithm(count, radius, radius);
    team->kernels->cosine(count, angle, angle);
    for (size_t i = 0; i < count; i++)
        value[i] = (double)(scalar_sqrt(-2 * radius[i]) * angle[i]);
}

static void draw_permutations(struct arena *arena, double *value, size_t rows, size_t n,
                              uint64_t stream)
{
    uint32_t *order = arena_take(arena, n, sizeof *order);
    for (size_t row = 0; row < rows; row++) {
        random_shuffle(order, n, SEED, stream + row);
        for (size_t i = 0; i < n; i++)
            value[row * n + i] = order[i];
    }
}

const struct request_array *draw_input(struct arena *arena, const struct team *team,
                                       const struct request_draw *draw)
{
    struct request_array *input = arena_take(arena, 1, sizeof *input);
    uint64_t stream = stream_of(draw->name);
    double keep = 2;
    unsigned choices = 0;
    char behind;
    *input = (struct request_array){.rank = draw->rank, .count = 1};
    memcpy(input->name, draw->name, sizeof input->name);
    memcpy(input->dim, draw->dim, sizeof input->dim);
    for (int axis = 0; axis < draw->rank; axis++)
        input->count *= draw->dim[axis];
    input->value = arena_take(arena, input->count, sizeof *input->value);
    if (strcmp(draw->law, "permutation") == 0 && draw->rank > 0) {
        size_t n = draw->dim[draw->rank - 1];
        draw_permutations(arena, input->value, n != 0 ? input->count / n : 0, n, stream);
        return input;
    }
    if (strcmp(draw->law, "normal") == 0) {
        draw_normal(arena, team, input->value, input->count, stream);
        return input;
    }
    int is_bernoulli = sscanf(draw->law, "bernoulli %lf%c", &keep, &behind) == 1;
    int is_integers = sscanf(draw->law, "integers %u%c", &choices, &behind) == 1 && choices > 0 &&
                      choices <= 65536;
    if (!is_bernoulli && !is_integers && strcmp(draw->law, "uniform") != 0)
        return NULL;
    for (size_t i = 0; i < input->count; i++) {
        double u = fraction(stream, i);
        input->value[i] = is_bernoulli ? (u < keep ? 1 : 0) : is_integers ? floor(u * choices) : u;
    }
    return input;
}
