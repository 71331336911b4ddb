// SPDX-License-Identifier: MIT
#include "input_gradient_ascent.h"

enum direction { RAW, UNIT, LARGEST };

struct ascent {
    struct victim victim;
    enum direction direction;
    size_t T;
    real rate, penalty, confidence;
    real *g, *p, *change; /* (N,D), (N), (D) */
    int *class, *crossed; /* (N) */
};

static struct ascent read_ascent(struct call *call)
{
    static const char *const directions[] = {"raw", "unit", "largest", NULL};
    struct ascent is;
    struct victim *victim = &is.victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    is.direction = (enum direction)call_choice(call, "direction", directions);
    is.T = call_count_or(call, "steps", 100, 1, 1 << 20);
    is.rate = call_number_or(call, "rate", R(0.1));
    is.penalty = call_number_or(call, "penalty", R(0.0));
    is.confidence = call_number_or(call, "confidence", R(0.0));
    if (!(is.rate > 0))
        call_fail(call, "number 'rate' must be above 0, or nothing moves");
    if (!(is.penalty >= 0))
        call_fail(call, "number 'penalty' is negative: it would drive x away");
    if (!(is.confidence >= 0 && is.confidence < 1))
        call_fail(call, "number 'confidence' must be at least 0 and below 1");
    is.g = call_scratch(call, victim->N * victim->D);
    is.p = call_scratch(call, victim->N + victim->K);
    is.change = call_scratch(call, victim->D);
    is.class = call_scratch_integers(call, victim->N);
    is.crossed = call_scratch_integers(call, victim->N);
    call_bind(call, 'T', is.T);
    return is;
}

/* Classes, their probabilities, and who has crossed, from the logits z (N,K). */
static void look(struct call *call, struct ascent *is, const real *z)
{
    const struct victim *victim = &is->victim;
    size_t K = victim->K;
    real *e = &is->p[victim->N];
    victim_decisions(call, victim);
    victim_prediction_decisions(call, victim, z);
    victim_predict(victim, is->class, z);
    for (size_t n = 0; n < victim->N; n++) {
        real m = z[n * K + (K > 1 ? (size_t)is->class[n] : 0)];
        for (size_t k = 0; k < K; k++)
            e[k] = real_exp(K > 1 ? z[n * K + k] - m : -real_abs(m));
        real s = sum_features(K, e, 1), sure = 1 / (K > 1 ? s : 1 + s);
        int same = is->class[n] == victim->answer[n];
        real lead = sure - is->confidence;
        call_decisions(call, 1, &lead);
        is->p[n] = sure;
        is->crossed[n] = same == (victim->goal == VICTIM_TARGET) && lead >= 0;
    }
}

static real length(const real *y, size_t D)
{
    return real_sqrt(sum_products(0, D, y, 1, y, 1));
}

/* One step of sample n; returns its length. */
static real climb(struct ascent *is, real *x, size_t n)
{
    const struct victim *victim = &is->victim;
    size_t D = victim->D;
    const real *start = &victim->x[n * D];
    real *h = &is->g[n * D], pull = 2 * is->penalty, largest = 0;
    for (size_t d = 0; d < D; d++) {
        h[d] = (victim->goal == VICTIM_TARGET ? -h[d] : h[d]) - pull * (x[d] - start[d]);
        largest = real_abs(h[d]) > largest ? real_abs(h[d]) : largest;
    }
    real size = is->direction == LARGEST ? largest : length(h, D);
    for (size_t d = 0; d < D; d++) {
        real before = x[d], step = is->rate * h[d];
        x[d] = x[d] + (is->direction == RAW ? step : size > 0 ? step / size : 0);
        victim_clip(victim, &x[d], 1);
        is->change[d] = x[d] - before;
    }
    return length(is->change, D);
}

void input_gradient_ascent_answer(struct call *call)
{
    struct ascent is = read_ascent(call);
    struct victim *victim = &is.victim;
    size_t N = victim->N, D = victim->D;
    real *iterates = call_output(call, "iterates", "TNa"),
         *losses = call_output(call, "losses", "TN");
    real *x = call_output(call, "adversarial", "Na"),
         *distance = call_output(call, "distance", "N");
    real *path = call_output(call, "path", "N"), *sure = call_output(call, "probability", "N");
    real *iterations = call_output_integers(call, "iterations", "N");
    real *class = call_output_integers(call, "class", "N");
    for (size_t i = 0; i < N * D; i++)
        x[i] = victim->x[i];
    const real *z = victim_logits(victim, x);
    for (size_t t = 0; t < is.T; t++) {
        look(call, &is, z);
        victim_rival_decisions(call, victim, z, victim->answer);
        victim_loss(victim, &losses[t * N], victim->dz, z, victim->answer);
        victim_pullback(victim, is.g, victim->dz);
        for (size_t n = 0; n < N; n++) {
            if (is.crossed[n])
                continue;
            path[n] = path[n] + climb(&is, &x[n * D], n);
            iterations[n] = iterations[n] + 1;
        }
        for (size_t i = 0; i < N * D; i++)
            iterates[t * N * D + i] = x[i];
        z = victim_logits(victim, x);
    }
    look(call, &is, z);
    for (size_t n = 0; n < N; n++) {
        for (size_t d = 0; d < D; d++)
            is.change[d] = x[n * D + d] - victim->x[n * D + d];
        distance[n] = length(is.change, D);
        sure[n] = is.p[n];
        class[n] = (real)is.class[n];
    }
}
