// SPDX-License-Identifier: MIT
#include "game.h"

#include <stdio.h>
#include <string.h>

enum { REAL_STREAM = 40000, FAKE_STREAM, NOISE_STREAM };

static struct network *player(struct replica *r, size_t inputs, size_t outputs, uint64_t stream)
{
    struct network_plan plan = network_plan(inputs, GAME_DEPTH, GAME_UNITS, outputs);
    plan.start = START_GLOROT_UNIFORM;
    plan.loss = LOSS_BINARY_CROSS_ENTROPY;
    plan.stream = stream;
    return network_create(r, &plan, 512);
}

/* The parameters of a player, as inputs of the technique. */
static void ask_player(struct ask *ask, struct network *net, const char *name)
{
    size_t I = net->plan.inputs;
    for (size_t l = 0; l < GAME_DEPTH; l++) {
        const size_t O = net->plan.units[l];
        char weight[64], bias[64];
        snprintf(weight, sizeof weight, "%s_w%zu", name, l + 1);
        snprintf(bias, sizeof bias, "%s_b%zu", name, l + 1);
        ask_floats(ask, weight, 2, (size_t[]){I, O}, network_parameter(net) + net->weight[l]);
        ask_floats(ask, bias, 1, (size_t[]){O}, network_parameter(net) + net->bias[l]);
        I = O;
    }
}

static void take_player(const struct ask *ask, struct network *net, const char *name)
{
    size_t I = net->plan.inputs;
    for (size_t l = 0; l < GAME_DEPTH; l++) {
        const size_t O = net->plan.units[l];
        char output[64];
        snprintf(output, sizeof output, "%s_w%zu_after", name, l + 1);
        memcpy(network_parameter(net) + net->weight[l], ask_output(ask, output, I * O),
               I * O * sizeof(float));
        snprintf(output, sizeof output, "%s_b%zu_after", name, l + 1);
        memcpy(network_parameter(net) + net->bias[l], ask_output(ask, output, O),
               O * sizeof(float));
        I = O;
    }
}

static void ask_samples(struct ask *ask, struct replica *r, const struct samples *data,
                        const struct game *game, uint64_t stream)
{
    const size_t T = game->iterations, p = game->features, a = game->noise;
    float *real = lab_floats(r, T * GAME_HALF * p), *fake = lab_floats(r, T * GAME_HALF * a);
    float *noise = lab_floats(r, T * GAME_BATCH * a);
    for (size_t i = 0; i < T * GAME_HALF; i++) {
        const size_t n = lab_below(r, REAL_STREAM + stream, i, data->count);
        memcpy(real + i * p, data->x + n * p, p * sizeof *real);
    }
    lab_normal(r, FAKE_STREAM + stream, fake, T * GAME_HALF * a);
    lab_normal(r, NOISE_STREAM + stream, noise, T * GAME_BATCH * a);
    ask_floats(ask, "real", 3, (size_t[]){T, GAME_HALF, p}, real);
    ask_floats(ask, "fake_noise", 3, (size_t[]){T, GAME_HALF, a}, fake);
    ask_floats(ask, "noise", 3, (size_t[]){T, GAME_BATCH, a}, noise);
}

struct game game_play(struct replica *r, const struct samples *data, size_t noise,
                      size_t iterations, uint64_t stream)
{
    struct game game = {.iterations = iterations, .noise = noise, .features = data->features};
    struct ask *ask = ask_new(r, "gan_training");
    game.generator = player(r, noise, data->features, stream);
    game.discriminator = player(r, data->features, 1, stream + GAME_DEPTH);
    ask_player(ask, game.generator, "generator");
    ask_player(ask, game.discriminator, "discriminator");
    ask_samples(ask, r, data, &game, stream);
    ask_number(ask, "generator_rate", 0.001);
    ask_number(ask, "discriminator_rate", 0.001);
    ask_number(ask, "beta1", 0.9);
    ask_number(ask, "beta2", 0.999);
    ask_number(ask, "epsilon", 1e-7);
    ask_choice(ask, "record", "last");
    ask_run(ask);
    take_player(ask, game.generator, "generator");
    take_player(ask, game.discriminator, "discriminator");
    game.real_right = ask_output(ask, "real_right", iterations);
    game.fake_right = ask_output(ask, "fake_right", iterations);
    game.real_loss = ask_output(ask, "real_loss", iterations);
    game.fake_loss = ask_output(ask, "fake_loss", iterations);
    return game;
}

void game_free(struct game *game)
{
    network_free(game->generator);
    network_free(game->discriminator);
}

struct samples game_generate(struct replica *r, const struct game *game, size_t count,
                             uint64_t stream)
{
    struct samples noise = samples_new(r, count, game->noise, 0, game->features);
    struct samples made = samples_new(r, count, game->features, 0, 0);
    lab_normal(r, stream, noise.x, count * game->noise);
    network_outputs(game->generator, &noise, made.x);
    return made;
}
