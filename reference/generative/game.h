// SPDX-License-Identifier: MIT
/* game.h - the loop that gan_training.h and wasserstein_critic.h define: two players who are
 * trained in turn, on samples and noise that are given. */
#pragma once

#include "../optimizers/adam.h"
#include "../optimizers/rmsprop.h"
#include "player.h"

enum game_loss { GAME_CROSS_ENTROPY, GAME_WASSERSTEIN };
enum game_optimizer { GAME_ADAM, GAME_GRADIENT_DESCENT, GAME_RMSPROP };
enum game_combine { GAME_SUM, GAME_HALF, GAME_POOLED };
enum game_clipping { GAME_CLIP_NEVER, GAME_CLIP_AFTER, GAME_CLIP_BEFORE };

/* What the two techniques set. A batch of scores z has the loss sign b(z, target), where b is the
 * cross-entropy of logits or, for the critic, z itself. */
struct game_rules {
    enum game_loss loss;
    enum game_optimizer optimizer;
    struct adam_rules adam;
    struct rmsprop_rules rmsprop;
    real generator_rate, discriminator_rate;
    real real_target, fake_target, real_sign, fake_sign;
    real generator_target, generator_sign;
    enum game_clipping clipping;
    real clip;
};

/* Number `name`, which must be above 0. */
real game_positive(struct call *call, const char *name);

/* Reads players, data and the remaining conventions, plays, and makes all outputs. */
void game_play(struct call *call, const struct game_rules *rules);

/* b(z, t) = t softplus(-z) + (1 - t) softplus(z) and its derivative by z. */
real game_cross_entropy(real z, real t, real *slope);
