// SPDX-License-Identifier: MIT
#include "attack_with_batch_normalization.h"

#include "../normalization/batch_normalization.h"

struct normalised {
    struct victim victim;
    struct attack attack;
    size_t N, D;
    int batch;
    real smoothing, momentum;
    const real *gamma, *beta;
    real *running_mean, *running_variance;     /* (D) */
    real *mean, *squares, *s, *dgamma, *dbeta; /* (D) */
    real *hat, *v, *dv;                        /* (N,D) */
};

static void read(struct call *call, struct normalised *is)
{
    static const char *const statistics[] = {"running", "batch", NULL};
    struct victim *victim = &is->victim;
    victim_read(call, victim);
    victim->mean = victim->deviation = NULL;
    attack_read(call, &is->attack, victim);
    size_t N = is->N = victim->N, D = is->D = victim->D;
    is->batch = call_choice(call, "statistics", statistics);
    is->smoothing = call_number_or(call, "smoothing", R(1e-5));
    is->momentum = call_number_or(call, "momentum", R(0.1));
    is->gamma = call_input(call, "gamma", "a");
    is->beta = call_input(call, "beta", "a");
    const real *mean = call_input(call, "running_mean", "a");
    const real *variance = call_input(call, "running_variance", "a");
    if (!(is->smoothing > 0))
        call_fail(call, "number 'smoothing' must be above 0");
    if (!(is->momentum >= 0 && is->momentum <= 1))
        call_fail(call, "number 'momentum' must be in [0, 1]");
    if (is->batch && N < 2)
        call_fail(call, "convention 'statistics' is batch, but the batch has one sample");
    is->running_mean = call_output(call, "running_mean_after", "a");
    is->running_variance = call_output(call, "running_variance_after", "a");
    for (size_t d = 0; d < D; d++) {
        is->running_mean[d] = mean[d];
        is->running_variance[d] = variance[d];
        if (!(variance[d] >= 0))
            call_fail(call, "element %zu of input 'running_variance' is negative", d);
    }
    is->mean = call_scratch(call, D);
    is->squares = call_scratch(call, D);
    is->s = call_scratch(call, D);
    is->dgamma = call_scratch(call, D);
    is->dbeta = call_scratch(call, D);
    is->hat = call_scratch(call, N * D);
    is->v = call_scratch(call, N * D);
    is->dv = call_scratch(call, N * D);
}

/* v from x (N,D), by the statistics of this batch or the running ones. */
static void normalise(struct normalised *is, const real *x, int batch)
{
    size_t N = is->N, D = is->D;
    if (batch) {
        batch_mean(is->mean, is->hat, x, N, D, is->victim.block);
        batch_squares(is->squares, is->hat, N, D, is->victim.block);
    }
    for (size_t d = 0; d < D; d++) {
        real variance = batch ? is->squares[d] / real_count(N) : is->running_variance[d];
        is->s[d] = real_sqrt(variance + is->smoothing);
        for (size_t i = d; i < N * D; i += D) {
            is->hat[i] = (batch ? is->hat[i] : x[i] - is->running_mean[d]) / is->s[d];
            is->v[i] = is->gamma[d] * is->hat[i] + is->beta[d];
        }
    }
}

static void update_running(const struct normalised *is)
{
    real fresh = is->momentum, old = 1 - fresh;
    for (size_t d = 0; d < is->D; d++) {
        real unbiased = is->squares[d] / real_count(is->N - 1);
        is->running_mean[d] = old * is->running_mean[d] + fresh * is->mean[d];
        is->running_variance[d] = old * is->running_variance[d] + fresh * unbiased;
    }
}

/* The gradient of x from dv. */
static void pull_back(struct normalised *is, real *dx)
{
    size_t N = is->N, D = is->D, block = is->victim.block;
    for (size_t d = 0; d < D; d++) {
        is->dbeta[d] = sum_samples(N, block, &is->dv[d], D);
        is->dgamma[d] = sum_sample_products(N, block, &is->dv[d], D, &is->hat[d], D);
    }
    if (is->batch)
        batch_normalization_backward(dx, is->dv, is->hat, is->dgamma, is->dbeta, is->gamma, is->s,
                                     N, D);
    for (size_t i = 0; !is->batch && i < N * D; i++)
        dx[i] = is->gamma[i % D] / is->s[i % D] * is->dv[i];
}

static void step(struct call *call, struct normalised *is, real *to, const real *x)
{
    struct attack *attack = &is->attack;
    struct victim *victim = &is->victim;
    normalise(is, x, is->batch);
    if (is->batch)
        update_running(is);
    victim_gradient(victim, attack->loss, is->dv, is->v);
    victim_decisions(call, victim);
    pull_back(is, attack->gradient);
    perturbation_decisions(call, &attack->rules, attack->gradient, is->N);
    perturbation_direction(&attack->rules, attack->direction, attack->gradient, is->N);
    attack_step(attack, to, x, attack->direction, NULL);
}

void attack_with_batch_normalization_answer(struct call *call)
{
    static const char *const goals[] = {"labels", "target", NULL};
    struct normalised is = {0};
    read(call, &is);
    call_choice(call, "goal", goals);
    victim_read_goal(call, &is.victim);
    size_t N = is.N, n = N * is.D, K = is.victim.K, S = is.attack.steps;
    call_bind(call, 'S', S);
    real *iterates = call_output(call, "iterates", "SNa");
    real *logits = call_output(call, "logits", "NK");
    real *success = call_output_integers(call, "success", "N");
    const real *x = is.victim.x;
    for (size_t s = 0; s < S; s++) {
        step(call, &is, &iterates[s * n], x);
        x = &iterates[s * n];
    }
    normalise(&is, x, 0);
    const real *z = victim_logits(&is.victim, is.v);
    int *reached = call_scratch_integers(call, N);
    attack_reached(&is.attack, reached, z);
    victim_prediction_decisions(call, &is.victim, z);
    for (size_t i = 0; i < N * K; i++)
        logits[i] = z[i];
    for (size_t i = 0; i < N; i++)
        success[i] = reached[i] ? 1 : 0;
}
