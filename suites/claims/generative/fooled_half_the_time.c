// SPDX-License-Identifier: MIT
#include "cloud.h"
#include "game.h"

#include <math.h>

enum { ITERATIONS = 10000, LAST = 1000, POINTS = 20 };

/* Mean over iterations first .. end - 1: of the discriminator's share of right answers, and of its
 * two losses. */
static void watch(const struct game *game, size_t first, size_t end, double *right, double *loss)
{
    *right = *loss = 0;
    for (size_t t = first; t < end; t++) {
        *right += (double)(game->real_right[t] + game->fake_right[t]) / (2 * GAME_HALF);
        *loss += (double)(game->real_loss[t] + game->fake_loss[t]) / 2;
    }
    *right /= (double)(end - first);
    *loss /= (double)(end - first);
}

void fooled_half_the_time(struct replica *r)
{
    const struct samples data = cloud(r);
    struct game game = game_play(r, &data, 2, ITERATIONS, 0);
    double right, loss;
    for (size_t i = 0; i < POINTS; i++) {
        watch(&game, i * ITERATIONS / POINTS, (i + 1) * ITERATIONS / POINTS, &right, &loss);
        replica_point(r, 0, i, right);
        replica_point(r, 1, i, loss);
    }
    watch(&game, ITERATIONS - LAST, ITERATIONS, &right, &loss);
    replica_effect(r, 0, right >= 0.45 && right <= 0.55 && fabs(loss - lab_log(r, 2)) <= 0.05);
    game_free(&game);
}
