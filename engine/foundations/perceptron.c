// SPDX-License-Identifier: MIT
#include "perceptron.h"

static const scalar one = 1;

static void record_loss(struct perceptron *net, struct arena *arena, size_t capacity)
{
    size_t K = net->output->columns;
    struct use use = {.input = {net->output}, .sums = 1};
    if (net->shape.has_targets)
        net->target = arena_take(arena, capacity * K, sizeof *net->target);
    if (net->shape.binary) {
        net->binary = (struct perceptron_binary){net->target, 1};
        use.operation = &perceptron_binary_operation;
        use.settings = &net->binary;
        use.scratch = perceptron_binary_scratch(capacity, K);
    } else if (net->shape.has_targets) {
        net->squares = (struct mean_squared_error_settings){net->target, 1, 1, 1};
        use.operation = &mean_squared_error_operation;
        use.settings = &net->squares;
        use.scratch = mean_squared_error_scratch(capacity, K);
    } else {
        net->labels = arena_take(arena, capacity, sizeof *net->labels);
        net->cross_entropy =
            (struct cross_entropy_settings){.labels = net->labels, .W = 1, .dloss = &one};
        cross_entropy_smooth(&net->cross_entropy, 0, K, false);
        use.operation = &cross_entropy_operation;
        use.settings = &net->cross_entropy;
        use.scratch = cross_entropy_scratch(capacity, K);
    }
    tape_record(net->tape, &use);
}

/* The normalisation of layer l, if it is in this place. */
static void record_normalization(struct perceptron *net, size_t capacity, size_t l,
                                 enum perceptron_normalization place)
{
    const size_t O = net->shape.size[l + 1];
    if (net->shape.normalization != place)
        return;
    net->gamma[l] = net->tape->parameters;
    net->beta[l] = net->gamma[l] + O;
    net->normalization[l] = net->shape.batch;
    net->normalization[l].running_mean = net->running + net->runnings;
    net->normalization[l].running_variance = net->normalization[l].running_mean + O;
    net->runnings += 2 * O;
    net->output =
        tape_record(net->tape, &(struct use){.operation = &batch_normalization_operation,
                                             .settings = &net->normalization[l],
                                             .input = {net->output},
                                             .columns = O,
                                             .parameters = 2 * O,
                                             .sums = 2 * O,
                                             .scratch = batch_normalization_scratch(capacity, O)});
}

/* The activation of layer l, its normalisation, and the mask of its units. */
static void record_activation(struct perceptron *net, struct arena *arena, size_t capacity,
                              size_t l)
{
    size_t O = net->shape.size[l + 1];
    record_normalization(net, capacity, l, BEFORE_ACTIVATION);
    net->output = tape_record(
        net->tape,
        &(struct use){.operation = net->shape.activation, .input = {net->output}, .columns = O});
    record_normalization(net, capacity, l, AFTER_ACTIVATION);
    if (!net->shape.masked[l])
        return;
    net->mask[l].kept = arena_take(arena, capacity * O, sizeof(int));
    net->mask[l].scale = net->shape.scale;
    net->output = tape_record(net->tape, &(struct use){.operation = &perceptron_mask_operation,
                                                       .settings = &net->mask[l],
                                                       .input = {net->output},
                                                       .columns = O});
}

static scalar *running_memory(struct arena *arena, const struct perceptron_shape *shape)
{
    size_t units = 0;
    for (size_t l = 0; shape->normalization != NOT_NORMALIZED && l + 1 < shape->layers; l++)
        units += shape->size[l + 1];
    return shape->running != NULL ? shape->running : arena_take(arena, 2 * units, sizeof(scalar));
}

struct perceptron *perceptron_create(struct arena *arena, const struct team *team,
                                     const struct perceptron_shape *shape, size_t capacity,
                                     bool wants_input_gradient)
{
    struct perceptron *net = arena_take(arena, 1, sizeof *net);
    net->shape = *shape;
    net->tape = tape_create(arena, team, capacity);
    net->input = tape_tensor(net->tape, shape->size[0], wants_input_gradient);
    net->output = net->input;
    net->running = running_memory(arena, shape);
    for (size_t l = 0; l < shape->layers; l++) {
        size_t I = shape->size[l], O = shape->size[l + 1];
        net->w[l] = net->tape->parameters;
        net->b[l] = net->w[l] + I * O;
        net->output = tape_record(net->tape, &(struct use){.operation = &dense_layer_operation,
                                                           .input = {net->output},
                                                           .columns = O,
                                                           .parameters = I * O + O,
                                                           .sums = I * O + O,
                                                           .rows = {dense_layer_sum_rows, O}});
        if (l + 1 < shape->layers)
            record_activation(net, arena, capacity, l);
    }
    record_loss(net, arena, capacity);
    net->tape->parameter = shape->parameter;
    tape_ready(net->tape);
    return net;
}

void perceptron_start_normalization(struct perceptron *net)
{
    if (net->shape.normalization == NOT_NORMALIZED)
        return;
    for (size_t l = 0; l + 1 < net->shape.layers; l++)
        for (size_t o = 0; o < net->shape.size[l + 1]; o++) {
            net->tape->parameter[net->gamma[l] + o] = net->normalization[l].running_variance[o] = 1;
            net->tape->parameter[net->beta[l] + o] = net->normalization[l].running_mean[o] = 0;
        }
}

struct perceptron_sums perceptron_sums_create(struct arena *arena, const struct perceptron *net,
                                              const struct layout *layout)
{
    struct perceptron_sums sums = {.layer = {{.samples = layout->samples}}};
    for (size_t l = 0; net->shape.normalization != NOT_NORMALIZED && l + 1 < net->shape.layers; l++)
        sums.layer[l] = batch_sums_create(arena, net->tape->team, layout, net->shape.size[l + 1]);
    return sums;
}

void perceptron_use_sums(struct perceptron *net, const struct perceptron_sums *sums)
{
    for (size_t l = 0; l + 1 < net->shape.layers; l++)
        net->normalization[l].sums = &sums->layer[l];
}

void perceptron_set_mean(struct perceptron *net, size_t samples)
{
    net->cross_entropy.W = (scalar)samples;
    net->binary.W = net->squares.W = (scalar)(samples * net->output->columns);
}

scalar perceptron_loss(const struct perceptron *net, scalar sum)
{
    if (net->shape.binary)
        return sum / net->binary.W;
    return net->shape.has_targets ? net->squares.f * sum / net->squares.W
                                  : sum / net->cross_entropy.W;
}
