// SPDX-License-Identifier: MIT
/* game.h - two players trained in turn: the loop of gan_training and wasserstein_critic.
 *
 * How it is distributed: the samples and the noise of every batch are sharded by their own blocks;
 * every rank holds both players. A forward or backward pass needs nothing from other ranks. What
 * crosses the network, in one sum for each batch: the gradient of the player that learns from it,
 * its loss and the count of right guesses; chains over the samples of a canonical block, then the
 * fixed tree over the blocks. Each rank makes the same update. */
#pragma once

#include "../optimizers/optimizer.h"
#include "player.h"

enum game_optimizer { GAME_ADAM, GAME_GRADIENT_DESCENT, GAME_RMSPROP };

struct game_rules {
    bool wasserstein; /* scores, not logits */
    enum game_optimizer optimizer;
    struct adam_settings adam;
    scalar rho, epsilon; /* of RMSProp */
    bool epsilon_inside;
    scalar generator_rate, discriminator_rate;
    scalar real_target, fake_target, generator_target;
    scalar real_sign, fake_sign, generator_sign;
    bool clips, clips_before;
    scalar clip;
};

/* Number `name`, above 0. */
scalar game_positive(struct question *q, const char *name);

/* Reads players, data and the remaining conventions, plays, and makes all outputs. */
void game_play(struct question *q, const struct game_rules *rules);

/* value and slope (n) of the cross-entropy of the logits z with the target t; e is spare. */
void game_cross_entropy(const struct team *team, size_t n, const scalar *z, scalar t, scalar *e,
                        scalar *value, scalar *slope);
