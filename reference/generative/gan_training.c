// SPDX-License-Identifier: MIT
#include "gan_training.h"

static void read_optimizer(struct call *call, struct game_rules *rules)
{
    static const char *const optimizers[] = {"adam", "gradient_descent", NULL};
    static const char *const placements[] = {"after_correction", "before_correction", "inside_root",
                                             NULL};
    rules->optimizer = (enum game_optimizer)call_choice(call, "optimizer", optimizers);
    rules->generator_rate = game_positive(call, "generator_rate");
    rules->discriminator_rate = game_positive(call, "discriminator_rate");
    if (rules->optimizer != GAME_ADAM)
        return;
    rules->adam.bias_correction = 1;
    rules->adam.epsilon_placement =
        (enum adam_epsilon)call_choice(call, "epsilon_placement", placements);
    rules->adam.beta1 = updates_share(call, "beta1");
    rules->adam.beta2 = updates_share(call, "beta2");
    rules->adam.epsilon = updates_positive(call, "epsilon");
}

struct game_rules gan_training_rules(struct call *call)
{
    static const char *const goals[] = {"non_saturating", "minimax", NULL};
    static const char *const sides[] = {"one", "two", NULL};
    struct game_rules rules = {.loss = GAME_CROSS_ENTROPY, .real_sign = 1, .fake_sign = 1};
    int minimax = call_choice(call, "goal", goals), both = call_choice(call, "sides", sides);
    real smoothing = call_number_or(call, "smoothing", R(0.0));
    if (!(smoothing >= 0 && smoothing < 1))
        call_fail(call, "number 'smoothing' must be at least 0 and below 1");
    rules.real_target = 1 - smoothing;
    rules.fake_target = both ? smoothing : R(0.0);
    rules.generator_target = minimax ? R(0.0) : R(1.0);
    rules.generator_sign = minimax ? R(-1.0) : R(1.0);
    read_optimizer(call, &rules);
    return rules;
}

void gan_training_answer(struct call *call)
{
    struct game_rules rules = gan_training_rules(call);
    game_play(call, &rules);
}
