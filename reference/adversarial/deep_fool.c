// SPDX-License-Identifier: MIT
#include "deep_fool.h"

enum overshoots { EVERY, END, STEP };

struct fool {
    struct victim victim;
    enum hyperplane_norm norm;
    enum overshoots overshoots;
    int probabilities;
    size_t T, classes;
    real overshoot, offset;
    int *own, *candidate, *best; /* (N), (N,K), (N) */
    real *p, *v, *least, *m;     /* (N,K), (N,D) twice the last step's, (N), (N) */
    real *v_best, *total, *r;    /* (N,D) three times */
};

static void read_numbers(struct call *call, struct fool *fool)
{
    static const char *const overshoots[] = {"every", "end", "step", NULL};
    static const char *const values[] = {"logits", "probabilities", NULL};
    fool->norm = hyperplane_norm(call);
    fool->overshoots = (enum overshoots)call_choice(call, "overshoots", overshoots);
    fool->probabilities = call_choice(call, "value", values);
    fool->T = call_count_or(call, "steps", 50, 1, 1 << 16);
    fool->overshoot = call_number_or(call, "overshoot", R(0.02));
    fool->offset = call_number_or(call, "offset", R(0.0));
    size_t K = fool->victim.K;
    if (K < 2)
        call_fail(call, "input 'w1' ends in one logit: there is no other class to reach");
    fool->classes = call_count_or(call, "classes", K, 2, K);
    if (!(fool->overshoot >= 0))
        call_fail(call, "number 'overshoot' is negative: the boundary would not be crossed");
    if (!(fool->offset >= 0))
        call_fail(call, "number 'offset' is negative: the boundary would not be crossed");
    call_bind(call, 'T', fool->T);
}

static struct fool read_fool(struct call *call)
{
    struct fool fool;
    struct victim *victim = &fool.victim;
    victim_read(call, victim);
    read_numbers(call, &fool);
    size_t N = victim->N, D = victim->D, K = victim->K;
    fool.own = call_scratch_integers(call, N);
    fool.candidate = call_scratch_integers(call, N * K);
    fool.best = call_scratch_integers(call, N);
    fool.p = call_scratch(call, N * K);
    fool.v = call_scratch(call, N * D);
    fool.v_best = call_scratch(call, N * D);
    fool.total = call_scratch(call, N * D);
    fool.r = call_scratch(call, N * D);
    fool.least = call_scratch(call, N);
    fool.m = call_scratch(call, N);
    return fool;
}

/* Own classes and candidates, from the logits z (N,K) of x. */
static void choose_classes(struct call *call, struct fool *fool, const real *z)
{
    static const char *const owns[] = {"prediction", "label", NULL};
    size_t N = fool->victim.N, K = fool->victim.K;
    victim_predict(&fool->victim, fool->own, z);
    if (call_choice(call, "own", owns)) {
        const int *labels = call_integers(call, "labels", "N", 0, (int)K - 1);
        for (size_t n = 0; n < N; n++)
            fool->own[n] = labels[n];
    }
    for (size_t i = 0; i < N * K; i++) {
        size_t n = i / K, k = i % K, above = 0, c = (size_t)fool->own[n];
        for (size_t j = 0; j < K; j++) {
            real gap = z[i] - z[n * K + j];
            above += j != c && j != k && (gap < 0 || (gap == 0 && j < k));
            call_decisions(call, fool->classes < K && j != c && k != c && j < k, &gap);
        }
        fool->candidate[i] = k != c && above + 1 < fool->classes;
    }
}

/* g = z, or the probabilities. */
static const real *values(struct fool *fool, const real *z)
{
    size_t K = fool->victim.K;
    for (size_t n = 0; n < fool->victim.N && fool->probabilities; n++) {
        real *p = &fool->p[n * K], m = z[n * K];
        for (size_t k = 1; k < K; k++)
            m = z[n * K + k] > m ? z[n * K + k] : m;
        for (size_t k = 0; k < K; k++)
            p[k] = real_exp(z[n * K + k] - m);
        real s = sum_features(K, p, 1);
        for (size_t k = 0; k < K; k++)
            p[k] = p[k] / s;
    }
    return fool->probabilities ? fool->p : z;
}

/* v (N,D) towards class k. */
static void toward(struct fool *fool, const real *g, size_t k)
{
    size_t K = fool->victim.K;
    for (size_t i = 0; i < fool->victim.N * K; i++) {
        const real *p = &g[i / K * K];
        size_t j = i % K, c = (size_t)fool->own[i / K];
        if (fool->probabilities)
            fool->victim.dz[i] = (j == k ? p[k] : 0) - (j == c ? p[c] : 0) - (p[k] - p[c]) * p[j];
        else
            fool->victim.dz[i] = (real)(j == k) - (real)(j == c);
    }
    victim_pullback(&fool->victim, fool->v, fool->victim.dz);
}

/* best, m and v_best: the nearest candidate of every sample. */
static void find_nearest(struct call *call, struct fool *fool, const real *g, const int *active)
{
    size_t N = fool->victim.N, D = fool->victim.D, K = fool->victim.K;
    for (size_t n = 0; n < N; n++)
        fool->best[n] = -1;
    for (size_t k = 0; k < K; k++) {
        toward(fool, g, k);
        for (size_t n = 0; n < N; n++) {
            if (!active[n] || !fool->candidate[n * K + k])
                continue;
            const real *v = &fool->v[n * D];
            real m = g[n * K + (size_t)fool->own[n]] - g[n * K + k];
            real distance = m / hyperplane_measure(&fool->r[n * D], v, fool->norm, 0, D).dual;
            real gap = distance - fool->least[n];
            call_decisions(call, fool->best[n] >= 0, &gap);
            if (fool->best[n] >= 0 && !(gap < 0))
                continue;
            fool->best[n] = (int)k;
            fool->least[n] = distance;
            fool->m[n] = m;
            for (size_t d = 0; d < D; d++)
                fool->v_best[n * D + d] = v[d];
        }
    }
}

/* One step of sample n. */
static void move(struct call *call, struct fool *fool, real *x, size_t n)
{
    size_t D = fool->victim.D;
    const real *start = &fool->victim.x[n * D], *v = &fool->v_best[n * D];
    real *r = &fool->r[n * D], *total = &fool->total[n * D], more = 1 + fool->overshoot;
    struct hyperplane plane = hyperplane_measure(r, v, fool->norm, 0, D);
    for (size_t d = 0; d < D && fool->norm == HYPERPLANE_L1; d++) {
        real gap = plane.dual - r[d];
        call_decisions(call, d != plane.largest, &gap);
    }
    hyperplane_reach(r, fool->m[n] + fool->offset * plane.dual, v, &plane, fool->norm, D);
    for (size_t d = 0; d < D; d++) {
        total[d] = total[d] + r[d];
        if (fool->overshoots == EVERY)
            x[d] = start[d] + more * total[d];
        else
            x[d] = x[d] + (fool->overshoots == STEP ? more * r[d] : r[d]);
    }
    victim_clip(&fool->victim, x, D);
}

static void finish(struct fool *fool, real *adversarial, real *distance, const real *x)
{
    struct victim *victim = &fool->victim;
    size_t N = victim->N, D = victim->D;
    for (size_t i = 0; i < N * D; i++) {
        adversarial[i] = x[i];
        if (fool->overshoots == END)
            adversarial[i] = victim->x[i] + (1 + fool->overshoot) * (x[i] - victim->x[i]);
    }
    victim_clip(victim, adversarial, N * D);
    for (size_t i = 0; i < N * D; i++)
        fool->r[i] = adversarial[i] - victim->x[i];
    for (size_t n = 0; n < N; n++)
        distance[n] = hyperplane_length(&fool->r[n * D], fool->norm, D);
}

void deep_fool_answer(struct call *call)
{
    struct fool fool = read_fool(call);
    struct victim *victim = &fool.victim;
    size_t N = victim->N, D = victim->D;
    int *active = call_scratch_integers(call, N), *now = call_scratch_integers(call, N);
    real *iterates = call_output(call, "iterates", "TNa");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *iterations = call_output_integers(call, "iterations", "N");
    real *class = call_output_integers(call, "class", "N"), *x = call_scratch(call, N * D);
    for (size_t i = 0; i < N * D; i++)
        x[i] = victim->x[i];
    const real *z = victim_logits(victim, x);
    choose_classes(call, &fool, z);
    for (size_t t = 0; t < fool.T; t++) {
        victim_decisions(call, victim);
        victim_prediction_decisions(call, victim, z);
        victim_predict(victim, now, z);
        for (size_t n = 0; n < N; n++)
            active[n] = now[n] == fool.own[n];
        find_nearest(call, &fool, values(&fool, z), active);
        for (size_t n = 0; n < N; n++) {
            iterations[n] = iterations[n] + (real)active[n];
            if (active[n])
                move(call, &fool, &x[n * D], n);
        }
        for (size_t i = 0; i < N * D; i++)
            iterates[t * N * D + i] = x[i];
        z = victim_logits(victim, x);
    }
    finish(&fool, adversarial, distance, x);
    z = victim_logits(victim, adversarial);
    victim_prediction_decisions(call, victim, z);
    victim_predict(victim, now, z);
    for (size_t n = 0; n < N; n++)
        class[n] = (real)now[n];
}
