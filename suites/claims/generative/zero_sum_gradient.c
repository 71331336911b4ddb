// SPDX-License-Identifier: MIT
#include "game.h"

#include <stdio.h>

enum { POINTS = 9, CHOSEN = 2 }; /* CHOSEN: the place of D = 0.01 */

/* Norm of the generator's gradient when the discriminator believes `belief` of its samples. */
static double norm(struct replica *r, double belief, const char *goal)
{
    enum { UNITS = 32 };
    struct network_plan plan = network_plan(2, 3, UNITS, 2);
    struct network *generator = network_create(r, &plan, GAME_BATCH);
    plan.units[2] = 1;
    plan.stream = 3;
    plan.loss = LOSS_BINARY_CROSS_ENTROPY;
    struct network *discriminator = network_create(r, &plan, GAME_BATCH);
    struct samples noise = samples_new(r, GAME_BATCH, 2, 0, 2);
    struct samples made = samples_new(r, GAME_BATCH, 2, 0, 1);
    float logit[GAME_BATCH];
    lab_normal(r, 1, noise.x, 2 * GAME_BATCH);
    network_outputs(generator, &noise, made.x);
    network_outputs(discriminator, &made, logit);
    /* Its last bias puts the mean logit where the belief is. */
    network_parameter(discriminator)[discriminator->bias[2]] =
        (float)(lab_log(r, belief / (1 - belief)) - lab_mean(logit, GAME_BATCH));
    struct ask *ask = ask_new(r, "generator_gradient");
    ask_floats(ask, "noise", 2, (size_t[]){GAME_BATCH, 2}, noise.x);
    struct network *const players[] = {generator, discriminator};
    static const char *const names[] = {"generator", "discriminator"};
    for (size_t k = 0; k < 2; k++)
        for (size_t l = 0, I = 2; l < 3; I = players[k]->plan.units[l++]) {
            char name[48];
            const size_t O = players[k]->plan.units[l];
            const float *w = network_parameter(players[k]);
            snprintf(name, sizeof name, "%s_w%zu", names[k], l + 1);
            ask_floats(ask, name, 2, (size_t[]){I, O}, w + players[k]->weight[l]);
            snprintf(name, sizeof name, "%s_b%zu", names[k], l + 1);
            ask_floats(ask, name, 1, (size_t[]){O}, w + players[k]->bias[l]);
        }
    ask_choice(ask, "goal", goal);
    ask_run(ask);
    network_free(generator);
    network_free(discriminator);
    return lab_norm(ask_output(ask, "dgenerator_w2", UNITS * UNITS), UNITS * UNITS);
}

void zero_sum_gradient(struct replica *r)
{
    for (size_t i = 0; i < POINTS; i++) {
        const double belief = r->claim->curve.at[i];
        const double minimax = norm(r, belief, "minimax");
        const double other = norm(r, belief, "non_saturating");
        replica_point(r, 0, i, minimax);
        replica_point(r, 1, i, other);
        if (i == CHOSEN)
            replica_effect(r, 0, lab_log10(r, other / minimax));
    }
}
