// SPDX-License-Identifier: MIT
/* Argmax and argmin; definition in reference/gradients/argmax.h.
 *
 * How it is distributed: the samples are sharded. Along the features nothing crosses the network.
 * Along the samples the best values of all ranks do, and then the positions of those that have
 * them: largest values of a set, which are the same in any order.
 */
#include "../techniques.h"

#include <math.h>

struct search {
    scalar sign; /* -1: the smallest */
    bool last;
};

static bool better(const struct search *s, scalar x, scalar y)
{
    return s->last ? s->sign * x >= s->sign * y : s->sign * x > s->sign * y;
}

static void along_features(struct question *q, const struct search *s, const scalar *x)
{
    const scalar *dy = question_input(q, "dy", "[N]");
    const size_t C = question_size(q, 'C');
    scalar *index = question_output(q, "index", "[N]"), *y = question_output(q, "y", "[N]");
    scalar *dx = question_output(q, "dx", "[N]C");
    for (size_t n = 0; n < question_part(q, 'N'); n++, x += C, dx += C) {
        size_t best = 0;
        for (size_t c = 1; c < C; c++)
            best = better(s, x[c], x[best]) ? c : best;
        index[n] = (scalar)best;
        y[n] = x[best];
        dx[best] = dy[n];
    }
}

static void along_samples(struct question *q, const struct search *s, const scalar *x)
{
    const scalar *dy = question_input(q, "dy", "C");
    const size_t C = question_size(q, 'C'), count = question_part(q, 'N') * C;
    const size_t first = question_first(q, 'N');
    scalar *index = question_output(q, "index", "C"), *y = question_output(q, "y", "C");
    scalar *dx = question_output(q, "dx", "[N]C"), direction = s->last ? 1 : -1;
    for (size_t c = 0; c < C; c++)
        y[c] = index[c] = (scalar)-INFINITY;
    for (size_t i = 0; i < count; i++)
        y[i % C] = s->sign * x[i] > y[i % C] ? s->sign * x[i] : y[i % C];
    reduce_largest(question_team(q), y, C);
    for (size_t i = 0; i < count; i++) {
        const scalar place = direction * (scalar)(first + i / C);
        if (s->sign * x[i] == y[i % C] && place > index[i % C])
            index[i % C] = place;
    }
    reduce_largest(question_team(q), index, C);
    for (size_t c = 0; c < C; c++) {
        index[c] = scalar_absolute(index[c]);
        y[c] = s->sign * y[c];
    }
    for (size_t i = 0; i < count; i++)
        dx[i] = (scalar)(first + i / C) == index[i % C] ? dy[i % C] : 0;
}

void argmax_run(struct question *q)
{
    static const char *const extremum[] = {"largest", "smallest", NULL};
    static const char *const axes[] = {"features", "samples", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    const struct search s = {.sign = question_choice(q, "extremum", extremum) == 1 ? -1 : 1,
                             .last = question_choice(q, "ties", ties) == 1};
    const bool samples = question_choice(q, "axis", axes) == 1;
    const scalar *x = question_input(q, "x", "[N]C");
    if (samples)
        along_samples(q, &s, x);
    else
        along_features(q, &s, x);
}
