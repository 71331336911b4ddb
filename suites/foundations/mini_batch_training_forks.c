// SPDX-License-Identifier: MIT
#include "../../reference/foundations/mini_batch_training.h"
#include "../fork.h"
#include "normalized_forks.h"

enum mistake {
    NONE,
    NOT_SHUFFLED,
    SAME_PERMUTATION,
    LABELS_NOT_SHUFFLED,
    LAST_BATCH_FILLED_UP,
    LAST_BATCH_FULL_DIVISOR,
    LAST_BATCH_SKIPPED,
    GRADIENT_NOT_ZEROED,
    SHARDS_AVERAGED,
    GRADIENT_ONE_STEP_OLD,
    UPDATED_TOO_EARLY,
    STATE_RESET_EVERY_EPOCH,
    COUNTER_RESTARTS_EVERY_EPOCH,
    COUNTER_SHARED,
    EPSILON_BEFORE_CORRECTION,
    RATE_IN_VELOCITY,
    BIASES_NOT_DECAYED,
    RATE_OF_EPOCH,
    LOSS_AFTER_UPDATE,
    LOSS_AVERAGED,
    LOSS_WITH_PENALTY,
    MASKS_OF_FIRST_EPOCH,
    MASKS_OF_POSITIONS,
    MASK_NOT_SCALED,
    MASK_NOT_BACK,
    DRIFT_AFTER_TWELVE,
    GAMMA_DECAYED,
    NOTHING_LEARNT_DECAYED,
    NORMALIZATION /* and what normalized_forks.h counts from 0 */
};

/* A run with one mistake, and what some mistakes have to remember. */
struct run {
    struct call *call;
    struct training t;
    enum mistake mistake;
    size_t per_epoch;
    real *memory[TRAINING_TENSORS]; /* gradients, or sums of them */
    int *samples;                   /* of one batch, chosen otherwise */
    real *rate;
};

/* memory = memory_weight memory + gradient_weight gradient, in all tensors. */
static void remember(struct run *r, real memory_weight, real gradient_weight)
{
    for (size_t i = 0; i < r->t.tensors; i++) {
        for (size_t j = 0; j < r->t.tensor[i].count; j++)
            r->memory[i][j] =
                memory_weight * r->memory[i][j] + gradient_weight * r->t.tensor[i].gradient[j];
    }
}

/* gradient = memory; the memory keeps what the gradient was when they are exchanged. */
static void recall(struct run *r, int exchange)
{
    for (size_t i = 0; i < r->t.tensors; i++) {
        for (size_t j = 0; j < r->t.tensor[i].count; j++) {
            real gradient = r->t.tensor[i].gradient[j];
            r->t.tensor[i].gradient[j] = r->memory[i][j];
            r->memory[i][j] = exchange ? gradient : r->memory[i][j];
        }
    }
}

static real loss_of(struct run *r, const int *chosen, size_t n)
{
    training_gather(&r->t, chosen, n);
    return training_gradient(r->call, &r->t, n);
}

/* The samples of step s, or those that a wrong loop would take. */
static size_t choose(struct run *r, size_t s, const int **chosen)
{
    struct training *t = &r->t;
    size_t n = training_choose(t, r->mistake == SAME_PERMUTATION ? s % r->per_epoch : s, chosen);
    if (r->mistake == MASKS_OF_FIRST_EPOCH)
        t->epoch = 0;
    size_t within = s % r->per_epoch * t->batch, epoch = s / r->per_epoch;
    if (r->mistake == LAST_BATCH_FILLED_UP) {
        for (size_t i = 0; i < t->batch; i++)
            r->samples[i] = i < n ? (*chosen)[i] : t->permutation[epoch * t->N + i - n];
        n = t->batch;
    } else if (r->mistake == NOT_SHUFFLED) {
        for (size_t i = 0; i < n; i++)
            r->samples[i] = (int)(within + i);
    } else {
        return n;
    }
    *chosen = r->samples;
    return n;
}

/* The twin, with shards of one sample; or a mean of means over two shards of uneven sizes. */
static real gradient_of_shards(struct run *r, const int *chosen, size_t n, size_t shard)
{
    size_t shards = (n + shard - 1) / shard;
    real loss = 0;
    for (size_t k = 0; k < shards; k++) {
        size_t size = n - k * shard < shard ? n - k * shard : shard;
        loss += loss_of(r, &chosen[k * shard], size) / real_count(shards);
        remember(r, k ? 1 : 0, 1 / real_count(shards));
    }
    recall(r, 0);
    return loss;
}

/* What Keras adds to the loss that it reports: c w^2 for a decay of 2 c. */
static real penalty(const struct training *t)
{
    real sum = 0;
    for (size_t i = 0; i < t->tensors; i++) {
        const struct training_tensor *w = &t->tensor[i];
        for (size_t j = 0; j < w->count; j++) {
            if (training_decays(t, w))
                sum += w->value[j] * w->value[j];
        }
    }
    return t->decay / 2 * sum;
}

/* The masks of a batch of n samples, wrongly chosen or not scaled. */
static void spoil_masks(struct run *r, size_t n)
{
    struct training *t = &r->t;
    if (r->mistake == MASK_NOT_SCALED)
        t->space.scale = 1;
    for (size_t l = 0; r->mistake == MASKS_OF_POSITIONS && l + 1 < t->net.layers; l++) {
        size_t H = t->net.size[l + 1];
        for (size_t i = 0; t->mask[l] && i < n * H; i++)
            t->mask_batch[l][i] = t->mask[l][t->epoch * t->N * H + i];
    }
}

/* The backward pass without masks: silenced units get gradients too. */
static void pass_masked_gradient(struct run *r, size_t n)
{
    struct perceptron_batch space = r->t.space;
    for (size_t l = 0; l + 1 < r->t.net.layers; l++)
        space.mask[l] = NULL;
    perceptron_backward(&r->t.net, &space, NULL, r->t.x_batch, n, r->t.block);
}

/* Fills the gradients of step s and returns the loss. */
static real gradient(struct run *r, size_t s, const int *chosen, size_t n)
{
    struct training *t = &r->t;
    const int is_normalized = t->space.normalization && t->net.layers > 1;
    if (is_normalized && (r->mistake == NONE || r->mistake > NORMALIZATION)) {
        training_gather(t, chosen, n);
        return normalized_gradient(r->call, t, n,
                                   r->mistake == NONE
                                       ? NORMALIZED_RIGHT
                                       : (enum normalized_mistake)(r->mistake - NORMALIZATION));
    }
    if (r->mistake == NONE)
        return gradient_of_shards(r, chosen, n, 1);
    if (r->mistake == SHARDS_AVERAGED && n > (is_normalized ? 5 : 2))
        return gradient_of_shards(r, chosen, n, n - n / 3);
    training_gather(t, chosen, n);
    for (size_t i = 0; r->mistake == LABELS_NOT_SHUFFLED && i < n; i++) {
        size_t sample = s % r->per_epoch * t->batch + i, K = t->net.size[t->net.layers];
        t->labels_batch[i] = t->labels ? t->labels[sample] : 0;
        for (size_t k = 0; t->targets && k < K; k++)
            t->targets_batch[i * K + k] = t->targets[sample * K + k];
    }
    spoil_masks(r, n);
    real loss = training_gradient(r->call, t, n);
    if (r->mistake == MASK_NOT_BACK)
        pass_masked_gradient(r, n);
    if (r->mistake == LOSS_WITH_PENALTY)
        loss += penalty(t);
    if (r->mistake == DRIFT_AFTER_TWELVE && s >= 12)
        r->t.tensor[1].gradient[0] += r->memory[1][0];
    if (r->mistake == LAST_BATCH_FULL_DIVISOR) {
        remember(r, 0, real_count(n) / real_count(t->batch));
        recall(r, 0);
        loss = loss * real_count(n) / real_count(t->batch);
    } else if (r->mistake == GRADIENT_NOT_ZEROED) {
        remember(r, 1, 1);
        recall(r, 0);
    } else if (r->mistake == GRADIENT_ONE_STEP_OLD && s > 0) {
        recall(r, 1);
    } else if (r->mistake == GRADIENT_ONE_STEP_OLD || r->mistake == DRIFT_AFTER_TWELVE) {
        remember(r, 0, 1);
    }
    return loss;
}

static void choose_wrong_rules(struct run *r)
{
    struct training *t = &r->t;
    if (r->mistake == EPSILON_BEFORE_CORRECTION)
        t->adam.epsilon_placement = ADAM_BEFORE_CORRECTION;
    if (r->mistake == RATE_IN_VELOCITY)
        t->momentum.form = MOMENTUM_RATE_INSIDE;
    for (size_t s = 0; s < t->steps; s++)
        r->rate[s] = t->rate[r->mistake == RATE_OF_EPOCH ? s / r->per_epoch : s];
    t->rate = r->rate;
}

/* Adam with a wrong number of the step. */
static void update_miscounted(struct run *r, size_t i, size_t s)
{
    struct training_tensor *w = &r->t.tensor[i];
    size_t t = r->mistake == COUNTER_SHARED ? s * r->t.tensors + i : s % r->per_epoch;
    adam_update(w->value, w->first, w->second, NULL, w->gradient, r->t.rate[s], t + 1, &r->t.adam,
                w->count);
}

static void update(struct run *r, size_t i, size_t s)
{
    struct training *t = &r->t;
    int miscounted = r->mistake == COUNTER_RESTARTS_EVERY_EPOCH || r->mistake == COUNTER_SHARED;
    real decay = t->decay;
    const enum training_kind kind = t->tensor[i].kind;
    const int hidden_weights_only = t->hidden_weights_only;
    if ((kind == TRAINING_BIASES && r->mistake == BIASES_NOT_DECAYED) ||
        (kind >= TRAINING_GAMMA && r->mistake == NOTHING_LEARNT_DECAYED))
        t->decay = t->momentum.decay = t->adam.decay = 0;
    if (kind == TRAINING_GAMMA && r->mistake == GAMMA_DECAYED)
        t->hidden_weights_only = 0;
    if (miscounted && t->optimizer == TRAINING_ADAM)
        update_miscounted(r, i, s);
    else
        training_update(t, i, s);
    t->decay = t->momentum.decay = t->adam.decay = decay;
    t->hidden_weights_only = hidden_weights_only;
}

/* The last layer first; the gradients of the layers before it see its new weights. */
static void update_too_early(struct run *r, size_t s, size_t n)
{
    for (size_t i = r->t.tensors; i-- > 0;) {
        update(r, i, s);
        if (i % 2 == 0)
            perceptron_backward(&r->t.net, &r->t.space, NULL, r->t.x_batch, n, r->t.block);
    }
}

static void update_all(struct run *r, size_t s, size_t n)
{
    struct training *t = &r->t;
    if (r->mistake == UPDATED_TOO_EARLY) {
        update_too_early(r, s, n);
        return;
    }
    for (size_t i = 0; i < t->tensors; i++) {
        struct training_tensor *w = &t->tensor[i];
        int reset = r->mistake == STATE_RESET_EVERY_EPOCH && s % r->per_epoch == 0;
        for (size_t j = 0; reset && j < w->count; j++)
            w->first[j] = w->second[j] = 0;
        if (r->mistake != LAST_BATCH_SKIPPED || n == t->batch)
            update(r, i, s);
    }
}

static void run(struct call *call)
{
    const enum mistake mistake = (enum mistake)call_variant(call);
    struct run r = {.call = call, .mistake = mistake};
    training_read(call, &r.t);
    r.per_epoch = (r.t.used + r.t.batch - 1) / r.t.batch;
    r.samples = call_scratch_integers(call, r.t.batch);
    r.rate = call_scratch(call, r.t.steps);
    for (size_t i = 0; i < r.t.tensors; i++)
        r.memory[i] = call_scratch(call, r.t.tensor[i].count);
    choose_wrong_rules(&r);
    real sum = 0;
    for (size_t s = 0; s < r.t.steps; s++) {
        const int *chosen;
        size_t n = choose(&r, s, &chosen);
        real loss = gradient(&r, s, chosen, n);
        update_all(&r, s, n);
        training_record(&r.t, s);
        if (mistake == LOSS_AFTER_UPDATE)
            loss = loss_of(&r, chosen, n);
        sum = s % r.per_epoch ? sum + loss : loss;
        r.t.loss[s] = mistake == LOSS_AVERAGED ? sum / real_count(s % r.per_epoch + 1) : loss;
    }
}

static const struct fork table[] = {
    {.info = {"sample_by_sample", FORK_TWIN, "",
              "Adds the gradients of single samples and divides by their number; through a "
              "normalisation, every sample's from every other's.",
              NULL},
     .answer = run},
    {.info = {"not_shuffled", FORK_BUG, "", "Every epoch takes the samples as they stand.", NULL},
     .answer = run,
     .variant = NOT_SHUFFLED},
    {.info = {"same_permutation", FORK_BUG, "", "Every epoch uses the permutation of the first.",
              NULL},
     .answer = run,
     .variant = SAME_PERMUTATION},
    {.info = {"labels_not_shuffled", FORK_BUG, "268",
              "The samples are permuted, their labels are not.", NULL},
     .answer = run,
     .variant = LABELS_NOT_SHUFFLED},
    {.info = {"last_batch_filled_up", FORK_CONVENTION, "",
              "The short last batch is filled with the first samples of the permutation.", NULL},
     .answer = run,
     .variant = LAST_BATCH_FILLED_UP},
    {.info = {"last_batch_full_divisor", FORK_BUG, "33",
              "The short last batch is divided by the full batch size.", NULL},
     .answer = run,
     .variant = LAST_BATCH_FULL_DIVISOR},
    {.info = {"last_batch_skipped", FORK_BUG, "155",
              "The short last batch of an epoch trains nothing.", NULL},
     .answer = run,
     .variant = LAST_BATCH_SKIPPED},
    {.info = {"gradient_not_zeroed", FORK_BUG, "122",
              "Every gradient is added to those of the batches before.", NULL},
     .answer = run,
     .variant = GRADIENT_NOT_ZEROED},
    {.info = {"shards_averaged", FORK_BUG, "33",
              "Two shards of uneven sizes are averaged with equal weights.", NULL},
     .answer = run,
     .variant = SHARDS_AVERAGED},
    {.info = {"gradient_one_step_old", FORK_BUG, "",
              "Every step uses the gradient of the step before, as a stale worker does.", NULL},
     .answer = run,
     .variant = GRADIENT_ONE_STEP_OLD},
    {.info = {"updated_too_early", FORK_BUG, "218",
              "A layer is updated before the gradient has passed through its old weights.", NULL},
     .answer = run,
     .variant = UPDATED_TOO_EARLY},
    {.info = {"state_reset_every_epoch", FORK_BUG, "",
              "Velocity and moments start from zero in every epoch.", NULL},
     .answer = run,
     .variant = STATE_RESET_EVERY_EPOCH},
    {.info = {"counter_restarts_every_epoch", FORK_BUG, "88",
              "The number of Adam's step starts again in every epoch.", NULL},
     .answer = run,
     .variant = COUNTER_RESTARTS_EVERY_EPOCH},
    {.info = {"counter_shared", FORK_BUG, "88", "All tensors advance one counter of Adam's steps.",
              NULL},
     .answer = run,
     .variant = COUNTER_SHARED},
    {.info = {"epsilon_before_correction", FORK_CONVENTION, "85",
              "Adam adds epsilon before the correction, as Keras does.", NULL},
     .answer = run,
     .variant = EPSILON_BEFORE_CORRECTION},
    {.info = {"rate_in_velocity", FORK_CONVENTION, "72",
              "The rate enters the velocity, as in Keras.", NULL},
     .answer = run,
     .variant = RATE_IN_VELOCITY},
    {.info = {"biases_not_decayed", FORK_CONVENTION, "84", "The decay spares the biases.", NULL},
     .answer = run,
     .variant = BIASES_NOT_DECAYED},
    {.info = {"rate_of_epoch", FORK_CONVENTION, "116",
              "The schedule moves on once an epoch, not once a step.", NULL},
     .answer = run,
     .variant = RATE_OF_EPOCH},
    {.info = {"loss_after_update", FORK_BUG, "", "The loss is that of the batch after the update.",
              NULL},
     .answer = run,
     .variant = LOSS_AFTER_UPDATE},
    {.info = {"loss_averaged", FORK_CONVENTION, "57",
              "The loss is the mean over the batches of the epoch so far, as progress bars show.",
              NULL},
     .answer = run,
     .variant = LOSS_AVERAGED},
    {.info = {"loss_with_penalty", FORK_CONVENTION, "",
              "The loss contains the penalty, as the one that Keras prints does.", NULL},
     .answer = run,
     .variant = LOSS_WITH_PENALTY},
    {.info = {"masks_of_first_epoch", FORK_BUG, "",
              "Every epoch silences the units that the first one did.", NULL},
     .answer = run,
     .variant = MASKS_OF_FIRST_EPOCH},
    {.info = {"masks_of_positions", FORK_BUG, "268",
              "The samples are permuted, their masks are not.", NULL},
     .answer = run,
     .variant = MASKS_OF_POSITIONS},
    {.info = {"mask_not_scaled", FORK_CONVENTION, "",
              "Kept units are not scaled up: classic dropout, to be scaled down when it predicts.",
              NULL},
     .answer = run,
     .variant = MASK_NOT_SCALED},
    {.info = {"mask_not_back", FORK_BUG, "", "The gradient passes through silenced units.", NULL},
     .answer = run,
     .variant = MASK_NOT_BACK},
    {.info = {"drift_after_twelve", FORK_BUG, "278",
              "From the thirteenth step on one gradient keeps what the step before left there.",
              NULL},
     .answer = run,
     .variant = DRIFT_AFTER_TWELVE},
    {.info = {"epsilon_after_correction", FORK_CONVENTION, "85",
              "Adam adds epsilon after the correction, as PyTorch does.", NULL},
     .instead = {"epsilon_placement", "after_correction"}},
    {.info = {"everything_decayed", FORK_CONVENTION, "84",
              "The decay is for every parameter, not for hidden weights alone.", NULL},
     .instead = {"decayed", "all"}},
    {.info = {"last_batch_kept", FORK_BUG, "",
              "The short last batch is kept though it should be dropped.", NULL},
     .instead = {"last_batch", "keep"}},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "89",
              "Adam's epsilon is 1e-7 whatever is asked for.", NULL},
     .number = {"epsilon", 1e-7f}},
    {.info = {"gamma_decayed", FORK_CONVENTION, "84",
              "The decay of the hidden weights is for the gammas of their layers, too.", NULL},
     .answer = run,
     .variant = GAMMA_DECAYED},
    {.info = {"gamma_and_beta_not_decayed", FORK_CONVENTION, "84",
              "The decay of everything spares gamma and beta.", NULL},
     .answer = run,
     .variant = NOTHING_LEARNT_DECAYED},
    {.info = {"variance_unbiased", FORK_BUG, "", "Batches are normalised by the unbiased variance.",
              NULL},
     .answer = run,
     .variant = NORMALIZATION + NORMALIZED_BY_UNBIASED},
    {.info = {"statistics_of_shards", FORK_CONVENTION, "33",
              "Each of two shards of a batch is normalised by its own statistics; the first one's "
              "are kept.",
              NULL},
     .answer = run,
     .variant = NORMALIZATION + NORMALIZED_BY_SHARDS},
    {.info = {"statistics_constant", FORK_BUG, "",
              "The gradient takes the mean and the variance for constants.", NULL},
     .answer = run,
     .variant = NORMALIZATION + NORMALIZED_CONSTANTS},
    {.info = {"variance_constant", FORK_BUG, "", "The gradient takes the variance for a constant.",
              NULL},
     .answer = run,
     .variant = NORMALIZATION + NORMALIZED_CONSTANT_VARIANCE},
    {.info = {"normalization_epsilon_outside", FORK_CONVENTION, "",
              "The epsilon of the normalisation is added to the root.", NULL},
     .answer = run,
     .variant = NORMALIZATION + NORMALIZED_EPSILON_OUTSIDE},
    {.info = {"momentum_weighs_old", FORK_CONVENTION, "",
              "The momentum is the weight of the old running statistics, as in Keras.", NULL},
     .answer = run,
     .variant = NORMALIZATION + NORMALIZED_MOMENTUM_OLD},
    {.info = {"running_in_training", FORK_BUG, "",
              "Batches are normalised by the running statistics, as if the network were in use.",
              NULL},
     .answer = run,
     .variant = NORMALIZATION + NORMALIZED_BY_RUNNING},
    {.info = {"running_variance_of_normalized", FORK_BUG, "",
              "The running variance takes in the variance with its epsilon.", NULL},
     .answer = run,
     .variant = NORMALIZATION + NORMALIZED_EPSILON_KEPT},
    {.info = {"running_variance_biased", FORK_CONVENTION, "",
              "The running variance takes in the biased one, as in Keras.", NULL},
     .instead = {"running_variance_kind", "biased"}},
    {.info = {"running_variance_unbiased", FORK_CONVENTION, "",
              "The running variance takes in the unbiased one, as in PyTorch.", NULL},
     .instead = {"running_variance_kind", "unbiased"}},
    {.info = {"normalized_after_activation", FORK_CONVENTION, "",
              "The normalisation stands behind the activation.", NULL},
     .instead = {"normalization_place", "after_activation"}},
    {.info = {"normalized_before_activation", FORK_CONVENTION, "",
              "The normalisation stands before the activation.", NULL},
     .instead = {"normalization_place", "before_activation"}},
    {.info = {"normalization_epsilon_of_keras", FORK_CONVENTION, "",
              "The epsilon of the normalisation is 0.001 whatever is asked for.", NULL},
     .number = {"normalization_epsilon", 1e-3f}},
    {.info = {"decay_ignored", FORK_BUG, "84", "There is no weight decay.", NULL},
     .number = {"weight_decay", 0}},
};

const struct fork_list mini_batch_training_forks = {sizeof table / sizeof *table, table};
