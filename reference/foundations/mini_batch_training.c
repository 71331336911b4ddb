// SPDX-License-Identifier: MIT
#include "mini_batch_training.h"

static void check_optimizer(struct call *call, const struct training *t)
{
    const struct adam_rules *adam = &t->adam;
    if (t->optimizer == TRAINING_MOMENTUM && !(t->momentum.mu >= 0 && t->momentum.mu < 1))
        call_fail(call, "number 'momentum' must be at least 0 and below 1");
    if (t->optimizer != TRAINING_ADAM)
        return;
    if (!(adam->beta1 >= 0 && adam->beta1 < 1))
        call_fail(call, "number 'beta1' must be at least 0 and below 1");
    if (!(adam->beta2 >= 0 && adam->beta2 < 1))
        call_fail(call, "number 'beta2' must be at least 0 and below 1");
    if (!(adam->epsilon >= 0))
        call_fail(call, "number 'epsilon' must not be negative");
}

static void read_optimizer(struct call *call, struct training *t)
{
    static const char *const decayed[] = {"all", "hidden_weights", NULL};
    static const char *const placements[] = {"after_correction", "before_correction", "inside_root",
                                             NULL};
    static const char *const optimizers[] = {"gradient_descent", "momentum", "adam", NULL};
    t->optimizer = (enum training_optimizer)call_choice(call, "optimizer", optimizers);
    t->decay = call_number_or(call, "weight_decay", R(0.0));
    t->momentum.decay = t->adam.decay = t->decay;
    t->hidden_weights_only = call_choice(call, "decayed", decayed);
    if (t->optimizer == TRAINING_MOMENTUM)
        t->momentum.mu = call_number(call, "momentum");
    if (t->optimizer != TRAINING_ADAM)
        return;
    t->adam.bias_correction = 1;
    t->adam.epsilon_placement =
        (enum adam_epsilon)call_choice(call, "epsilon_placement", placements);
    t->adam.beta1 = call_number(call, "beta1");
    t->adam.beta2 = call_number(call, "beta2");
    t->adam.epsilon = call_number(call, "epsilon");
}

/* The name of a tensor of layer l between `before` and `after`, such as m_w1 and gamma2_after. */
static const char *tensor_name(char name[32], const char *before, const char *kind, size_t l,
                               const char *after)
{
    size_t n = 0;
    for (const char *c = before; *c; c++)
        name[n++] = *c;
    for (const char *c = kind; *c; c++)
        name[n++] = *c;
    name[n++] = (char)('1' + l);
    for (const char *c = after; *c; c++)
        name[n++] = *c;
    name[n] = 0;
    return name;
}

static void add_tensor(struct call *call, struct training *t, enum training_kind kind, size_t l,
                       real *value, real *gradient)
{
    static const char *const kinds[] = {"w", "b", "gamma", "beta"};
    const size_t I = t->net.size[l], O = t->net.size[l + 1];
    const char matrix[] = {'S', (char)('a' + l), (char)('b' + l), 0};
    const char vector[] = {'S', (char)('b' + l), 0};
    const char *shape = kind == TRAINING_WEIGHTS ? matrix : vector, *name = kinds[kind];
    char text[32];
    struct training_tensor *tensor = &t->tensor[t->tensors++];
    *tensor = (struct training_tensor){
        kind, l,   kind == TRAINING_WEIGHTS ? I * O : O, value, gradient, NULL, NULL, NULL,
        NULL, NULL};
    tensor->first = call_scratch(call, tensor->count);
    tensor->second = call_scratch(call, tensor->count);
    tensor->value_after = call_output(call, tensor_name(text, "", name, l, "_after"), shape);
    if (t->optimizer == TRAINING_ADAM)
        tensor->first_after = call_output(call, tensor_name(text, "m_", name, l, ""), shape);
    if (t->optimizer != TRAINING_GRADIENT_DESCENT)
        tensor->second_after = call_output(call, tensor_name(text, "v_", name, l, ""), shape);
}

static void add_tensors(struct call *call, struct training *t)
{
    const struct hidden_normalization *is = t->space.normalization;
    for (size_t l = 0; l < t->net.layers; l++) {
        const char shape[] = {'S', (char)('b' + l), 0};
        char text[32];
        add_tensor(call, t, TRAINING_WEIGHTS, l, t->net.w[l], t->space.dw[l]);
        add_tensor(call, t, TRAINING_BIASES, l, t->net.b[l], t->space.db[l]);
        if (!is || l + 1 == t->net.layers)
            continue;
        add_tensor(call, t, TRAINING_GAMMA, l, is->gamma[l], is->dgamma[l]);
        add_tensor(call, t, TRAINING_BETA, l, is->beta[l], is->dbeta[l]);
        tensor_name(text, "running_", "mean", l, "_after");
        t->running_mean_after[l] = call_output(call, text, shape);
        tensor_name(text, "running_", "variance", l, "_after");
        t->running_variance_after[l] = call_output(call, text, shape);
    }
}

static void copy_row(real *to, const real *from, size_t row, size_t count)
{
    for (size_t i = 0; to && i < count; i++)
        to[row * count + i] = from[i];
}

int training_decays(const struct training *t, const struct training_tensor *w)
{
    return !t->hidden_weights_only || (w->kind == TRAINING_WEIGHTS && w->layer + 1 < t->net.layers);
}

void training_update(struct training *t, size_t i, size_t s)
{
    struct training_tensor *w = &t->tensor[i];
    const real decay = t->decay;
    t->decay = t->momentum.decay = t->adam.decay = training_decays(t, w) ? decay : 0;
    if (t->optimizer == TRAINING_ADAM)
        adam_update(w->value, w->first, w->second, NULL, w->gradient, t->rate[s], s + 1, &t->adam,
                    w->count);
    else if (t->optimizer == TRAINING_MOMENTUM)
        momentum_update(w->value, w->second, w->gradient, t->rate[s], &t->momentum, s == 0,
                        w->count);
    else
        gradient_descent_update(w->value, w->gradient, t->rate[s], t->decay, w->count);
    t->decay = t->momentum.decay = t->adam.decay = decay;
}

/* The row of the record that step s fills; rows_recorded for none. */
static size_t record_row(const struct training *t, size_t s)
{
    size_t row = 0;
    if (t->record == 0)
        return s;
    if (t->record == 1)
        return s + 1 == t->steps ? 0 : 1;
    while (row < t->rows_recorded && (size_t)t->recorded[row] != s + 1)
        row++;
    return row;
}

void training_record(struct training *t, size_t s)
{
    size_t row = record_row(t, s);
    for (size_t i = 0; row < t->rows_recorded && i < t->tensors; i++) {
        struct training_tensor *w = &t->tensor[i];
        copy_row(w->value_after, w->value, row, w->count);
        copy_row(w->first_after, w->first, row, w->count);
        copy_row(w->second_after, w->second, row, w->count);
    }
    const struct hidden_normalization *is = t->space.normalization;
    for (size_t l = 0; is && row < t->rows_recorded && l + 1 < t->net.layers; l++) {
        copy_row(t->running_mean_after[l], is->running_mean[l], row, t->net.size[l + 1]);
        copy_row(t->running_variance_after[l], is->running_variance[l], row, t->net.size[l + 1]);
    }
}

size_t training_choose(struct training *t, size_t s, const int **chosen)
{
    size_t per_epoch = (t->used + t->batch - 1) / t->batch;
    size_t within = s % per_epoch * t->batch;
    t->epoch = s / per_epoch;
    *chosen = &t->permutation[t->epoch * t->N + within];
    return t->batch < t->used - within ? t->batch : t->used - within;
}

void training_gather(struct training *t, const int *chosen, size_t n)
{
    size_t D = t->net.size[0], K = t->net.size[t->net.layers];
    for (size_t i = 0; i < n; i++) {
        size_t sample = (size_t)chosen[i];
        for (size_t d = 0; d < D; d++)
            t->x_batch[i * D + d] = t->x[sample * D + d];
        for (size_t k = 0; t->targets && k < K; k++)
            t->targets_batch[i * K + k] = t->targets[sample * K + k];
        if (t->labels)
            t->labels_batch[i] = t->labels[sample];
        for (size_t l = 0; l + 1 < t->net.layers; l++) {
            size_t H = t->net.size[l + 1], from = (t->epoch * t->N + sample) * H;
            for (size_t h = 0; t->mask[l] && h < H; h++)
                t->mask_batch[l][i * H + h] = t->mask[l][from + h];
        }
    }
}

real training_gradient(struct call *call, struct training *t, size_t n)
{
    if (t->space.normalization && t->net.layers > 1)
        hidden_normalization_check(call, t->space.normalization, n);
    perceptron_forward(&t->net, &t->space, t->x_batch, n);
    perceptron_decisions(call, &t->net, &t->space, n);
    real loss = perceptron_loss(&t->net, &t->space, t->labels ? t->labels_batch : NULL,
                                t->targets_batch, n, t->block);
    perceptron_backward(&t->net, &t->space, NULL, t->x_batch, n, t->block);
    return loss;
}

static void read_data(struct call *call, struct training *t, int keep_last)
{
    perceptron_read(call, &t->net);
    t->x = call_input(call, "x", "Na");
    t->N = call_size(call, 'N');
    perceptron_target(call, &t->labels, &t->targets);
    if (t->N == 0)
        call_fail(call, "input 'x' holds no sample");
    t->permutation = call_integers(call, "permutation", "EN", 0, (int)t->N - 1);
    t->epochs = call_size(call, 'E');
    t->batch = call_count(call, "batch", 1, 1u << 24);
    if (t->batch > t->N && !keep_last)
        call_fail(call, "number 'batch' is above the samples, and the only batch would be dropped");
    if (t->batch > t->N)
        t->batch = t->N;
    t->used = keep_last ? t->N : t->N / t->batch * t->batch;
    t->block = call_block(call);
    t->rate = call_input(call, "rate", "R");
    t->steps = call_size(call, 'R');
    size_t most = t->epochs * ((t->used + t->batch - 1) / t->batch);
    if (t->steps > most)
        call_fail(call, "input 'rate' has %zu steps, input 'permutation' only %zu", t->steps, most);
}

static void read_masks(struct call *call, struct training *t)
{
    static const char names[PERCEPTRON_LAYERS][6] = {"mask1", "mask2", "mask3", "mask4",
                                                     "mask5", "mask6", "mask7", "mask8"};
    for (size_t l = 0; l + 1 < t->net.layers; l++) {
        const char shape[] = {'E', 'N', (char)('b' + l), 0};
        if (!call_has(call, names[l]))
            continue;
        real keep = call_number(call, "keep");
        if (!(keep > 0 && keep <= 1))
            call_fail(call, "number 'keep' must be above 0 and at most 1");
        t->space.scale = 1 / keep;
        t->mask[l] = call_integers(call, names[l], shape, 0, 1);
        t->mask_batch[l] = call_scratch_integers(call, t->batch * t->net.size[l + 1]);
        perceptron_mask(call, &t->net, &t->space, l, t->mask_batch[l], t->batch);
    }
}

static void read_normalization(struct call *call, struct training *t)
{
    static const char *const choices[] = {"none", "batch", NULL};
    if (call_choice(call, "normalization", choices) == 0)
        return;
    hidden_normalization_read(call, &t->normalization, t->net.size, t->net.layers - 1, t->batch);
    t->space.normalization = &t->normalization;
}

/* Which steps are recorded: the leading axis of the outputs. */
static void read_record(struct call *call, struct training *t)
{
    static const char *const records[] = {"all", "last", "listed", NULL};
    t->record = call_choice(call, "record", records);
    t->rows_recorded = t->record == 1 ? 1 : t->steps;
    if (t->record == 2) {
        t->recorded = call_integers(call, "recorded", "T", 1, (int)t->steps);
        t->rows_recorded = call_size(call, 'T');
    }
    for (size_t i = 1; t->record == 2 && i < t->rows_recorded; i++) {
        if (t->recorded[i] <= t->recorded[i - 1])
            call_fail(call, "input 'recorded' must rise");
    }
    call_bind(call, 'S', t->rows_recorded);
}

static void check_permutations(struct call *call, const struct training *t)
{
    for (size_t e = 0; e < t->epochs; e++) {
        int *seen = call_scratch_integers(call, t->N);
        for (size_t n = 0; n < t->N; n++) {
            int sample = t->permutation[e * t->N + n];
            if (seen[sample]++)
                call_fail(call, "row %zu of input 'permutation' holds %d twice", e, sample);
        }
    }
}

void training_read(struct call *call, struct training *t)
{
    static const char *const last_batches[] = {"keep", "drop", NULL};
    int keep_last = call_choice(call, "last_batch", last_batches) == 0;
    *t = (struct training){.record = 0};
    read_data(call, t, keep_last);
    read_optimizer(call, t);
    check_optimizer(call, t);
    check_permutations(call, t);
    perceptron_allocate(call, &t->net, &t->space, t->batch);
    read_masks(call, t);
    read_normalization(call, t);
    t->x_batch = call_scratch(call, t->batch * t->net.size[0]);
    t->targets_batch = call_scratch(call, t->batch * t->net.size[t->net.layers]);
    t->labels_batch = call_scratch_integers(call, t->batch);
    t->loss = call_output(call, "loss", "R");
    read_record(call, t);
    add_tensors(call, t);
}

void mini_batch_training_answer(struct call *call)
{
    struct training t;
    training_read(call, &t);
    for (size_t s = 0; s < t.steps; s++) {
        const int *chosen;
        size_t n = training_choose(&t, s, &chosen);
        training_gather(&t, chosen, n);
        t.loss[s] = training_gradient(call, &t, n);
        for (size_t i = 0; i < t.tensors; i++)
            training_update(&t, i, s);
        training_record(&t, s);
    }
}
