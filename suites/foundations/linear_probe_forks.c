// SPDX-License-Identifier: MIT
#include "../../reference/foundations/linear_probe.h"
#include "../fork.h"

enum change {
    ORTHOGONAL,
    RIDGE_FORGOTTEN,
    RIDGE_SQUARED,
    RIDGE_HALVED,
    TARGETS_OF_ONE,
    FEATURES_CENTRED,
    FEATURES_OF_FIRST_LAYER,
    LAYERS_MIXED,
    LAST_BLOCK_LOST,
    FIRST_BLOCK_ONLY,
    BIAS_NOT_APPLIED,
    ERROR_SUMMED_OVER_CLASSES,
    ERROR_SUMMED,
    ERROR_ROOTED,
    ERROR_ABSOLUTE,
    PENALTY_IN_ERROR,
    LAST_OF_EQUALS,
    ACCURACY_OF_LAST_LAYER,
    ERROR_RATE
};

struct fit {
    enum change change;
    struct probe probe;
    const real *a; /* (N,A) */
    size_t A, V, rows;
    real *m; /* (rows,V+K): samples, targets beside them; below them rows that weigh `ridge` */
    real *r; /* (V,V+K) */
    real ridge;
    const real *t;
    real *w, *b;
};

/* The samples that count, the targets beside them, and a row of one 1 for every feature with a
 * ridge: it asks for a coefficient of 0. */
static void lay_out(struct fit *fit)
{
    const struct probe *probe = &fit->probe;
    size_t A = fit->A, V = fit->V, K = probe->K, W = V + K;
    real ridge = probe->mean ? real_count(probe->N) * probe->ridge : probe->ridge;
    if (fit->change == RIDGE_SQUARED)
        ridge = ridge * ridge;
    if (fit->change == RIDGE_HALVED)
        ridge = ridge / 2;
    fit->ridge = ridge;
    for (size_t n = 0; n < probe->N; n++) {
        int lost =
            fit->change == LAST_BLOCK_LOST && n >= (probe->N - 1) / probe->block * probe->block;
        lost |= fit->change == FIRST_BLOCK_ONLY && n >= probe->block;
        for (size_t i = 0; i < W; i++) {
            real value = i < A ? fit->a[n * A + i] : 1;
            if (i >= V)
                value = fit->change == TARGETS_OF_ONE ? 1 : fit->t[n * K + i - V];
            fit->m[n * W + i] = lost ? 0 : value;
        }
    }
    for (size_t i = 0; i < V; i++) {
        int has = i < A || probe->bias == PROBE_PENALISED;
        for (size_t j = 0; j < W; j++)
            fit->m[(probe->N + i) * W + j] = 0;
        if (has && fit->change != RIDGE_FORGOTTEN)
            fit->m[(probe->N + i) * W + i] = 1;
    }
}

static void centre(struct fit *fit)
{
    size_t N = fit->probe.N, W = fit->V + fit->probe.K;
    for (size_t i = 0; i < fit->A; i++) {
        real sum = 0;
        for (size_t n = 0; n < N; n++)
            sum += fit->m[n * W + i];
        for (size_t n = 0; n < N; n++)
            fit->m[n * W + i] -= sum / real_count(N);
    }
}

/* The inner product of two columns, in which the rows below the samples weigh `ridge`. */
static real inner(const struct fit *fit, size_t i, size_t j)
{
    size_t N = fit->probe.N, W = fit->V + fit->probe.K;
    real samples = 0, below = 0;
    for (size_t n = 0; n < N; n++)
        samples += fit->m[n * W + i] * fit->m[n * W + j];
    for (size_t n = N; n < fit->rows; n++)
        below += fit->m[n * W + i] * fit->m[n * W + j];
    return samples + fit->ridge * below;
}

/* Least squares by columns that are made orthogonal one after the other, and the targets with them:
 * neither normal equations nor roots. */
static void orthogonalise(struct fit *fit)
{
    size_t V = fit->V, W = V + fit->probe.K;
    for (size_t i = 0; i < V; i++) {
        real squares = inner(fit, i, i);
        for (size_t j = i + 1; j < W; j++) {
            real part = fit->r[i * W + j] = inner(fit, i, j) / squares;
            for (size_t n = 0; n < fit->rows; n++)
                fit->m[n * W + j] -= part * fit->m[n * W + i];
        }
    }
}

static void substitute(struct fit *fit)
{
    size_t V = fit->V, K = fit->probe.K, W = V + K;
    for (size_t k = 0; k < K; k++) {
        for (size_t i = V; i-- > 0;) {
            real left = fit->r[i * W + V + k];
            for (size_t j = i + 1; j < V; j++)
                left -= fit->r[i * W + j] * (j < fit->A ? fit->w[j * K + k] : fit->b[k]);
            real *to = i < fit->A ? &fit->w[i * K + k] : &fit->b[k];
            *to = left;
        }
    }
}

static void solve(struct call *call, struct fit *fit)
{
    size_t W = fit->V + fit->probe.K;
    fit->rows = fit->probe.N + fit->V;
    fit->m = call_scratch(call, fit->rows * W);
    fit->r = call_scratch(call, fit->V * W);
    lay_out(fit);
    if (fit->change == FEATURES_CENTRED)
        centre(fit);
    orthogonalise(fit);
    substitute(fit);
}

static size_t choose(const struct fit *fit, const real *p)
{
    size_t best = 0;
    for (size_t k = 1; k < fit->probe.K; k++) {
        if (p[k] > p[best] || (fit->change == LAST_OF_EQUALS && p[k] >= p[best]))
            best = k;
    }
    return best;
}

/* The error of a layer; counts the right ones. */
static real judge(const struct fit *fit, real *p, real *predicted, size_t *right)
{
    const struct probe *probe = &fit->probe;
    size_t N = probe->N, K = probe->K, A = fit->A;
    real sum = 0, penalty = 0;
    for (size_t n = 0; n < N; n++) {
        for (size_t k = 0; k < K; k++) {
            real value = 0;
            for (size_t i = A; i-- > 0;)
                value += fit->a[n * A + i] * fit->w[i * K + k];
            p[k] = fit->change == BIAS_NOT_APPLIED ? value : value + fit->b[k];
            real gap = p[k] - fit->t[n * K + k];
            sum += fit->change == ERROR_ABSOLUTE ? real_abs(gap) : gap * gap;
        }
        predicted[n] = real_count(choose(fit, p));
        *right += (int)predicted[n] == probe->label[n];
    }
    for (size_t i = 0; i < A * K; i++)
        penalty += probe->ridge * fit->w[i] * fit->w[i];
    if (fit->change == PENALTY_IN_ERROR)
        sum += penalty;
    if (fit->change == ERROR_SUMMED)
        return sum;
    sum = sum / real_count(fit->change == ERROR_SUMMED_OVER_CLASSES ? N : N * K);
    return fit->change == ERROR_ROOTED ? real_sqrt(sum) : sum;
}

/* What layer l is given: its own activations, or what a fork takes for them; as wide as they
 * are. */
static const real *activations(struct call *call, const struct fit *fit, size_t l)
{
    const struct probe *probe = &fit->probe;
    size_t N = probe->N, A = probe->width[l], B = probe->width[0];
    if (l == 0 || (fit->change != FEATURES_OF_FIRST_LAYER && fit->change != LAYERS_MIXED))
        return probe->a[l];
    real *a = call_scratch(call, N * A);
    for (size_t n = 0; n < N; n++) {
        for (size_t i = 0; i < A; i++) {
            int first = fit->change == FEATURES_OF_FIRST_LAYER ? i < B : i == 0;
            a[n * A + i] = first ? probe->a[0][n * B + i] : probe->a[l][n * A + i];
        }
    }
    return a;
}

static void run(struct call *call)
{
    struct fit fit = {.change = (enum change)call_variant(call), .probe = probe_read(call)};
    size_t N = fit.probe.N, K = fit.probe.K, L = fit.probe.L;
    real *w[PROBE_LAYERS], *b[PROBE_LAYERS], *t = call_scratch(call, N * K);
    const real *a[PROBE_LAYERS];
    probe_targets(&fit.probe, t);
    fit.t = t;
    for (size_t l = 0; l < L; l++) {
        probe_outputs(call, &fit.probe, l, &w[l], &b[l]);
        fit.w = w[l];
        fit.b = b[l];
        fit.a = a[l] = activations(call, &fit, l);
        fit.A = fit.probe.width[l];
        fit.V = fit.A + (fit.probe.bias != PROBE_NONE);
        solve(call, &fit);
    }
    real *error = call_output(call, "error", "L");
    real *predicted = call_output_integers(call, "predicted", "LN");
    real *accuracy = call_output(call, "accuracy", "L"), *p = call_scratch(call, K);
    for (size_t l = 0; l < L; l++) {
        size_t right = 0;
        fit.w = w[l];
        fit.b = b[l];
        fit.a = a[l];
        fit.A = fit.probe.width[l];
        error[l] = judge(&fit, p, &predicted[l * N], &right);
        accuracy[l] = real_count(fit.change == ERROR_RATE ? N - right : right) / real_count(N);
    }
    for (size_t l = 0; fit.change == ACCURACY_OF_LAST_LAYER && l < L; l++)
        accuracy[l] = accuracy[L - 1];
}

static const struct fork table[] = {
    {.info = {"orthogonal", FORK_TWIN, "",
              "Orthogonal columns, by an inner product that holds the ridge; no normal equations.",
              NULL},
     .answer = run},
    {.info = {"ridge_forgotten", FORK_BUG, "", "Plain least squares.", NULL},
     .answer = run,
     .variant = RIDGE_FORGOTTEN},
    {.info = {"ridge_squared", FORK_CONVENTION, "", "The diagonal gets the square of the ridge.",
              NULL},
     .answer = run,
     .variant = RIDGE_SQUARED},
    {.info = {"ridge_halved", FORK_CONVENTION, "", "The penalty is ridge / 2, the error is not.",
              NULL},
     .answer = run,
     .variant = RIDGE_HALVED},
    {.info = {"targets_of_one", FORK_BUG, "", "All classes are trained towards 1.", NULL},
     .answer = run,
     .variant = TARGETS_OF_ONE},
    {.info = {"features_centred", FORK_BUG, "",
              "Features are centred for the fit, but not for the prediction.", NULL},
     .answer = run,
     .variant = FEATURES_CENTRED},
    {.info = {"features_of_first_layer", FORK_BUG, "",
              "Later probes are given activations of the first layer.", NULL},
     .answer = run,
     .variant = FEATURES_OF_FIRST_LAYER},
    {.info = {"layers_mixed", FORK_BUG, "", "The first feature of all probes is the first layer's.",
              NULL},
     .answer = run,
     .variant = LAYERS_MIXED},
    {.info = {"last_block_lost", FORK_BUG, "", "The last block of samples is not fitted.", NULL},
     .answer = run,
     .variant = LAST_BLOCK_LOST},
    {.info = {"first_block_only", FORK_BUG, "", "A rank fits its own samples alone.", NULL},
     .answer = run,
     .variant = FIRST_BLOCK_ONLY},
    {.info = {"bias_not_applied", FORK_BUG, "", "The bias is fitted and then forgotten.", NULL},
     .answer = run,
     .variant = BIAS_NOT_APPLIED},
    {.info = {"error_summed_over_classes", FORK_CONVENTION, "", "The mean over samples alone.",
              NULL},
     .answer = run,
     .variant = ERROR_SUMMED_OVER_CLASSES},
    {.info = {"error_summed", FORK_CONVENTION, "", "The sum of all squares.", NULL},
     .answer = run,
     .variant = ERROR_SUMMED},
    {.info = {"error_rooted", FORK_CONVENTION, "", "The root of the mean square.", NULL},
     .answer = run,
     .variant = ERROR_ROOTED},
    {.info = {"error_absolute", FORK_CONVENTION, "", "The mean magnitude.", NULL},
     .answer = run,
     .variant = ERROR_ABSOLUTE},
    {.info = {"penalty_in_error", FORK_BUG, "", "The penalty counts as an error.", NULL},
     .answer = run,
     .variant = PENALTY_IN_ERROR},
    {.info = {"last_of_equals", FORK_CONVENTION, "", "Equal predictions go to the larger class.",
              NULL},
     .answer = run,
     .variant = LAST_OF_EQUALS},
    {.info = {"accuracy_of_last_layer", FORK_BUG, "", "All layers get the last one's accuracy.",
              NULL},
     .answer = run,
     .variant = ACCURACY_OF_LAST_LAYER},
    {.info = {"error_rate", FORK_CONVENTION, "", "The part of wrong ones.", NULL},
     .answer = run,
     .variant = ERROR_RATE},
    {.info = {"always_plus_minus", FORK_CONVENTION, "", "Targets are -1 and 1.", NULL},
     .instead = {"targets", "plus_minus"}},
    {.info = {"bias_always_penalised", FORK_CONVENTION, "", "The ridge is on the bias too.", NULL},
     .instead = {"bias", "penalised"}},
    {.info = {"never_a_bias", FORK_CONVENTION, "", "There is no bias.", NULL},
     .instead = {"bias", "none"}},
    {.info = {"ridge_for_mean", FORK_CONVENTION, "", "The ridge is multiplied by N.", NULL},
     .instead = {"reduction", "mean"}},
    {.info = {"ridge_for_sum", FORK_CONVENTION, "", "The ridge is not multiplied by N.", NULL},
     .instead = {"reduction", "sum"}},
};

const struct fork_list linear_probe_forks = {sizeof table / sizeof *table, table};
