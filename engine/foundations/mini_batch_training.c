// SPDX-License-Identifier: MIT
/* Mini-batch training; definition in reference/foundations/mini_batch_training.h.
 *
 * How it is distributed: see trainer.h. Blocks are consecutive positions within a batch, so a
 * permutation moves samples between ranks but no addition between blocks. Every rank holds the
 * whole data of the case.
 */
#include "../trainer.h"
#include "perceptron_case.h"

#include <stdio.h>
#include <string.h>

/* The data of a case, whole on every rank. */
struct data {
    const scalar *x, *targets;
    const int *labels, *permutation;
    const int *mask[PERCEPTRON_LAYERS]; /* (E,N,units), or NULL */
    size_t N, E;
};

/* What is recorded of every step, or of the last one. */
struct record {
    scalar *loss;
    struct perceptron_outputs after, m, v;
    scalar *mean[PERCEPTRON_LAYERS], *variance[PERCEPTRON_LAYERS]; /* running ones, or NULL */
    int which;                                                     /* all, last, listed */
    const int *recorded;                                           /* (rows), for listed */
    size_t rows, filled;
    scalar *whole; /* a vector of the state, of all ranks */
};

static void check_permutations(struct question *q, const struct data *data)
{
    unsigned char *seen = arena_take(question_arena(q), data->N, 1);
    for (size_t e = 0; e < data->E; e++) {
        memset(seen, 0, data->N);
        for (size_t n = 0; n < data->N; n++)
            if (seen[data->permutation[e * data->N + n]]++)
                question_refuse(q,
                                "row %zu of input 'permutation' holds %d twice; each row must "
                                "hold every sample once",
                                e, data->permutation[e * data->N + n]);
    }
}

/* Which hidden layers are dropped out; before the data, since masks are part of the network. */
static void read_masks(struct question *q, struct perceptron_shape *shape, struct data *data)
{
    for (size_t l = 0; l + 1 < shape->layers; l++) {
        const char name[] = {'m', 'a', 's', 'k', (char)('1' + (int)l), '\0'};
        const char letters[] = {'V', 'N', (char)('B' + (int)l), '\0'};
        if (!question_has(q, name))
            continue;
        const scalar keep = question_number(q, "keep");
        if (!(keep > 0 && keep <= 1))
            question_refuse(q, "its number 'keep' is %g; it must be above 0 and at most 1",
                            (double)keep);
        data->mask[l] = question_integers(q, name, letters, 0, 1);
        shape->masked[l] = true;
        shape->scale = 1 / keep;
    }
}

/* Batch normalisation of the hidden layers. */
static void read_normalization(struct question *q, struct perceptron_shape *shape)
{
    static const char *const choices[] = {"none", "batch", NULL};
    static const char *const places[] = {"before_activation", "after_activation", NULL};
    static const char *const kinds[] = {"unbiased", "biased", NULL};
    if (question_choice(q, "normalization", choices) == 0)
        return;
    shape->normalization = question_choice(q, "normalization_place", places) == 0
                               ? BEFORE_ACTIVATION
                               : AFTER_ACTIVATION;
    struct batch_normalization_settings *batch = &shape->batch;
    batch->epsilon = question_number_or(q, "normalization_epsilon", (scalar)1e-5);
    batch->momentum = question_number_or(q, "normalization_momentum", (scalar)0.1);
    batch->biased = question_choice(q, "running_variance_kind", kinds) == 1;
    if (!(batch->epsilon > 0))
        question_refuse(q, "its number 'normalization_epsilon' is %g; it must be above 0",
                        (double)batch->epsilon);
    if (!(batch->momentum >= 0 && batch->momentum <= 1))
        question_refuse(q, "its number 'normalization_momentum' is %g; it must be from 0 to 1",
                        (double)batch->momentum);
}

/* What a batch of one sample is refused for, when a layer is normalised. */
static void check_batch(struct question *q, const struct trainer *trainer, size_t size)
{
    static const char *const options[] = {"refused", "variance_zero", NULL};
    const struct perceptron_shape *shape = &trainer->settings.shape;
    if (size > 1 || shape->normalization == NOT_NORMALIZED || shape->layers == 1)
        return;
    if (question_choice(q, "one_value", options) == 0)
        question_refuse(q, "a batch has one sample, and so no variance; change its number 'batch', "
                           "or choose variance_zero for its convention 'one_value'");
    if (!shape->batch.biased)
        question_refuse(q,
                        "a batch has one sample, and so no unbiased running variance; change its "
                        "number 'batch', or choose biased for 'running_variance_kind'");
}

static struct data read_data(struct question *q, struct perceptron_shape *shape, const scalar *x)
{
    struct data data = {.x = x, .N = question_size(q, 'N')};
    size_t K = shape->size[shape->layers];
    if (data.N == 0 || data.N > 1 << 30)
        question_refuse(q, "its input 'x' has %zu samples; give 1 to %d", data.N, 1 << 30);
    const char outputs[] = {'N', (char)('A' + (int)shape->layers), '\0'};
    if (shape->has_targets)
        data.targets = question_input(q, "targets", outputs);
    else
        data.labels = question_integers(q, "labels", "N", 0, (int)K - 1);
    data.permutation = question_integers(q, "permutation", "VN", 0, (int)data.N - 1);
    data.E = question_size(q, 'V');
    check_permutations(q, &data);
    read_masks(q, shape, &data);
    read_normalization(q, shape);
    return data;
}

static scalar read_below_one(struct question *q, const char *name)
{
    const scalar value = question_number(q, name);
    if (!(value >= 0 && value < 1))
        question_refuse(q, "its number '%s' is %g; it must be at least 0 and below 1", name,
                        (double)value);
    return value;
}

static struct adam_settings read_adam(struct question *q, scalar decay)
{
    static const char *const placements[] = {"after_correction", "before_correction", "inside_root",
                                             NULL};
    const struct adam_settings adam = {
        .bias_correction = true,
        .epsilon_placement = (enum adam_epsilon)question_choice(q, "epsilon_placement", placements),
        .beta1 = read_below_one(q, "beta1"),
        .beta2 = read_below_one(q, "beta2"),
        .epsilon = question_number(q, "epsilon"),
        .decay = decay};
    if (!(adam.epsilon >= 0))
        question_refuse(q, "its number 'epsilon' is %g; it must not be negative",
                        (double)adam.epsilon);
    return adam;
}

static struct trainer_settings read_settings(struct question *q,
                                             const struct perceptron_shape *shape, size_t N)
{
    static const char *const decayed[] = {"all", "hidden_weights", NULL};
    static const char *const optimizers[] = {"gradient_descent", "momentum", "adam", NULL};
    struct trainer_settings settings = {
        .shape = *shape,
        .samples = N,
        .batch = question_count(q, "batch", 1, (size_t)1 << 30),
        .block = question_block(q),
        .optimizer = (enum trainer_optimizer)question_choice(q, "optimizer", optimizers)};
    settings.decay = question_number_or(q, "weight_decay", 0);
    settings.hidden_weights_only = question_choice(q, "decayed", decayed) == 1;
    if (settings.optimizer == TRAIN_MOMENTUM)
        settings.momentum = (struct momentum_settings){.mu = read_below_one(q, "momentum"),
                                                       .decay = settings.decay};
    if (settings.optimizer == TRAIN_ADAM)
        settings.adam = read_adam(q, settings.decay);
    return settings;
}

/* Puts this rank's part of the batch that starts at place `from` of epoch e into the network. */
static void load(const struct trainer *trainer, const struct data *data, size_t e, size_t from,
                 size_t batch)
{
    const int *position = data->permutation + e * data->N + from;
    struct perceptron *net = trainer->net;
    struct piece mine = trainer_positions(trainer, batch);
    size_t D = net->input->columns, K = net->output->columns;
    for (size_t n = 0; n < mine.count; n++) {
        size_t sample = (size_t)position[mine.first + n];
        memcpy(net->input->value + n * D, data->x + sample * D, D * sizeof(scalar));
        if (data->labels != NULL)
            net->labels[n] = data->labels[sample];
        else
            memcpy(net->target + n * K, data->targets + sample * K, K * sizeof(scalar));
        for (size_t l = 0; l + 1 < net->shape.layers; l++) {
            size_t H = net->shape.size[l + 1];
            if (data->mask[l] != NULL)
                memcpy(net->mask[l].kept + n * H, data->mask[l] + (e * data->N + sample) * H,
                       H * sizeof(int));
        }
    }
}

/* The steps that are recorded are those of axis R of the outputs. */
static struct record plan_record(struct question *q, size_t steps)
{
    static const char *const records[] = {"all", "last", "listed", NULL};
    struct record record = {.which = question_choice(q, "record", records), .rows = steps};
    if (record.which == 1)
        record.rows = 1;
    if (record.which == 2) {
        record.recorded = question_integers(q, "recorded", "Z", 1, (int)steps);
        record.rows = question_size(q, 'Z');
        for (size_t i = 1; i < record.rows; i++)
            if (record.recorded[i] <= record.recorded[i - 1])
                question_refuse(q, "element %zu of its input 'recorded' does not rise", i);
    }
    question_bind(q, 'R', record.rows);
    return record;
}

/* Outputs running_mean1_after, running_variance1_after, ... */
static void record_running(struct question *q, const struct perceptron *net, struct record *record)
{
    for (size_t l = 0; net->runnings != 0 && l + 1 < net->shape.layers; l++) {
        const char shape[] = {'R', (char)('B' + (int)l), '\0'};
        char name[64];
        snprintf(name, sizeof name, "running_mean%zu_after", l + 1);
        record->mean[l] = question_output(q, name, shape);
        snprintf(name, sizeof name, "running_variance%zu_after", l + 1);
        record->variance[l] = question_output(q, name, shape);
    }
}

static struct record make_record(struct question *q, const struct trainer *trainer, size_t S)
{
    const struct perceptron *net = trainer->net;
    const char steps = 'R';
    struct record record = plan_record(q, S);
    record.whole = question_scratch(q, net->tape->sums);
    record.loss = question_output(q, "loss", "S");
    record.after = perceptron_case_outputs(q, net, "", "_after", steps);
    record_running(q, net, &record);
    if (trainer->settings.optimizer == TRAIN_ADAM)
        record.m = perceptron_case_outputs(q, net, "m_", "", steps);
    if (trainer->settings.optimizer != TRAIN_GRADIENT_DESCENT)
        record.v = perceptron_case_outputs(q, net, "v_", "", steps);
    return record;
}

/* Is the state after step `step`, from 1 and of S, recorded? */
static bool is_recorded(const struct record *record, size_t step, size_t S)
{
    if (record->which == 1)
        return step == S;
    return record->which == 0 ||
           (record->filled < record->rows && (size_t)record->recorded[record->filled] == step);
}

/* Rank 0's outputs are those that count. */
static void record_state(const struct record *record, const struct trainer *trainer,
                         const struct perceptron_outputs *outputs, size_t row, const scalar *state)
{
    trainer_collect(trainer, state, record->whole);
    perceptron_case_record(trainer->net, outputs, row, record->whole);
}

static void fill_record(struct record *record, const struct trainer *trainer)
{
    const size_t row = record->filled++;
    const struct perceptron *net = trainer->net;
    perceptron_case_record(net, &record->after, row, net->tape->parameter);
    for (size_t l = 0; net->runnings != 0 && l + 1 < net->shape.layers; l++) {
        const size_t O = net->shape.size[l + 1];
        const struct batch_normalization_settings *is = &net->normalization[l];
        memcpy(record->mean[l] + row * O, is->running_mean, O * sizeof(scalar));
        memcpy(record->variance[l] + row * O, is->running_variance, O * sizeof(scalar));
    }
    if (trainer->settings.optimizer == TRAIN_ADAM) {
        record_state(record, trainer, &record->m, row, trainer->adam.m);
        record_state(record, trainer, &record->v, row, trainer->adam.v);
    } else if (trainer->settings.optimizer == TRAIN_MOMENTUM) {
        record_state(record, trainer, &record->v, row, trainer->velocity);
    }
}

void mini_batch_training_run(struct question *q)
{
    static const char *const last_batches[] = {"keep", "drop", NULL};
    const scalar *x;
    struct perceptron_shape shape = perceptron_case_shape(q, "NA", &x);
    struct data data = read_data(q, &shape, x);
    struct trainer_settings settings = read_settings(q, &shape, data.N);
    const scalar *rate = question_input(q, "rate", "S");
    size_t N = data.N, S = question_size(q, 'S'), batch = settings.batch, step = 0;
    bool drops = question_choice(q, "last_batch", last_batches) == 1;
    if (drops && batch > N)
        question_refuse(q, "its number 'batch' is above the samples; the only batch would be "
                           "dropped");
    size_t per_epoch = drops ? N / batch : (N - 1) / batch + 1;
    if (S > per_epoch * data.E)
        question_refuse(q, "its input 'rate' has %zu steps, its input 'permutation' only %zu", S,
                        per_epoch * data.E);
    struct trainer *trainer = trainer_create(question_arena(q), question_team(q), &settings);
    perceptron_case_parameters(q, trainer->net);
    struct record record = make_record(q, trainer, S);
    for (size_t e = 0; e < data.E; e++)
        for (size_t i = 0; i < per_epoch && step < S; i++, step++) {
            size_t size = N - i * batch < batch ? N - i * batch : batch;
            check_batch(q, trainer, size);
            load(trainer, &data, e, i * batch, size);
            record.loss[step] = trainer_step(trainer, size, rate[step]);
            if (is_recorded(&record, step + 1, S))
                fill_record(&record, trainer);
        }
}
