// SPDX-License-Identifier: MIT
#include "game_cases.h"

#define RATES(g, d)                                                                                \
    {"generator_rate", g},                                                                         \
    {                                                                                              \
        "discriminator_rate", d                                                                    \
    }
#define PYTORCH(c)                                                                                 \
    RATES(0.01, 0.01), {"rho", 0.99}, {"epsilon", 1e-8},                                           \
    {                                                                                              \
        "clip", c                                                                                  \
    }
#define DESCENT(c)                                                                                 \
    RATES(0.25, 0.25),                                                                             \
    {                                                                                              \
        "clip", c                                                                                  \
    }
#define BY_DESCENT                                                                                 \
    {                                                                                              \
        "optimizer", "gradient_descent"                                                            \
    }
#define TANH                                                                                       \
    {                                                                                              \
        "discriminator_activation", "tanh"                                                         \
    }
#define LAST                                                                                       \
    {                                                                                              \
        "record", "last"                                                                           \
    }
#define BEFORE                                                                                     \
    {                                                                                              \
        "clipping", "before"                                                                       \
    }
#define SMALL        .generator = {2, 2}, .discriminator = {2, 3, 1}
#define BATCHES(...) __VA_ARGS__, .block = 2

static const struct game_row rows[] = {
    {{"paper", "trajectory", "GAN-01",
      "Algorithm 1 with its numbers: 5 critic steps a generator's step, rates of 5e-5, weights "
      "within 0.01; all of them start outside.",
      0},
     {BATCHES(.T = 2, .K = 5, .N = 3, .M = 3, .B = 3, .F = 2), SMALL, .choice = {TANH, LAST},
      .number = {RATES(5e-5, 5e-5), {"rho", 0.99}, {"epsilon", 1e-8}, {"clip", 0.01}}}},
    {{"clipped_after", "trajectory", "GAN-01",
      "Some weights reach the box, others do not; the generator meets clipped ones.", 0},
     {BATCHES(.T = 3, .K = 2, .N = 5, .M = 4, .B = 3, .F = 3), SMALL, .choice = {TANH},
      .number = {PYTORCH(0.125)}, .scale = 0.2}},
    {{"clipped_before", "trajectory", "GAN-01",
      "The authors' code: clipped at the start of a step, so the generator meets weights outside "
      "the box.",
      0},
     {BATCHES(.T = 3, .K = 2, .N = 5, .M = 4, .B = 3, .F = 3), SMALL, .choice = {TANH, BEFORE},
      .number = {PYTORCH(0.125)}, .scale = 0.2}},
    {{"by_descent", "trajectory", "GAN-01",
      "Without RMSProp: the generator's gradient is the critic's slope at its samples.", 0},
     {BATCHES(.T = 2, .N = 4, .M = 6, .B = 5), SMALL, .choice = {TANH, BY_DESCENT},
      .number = {DESCENT(0.25)}, .scale = 0.3}},
    {{"high_on_generated", "trajectory", "GAN-01",
      "The authors' sign: the critic falls on real samples, the generator makes it fall.", 0},
     {BATCHES(.T = 2, .K = 2, .N = 5, .M = 5, .B = 5), SMALL,
      .choice = {TANH, BEFORE, LAST, {"critic_sign", "high_on_generated"}},
      .number = {PYTORCH(0.25)}, .scale = 0.3}},
    {{"high_on_real", "trajectory", "GAN-01",
      "All defaults stated, one critic step, descent: the other sign.", 0},
     {BATCHES(.T = 2, .K = 1, .N = 5, .M = 5, .B = 5), SMALL,
      .choice = {TANH,
                 BY_DESCENT,
                 LAST,
                 {"critic_sign", "high_on_real"},
                 {"clipping", "after"},
                 {"discriminator_update", "joint"}},
      .number = {DESCENT(0.25)}, .scale = 0.3}},
    {{"separate_updates", "trajectory", "GAN-04",
      "An update for each batch, as in Keras code: the generated scores are those of moved "
      "weights, "
      "clipped once, behind both.",
      0},
     {BATCHES(.T = 2, .N = 4, .M = 3, .B = 3), SMALL,
      .choice = {TANH, {"discriminator_update", "separate"}}, .number = {PYTORCH(0.125)},
      .scale = 0.2}},
    {{"half", "trajectory", "GAN-01", "Half of both losses moves by descent half as far.", 0},
     {BATCHES(.T = 2, .N = 4, .M = 5, .B = 3), SMALL,
      .choice = {TANH, BY_DESCENT, LAST, {"combine", "half"}}, .number = {DESCENT(0.5)},
      .scale = 0.3}},
    {{"pooled", "trajectory", "GAN-01", "One mean over 3 real and 5 generated samples.", 0},
     {BATCHES(.T = 2, .N = 3, .M = 5, .B = 3), SMALL,
      .choice = {TANH, BY_DESCENT, LAST, {"combine", "pooled"}}, .number = {DESCENT(0.5)},
      .scale = 0.3}},
    {{"keras_rmsprop", "trajectory", "GAN-01",
      "rho 0.9 and an epsilon of 1e-3 inside the root; a generator with a hidden layer.", 0},
     {BATCHES(.T = 3, .N = 4, .M = 4, .B = 4), .generator = {3, 3, 2}, .discriminator = {2, 3, 1},
      .choice =
          {TANH, LAST, {"generator_activation", "tanh"}, {"epsilon_placement", "inside_root"}},
      .number = {RATES(0.03, 0.02), {"rho", 0.9}, {"epsilon", 1e-3}, {"clip", 0.25}},
      .scale = 0.4}},
    {{"outside_root", "trajectory", "GAN-01",
      "The same epsilon outside the root, a generator with a tanh behind it.", 0},
     {BATCHES(.T = 3, .N = 4, .M = 4, .B = 4), SMALL,
      .choice = {TANH, LAST, {"generator_output", "tanh"}},
      .number = {RATES(0.03, 0.02), {"rho", 0.9}, {"epsilon", 1e-3}, {"clip", 0.25}},
      .scale = 0.4}},
    {{"shared_generator_first", "trajectory", "GAN-01",
      "The generator learns first; the critic sees the samples from before that.", 0},
     {BATCHES(.T = 2, .N = 4, .B = 4), SMALL, .choice = {TANH, LAST, {"order", "generator_first"}},
      .number = {PYTORCH(0.25)}, .scale = 0.3}},
    {{"at_the_corners", "exact", "GAN-01",
      "A linear critic in dyadic numbers whose weights are driven against the box: the clipping "
      "undoes the step, and nothing is rounded.",
      0},
     {BATCHES(.T = 1, .N = 4, .M = 4, .B = 4), .generator = {2, 2}, .discriminator = {2, 1},
      .choice = {BY_DESCENT}, .number = {RATES(0.5, 4), {"clip", 0.125}}, .data = GAME_C8, .F = 2}},
    {{"constant_critic", "trajectory", "GAN-07",
      "A critic of zeros: every distance is 0, and the generator learns nothing.", 0},
     {BATCHES(.T = 1, .N = 2, .M = 2, .B = 2), .generator = {1, 2}, .discriminator = {2, 1},
      .choice = {{"order", "generator_first"}},
      .number = {RATES(0.01, 0.01), {"rho", 0.9}, {"epsilon", 1e-3}, {"clip", 0.125}},
      .constant_last = 1}},
    {{"rectified", "trajectory", "GAN-01", "ReLU in the critic: units that are off do not move.",
      0},
     {BATCHES(.T = 2, .N = 3, .M = 3, .B = 3), SMALL, .choice = {LAST}, .number = {PYTORCH(0.25)},
      .scale = 0.3}},
    {{"many_blocks", "trajectory", "GAN-01 DST-02",
      "Batches of 13, 9 and 11 in blocks of 2: each batch has its own blocks.", 0},
     {BATCHES(.T = 2, .N = 13, .M = 9, .B = 11, .F = 5), SMALL, .choice = {TANH, LAST},
      .number = {PYTORCH(0.25)}, .scale = 0.3}},
};

static const struct refusal refusals[] = {
    {"clip_zero", "constant_critic", NUMBER_SET, "clip", 0, NULL, 0,
     "All weights would be 0 for ever."},
    {"clip_missing", "constant_critic", NUMBER_GONE, "clip", 0, NULL, 0,
     "Without a box the critic has no bound."},
    {"rate_negative", "constant_critic", NUMBER_SET, "discriminator_rate", -0.01, NULL, 0,
     "The critic would help the generator."},
    {"rho_one", "constant_critic", NUMBER_SET, "rho", 1, NULL, 0, "The mean square would stay 0."},
    {"epsilon_negative", "constant_critic", NUMBER_SET, "epsilon", -1, NULL, 0,
     "The denominator could be 0."},
    {"clipping_unknown", "constant_critic", CHOICE_SET, "clipping", 0, "sometimes", 0,
     "Before or after."},
    {"steps_do_not_fit", "constant_critic", NUMBER_SET, "discriminator_steps", 2, NULL, 0,
     "Two critic steps need two batches."},
};

void wasserstein_critic_cases(struct case_list *list)
{
    game_add(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
