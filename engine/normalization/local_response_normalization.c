// SPDX-License-Identifier: MIT
/* Local response normalisation; definition in
 * reference/normalization/local_response_normalization.h.
 *
 * How it is distributed: the samples are sharded, and a sample's channels are never split. Nothing
 * crosses the network. Within a window, additions go through the channels in order.
 */
#include "normalization.h"

struct settings {
    size_t before, after;
    scalar factor, beta, k;
};

static struct settings read_settings(struct question *q)
{
    static const char *const shares[] = {"divided", "whole", NULL};
    static const char *const sides[] = {"before", "after", NULL};
    const size_t size = question_count_or(q, "size", 5, 1, 1000000);
    const size_t longer = size / 2, shorter = size - 1 - longer;
    const bool after = question_choice(q, "window_side", sides) == 1;
    struct settings is = {after ? shorter : longer, after ? longer : shorter,
                          question_number_or(q, "alpha", (scalar)1e-4),
                          question_number_or(q, "beta", (scalar)0.75),
                          question_number_or(q, "k", 1)};
    if (!(is.factor >= 0))
        question_refuse(q, "its number 'alpha' is %g; it must not be negative", (double)is.factor);
    if (!(is.k > 0))
        question_refuse(q, "its number 'k' is %g; it must be above 0", (double)is.k);
    if (question_choice(q, "share", shares) == 0)
        is.factor /= (scalar)size;
    return is;
}

/* What one position keeps, each (C). */
struct kept {
    scalar *s, *t, *h;
};

static void normalise(const struct team *team, const struct settings *is, const struct kept *kept,
                      size_t C, const scalar *x, scalar *y)
{
    for (size_t c = 0; c < C; c++) {
        const size_t first = c < is->before ? 0 : c - is->before;
        const size_t last = C - 1 - c < is->after ? C - 1 : c + is->after;
        scalar squares;
        team_row_products(team, 1, last - first + 1, x + first, x + first, &squares);
        kept->s[c] = is->k + is->factor * squares;
    }
    team->kernels->logarithm(C, kept->t, kept->s);
    for (size_t c = 0; c < C; c++)
        kept->t[c] = -(is->beta * kept->t[c]);
    team->kernels->exponential(C, kept->t, kept->t);
    for (size_t c = 0; c < C; c++)
        y[c] = x[c] * kept->t[c];
}

static void differentiate(const struct settings *is, const struct kept *kept, size_t C,
                          const scalar *x, const scalar *y, const scalar *dy, scalar *dx)
{
    const scalar w = 2 * is->factor * is->beta;
    for (size_t c = 0; c < C; c++)
        kept->h[c] = dy[c] * y[c] / kept->s[c];
    for (size_t c = 0; c < C; c++) {
        const size_t first = c < is->after ? 0 : c - is->after;
        const size_t last = C - 1 - c < is->before ? C - 1 : c + is->before;
        scalar sum = 0;
        for (size_t j = first; j <= last; j++)
            sum += kept->h[j];
        dx[c] = dy[c] * kept->t[c] - w * x[c] * sum;
    }
}

void local_response_normalization_run(struct question *q)
{
    const scalar *given;
    const struct maps maps = maps_read(q, &given);
    const struct settings is = read_settings(q);
    const size_t C = maps.C, all = maps.rows * maps.P * C;
    const scalar *upstream = question_has(q, "dy") ? question_input(q, "dy", maps.shape) : NULL;
    scalar *x = question_scratch(q, all), *y = question_scratch(q, all);
    scalar *dy = question_scratch(q, all), *dx = question_scratch(q, all);
    const struct kept kept = {question_scratch(q, C), question_scratch(q, C),
                              question_scratch(q, C)};
    maps_gather(&maps, x, given);
    if (upstream)
        maps_gather(&maps, dy, upstream);
    for (size_t i = 0; i < all; i += C) {
        normalise(question_team(q), &is, &kept, C, x + i, y + i);
        if (upstream)
            differentiate(&is, &kept, C, x + i, y + i, dy + i, dx + i);
    }
    maps_scatter(&maps, question_output(q, "y", maps.shape), y);
    if (upstream)
        maps_scatter(&maps, question_output(q, "dx", maps.shape), dx);
}
