// SPDX-License-Identifier: MIT
#include "simultaneous_perturbation_attack.h"

enum update { ADAM, PLAIN, SIGN };

struct probe {
    struct victim victim;
    enum update update;
    int divided;
    size_t T, S;
    real delta, epsilon, rate, beta1, beta2, tiny;
    const real *directions;            /* (T,S,N,D) */
    real *x, *m, *s, *point, *inverse; /* (N,D) four times, (S,N,D) */
    real *above, *below, *slope;       /* (N), (N), (N,S) */
};

static real above_zero(struct call *call, const char *name, real otherwise)
{
    real value = call_number_or(call, name, otherwise);
    if (!(value > 0))
        call_fail(call, "number '%s' must be above 0", name);
    return value;
}

static real moment(struct call *call, const char *name, real otherwise)
{
    real value = call_number_or(call, name, otherwise);
    if (!(value >= 0 && value < 1))
        call_fail(call, "number '%s' must be at least 0 and below 1", name);
    return value;
}

static struct probe read_probe(struct call *call)
{
    static const char *const updates[] = {"adam", "plain", "sign", NULL};
    static const char *const estimates[] = {"times", "divided", NULL};
    struct probe is;
    struct victim *victim = &is.victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    is.directions = call_input(call, "directions", "TSNa");
    is.T = call_size(call, 'T');
    is.S = call_size(call, 'S');
    if (is.T == 0 || is.S == 0)
        call_fail(call, "input 'directions' has no step, or no direction");
    is.update = (enum update)call_choice(call, "update", updates);
    is.divided = call_choice(call, "estimate", estimates);
    is.delta = above_zero(call, "delta", R(0.01));
    is.epsilon = above_zero(call, "epsilon", R(0.3));
    is.rate = above_zero(call, "rate", R(0.01));
    is.tiny = above_zero(call, "tiny", R(1e-8));
    is.beta1 = moment(call, "beta1", R(0.9));
    is.beta2 = moment(call, "beta2", R(0.999));
    size_t N = victim->N, ND = N * victim->D;
    for (size_t i = 0; is.divided && i < is.T * is.S * ND; i++) {
        if (is.directions[i] == 0)
            call_fail(call, "element %zu of input 'directions' is 0, by which it would divide", i);
    }
    real **arrays[] = {&is.x, &is.m, &is.s, &is.point};
    for (size_t i = 0; i < 4; i++)
        *arrays[i] = call_scratch(call, ND);
    is.inverse = call_scratch(call, is.S * ND);
    is.above = call_scratch(call, N);
    is.below = call_scratch(call, N);
    is.slope = call_scratch(call, N * is.S);
    return is;
}

/* loss (N) at x + sign delta v; v may be NULL. */
static void ask(struct call *call, struct probe *is, real *loss, const real *v, int minus)
{
    struct victim *victim = &is->victim;
    for (size_t i = 0; i < victim->N * victim->D; i++) {
        real step = v ? is->delta * v[i] : 0;
        is->point[i] = minus ? is->x[i] - step : is->x[i] + step;
    }
    const real *z = victim_logits(victim, is->point);
    victim_decisions(call, victim);
    victim_rival_decisions(call, victim, z, victim->answer);
    victim_loss(victim, loss, victim->dz, z, victim->answer);
}

/* g (N,D) from the directions of one step (S,N,D). */
static void estimate(struct call *call, struct probe *is, real *g, const real *directions)
{
    size_t N = is->victim.N, D = is->victim.D, S = is->S;
    for (size_t s = 0; s < S; s++) {
        ask(call, is, is->above, &directions[s * N * D], 0);
        ask(call, is, is->below, &directions[s * N * D], 1);
        for (size_t n = 0; n < N; n++)
            is->slope[n * S + s] = (is->above[n] - is->below[n]) / (2 * is->delta);
    }
    for (size_t i = 0; i < S * N * D; i++)
        is->inverse[i] = is->divided ? 1 / directions[i] : directions[i];
    for (size_t i = 0; i < N * D; i++)
        g[i] = sum_products(0, S, &is->slope[i / D * S], 1, &is->inverse[i], N * D) / real_count(S);
}

static real update(struct probe *is, size_t i, real g, real rest1, real rest2)
{
    if (is->update == PLAIN)
        return g;
    if (is->update == SIGN)
        return g > 0 ? 1 : g < 0 ? R(-1.0) : 0;
    is->m[i] = is->beta1 * is->m[i] + (1 - is->beta1) * g;
    is->s[i] = is->beta2 * is->s[i] + (1 - is->beta2) * g * g;
    return is->m[i] / rest1 / (real_sqrt(is->s[i] / rest2) + is->tiny);
}

void simultaneous_perturbation_attack_answer(struct call *call)
{
    struct probe is = read_probe(call);
    struct victim *victim = &is.victim;
    size_t N = victim->N, ND = N * victim->D;
    real *iterates = call_output(call, "iterates", "TNa");
    real *estimates = call_output(call, "estimates", "TNa");
    real *losses = call_output(call, "losses", "TN"), power1 = 1, power2 = 1;
    real *class = call_output_integers(call, "class", "N");
    int *predicted = call_scratch_integers(call, N);
    for (size_t i = 0; i < ND; i++)
        is.x[i] = victim->x[i];
    for (size_t t = 0; t < is.T; t++) {
        real *g = &estimates[t * ND];
        ask(call, &is, &losses[t * N], NULL, 0);
        estimate(call, &is, g, &is.directions[t * is.S * ND]);
        if (is.update == SIGN)
            call_decisions(call, ND, g);
        power1 = power1 * is.beta1;
        power2 = power2 * is.beta2;
        for (size_t i = 0; i < ND; i++) {
            real way = victim->goal == VICTIM_TARGET ? -g[i] : g[i];
            real d = is.x[i] - victim->x[i];
            d = d + is.rate * update(&is, i, way, 1 - power1, 1 - power2);
            d = d < -is.epsilon ? -is.epsilon : d > is.epsilon ? is.epsilon : d;
            is.x[i] = victim->x[i] + d;
            victim_clip(victim, &is.x[i], 1);
            iterates[t * ND + i] = is.x[i];
        }
    }
    const real *z = victim_logits(victim, is.x);
    victim_prediction_decisions(call, victim, z);
    victim_predict(victim, predicted, z);
    for (size_t n = 0; n < N; n++)
        class[n] = (real)predicted[n];
}
