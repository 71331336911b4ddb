// SPDX-License-Identifier: MIT
#include "wasserstein_critic.h"

static void read_optimizer(struct call *call, struct game_rules *rules)
{
    static const char *const optimizers[] = {"rmsprop", "gradient_descent", NULL};
    static const char *const placements[] = {"outside_root", "inside_root", NULL};
    rules->optimizer =
        call_choice(call, "optimizer", optimizers) ? GAME_GRADIENT_DESCENT : GAME_RMSPROP;
    rules->generator_rate = game_positive(call, "generator_rate");
    rules->discriminator_rate = game_positive(call, "discriminator_rate");
    if (rules->optimizer != GAME_RMSPROP)
        return;
    rules->rmsprop.epsilon_placement =
        (enum rmsprop_epsilon)call_choice(call, "epsilon_placement", placements);
    rules->rmsprop.rho = updates_share(call, "rho");
    rules->rmsprop.epsilon = updates_positive(call, "epsilon");
}

struct game_rules wasserstein_critic_rules(struct call *call)
{
    static const char *const clippings[] = {"after", "before", NULL};
    static const char *const signs[] = {"high_on_real", "high_on_generated", NULL};
    struct game_rules rules = {.loss = GAME_WASSERSTEIN};
    rules.clipping = call_choice(call, "clipping", clippings) ? GAME_CLIP_BEFORE : GAME_CLIP_AFTER;
    rules.fake_sign = call_choice(call, "critic_sign", signs) ? R(-1.0) : R(1.0);
    rules.real_sign = rules.generator_sign = -rules.fake_sign;
    rules.clip = game_positive(call, "clip");
    read_optimizer(call, &rules);
    return rules;
}

void wasserstein_critic_answer(struct call *call)
{
    struct game_rules rules = wasserstein_critic_rules(call);
    game_play(call, &rules);
}
