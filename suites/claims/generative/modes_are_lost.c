// SPDX-License-Identifier: MIT
#include "game.h"

enum { MODES = 8, PER_MODE = 625, ITERATIONS = 10000, MADE = 1000, ENOUGH = 20 };

static const double deviation = 0.05, radius = 2;

void modes_are_lost(struct replica *r)
{
    const struct samples ring = samples_blobs(r, 1, MODES * PER_MODE, MODES, radius, deviation);
    float centre[2 * MODES];
    for (size_t k = 0; k < MODES; k++) {
        const double angle = 2 * 3.14159265358979323846 * (double)k / MODES;
        centre[2 * k] = (float)(radius * lab_cos(r, angle));
        centre[2 * k + 1] = (float)(radius * lab_sin(r, angle));
    }
    struct game game = game_play(r, &ring, 2, ITERATIONS, 0);
    const struct samples made = game_generate(r, &game, MADE, 3);
    struct ask *ask = ask_new(r, "gan_mode_coverage");
    ask_floats(ask, "samples", 2, (size_t[]){MADE, 2}, made.x);
    ask_floats(ask, "centres", 2, (size_t[]){MODES, 2}, centre);
    ask_number(ask, "deviation", deviation);
    ask_number(ask, "least", ENOUGH);
    ask_run(ask);
    const size_t covered = (size_t)ask_output(ask, "covered", 1)[0];
    for (size_t k = 0; k <= MODES; k++)
        replica_point(r, 0, k, covered == k);
    replica_effect(r, 0, covered < MODES);
    game_free(&game);
}
