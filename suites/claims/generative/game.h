// SPDX-License-Identifier: MIT
/* game.h - the adversarial game of document 004 C8, played by the technique gan_training: players
 * with two hidden layers of 128 ReLU each, Keras's Adam at 0.001, separate updates of the
 * discriminator for 32 real and 32 generated samples, and a non-saturating step of the generator on
 * 64; Glorot's uniform weights. */
#pragma once

#include "../lab/ask.h"

enum { GAME_HALF = 32, GAME_BATCH = 2 * GAME_HALF, GAME_UNITS = 128, GAME_DEPTH = 3 };

struct game {
    size_t iterations, noise, features;
    const float *real_right, *fake_right; /* (iterations): of GAME_HALF each, before the update */
    const float *real_loss, *fake_loss;   /* (iterations) */
    struct network *generator, *discriminator; /* as they are at the end: freed by game_free */
};

/* Plays on samples that are drawn from `data` with replacement; noise is standard normal. Random
 * numbers of streams 40000 + stream ... . */
struct game game_play(struct replica *r, const struct samples *data, size_t noise,
                      size_t iterations, uint64_t stream);
void game_free(struct game *game);

/* x (count, features) from fresh noise of `stream`. */
struct samples game_generate(struct replica *r, const struct game *game, size_t count,
                             uint64_t stream);
