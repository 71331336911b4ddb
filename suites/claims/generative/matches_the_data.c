// SPDX-License-Identifier: MIT
#include "cloud.h"
#include "game.h"

#include <math.h>

enum { ITERATIONS = 10000, MADE = 2000, MOMENTS = 5 };

/* Means of both coordinates, their standard deviations, and their correlation. */
static void moments(const struct samples *x, double m[MOMENTS])
{
    double sum[2] = {0, 0}, square[2] = {0, 0}, product = 0;
    for (size_t n = 0; n < x->count; n++)
        for (size_t k = 0; k < 2; k++)
            sum[k] += (double)x->x[2 * n + k] / (double)x->count;
    for (size_t n = 0; n < x->count; n++) {
        const double a = (double)x->x[2 * n] - sum[0], b = (double)x->x[2 * n + 1] - sum[1];
        square[0] += a * a;
        square[1] += b * b;
        product += a * b;
    }
    for (size_t k = 0; k < 2; k++) {
        m[k] = sum[k];
        m[2 + k] = sqrt(square[k] / (double)x->count);
    }
    m[4] = product / sqrt(square[0] * square[1]);
}

void matches_the_data(struct replica *r)
{
    const struct samples data = cloud(r);
    struct game game = game_play(r, &data, 2, ITERATIONS, 0);
    const struct samples made = game_generate(r, &game, MADE, 2);
    double m[MOMENTS];
    moments(&made, m);
    for (size_t i = 0; i < MOMENTS; i++)
        replica_point(r, 0, i, m[i]);
    const double off = sqrt((m[0] - 2) * (m[0] - 2) + (m[1] - 2) * (m[1] - 2));
    const int has_spread = fabs(m[2] - 0.5) <= 0.1 && fabs(m[3] - 0.5) <= 0.1;
    replica_effect(r, 0, off <= 0.1 && has_spread && fabs(m[4]) <= 0.2);
    game_free(&game);
}
