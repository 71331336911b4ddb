// SPDX-License-Identifier: MIT
#include "game_cases.h"

#define KERAS                                                                                      \
    {"generator_rate", 0.001}, {"discriminator_rate", 0.001}, {"beta1", 0.9}, {"beta2", 0.999},    \
    {                                                                                              \
        "epsilon", 1e-7                                                                            \
    }
#define DCGAN                                                                                      \
    {"generator_rate", 0.02}, {"discriminator_rate", 0.02}, {"beta1", 0.5}, {"beta2", 0.999},      \
    {                                                                                              \
        "epsilon", 1e-8                                                                            \
    }
#define DESCENT                                                                                    \
    {"generator_rate", 0.25},                                                                      \
    {                                                                                              \
        "discriminator_rate", 0.5                                                                  \
    }
#define BY_DESCENT                                                                                 \
    {                                                                                              \
        "optimizer", "gradient_descent"                                                            \
    }
#define BEFORE                                                                                     \
    {                                                                                              \
        "epsilon_placement", "before_correction"                                                   \
    }
#define TANH                                                                                       \
    {"generator_activation", "tanh"},                                                              \
    {                                                                                              \
        "discriminator_activation", "tanh"                                                         \
    }
#define JOINT                                                                                      \
    {                                                                                              \
        "discriminator_update", "joint"                                                            \
    }
#define LAST                                                                                       \
    {                                                                                              \
        "record", "last"                                                                           \
    }
#define SMALL           .generator = {2, 3, 2}, .discriminator = {2, 4, 1}
#define LINEAR          .generator = {2, 2}, .discriminator = {2, 3, 1}
#define BATCHES(t, ...) .T = t, __VA_ARGS__, .block = 2

static const struct game_row rows[] = {
    {{"document_004_c8", "trajectory", "GAN-01 GAN-02 GAN-03 GAN-04",
      "Three iterations of the players of document 004 C8 in full size, 17,154 and 17,025 "
      "parameters, on small batches, with Keras's Adam.",
      0},
     {.T = 3,
      .N = 2,
      .M = 2,
      .B = 4,
      .F = 3,
      .block = 2,
      .generator = {2, 128, 128, 2},
      .discriminator = {2, 128, 128, 1},
      .choice = {BEFORE, {"record", "norms"}},
      .number = {KERAS},
      .data = GAME_C8}},
    {{"document_004_c8_batches", "trajectory", "GAN-01 GAN-04 GAN-06",
      "Three iterations with the batches of document 004 C8: 32 real and 32 generated samples in "
      "two updates, then 64 rows of noise; players of 10 units a layer.",
      0},
     {.T = 3,
      .N = 32,
      .M = 32,
      .B = 64,
      .F = 9,
      .block = 8,
      .generator = {2, 10, 10, 2},
      .discriminator = {2, 10, 10, 1},
      .choice = {BEFORE, LAST},
      .number = {KERAS},
      .data = GAME_C8}},
    {{"separate_updates", "trajectory", "GAN-01 GAN-04",
      "C8 in small with large rates: the loss of generated samples is that of weights which the "
      "real ones have moved, and Adam has counted two updates.",
      0},
     {BATCHES(3, .N = 5, .M = 5, .B = 10, .F = 3), SMALL, .choice = {TANH, BEFORE},
      .number = {{"generator_rate", 0.05},
                 {"discriminator_rate", 0.05},
                 {"beta1", 0.9},
                 {"beta2", 0.999},
                 {"epsilon", 1e-3}}}},
    {{"separate_by_descent", "trajectory", "GAN-04 GAN-05",
      "Two updates without any optimizer's state: only the moved weights tell them from one.", 0},
     {BATCHES(2, .N = 5, .M = 3, .B = 7), LINEAR,
      .choice = {TANH, BY_DESCENT, {"discriminator_update", "separate"}}, .number = {DESCENT}}},
    {{"joint_update", "trajectory", "GAN-01 GAN-04",
      "Both gradients in one update, as in the paper and in PyTorch's example; Adam with beta1 "
      "0.5.",
      0},
     {BATCHES(3, .N = 5, .M = 5, .B = 5, .F = 3), SMALL, .choice = {TANH, JOINT},
      .number = {DCGAN}}},
    {{"joint_half", "trajectory", "GAN-04",
      "The mean of the two losses moves by descent half as far as their sum.", 0},
     {BATCHES(2, .N = 4, .M = 6, .B = 3), LINEAR,
      .choice = {TANH, JOINT, BY_DESCENT, {"combine", "half"}}, .number = {DESCENT}}},
    {{"joint_pooled", "trajectory", "GAN-04",
      "One mean over 3 real and 7 generated samples, as when the batches are concatenated.", 0},
     {BATCHES(2, .N = 3, .M = 7, .B = 4), LINEAR,
      .choice = {TANH, JOINT, BY_DESCENT, {"combine", "pooled"}}, .number = {DESCENT}}},
    {{"one_sided_smoothing", "trajectory", "GAN-04",
      "Real samples are told 0.9; the generator is still told 1.", 0},
     {BATCHES(2, .N = 5, .M = 4, .B = 3), LINEAR, .choice = {TANH, LAST},
      .number = {DCGAN, {"smoothing", 0.1}}}},
    {{"two_sided_smoothing", "trajectory", "GAN-04",
      "Generated samples are told 0.125 as well, in one update.", 0},
     {BATCHES(2, .N = 5, .M = 4, .B = 3), LINEAR,
      .choice = {TANH, JOINT, BY_DESCENT, LAST, {"sides", "two"}},
      .number = {DESCENT, {"smoothing", 0.125}}}},
    {{"minimax", "trajectory", "GAN-01 GAN-08",
      "The zero-sum game: the generator descends log(1 - D), what the discriminator ascends.", 0},
     {BATCHES(2, .N = 4, .M = 5, .B = 5), LINEAR,
      .choice = {TANH, JOINT, BY_DESCENT, {"goal", "minimax"}}, .number = {DESCENT}}},
    {{"minimax_rejected", "trajectory", "GAN-08",
      "Logits near -12: the zero-sum gradient nearly vanishes, but not to 0.", 0},
     {BATCHES(2, .N = 4, .M = 5, .B = 5), LINEAR,
      .choice = {TANH, JOINT, BY_DESCENT, LAST, {"goal", "minimax"}},
      .number = {{"generator_rate", 4096}, {"discriminator_rate", 0.0078125}}, .last_bias = -12}},
    {{"sure", "trajectory", "GAN-04",
      "Logits of 30: 1 - D is 0 in binary32, where its logarithm and gradient must not be.", 0},
     {BATCHES(1, .N = 4, .M = 3, .B = 3), LINEAR, .choice = {TANH, BY_DESCENT, LAST},
      .number = {{"generator_rate", 0.25}, {"discriminator_rate", 0.125}}, .last_scale = 8,
      .last_bias = 30}},
    {{"several_discriminator_steps", "trajectory", "GAN-01 GAN-04",
      "Three steps of the discriminator for one of the generator, each with its own samples.", 0},
     {BATCHES(2, .K = 3, .N = 3, .M = 3, .B = 4), LINEAR, .choice = {TANH, LAST},
      .number = {DCGAN}}},
    {{"shared_noise", "trajectory", "GAN-01",
      "PyTorch's DCGAN example: the discriminator learns from the samples of the noise with which "
      "the generator learns afterwards.",
      0},
     {BATCHES(2, .N = 4, .B = 5, .F = 2), SMALL, .choice = {TANH, JOINT}, .number = {DCGAN}}},
    {{"shared_noise_generator_first", "trajectory", "GAN-01",
      "PyTorch-GAN: the generator learns first, the discriminator from the samples before that.",
      0},
     {BATCHES(2, .N = 4, .B = 4, .F = 2), LINEAR,
      .choice = {TANH, JOINT, {"combine", "half"}, {"order", "generator_first"}, LAST},
      .number = {DCGAN}}},
    {{"generator_first", "trajectory", "GAN-01",
      "The generator learns first, and fresh noise goes through what it has become.", 0},
     {BATCHES(2, .N = 4, .M = 3, .B = 4), LINEAR,
      .choice = {TANH, {"order", "generator_first"}, LAST}, .number = {DCGAN}}},
    {{"tanh_output", "trajectory", "GAN-02",
      "A generator that ends in a tanh, with sigmoids inside; a discriminator of two hidden "
      "layers.",
      0},
     {BATCHES(2, .N = 4, .M = 4, .B = 3, .F = 3), .generator = {3, 4, 2},
      .discriminator = {2, 3, 2, 1},
      .choice = {{"generator_activation", "sigmoid"},
                 {"discriminator_activation", "tanh"},
                 {"generator_output", "tanh"},
                 BY_DESCENT},
      .number = {DESCENT}, .scale = 1.5}},
    {{"rectified", "trajectory", "GAN-02 GAN-03 GAN-05",
      "ReLU in both players: where units are off no gradient passes, nor to the generator.", 0},
     {BATCHES(2, .N = 3, .M = 3, .B = 3), SMALL, .choice = {LAST}, .number = {DCGAN}}},
    {{"chance", "trajectory", "GAN-07",
      "The discriminator says exactly 1/2: losses of log 2, all are called generated, an accuracy "
      "of 1/2, and no gradient for the generator.",
      0},
     {BATCHES(1, .N = 4, .M = 4, .B = 4), .generator = {2, 2}, .discriminator = {2, 1},
      .choice = {TANH, JOINT, BY_DESCENT}, .number = {DESCENT}, .constant_last = 1}},
    {{"two_rates", "trajectory", "GAN-01",
      "Rates of 0.01 and 0.04 (two time scales) with epsilon inside the root.", 0},
     {BATCHES(2, .N = 4, .M = 4, .B = 4), LINEAR,
      .choice = {TANH, JOINT, LAST, {"epsilon_placement", "inside_root"}},
      .number = {{"generator_rate", 0.01},
                 {"discriminator_rate", 0.04},
                 {"beta1", 0},
                 {"beta2", 0.9},
                 {"epsilon", 1e-5}}}},
    {{"many_blocks", "trajectory", "GAN-04 DST-02",
      "Batches of 13, 9 and 11 in blocks of 2, with linear players: each batch has its own blocks.",
      0},
     {BATCHES(2, .N = 13, .M = 9, .B = 11, .F = 5), .generator = {3, 4}, .discriminator = {4, 1},
      .choice = {LAST}, .number = {DCGAN}}},
};

static const struct refusal refusals[] = {
    {"rate_zero", "chance", NUMBER_SET, "generator_rate", 0, NULL, 0, "Nobody would learn."},
    {"smoothing_one", "chance", NUMBER_SET, "smoothing", 1, NULL, 0,
     "Real samples would be told that they are generated."},
    {"smoothing_negative", "chance", NUMBER_SET, "smoothing", -0.1, NULL, 0, "Targets above 1."},
    {"beta1_one", "two_rates", NUMBER_SET, "beta1", 1, NULL, 0, "The correction divides by 0."},
    {"epsilon_negative", "two_rates", NUMBER_SET, "epsilon", -1e-3, NULL, 0,
     "The denominator could be 0."},
    {"steps_do_not_fit", "chance", NUMBER_SET, "discriminator_steps", 2, NULL, 0,
     "Two steps need two batches."},
    {"goal_unknown", "chance", CHOICE_SET, "goal", 0, "win", 0, "No such goal."},
    {"combined_twice", "separate_by_descent", CHOICE_SET, "combine", 0, "half", 0,
     "Two updates have no joint loss to halve."},
    {"real_too_narrow", "chance", INPUT_SHORTER, "real", 0, NULL, 2,
     "Real and generated samples have different widths."},
    {"no_discriminator", "chance", INPUT_GONE, "discriminator_w1", 0, NULL, 0,
     "There is nobody to learn from."},
    {"layer_missing", "separate_by_descent", INPUT_GONE, "discriminator_w2", 0, NULL, 0,
     "A bias without its weights."},
    {"no_fake_noise", "chance", INPUT_GONE, "fake_noise", 0, NULL, 0,
     "Fresh noise is needed unless it is shared."},
};

void gan_training_cases(struct case_list *list)
{
    game_add(list, rows, sizeof rows / sizeof *rows);
    case_refusals(list, refusals, sizeof refusals / sizeof *refusals);
}
