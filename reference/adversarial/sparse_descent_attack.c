// SPDX-License-Identifier: MIT
#include "sparse_descent_attack.h"

struct descent {
    struct victim victim;
    int rescaled, dropped;
    size_t T, features;
    real rate, epsilon;
    real *x, *g, *d, *a; /* (N,D), (N,D), (D), (D) */
};

static struct descent read_descent(struct call *call)
{
    static const char *const balls[] = {"euclidean", "rescaled", NULL};
    static const char *const outwards[] = {"kept", "dropped", NULL};
    struct descent is;
    struct victim *victim = &is.victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    size_t N = victim->N, D = victim->D;
    is.rescaled = call_choice(call, "ball", balls);
    is.dropped = call_choice(call, "outward", outwards);
    is.T = call_count_or(call, "steps", 1, 1, 1 << 16);
    is.features = call_count_or(call, "features", 1, 1, D);
    is.rate = call_number_or(call, "rate", R(1.0));
    is.epsilon = call_number_or(call, "epsilon", R(10.0));
    if (!(is.rate > 0))
        call_fail(call, "number 'rate' must be above 0, or nothing moves");
    if (!(is.epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0, or nothing may move");
    if (is.dropped && !victim->boxed)
        call_fail(call, "convention 'outward' is dropped, but there is no box to lead out of");
    is.x = call_scratch(call, N * D);
    is.g = call_scratch(call, N * D);
    is.d = call_scratch(call, D);
    is.a = call_scratch(call, D);
    call_bind(call, 'T', is.T);
    return is;
}

/* a (D) = |y|, from the largest on. */
static void sort_magnitudes(real *a, const real *y, size_t D)
{
    for (size_t d = 0; d < D; d++) {
        real size = real_abs(y[d]);
        size_t place = d;
        for (; place > 0 && a[place - 1] < size; place--)
            a[place] = a[place - 1];
        a[place] = size;
    }
}

/* Turns slopes g (D) of x into the step u; returns how many features are chosen. */
static size_t choose(struct call *call, const struct descent *is, real *g, const real *x)
{
    size_t D = is->victim.D, count = 0;
    const struct victim *victim = &is->victim;
    for (size_t d = 0; d < D; d++) {
        g[d] = victim->goal == VICTIM_TARGET ? -g[d] : g[d];
        if (is->dropped &&
            ((g[d] > 0 && x[d] >= victim->high) || (g[d] < 0 && x[d] <= victim->low)))
            g[d] = 0;
    }
    sort_magnitudes(is->a, g, D);
    real threshold = is->a[is->features - 1];
    if (is->features < D) {
        real gap = threshold - is->a[is->features];
        call_decisions(call, gap != 0, &gap);
    }
    for (size_t d = 0; d < D; d++)
        count += g[d] != 0 && real_abs(g[d]) >= threshold;
    for (size_t d = 0; d < D; d++) {
        int chosen = g[d] != 0 && real_abs(g[d]) >= threshold;
        real share = chosen ? 1 / real_count(count) : 0;
        g[d] = g[d] < 0 ? -share : share;
    }
    return count;
}

static void project(const struct descent *is)
{
    size_t D = is->victim.D;
    real sum = 0, theta = 0;
    for (size_t d = 0; d < D; d++)
        is->a[d] = real_abs(is->d[d]);
    real length = sum_features(D, is->a, 1);
    if (!(length > is->epsilon))
        return;
    sort_magnitudes(is->a, is->d, D);
    for (size_t j = 0; j < D; j++) {
        sum = sum + is->a[j];
        real next = (sum - is->epsilon) / real_count(j + 1);
        if (is->a[j] > next)
            theta = next;
    }
    for (size_t d = 0; d < D; d++) {
        real left = real_abs(is->d[d]) - theta;
        left = left > 0 ? left : 0;
        if (is->rescaled)
            is->d[d] = is->d[d] * is->epsilon / length;
        else
            is->d[d] = is->d[d] < 0 ? -left : left;
    }
}

/* One step of sample n; returns |x - start|_1. */
static real move(struct descent *is, size_t n)
{
    const struct victim *victim = &is->victim;
    size_t D = victim->D;
    const real *start = &victim->x[n * D];
    real *x = &is->x[n * D];
    for (size_t d = 0; d < D; d++)
        is->d[d] = x[d] + is->rate * is->g[n * D + d] - start[d];
    project(is);
    for (size_t d = 0; d < D; d++) {
        x[d] = start[d] + is->d[d];
        victim_clip(victim, &x[d], 1);
        is->a[d] = real_abs(x[d] - start[d]);
    }
    return sum_features(D, is->a, 1);
}

void sparse_descent_attack_answer(struct call *call)
{
    struct descent is = read_descent(call);
    struct victim *victim = &is.victim;
    size_t N = victim->N, D = victim->D;
    real *iterates = call_output(call, "iterates", "TNa");
    real *losses = call_output(call, "losses", "TN");
    real *counts = call_output_integers(call, "counts", "TN");
    real *lengths = call_output(call, "lengths", "TN");
    real *class = call_output_integers(call, "class", "N");
    int *predicted = call_scratch_integers(call, N);
    for (size_t i = 0; i < N * D; i++)
        is.x[i] = victim->x[i];
    for (size_t t = 0; t < is.T; t++) {
        const real *z = victim_logits(victim, is.x);
        victim_decisions(call, victim);
        victim_rival_decisions(call, victim, z, victim->answer);
        victim_loss(victim, &losses[t * N], victim->dz, z, victim->answer);
        victim_pullback(victim, is.g, victim->dz);
        for (size_t n = 0; n < N; n++) {
            counts[t * N + n] = real_count(choose(call, &is, &is.g[n * D], &is.x[n * D]));
            lengths[t * N + n] = move(&is, n);
        }
        for (size_t i = 0; i < N * D; i++)
            iterates[t * N * D + i] = is.x[i];
    }
    const real *z = victim_logits(victim, is.x);
    victim_prediction_decisions(call, victim, z);
    victim_predict(victim, predicted, z);
    for (size_t n = 0; n < N; n++)
        class[n] = (real)predicted[n];
}
