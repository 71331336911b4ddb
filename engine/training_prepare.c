// SPDX-License-Identifier: MIT
#include "train.h"

#include "../suites/protocol/recipe.h"
#include "broadcast.h"
#include "failure.h"
#include "initialization/initialization.h"
#include "random.h"

#include <string.h>

/* On rank 0, in the order of the file. */
static void copy_split(struct samples *samples, const struct dataset *data, unsigned char split)
{
    for (size_t n = 0, to = 0; n < data->samples; n++)
        if (data->split[n] == split) {
            memcpy(samples->pixels + to * samples->features, data->pixels + n * samples->features,
                   samples->features);
            samples->labels[to++] = data->labels[n];
        }
}

static void list_split(struct samples *samples, const struct dataset *data, unsigned char split)
{
    for (size_t n = 0, to = 0; n < data->samples; n++)
        if (data->split[n] == split)
            samples->sample[to++] = (uint32_t)n;
}

/* One split, in the order of the file, from rank 0 to every rank; of a stream, its sizes. */
static struct samples share_samples(struct arena *arena, const struct team *team,
                                    const struct dataset *data, unsigned char split,
                                    bool is_streamed)
{
    struct samples samples = {0};
    unsigned long long sizes[4] = {0};
    if (data != NULL) {
        sizes[0] = recipe_samples(data, split);
        sizes[1] = data->features;
        sizes[2] = data->classes;
        sizes[3] = data->maximum;
    }
    broadcast(team->comm, sizes, sizeof sizes);
    samples.count = sizes[0];
    samples.features = sizes[1];
    samples.classes = sizes[2];
    samples.maximum = (scalar)sizes[3];
    if (is_streamed) {
        samples.sample = arena_take(arena, data != NULL ? samples.count : 0, sizeof(uint32_t));
        if (data != NULL)
            list_split(&samples, data, split);
        return samples;
    }
    samples.pixels = arena_take(arena, samples.count, samples.features);
    samples.labels = arena_take(arena, samples.count, 1);
    if (data != NULL)
        copy_split(&samples, data, split);
    broadcast(team->comm, samples.pixels, samples.count * samples.features);
    broadcast(team->comm, samples.labels, samples.count);
    return samples;
}

static struct trainer_settings read_recipe(const struct recipe *recipe, const struct samples *train)
{
    static const struct operation *const activations[] = {&relu_operation, &tanh_operation,
                                                          &sigmoid_operation};
    static const enum trainer_optimizer optimizers[] = {TRAIN_GRADIENT_DESCENT, TRAIN_MOMENTUM,
                                                        TRAIN_ADAM};
    const scalar decay = (scalar)recipe->weight_decay;
    struct trainer_settings settings = {
        .shape = {.layers = recipe->hidden_layers + 1,
                  .activation = activations[recipe->activation],
                  .has_targets = recipe->loss != RECIPE_CROSS_ENTROPY,
                  .binary = recipe->loss == RECIPE_BINARY_CROSS_ENTROPY,
                  .scale = 1 / (scalar)recipe_keep(recipe)},
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
    const struct perceptron *net = training->trainer->net;
    trainer_forget(training->trainer);
    memset(net->tape->parameter, 0, net->tape->parameters * sizeof(scalar));
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
    training->train = share_samples(arena, &training->team, data, DATASET_TRAIN, is_streamed);
    training->test = share_samples(arena, &training->team, data, DATASET_TEST, is_streamed);
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
    const unsigned threshold = recipe_mask_threshold(recipe);
    const uint64_t stream = recipe_mask_stream(epoch, l), first = (uint64_t)n * units;
    uint64_t bits = 0;
    for (size_t u = 0; u < units; u++) {
        const uint64_t i = first + u;
        if (u == 0 || i % 4 == 0)
            bits = random_draw(recipe->seed, stream, i / 4);
        kept[u] = (bits >> (16 * (i % 4)) & 0xffff) >= threshold;
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

void training_place(struct perceptron *net, size_t n, const unsigned char *pixel, scalar maximum)
{
    scalar *x = net->input->value + n * net->input->columns;
    for (size_t i = 0; i < net->input->columns; i++)
        x[i] = (scalar)pixel[i] / maximum;
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
    for (size_t n = 0; n < mine.count; n++)
        place_sample(training, epoch, n, order[n], train->pixels + order[n] * train->features,
                     train->labels[order[n]]);
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
