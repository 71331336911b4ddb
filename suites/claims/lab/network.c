// SPDX-License-Identifier: MIT
#include "network.h"

#include "../../../engine/initialization/initialization.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { START_STREAM = 61000, MASK_STREAM = 62000 };

static const float one = 1;

struct network_plan network_plan(size_t inputs, size_t depth, size_t width, size_t outputs)
{
    struct network_plan plan = {
        .inputs = inputs, .layers = depth, .activation = ACTIVATION_RELU, .start = START_HE_NORMAL};
    for (size_t l = 0; l < depth; l++)
        plan.units[l] = l + 1 < depth ? width : outputs;
    return plan;
}

static size_t inputs_of(const struct network *net, size_t l)
{
    return l == 0 ? net->plan.inputs : net->plan.units[l - 1];
}

/* What normalized layers need to know of batches of one size. */
struct network_batch {
    size_t samples;
    struct layout layout;
    struct batch_sums sums[NETWORK_LAYERS];
    struct network_batch *next;
};

/* ---- recording ------------------------------------------------------------------------------- */

static struct tensor *record(struct network *net, const struct operation *operation,
                             const void *settings, struct tensor *x, struct tensor *second)
{
    return tape_record(net->tape, &(struct use){.operation = operation,
                                                .settings = settings,
                                                .input = {x, second},
                                                .columns = x->columns});
}

static struct tensor *record_dense(struct network *net, size_t l, struct tensor *x)
{
    const size_t I = inputs_of(net, l), O = net->plan.units[l];
    net->weight[l] = net->tape->parameters;
    net->bias[l] = net->weight[l] + I * O;
    return tape_record(net->tape, &(struct use){.operation = &dense_layer_operation,
                                                .input = {x},
                                                .columns = O,
                                                .parameters = I * O + O,
                                                .sums = I * O + O});
}

static struct tensor *record_activation(struct network *net, struct tensor *x)
{
    static const struct leaky_relu_settings leaky = {.slope = 0.01f};
    static const struct elu_settings elu = {.scale = 1, .alpha = 1, .derivative_at_zero = 1};
    static const struct softplus_settings softplus = {.beta = 1, .threshold = INFINITY};
    switch (net->plan.activation) {
    case ACTIVATION_LINEAR:
        return x;
    case ACTIVATION_RELU:
        return record(net, &relu_operation, NULL, x, NULL);
    case ACTIVATION_LEAKY_RELU:
        return record(net, &leaky_relu_operation, &leaky, x, NULL);
    case ACTIVATION_TANH:
        return record(net, &tanh_operation, NULL, x, NULL);
    case ACTIVATION_SIGMOID:
        return record(net, &sigmoid_operation, NULL, x, NULL);
    case ACTIVATION_ELU:
        return record(net, &elu_operation, &elu, x, NULL);
    case ACTIVATION_SOFTPLUS:
        return record(net, &softplus_operation, &softplus, x, NULL);
    }
    replica_fail(net->replica, "no activation has the number %d", (int)net->plan.activation);
}

static struct tensor *record_normalization(struct network *net, size_t l, struct tensor *x)
{
    const size_t C = x->columns;
    struct batch_normalization_settings *norm = &net->norm[l];
    *norm = (struct batch_normalization_settings){.epsilon = 1e-5f, .momentum = 0.1f};
    norm->running_mean = net->running + net->running_count;
    norm->running_variance = norm->running_mean + C;
    net->running_count += 2 * C;
    net->scale_place[l] = net->tape->parameters;
    return tape_record(net->tape,
                       &(struct use){.operation = &batch_normalization_operation,
                                     .settings = norm,
                                     .input = {x},
                                     .columns = C,
                                     .parameters = 2 * C,
                                     .sums = 2 * C,
                                     .scratch = batch_normalization_scratch(net->capacity, C)});
}

static struct tensor *record_hidden(struct network *net, size_t l, struct tensor *x)
{
    static const struct shortcut_settings shortcut = {.scale = 1};
    struct tensor *y = record_dense(net, l, x);
    if (net->plan.normalization == NORMALIZATION_BEFORE)
        y = record_normalization(net, l, y);
    net->before[l] = y;
    y = record_activation(net, y);
    if (net->plan.normalization == NORMALIZATION_AFTER)
        y = record_normalization(net, l, y);
    if (net->plan.has_shortcuts && x->columns == y->columns)
        y = record(net, &shortcut_operation, &shortcut, x, y);
    if (net->plan.dropout > 0) {
        net->mask[l].kept =
            arena_take(&net->arena, net->capacity * net->plan.units[l], sizeof(int));
        y = record(net, &perceptron_mask_operation, &net->mask[l], y, NULL);
    }
    return y;
}

static void record_loss(struct network *net)
{
    const size_t K = net->output->columns, rows = net->capacity;
    struct use use = {.input = {net->output}, .sums = 1};
    net->label = arena_take(&net->arena, rows, sizeof *net->label);
    net->target = arena_take(&net->arena, rows * K, sizeof *net->target);
    if (net->plan.loss == LOSS_CROSS_ENTROPY) {
        net->cross_entropy = (struct cross_entropy_settings){
            .labels = net->label, .class_weight = net->plan.class_weight, .W = 1, .dloss = &one};
        cross_entropy_smooth(&net->cross_entropy, (float)net->plan.smoothing, K, false);
        use.operation = &cross_entropy_operation;
        use.settings = &net->cross_entropy;
        use.scratch = cross_entropy_scratch(rows, K);
    } else if (net->plan.loss == LOSS_SQUARED_ERROR) {
        net->squares = (struct mean_squared_error_settings){net->target, 1, 1, 1};
        use.operation = &mean_squared_error_operation;
        use.settings = &net->squares;
        use.scratch = mean_squared_error_scratch(rows, K);
    } else {
        net->binary = (struct perceptron_binary){net->target, 1};
        use.operation = &perceptron_binary_operation;
        use.settings = &net->binary;
        use.scratch = perceptron_binary_scratch(rows, K);
    }
    tape_record(net->tape, &use);
}

/* How many running statistics there are room for. */
static size_t running_of(const struct network_plan *plan)
{
    size_t count = 0;
    for (size_t l = 0; l + 1 < plan->layers; l++)
        count += plan->normalization != NORMALIZATION_NONE ? 2 * plan->units[l] : 0;
    return count;
}

struct network *network_create(struct replica *r, const struct network_plan *plan, size_t capacity)
{
    struct network *net = calloc(1, sizeof *net);
    if (net == NULL)
        replica_fail(r, "there is no memory for a network");
    if (plan->layers < 1 || plan->layers > NETWORK_LAYERS)
        replica_fail(r, "a network of %zu layers cannot be had", plan->layers);
    net->plan = *plan;
    net->replica = r;
    net->capacity = capacity;
    net->tape = tape_create(&net->arena, &r->team, capacity);
    net->mask = arena_take(&net->arena, plan->layers, sizeof *net->mask);
    net->norm = arena_take(&net->arena, plan->layers, sizeof *net->norm);
    net->running = arena_take(&net->arena, running_of(plan), sizeof *net->running);
    net->input = tape_tensor(net->tape, plan->inputs, true);
    struct tensor *x = net->input;
    for (size_t l = 0; l + 1 < plan->layers; l++)
        x = net->hidden[l] = record_hidden(net, l, x);
    net->output = record_dense(net, plan->layers - 1, x);
    record_loss(net);
    tape_ready(net->tape);
    net->gradient = arena_take(&net->arena, net->tape->sums, sizeof *net->gradient);
    network_start(net);
    return net;
}

void network_free(struct network *net)
{
    arena_release(&net->arena);
    free(net);
}

/* ---- initial weights ------------------------------------------------------------------------- */

static double start_scale(enum network_initialization start, size_t I, size_t O)
{
    switch (start) {
    case START_HE_NORMAL:
        return sqrt(2 / (double)I);
    case START_HE_UNIFORM:
        return sqrt(6 / (double)I);
    case START_GLOROT_NORMAL:
        return sqrt(2 / (double)(I + O));
    case START_GLOROT_UNIFORM:
        return sqrt(6 / (double)(I + O));
    case START_LECUN_NORMAL:
        return sqrt(1 / (double)I);
    default:
        return 1;
    }
}

static void start_layer(struct network *net, size_t l)
{
    const size_t I = inputs_of(net, l), O = net->plan.units[l];
    const enum network_initialization start = net->plan.start;
    const double own = net->plan.scale != 0 ? net->plan.scale : 1;
    const float scale = (float)(own * start_scale(start, I, O));
    const uint64_t stream = START_STREAM + net->plan.stream + l;
    float *w = net->tape->parameter + net->weight[l];
    memset(w, 0, (I * O + O) * sizeof *w);
    if (start == START_ZERO)
        return;
    if (start == START_IDENTITY) {
        for (size_t i = 0; i < I && i < O; i++)
            w[i * O + i] = scale;
        return;
    }
    const bool is_uniform =
        start == START_HE_UNIFORM || start == START_GLOROT_UNIFORM || start == START_UNIFORM;
    if (!is_uniform)
        lab_normal(net->replica, stream, w, I * O);
    for (size_t i = 0; i < I * O; i++)
        w[i] = scale * (is_uniform ? (float)(2 * lab_uniform(net->replica, stream, i) - 1) : w[i]);
}

/* gamma and the running variance 1, beta and the running mean 0. */
static void start_normalization(struct network *net, size_t l)
{
    const size_t C = net->plan.units[l];
    float *gamma = net->tape->parameter + net->scale_place[l];
    for (size_t c = 0; c < C; c++) {
        gamma[c] = net->norm[l].running_variance[c] = 1;
        gamma[C + c] = net->norm[l].running_mean[c] = 0;
    }
}

void network_start(struct network *net)
{
    for (size_t l = 0; l < net->plan.layers; l++) {
        start_layer(net, l);
        if (net->plan.normalization != NORMALIZATION_NONE && l + 1 < net->plan.layers)
            start_normalization(net, l);
    }
}

size_t network_state_count(const struct network *net)
{
    return net->tape->parameters + net->running_count;
}

void network_save(const struct network *net, float *state)
{
    const size_t P = net->tape->parameters;
    memcpy(state, net->tape->parameter, P * sizeof *state);
    if (net->running_count > 0)
        memcpy(state + P, net->running, net->running_count * sizeof *state);
}

void network_load(struct network *net, const float *state)
{
    const size_t P = net->tape->parameters;
    memcpy(net->tape->parameter, state, P * sizeof *state);
    if (net->running_count > 0)
        memcpy(net->running, state + P, net->running_count * sizeof *state);
}

size_t network_parameters(const struct network *net)
{
    return net->tape->parameters;
}

float *network_parameter(struct network *net)
{
    return net->tape->parameter;
}

/* ---- use ------------------------------------------------------------------------------------- */

static size_t number_of(const uint32_t *row, size_t n)
{
    return row != NULL ? row[n] : n;
}

/* Puts `count` samples and what should be said of them where the tape looks. */
static void place(struct network *net, const struct samples *samples, const uint32_t *row,
                  size_t count)
{
    const size_t D = samples->features, K = net->output->columns;
    if (count > net->capacity)
        replica_fail(net->replica, "%zu rows do not fit into a network for %zu", count,
                     net->capacity);
    for (size_t n = 0; n < count; n++) {
        const size_t from = number_of(row, n);
        memcpy(net->input->value + n * D, samples->x + from * D, D * sizeof(float));
        if (samples->label != NULL)
            net->label[n] = samples->label[from];
        for (size_t k = 0; k < K && samples->target != NULL; k++)
            net->target[n * K + k] = samples->target[from * K + k];
        for (size_t k = 0; k < K && samples->target == NULL; k++)
            net->target[n * K + k] =
                K == 1 ? (float)samples->label[from] : (float)(samples->label[from] == (int)k);
    }
}

/* The number that the sum of the losses is divided by. */
static float normalizer(const struct network *net, size_t count)
{
    const float *weight = net->plan.class_weight;
    if (net->plan.loss != LOSS_CROSS_ENTROPY)
        return (float)(count * net->output->columns);
    if (weight == NULL)
        return (float)count;
    float sum = 0;
    for (size_t n = 0; n < count; n++)
        sum += weight[net->label[n]];
    return sum;
}

static void set_normalizer(struct network *net, float W)
{
    net->cross_entropy.W = W;
    net->squares.W = W;
    net->binary.W = W;
}

/* Which hidden units are there. */
static void draw_masks(struct network *net, size_t count, uint64_t mask)
{
    for (size_t l = 0; l + 1 < net->plan.layers && net->plan.dropout > 0; l++) {
        const size_t units = net->plan.units[l];
        const uint64_t stream =
            ((MASK_STREAM + net->plan.stream + l) << 32) + mask; /* no two alike */
        net->mask[l].scale = net->is_training ? (float)(1 / (1 - net->plan.dropout)) : 1;
        for (size_t i = 0; i < count * units; i++)
            net->mask[l].kept[i] =
                !net->is_training || lab_uniform(net->replica, stream, i) >= net->plan.dropout;
    }
}

/* Sums over batches of `count`, made when they are used for the first time. */
static const struct network_batch *batch_of(struct network *net, size_t count)
{
    struct network_batch *batch = net->batch;
    while (batch != NULL && batch->samples != count)
        batch = batch->next;
    if (batch != NULL)
        return batch;
    if (count == 1)
        replica_fail(net->replica, "one sample has no variance to be normalized by");
    batch = arena_take(&net->arena, 1, sizeof *batch);
    batch->samples = count;
    batch->layout = layout_create(&net->arena, count, count, 1);
    for (size_t l = 0; l + 1 < net->plan.layers; l++)
        batch->sums[l] =
            batch_sums_create(&net->arena, &net->replica->team, &batch->layout, net->plan.units[l]);
    batch->next = net->batch;
    net->batch = batch;
    return batch;
}

/* Whether normalized layers take the statistics of the batch of `count`, or the running ones. */
static void set_normalization(struct network *net, size_t count)
{
    if (net->plan.normalization == NORMALIZATION_NONE)
        return;
    const struct network_batch *batch = net->is_training ? batch_of(net, count) : NULL;
    for (size_t l = 0; l + 1 < net->plan.layers; l++) {
        net->norm[l].evaluates = !net->is_training;
        if (batch != NULL)
            net->norm[l].sums = &batch->sums[l];
    }
}

static double sum_of_losses(struct network *net, size_t count)
{
    float *sums = net->gradient;
    const struct piece all = {0, count};
    memset(sums, 0, net->tape->sums * sizeof *sums);
    tape_sum_part(net->tape, all, net->tape->parameters, 1, sums + net->tape->parameters);
    return (double)sums[net->tape->parameters];
}

double network_gradient(struct network *net, const struct samples *samples, const uint32_t *row,
                        size_t count, uint64_t mask)
{
    const struct piece all = {0, count};
    net->is_training = true;
    place(net, samples, row, count);
    draw_masks(net, count, mask);
    set_normalization(net, count);
    const float W = normalizer(net, count);
    set_normalizer(net, W);
    tape_forward(net->tape, count);
    tape_backward(net->tape, count);
    memset(net->gradient, 0, net->tape->sums * sizeof *net->gradient);
    tape_sum_part(net->tape, all, 0, net->tape->sums, net->gradient);
    return (double)(net->gradient[net->tape->parameters] / W);
}

size_t network_forward(struct network *net, const struct samples *samples, size_t first)
{
    const size_t rest = samples->count - first;
    const size_t count = rest < net->capacity ? rest : net->capacity;
    const struct samples part = samples_part(samples, first, count);
    net->is_training = false;
    place(net, &part, NULL, count);
    draw_masks(net, count, 0);
    set_normalization(net, count);
    set_normalizer(net, 1);
    tape_forward(net->tape, count);
    return count;
}

double network_loss(struct network *net, const struct samples *samples)
{
    double sum = 0, W = 0;
    for (size_t first = 0; first < samples->count;) {
        const size_t count = network_forward(net, samples, first);
        W += (double)normalizer(net, count);
        sum += sum_of_losses(net, count);
        first += count;
    }
    return sum / W;
}

static bool is_right(const struct network *net, const float *z, int label)
{
    const size_t K = net->output->columns;
    if (K == 1)
        return (z[0] > (net->plan.loss == LOSS_SQUARED_ERROR ? 0.5f : 0)) == (label == 1);
    size_t best = 0;
    for (size_t k = 1; k < K; k++)
        best = z[k] > z[best] ? k : best;
    return (int)best == label;
}

double network_accuracy(struct network *net, const struct samples *samples)
{
    const size_t K = net->output->columns;
    size_t right = 0;
    for (size_t first = 0; first < samples->count;) {
        const size_t count = network_forward(net, samples, first);
        for (size_t n = 0; n < count; n++)
            right += is_right(net, net->output->value + n * K, samples->label[first + n]);
        first += count;
    }
    return (double)right / (double)samples->count;
}

void network_outputs(struct network *net, const struct samples *samples, float *outputs)
{
    const size_t K = net->output->columns;
    for (size_t first = 0; first < samples->count;) {
        const size_t count = network_forward(net, samples, first);
        memcpy(outputs + first * K, net->output->value, count * K * sizeof *outputs);
        first += count;
    }
}

void network_input_gradient(struct network *net, const struct samples *samples, float *dx)
{
    if (network_forward(net, samples, 0) != samples->count)
        replica_fail(net->replica, "%zu samples do not fit into a network for %zu", samples->count,
                     net->capacity);
    tape_backward(net->tape, samples->count);
    memcpy(dx, net->input->gradient, samples->count * samples->features * sizeof *dx);
}

double network_layer_norm(const struct network *net, size_t layer)
{
    return lab_norm(net->gradient + net->weight[layer], net->bias[layer] - net->weight[layer]);
}
