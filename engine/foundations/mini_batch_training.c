// SPDX-License-Identifier: MIT
/* Mini-batch training; definition in reference/foundations/mini_batch_training.h.
 *
 * How it is distributed: see trainer.h. Blocks are consecutive positions within a batch, so a
 * permutation moves samples between ranks but no addition between blocks. Every rank holds the
 * whole data of the case.
 */
#include "../trainer.h"
#include "perceptron_case.h"

#include <string.h>

/* The data of a case, whole on every rank. */
struct data {
    const scalar *x, *targets;
    const int *labels, *permutation;
    size_t N, E;
};

/* What is recorded of every step, or of the last one. */
struct record {
    scalar *loss;
    struct perceptron_outputs after, m, v;
};

static void check_permutations(struct question *q, const struct data *data)
{
    unsigned char *seen = arena_take(question_arena(q), data->N, 1);
    for (size_t e = 0; e < data->E; e++) {
        memset(seen, 0, data->N);
        for (size_t n = 0; n < data->N; n++)
            if (seen[data->permutation[e * data->N + n]]++)
                question_refuse(q,
                                "row %zu of its permutation holds %d twice; each row must hold "
                                "every sample once",
                                e, data->permutation[e * data->N + n]);
    }
}

static struct data read_data(struct question *q, const struct perceptron_shape *shape,
                             const scalar *x)
{
    struct data data = {.x = x, .N = question_size(q, 'N')};
    size_t K = shape->size[shape->layers];
    if (data.N == 0 || data.N > 1 << 30)
        question_refuse(q, "it has %zu samples; give 1 to %d", data.N, 1 << 30);
    char outputs[] = {'N', (char)('A' + (int)shape->layers), '\0'};
    if (shape->squares)
        data.targets = question_input(q, "targets", outputs);
    else
        data.labels = question_integers(q, "labels", "N", 0, (int)K - 1);
    data.permutation = question_integers(q, "permutation", "VN", 0, (int)data.N - 1);
    data.E = question_size(q, 'V');
    check_permutations(q, &data);
    return data;
}

static struct trainer_settings read_settings(struct question *q,
                                             const struct perceptron_shape *shape, size_t N)
{
    static const char *const optimizers[] = {"gradient_descent", "momentum", "adam", NULL};
    struct trainer_settings settings = {
        .shape = *shape,
        .samples = N,
        .batch = question_count(q, "batch", 1, (size_t)1 << 30),
        .block = question_block(q),
        .optimizer = (enum trainer_optimizer)question_choice(q, "optimizer", optimizers)};
    settings.decay = question_number_or(q, "weight_decay", 0);
    if (settings.optimizer == TRAIN_MOMENTUM)
        settings.momentum = (struct momentum_settings){.mu = question_number(q, "momentum"),
                                                       .decay = settings.decay};
    if (settings.optimizer == TRAIN_ADAM)
        settings.adam = (struct adam_settings){.bias_correction = true,
                                               .beta1 = question_number(q, "beta1"),
                                               .beta2 = question_number(q, "beta2"),
                                               .epsilon = question_number(q, "epsilon"),
                                               .decay = settings.decay};
    return settings;
}

/* Puts this rank's part of the batch that starts at `position` of an epoch into the network. */
static void load(const struct trainer *trainer, const struct data *data, const int *position,
                 size_t batch)
{
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
    }
}

static struct record make_record(struct question *q, const struct trainer *trainer, char steps)
{
    const struct perceptron *net = trainer->net;
    struct record record = {.loss = question_output(q, "loss", "S"),
                            .after = perceptron_case_outputs(q, net, "", "_after", steps)};
    if (trainer->settings.optimizer == TRAIN_ADAM)
        record.m = perceptron_case_outputs(q, net, "m_", "", steps);
    if (trainer->settings.optimizer != TRAIN_GRADIENT_DESCENT)
        record.v = perceptron_case_outputs(q, net, "v_", "", steps);
    return record;
}

static void fill_record(const struct record *record, const struct trainer *trainer, size_t row)
{
    const struct perceptron *net = trainer->net;
    perceptron_case_record(net, &record->after, row, net->tape->parameter);
    if (trainer->settings.optimizer == TRAIN_ADAM) {
        trainer_collect(trainer, trainer->adam.m);
        trainer_collect(trainer, trainer->adam.v);
        perceptron_case_record(net, &record->m, row, trainer->adam.m);
        perceptron_case_record(net, &record->v, row, trainer->adam.v);
    } else if (trainer->settings.optimizer == TRAIN_MOMENTUM) {
        trainer_collect(trainer, trainer->velocity);
        perceptron_case_record(net, &record->v, row, trainer->velocity);
    }
}

void mini_batch_training_run(struct question *q)
{
    static const char *const last_batches[] = {"keep", "drop", NULL};
    static const char *const records[] = {"all", "last", NULL};
    const scalar *x;
    struct perceptron_shape shape = perceptron_case_shape(q, "NA", &x);
    struct data data = read_data(q, &shape, x);
    struct trainer_settings settings = read_settings(q, &shape, data.N);
    const scalar *rate = question_input(q, "rate", "S");
    size_t N = data.N, S = question_size(q, 'S'), batch = settings.batch, step = 0;
    bool drops = question_choice(q, "last_batch", last_batches) == 1;
    bool only_last = question_choice(q, "record", records) == 1;
    size_t per_epoch = drops ? N / batch : (N - 1) / batch + 1;
    if (S > per_epoch * data.E)
        question_refuse(q, "it has %zu rates for %zu steps; give at most as many", S,
                        per_epoch * data.E);
    struct trainer *trainer = trainer_create(question_arena(q), question_team(q), &settings);
    perceptron_case_parameters(q, trainer->net);
    question_bind(q, 'R', only_last ? 1 : S);
    struct record record = make_record(q, trainer, 'R');
    for (size_t e = 0; e < data.E; e++)
        for (size_t i = 0; i < per_epoch && step < S; i++, step++) {
            size_t size = N - i * batch < batch ? N - i * batch : batch;
            load(trainer, &data, data.permutation + e * N + i * batch, size);
            record.loss[step] = trainer_step(trainer, size, rate[step]);
            if (!only_last || step + 1 == S)
                fill_record(&record, trainer, only_last ? 0 : step);
        }
}
