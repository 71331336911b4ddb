// SPDX-License-Identifier: MIT
#include "../../reference/adversarial/attack_with_batch_normalization.h"
#include "../fork.h"
#include "attack_forks.h"

enum mistake {
    NONE,
    STATISTICS_CONSTANT,
    MEAN_CONSTANT,
    VARIANCE_CONSTANT,
    NORMALISATION_FORGOTTEN_BACK,
    RUNNING_KEPT,
    RUNNING_BIASED,
    MOMENTUM_SWAPPED,
    UPDATED_ONCE,
    JUDGED_BEFORE,
    JUDGED_BY_BATCH,
    UNBIASED_FORWARD,
    SMOOTHING_OUTSIDE,
    BLOCK_STATISTICS,
    STATISTICS_OF_START,
    GAMMA_FORGOTTEN_BACK,
    UPDATED_AT_THE_END
};

struct model {
    enum mistake mistake;
    struct victim victim;
    struct attack attack;
    struct tangents tangents;
    size_t N, D;
    int batch;
    real smoothing, momentum;
    const real *gamma, *beta;
    real *running_mean, *running_variance, *first_mean, *first_variance; /* (D) */
    real *mean, *variance;                                               /* (D), in use */
    real *v, *dv, *x;                                                    /* (N,D) */
};

/* Mean and variance of a feature over samples [from, to), by differences of pairs. */
static void pairs(const struct model *is, const real *x, size_t d, size_t from, size_t to,
                  real *mean, real *variance)
{
    real sum = 0, squares = 0, count = real_count(to - from);
    for (size_t n = to; n-- > from;)
        sum = sum + x[n * is->D + d];
    for (size_t n = from; n < to; n++) {
        for (size_t m = from; m < n; m++) {
            real difference = x[n * is->D + d] - x[m * is->D + d];
            squares = squares + difference * difference;
        }
    }
    *mean = sum / count;
    *variance = squares / (count * count);
}

static void take_statistics(struct model *is, const real *x, int batch)
{
    size_t to =
        is->mistake == BLOCK_STATISTICS && is->N > is->victim.block ? is->victim.block : is->N;
    for (size_t d = 0; d < is->D; d++) {
        is->mean[d] = is->running_mean[d];
        is->variance[d] = is->running_variance[d];
        if (batch)
            pairs(is, is->mistake == STATISTICS_OF_START ? is->victim.x : x, d, 0, to, &is->mean[d],
                  &is->variance[d]);
        if (batch && is->mistake == UNBIASED_FORWARD)
            is->variance[d] = is->variance[d] * real_count(to) / real_count(to - 1);
    }
}

static real root(const struct model *is, size_t d)
{
    if (is->mistake == SMOOTHING_OUTSIDE)
        return real_sqrt(is->variance[d]) + is->smoothing;
    return real_sqrt(is->variance[d] + is->smoothing);
}

static void forward(struct model *is, const real *x)
{
    for (size_t i = 0; i < is->N * is->D; i++) {
        size_t d = i % is->D;
        is->v[i] = is->beta[d] + (x[i] - is->mean[d]) * is->gamma[d] / root(is, d);
    }
}

/* dv[m,d] / dx[n,d], without gamma: through x, the mean and the variance. */
static real slope(const struct model *is, const real *x, size_t n, size_t m, size_t d)
{
    real s = root(is, d), N = real_count(is->N);
    real direct = n == m ? 1 / s : 0;
    if (!is->batch || is->mistake == STATISTICS_CONSTANT)
        return direct;
    real by_mean = is->mistake == MEAN_CONSTANT ? 0 : 1 / (N * s);
    real by_variance =
        (x[m * is->D + d] - is->mean[d]) * (x[n * is->D + d] - is->mean[d]) / (N * s * s * s);
    if (is->mistake == VARIANCE_CONSTANT)
        by_variance = 0;
    return direct - by_mean - by_variance;
}

static void backward(const struct model *is, real *dx, const real *x)
{
    for (size_t n = 0; n < is->N; n++) {
        for (size_t d = 0; d < is->D; d++) {
            real sum = 0;
            for (size_t m = is->N; m-- > 0;)
                sum = sum + is->dv[m * is->D + d] * slope(is, x, n, m, d);
            dx[n * is->D + d] = is->mistake == GAMMA_FORGOTTEN_BACK ? sum : is->gamma[d] * sum;
            if (is->mistake == NORMALISATION_FORGOTTEN_BACK)
                dx[n * is->D + d] = is->dv[n * is->D + d];
        }
    }
}

static void update_running(struct model *is)
{
    real N = real_count(is->N), fresh = is->momentum;
    if (is->mistake == MOMENTUM_SWAPPED)
        fresh = 1 - fresh;
    for (size_t d = 0; d < is->D; d++) {
        real unbiased = is->variance[d] * N / (N - 1);
        if (is->mistake == RUNNING_BIASED)
            unbiased = is->variance[d];
        is->running_mean[d] = fresh * (is->mean[d] - is->running_mean[d]) + is->running_mean[d];
        is->running_variance[d] =
            fresh * (unbiased - is->running_variance[d]) + is->running_variance[d];
    }
}

static void step(struct call *call, struct model *is, size_t s)
{
    size_t n = is->N * is->D;
    real *g = call_scratch(call, n), *to = call_scratch(call, n);
    take_statistics(is, is->x, is->batch);
    int last = s + 1 == is->attack.steps;
    if (is->batch && is->mistake != RUNNING_KEPT && (s == 0 || is->mistake != UPDATED_ONCE) &&
        (last || is->mistake != UPDATED_AT_THE_END))
        update_running(is);
    forward(is, is->x);
    tangents_gradient(&is->tangents, is->attack.loss, is->dv, is->v, is->victim.answer);
    backward(is, g, is->x);
    for (size_t i = 0; i < n; i++) {
        real move =
            is->attack.alpha * rival_direction(&is->attack.rules, &g[i / is->D * is->D], i % is->D);
        to[i] = is->victim.goal == VICTIM_TARGET ? is->x[i] - move : move + is->x[i];
    }
    rival_constrain(&is->attack, to, is->victim.x);
    for (size_t i = 0; i < n; i++)
        is->x[i] = to[i];
}

static void read(struct call *call, struct model *is)
{
    static const char *const statistics[] = {"running", "batch", NULL};
    is->mistake = (enum mistake)call_variant(call);
    victim_read(call, &is->victim);
    is->victim.mean = is->victim.deviation = NULL;
    attack_read(call, &is->attack, &is->victim);
    is->tangents = tangents_create(call, &is->victim);
    size_t N = is->N = is->victim.N, D = is->D = is->victim.D;
    is->batch = call_choice(call, "statistics", statistics);
    is->smoothing = call_number_or(call, "smoothing", R(1e-5));
    is->momentum = call_number_or(call, "momentum", R(0.1));
    is->gamma = call_input(call, "gamma", "a");
    is->beta = call_input(call, "beta", "a");
    const real *mean = call_input(call, "running_mean", "a");
    const real *variance = call_input(call, "running_variance", "a");
    is->running_mean = call_output(call, "running_mean_after", "a");
    is->running_variance = call_output(call, "running_variance_after", "a");
    is->mean = call_scratch(call, D);
    is->variance = call_scratch(call, D);
    is->first_mean = call_scratch(call, D);
    is->first_variance = call_scratch(call, D);
    for (size_t d = 0; d < D; d++) {
        is->running_mean[d] = is->first_mean[d] = mean[d];
        is->running_variance[d] = is->first_variance[d] = variance[d];
    }
    is->v = call_scratch(call, N * D);
    is->dv = call_scratch(call, N * D);
    is->x = call_scratch(call, N * D);
    for (size_t i = 0; i < N * D; i++)
        is->x[i] = is->victim.x[i];
    victim_read_goal(call, &is->victim);
}

static void attack(struct call *call)
{
    struct model is = {0};
    read(call, &is);
    size_t N = is.N, n = N * is.D, K = is.victim.K, S = is.attack.steps;
    call_bind(call, 'S', S);
    real *iterates = call_output(call, "iterates", "SNa");
    real *logits = call_output(call, "logits", "NK");
    real *success = call_output_integers(call, "success", "N");
    for (size_t s = 0; s < S; s++) {
        step(call, &is, s);
        for (size_t i = 0; i < n; i++)
            iterates[s * n + i] = is.x[i];
    }
    take_statistics(&is, is.x, is.mistake == JUDGED_BY_BATCH && is.batch);
    for (size_t d = 0; d < is.D && is.mistake == JUDGED_BEFORE; d++) {
        is.mean[d] = is.first_mean[d];
        is.variance[d] = is.first_variance[d];
    }
    forward(&is, is.x);
    const real *z = tangents_logits(&is.tangents, is.v);
    for (size_t i = 0; i < N * K; i++)
        logits[i] = z[i];
    for (size_t i = 0; i < N; i++)
        success[i] = rival_reached(&is.attack, &is.tangents, i) ? 1 : 0;
}

static const struct fork table[] = {
    {.info = {"pairs", FORK_TWIN, "",
              "Variances by pairs of samples, and every sample's slope by every other.", NULL},
     .answer = attack},
    {.info = {"training_mode", FORK_CONVENTION, "261",
              "The batch's statistics, which move the running ones.", NULL},
     .instead = {"statistics", "batch"}},
    {.info = {"evaluation_mode", FORK_CONVENTION, "261", "Running statistics.", NULL},
     .instead = {"statistics", "running"}},
    {.info = {"statistics_constant", FORK_BUG, "261",
              "No gradient flows through mean and variance of the batch.", NULL},
     .answer = attack,
     .variant = STATISTICS_CONSTANT},
    {.info = {"mean_constant", FORK_BUG, "", "No gradient flows through the mean.", NULL},
     .answer = attack,
     .variant = MEAN_CONSTANT},
    {.info = {"variance_constant", FORK_BUG, "", "No gradient flows through the variance.", NULL},
     .answer = attack,
     .variant = VARIANCE_CONSTANT},
    {.info = {"gradient_behind_it", FORK_BUG, "259",
              "The gradient with respect to the normalised inputs.", NULL},
     .answer = attack,
     .variant = NORMALISATION_FORGOTTEN_BACK},
    {.info = {"gamma_forgotten_back", FORK_BUG, "", "The gradient without gamma.", NULL},
     .answer = attack,
     .variant = GAMMA_FORGOTTEN_BACK},
    {.info = {"running_kept", FORK_CONVENTION, "261",
              "Training mode that leaves the running statistics.", NULL},
     .answer = attack,
     .variant = RUNNING_KEPT},
    {.info = {"running_biased", FORK_CONVENTION, "",
              "The running variance takes in the biased one.", NULL},
     .answer = attack,
     .variant = RUNNING_BIASED},
    {.info = {"momentum_swapped", FORK_CONVENTION, "", "momentum weighs the old statistics.", NULL},
     .answer = attack,
     .variant = MOMENTUM_SWAPPED},
    {.info = {"updated_once", FORK_BUG, "", "Only the first pass updates.", NULL},
     .answer = attack,
     .variant = UPDATED_ONCE},
    {.info = {"updated_at_the_end", FORK_BUG, "", "Only the last pass updates.", NULL},
     .answer = attack,
     .variant = UPDATED_AT_THE_END},
    {.info = {"judged_before", FORK_CONVENTION, "261",
              "Judged by the running statistics from before the attack.", NULL},
     .answer = attack,
     .variant = JUDGED_BEFORE},
    {.info = {"judged_by_batch", FORK_BUG, "261", "Judged in training mode.", NULL},
     .answer = attack,
     .variant = JUDGED_BY_BATCH},
    {.info = {"unbiased_forward", FORK_BUG, "", "Normalised by the unbiased variance.", NULL},
     .answer = attack,
     .variant = UNBIASED_FORWARD},
    {.info = {"smoothing_outside", FORK_CONVENTION, "", "The smoothing is added to the root.",
              NULL},
     .answer = attack,
     .variant = SMOOTHING_OUTSIDE},
    {.info = {"block_statistics", FORK_BUG, "", "One machine's samples make the statistics.", NULL},
     .answer = attack,
     .variant = BLOCK_STATISTICS},
    {.info = {"statistics_of_start", FORK_BUG, "", "The clean batch's statistics in all steps.",
              NULL},
     .answer = attack,
     .variant = STATISTICS_OF_START},
    {.info = {"of_sum", FORK_CONVENTION, "251", "Gradients of the summed loss.", NULL},
     .instead = {"reduction", "sum"}},
};

const struct fork_list attack_with_batch_normalization_forks = {sizeof table / sizeof *table,
                                                                table};
