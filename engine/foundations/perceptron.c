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

/* The activation of layer l, and the mask of its units. */
static void record_activation(struct perceptron *net, struct arena *arena, size_t capacity,
                              size_t l)
{
    size_t O = net->shape.size[l + 1];
    net->output = tape_record(
        net->tape,
        &(struct use){.operation = net->shape.activation, .input = {net->output}, .columns = O});
    if (!net->shape.masked[l])
        return;
    net->mask[l].kept = arena_take(arena, capacity * O, sizeof(int));
    net->mask[l].scale = net->shape.scale;
    net->output = tape_record(net->tape, &(struct use){.operation = &perceptron_mask_operation,
                                                       .settings = &net->mask[l],
                                                       .input = {net->output},
                                                       .columns = O});
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
