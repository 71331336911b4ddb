// SPDX-License-Identifier: MIT
/* Wasserstein GAN with clipped weights; definition in reference/generative/wasserstein_critic.h.
 *
 * How it is distributed: batches are sharded, both players are on every rank; for each batch one
 * sum crosses the network, the learner's gradient with the sum of scores (game.h). Clipping is
 * elementwise on every rank.
 */
#include "game.h"

void wasserstein_critic_run(struct question *q)
{
    static const char *const clippings[] = {"after", "before", NULL};
    static const char *const signs[] = {"high_on_real", "high_on_generated", NULL};
    static const char *const optimizers[] = {"rmsprop", "gradient_descent", NULL};
    static const char *const placements[] = {"outside_root", "inside_root", NULL};
    const scalar sign = question_choice(q, "critic_sign", signs) == 1 ? -1 : 1;
    struct game_rules rules = {.wasserstein = true,
                               .real_sign = -sign,
                               .fake_sign = sign,
                               .generator_sign = -sign,
                               .clips = true,
                               .clips_before = question_choice(q, "clipping", clippings) == 1,
                               .clip = game_positive(q, "clip")};
    rules.optimizer =
        question_choice(q, "optimizer", optimizers) == 1 ? GAME_GRADIENT_DESCENT : GAME_RMSPROP;
    rules.generator_rate = game_positive(q, "generator_rate");
    rules.discriminator_rate = game_positive(q, "discriminator_rate");
    if (rules.optimizer == GAME_RMSPROP) {
        rules.epsilon_inside = question_choice(q, "epsilon_placement", placements) == 1;
        rules.rho = updates_share(q, "rho");
        rules.epsilon = updates_positive(q, "epsilon");
    }
    game_play(q, &rules);
}
