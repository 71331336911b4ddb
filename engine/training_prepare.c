// SPDX-License-Identifier: MIT
#include "train.h"

#include "../suites/protocol/recipe.h"
#include "broadcast.h"
#include "failure.h"
#include "hash.h"
#include "initialization/initialization.h"
#include "memory.h"
#include "random.h"

#include <string.h>

/* What all ranks know of the data. In memory, every rank has all of them in the order of the file:
 * rank 0 as they were loaded, so that it holds them once. */
struct shared {
    unsigned long long count, features, classes, maximum;
    const unsigned char *pixels, *labels, *split; /* NULL where they are not */
};

/* Bytes of rank 0 on every rank. */
static const unsigned char *share_bytes(struct arena *arena, const struct team *team,
                                        unsigned char *bytes, size_t count)
{
    unsigned char *here = team->rank == 0 ? bytes : arena_take(arena, count, 1);
    broadcast(team->comm, here, count);
    return here;
}

static struct shared share_data(struct arena *arena, const struct team *team,
                                const struct dataset *data, bool is_streamed)
{
    struct shared shared = {0};
    if (data != NULL)
        shared = (struct shared){data->samples, data->features, data->classes, data->maximum,
                                 data->pixels,  data->labels,   data->split};
    broadcast(team->comm, &shared, sizeof shared);
    if (data == NULL)
        shared.pixels = shared.labels = shared.split = NULL;
    if (is_streamed)
        return shared;
    const bool has = data != NULL;
    shared.pixels =
        share_bytes(arena, team, has ? data->pixels : NULL, shared.count * shared.features);
    shared.labels = share_bytes(arena, team, has ? data->labels : NULL, shared.count);
    shared.split = share_bytes(arena, team, has ? data->split : NULL, shared.count);
    return shared;
}

/* The samples of one split, in the order of the file. */
static struct samples samples_of(struct arena *arena, const struct team *team,
                                 const struct shared *shared, unsigned char split)
{
    struct samples samples = {.features = shared->features,
                              .classes = shared->classes,
                              .maximum = (scalar)shared->maximum,
                              .pixels = shared->pixels,
                              .labels = shared->labels};
    unsigned long long count = 0;
    for (size_t n = 0; shared->split != NULL && n < shared->count; n++)
        count += shared->split[n] == split;
    broadcast(team->comm, &count, sizeof count);
    samples.count = count;
    if (shared->split == NULL)
        return samples;
    samples.sample = arena_take(arena, samples.count, sizeof(uint32_t));
    for (size_t n = 0, to = 0; n < shared->count; n++)
        if (shared->split[n] == split)
            samples.sample[to++] = (uint32_t)n;
    return samples;
}

static struct trainer_settings read_recipe(const struct recipe *recipe, const struct samples *train)
{
    static const struct operation *const activations[] = {&relu_operation, &tanh_operation,
                                                          &sigmoid_operation};
    static const enum trainer_optimizer optimizers[] = {TRAIN_GRADIENT_DESCENT, TRAIN_MOMENTUM,
                                                        TRAIN_ADAM};
    enum perceptron_normalization normalizations[] = {NOT_NORMALIZED, BEFORE_ACTIVATION};
    const scalar decay = (scalar)recipe->weight_decay;
    if (recipe->place == RECIPE_AFTER_ACTIVATION)
        normalizations[RECIPE_BATCH_NORMALIZATION] = AFTER_ACTIVATION;
    struct trainer_settings settings = {
        .shape = {.layers = recipe->hidden_layers + 1,
                  .activation = activations[recipe->activation],
                  .has_targets = recipe->loss != RECIPE_CROSS_ENTROPY,
                  .binary = recipe->loss == RECIPE_BINARY_CROSS_ENTROPY,
                  .scale = 1 / (scalar)recipe_keep(recipe),
                  .normalization = normalizations[recipe->normalization],
                  .batch = {.epsilon = (scalar)recipe->normalization_epsilon,
                            .momentum = (scalar)recipe->normalization_momentum}},
        .samples = train->count,
        .batch = recipe->batch,
        .block = recipe->block,
        .optimizer = optimizers[recipe->optimizer],
        .decay = decay,
        .hidden_weights_only = recipe->decayed == RECIPE_HIDDEN_WEIGHTS,
        .momentum = {.mu = (scalar)recipe->momentum, .decay = decay},
        .adam = {.bias_correction = true,
                 .decay = decay,
                 .beta1 = (scalar)recipe->beta1,
                 .beta2 = (scalar)recipe->beta2,
                 .epsilon = (scalar)recipe->epsilon}};
    settings.shape.size[0] = train->features;
    for (size_t l = 0; l < recipe->hidden_layers; l++) {
        settings.shape.size[l + 1] = recipe->hidden[l];
        settings.shape.masked[l] = recipe_mask_threshold(recipe) > 0;
    }
    settings.shape.size[settings.shape.layers] = settings.shape.binary ? 1 : train->classes;
    return settings;
}

void training_restart(struct training *training)
{
    const struct recipe *recipe = training->recipe;
    struct perceptron *net = training->trainer->net;
    trainer_forget(training->trainer);
    memset(net->tape->parameter, 0, net->tape->parameters * sizeof(scalar));
    perceptron_start_normalization(net);
    for (size_t l = 0; l < net->shape.layers; l++) {
        size_t I = net->shape.size[l], O = net->shape.size[l + 1];
        const scalar scale = recipe->initialization == RECIPE_HE ? he_factor(UNIFORM, 0, I)
                                                                 : glorot_factor(UNIFORM, 1, I, O);
        for (size_t i = 0; i < I * O; i++)
            net->tape->parameter[net->w[l] + i] =
                scale * (scalar)random_uniform(recipe->seed, 1 + l, i);
    }
}

/* Every rank needs a block of every full batch, or it would only wait. */
static int check_ranks(const struct team *team, const struct recipe *recipe, size_t samples)
{
    size_t batch = recipe->batch < samples ? recipe->batch : samples;
    size_t blocks = (batch - 1) / recipe->block + 1;
    if ((size_t)team->ranks <= blocks)
        return 0;
    return failure_unusable("%d ranks share batches of %zu samples in blocks of %zu, which are "
                            "only %zu blocks: use at most %zu ranks, a smaller --block or a larger "
                            "--batch",
                            team->ranks, batch, recipe->block, blocks, blocks);
}

int training_prepare(struct training *training, struct arena *arena,
                     const struct arithmetic *arithmetic, const struct recipe *recipe,
                     const struct dataset *data, const struct stream_request *streaming)
{
    const bool is_streamed = streaming->is_streamed;
    training->stream = NULL;
    training->order = NULL;
    int status = team_gather(&training->team, arithmetic);
    if (status != 0)
        return status;
    training->recipe = recipe;
    const struct shared shared = share_data(arena, &training->team, data, is_streamed);
    training->train = samples_of(arena, &training->team, &shared, DATASET_TRAIN);
    training->test = samples_of(arena, &training->team, &shared, DATASET_TEST);
    status = check_ranks(&training->team, recipe, training->train.count);
    if (status != 0)
        return status;
    struct trainer_settings settings = read_recipe(recipe, &training->train);
    settings.bucket_bytes = arithmetic->bucket_bytes;
    training->trainer = trainer_create(arena, &training->team, &settings);
    if (!is_streamed || data != NULL)
        training->order = arena_take(arena, training->train.count, sizeof *training->order);
    if (is_streamed)
        training->stream = stream_create(arena, training->team.comm, data, training->train.features,
                                         training->trainer->plan[0].samples, streaming->prefetch);
    training_restart(training);
    return 0;
}

void training_close(struct training *training)
{
    if (training->stream != NULL)
        stream_close(training->stream);
}

/* Which units of layer l are kept for training sample n. */
static void draw_mask(const struct recipe *recipe, size_t epoch, size_t l, size_t n, size_t units,
                      int *kept)
{
    enum { SHARED = 4, AT_ONCE = 64 }; /* units that a draw decides; draws at a time */
    const unsigned threshold = recipe_mask_threshold(recipe);
    const uint64_t stream = recipe_mask_stream(epoch, l), first = (uint64_t)n * units;
    uint64_t bits[AT_ONCE], from = 0, to = 0; /* the draws at hand */
    for (size_t u = 0; u < units; u++) {
        const uint64_t i = first + u, draw = i / SHARED;
        if (draw >= to || u == 0) {
            const uint64_t last = (first + units - 1) / SHARED;
            from = draw;
            to = last - from < AT_ONCE ? last + 1 : from + AT_ONCE;
            random_draws(bits, to - from, recipe->seed, stream, from);
        }
        kept[u] = (bits[draw - from] >> (16 * (i % SHARED)) & 0xffff) >= threshold;
    }
}

/* What the network should say of a sample. */
static void set_answer(struct perceptron *net, size_t n, unsigned char label)
{
    const size_t K = net->output->columns;
    if (!net->shape.has_targets) {
        net->labels[n] = label;
        return;
    }
    for (size_t k = 0; k < K; k++)
        net->target[n * K + k] = K == 1 ? (scalar)label : (scalar)(k == label);
}

WIDE_VECTORS
static void scale_pixels(scalar *x, const unsigned char *pixel, size_t count, scalar maximum)
{
    for (size_t i = 0; i < count; i++)
        x[i] = (scalar)pixel[i] / maximum;
}

void training_place(struct perceptron *net, size_t n, const unsigned char *pixel, scalar maximum)
{
    const size_t D = net->input->columns;
    scale_pixels(net->input->value + n * D, pixel, D, maximum);
}

/* Makes a training sample, which has this number, row n of the batch. */
static void place_sample(struct training *training, size_t epoch, size_t n, uint32_t number,
                         const unsigned char *pixel, unsigned char label)
{
    struct perceptron *net = training->trainer->net;
    training_place(net, n, pixel, training->train.maximum);
    set_answer(net, n, label);
    for (size_t l = 0; l + 1 < net->shape.layers; l++)
        if (net->shape.masked[l])
            draw_mask(training->recipe, epoch, l, number, net->shape.size[l + 1],
                      net->mask[l].kept + n * net->shape.size[l + 1]);
}

int training_load(struct training *training, size_t epoch, size_t position, size_t batch)
{
    const struct samples *train = &training->train;
    struct stream_rows rows = {.count = 0};
    if (training->stream != NULL) {
        int status = stream_next(training->stream, &rows);
        for (size_t n = 0; n < rows.count && status == 0; n++)
            place_sample(training, epoch, n, stream_position(&rows, n),
                         rows.pixel + n * rows.stride, rows.label[n * rows.stride]);
        return status;
    }
    struct piece mine = trainer_positions(training->trainer, batch);
    const uint32_t *order = training->order + position + mine.first;
    for (size_t n = 0; n < mine.count; n++) {
        const size_t sample = train->sample[order[n]];
        place_sample(training, epoch, n, order[n], train->pixels + sample * train->features,
                     train->labels[sample]);
    }
    return 0;
}

int training_step(struct training *training, size_t epoch, size_t position, size_t batch,
                  scalar *loss)
{
    int status = training_load(training, epoch, position, batch);
    if (status == 0)
        *loss = trainer_step(training->trainer, batch, (scalar)training->recipe->rate);
    return status;
}

void training_hash(const struct training *training, char text[])
{
    const struct perceptron *net = training->trainer->net;
    struct hash hash = hash_begin();
    hash_add(&hash, net->tape->parameter, net->tape->parameters * sizeof(scalar));
    hash_add(&hash, net->running, net->runnings * sizeof(scalar));
    hash_end(&hash, text);
}

/* Bytes of samples on this rank. */
static double sample_bytes(const struct training *training)
{
    const double features = (double)training->train.features;
    const double count = (double)training->train.count, rest = (double)training->test.count;
    const double row = features + 1 + sizeof(uint32_t);
    if (training->stream == NULL)
        return (count + rest) * (features + 2 + sizeof(uint32_t)) + count * sizeof(uint32_t);
    const bool reads = training->team.rank == 0; /* labels, splits, numbers and order of all */
    return row * (double)stream_usage(training->stream).rows +
           (reads ? (count + rest) * (2 + sizeof(uint32_t)) + count * sizeof(uint32_t) : 0);
}

struct memory_record training_memory(const struct training *training, size_t evaluation)
{
    const struct trainer *trainer = training->trainer;
    const struct tape *tape = trainer->net->tape;
    const scalar *const state[] = {trainer->velocity, trainer->adam.m, trainer->adam.v};
    double vectors = 0;
    for (size_t i = 0; i < sizeof state / sizeof state[0]; i++)
        vectors += state[i] != NULL;
    struct memory_record memory = {
        .base = memory_base(),
        .peak = memory_peak(),
        .parameters = (double)((tape->sums + trainer->net->runnings) * sizeof(scalar)),
        .optimizer_state = vectors * (double)(trainer->plan[0].buckets->parts * sizeof(scalar)),
        .activations = (double)((tape->activations + evaluation) * sizeof(scalar)),
        .samples = sample_bytes(training)};
    struct {
        double ratio;
        int rank;
    } mine = {(memory.peak - memory.base) / (memory.parameters + memory.optimizer_state +
                                             memory.activations + memory.samples),
              training->team.rank},
      most;
    MPI_Allreduce(&mine, &most, 1, MPI_DOUBLE_INT, MPI_MAXLOC, training->team.comm);
    MPI_Bcast(&memory, sizeof memory, MPI_BYTE, most.rank, training->team.comm);
    return memory;
}
