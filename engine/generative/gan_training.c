// SPDX-License-Identifier: MIT
/* Training of a GAN; definition in reference/generative/gan_training.h.
 *
 * How it is distributed: batches are sharded, both players are on every rank; for each batch one
 * sum crosses the network, the learner's gradient with the loss (game.h).
 */
#include "game.h"

static void read_optimizer(struct question *q, struct game_rules *rules)
{
    static const char *const optimizers[] = {"adam", "gradient_descent", NULL};
    static const char *const placements[] = {"after_correction", "before_correction", "inside_root",
                                             NULL};
    rules->optimizer =
        question_choice(q, "optimizer", optimizers) == 1 ? GAME_GRADIENT_DESCENT : GAME_ADAM;
    rules->generator_rate = game_positive(q, "generator_rate");
    rules->discriminator_rate = game_positive(q, "discriminator_rate");
    if (rules->optimizer != GAME_ADAM)
        return;
    rules->adam = (struct adam_settings){
        .bias_correction = true,
        .epsilon_placement = (enum adam_epsilon)question_choice(q, "epsilon_placement", placements),
        .beta1 = updates_share(q, "beta1"),
        .beta2 = updates_share(q, "beta2"),
        .epsilon = updates_positive(q, "epsilon"),
    };
}

void gan_training_run(struct question *q)
{
    static const char *const goals[] = {"non_saturating", "minimax", NULL};
    static const char *const sides[] = {"one", "two", NULL};
    const bool minimax = question_choice(q, "goal", goals) == 1;
    const bool both = question_choice(q, "sides", sides) == 1;
    const scalar smoothing = question_number_or(q, "smoothing", 0);
    if (!(smoothing >= 0 && smoothing < 1))
        question_refuse(q, "its 'smoothing' is %g; give at least 0 and less than 1",
                        (double)smoothing);
    struct game_rules rules = {.real_sign = 1,
                               .fake_sign = 1,
                               .generator_sign = minimax ? -1 : 1,
                               .real_target = 1 - smoothing,
                               .fake_target = both ? smoothing : 0,
                               .generator_target = minimax ? 0 : 1};
    read_optimizer(q, &rules);
    game_play(q, &rules);
}
