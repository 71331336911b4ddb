// SPDX-License-Identifier: MIT
#include "carlini_wagner.h"

struct search {
    struct victim victim;
    size_t S, B, every;
    int from_input, abort_early, last_upper, raw_epsilon;
    real growth, kappa, rate, beta1, beta2, epsilon, smooth, middle, half;
    real *u, *a, *v, *t, *x, *dx, *m, *s;    /* (N,D) */
    real *c, *lower, *upper, *best, *square; /* (N); upper < 0: none */
    int *succeeded;                          /* (N), in this search */
    int *repeats; /* (N): this search has the constant, and so the steps, of an earlier one */
};

static real at_least(struct call *call, const char *name, real otherwise, real low)
{
    real value = call_number_or(call, name, otherwise);
    if (!(value > low))
        call_fail(call, "number '%s' is too small", name);
    return value;
}

static real fraction(struct call *call, const char *name, real otherwise, int zero)
{
    real value = call_number_or(call, name, otherwise);
    if (!(value < 1 && (value > 0 || (zero && value == 0))))
        call_fail(call, "number '%s' must be between 0 and 1", name);
    return value;
}

static void read_conventions(struct call *call, struct search *is)
{
    static const char *const anchors[] = {"reconstructed", "input", NULL};
    static const char *const aborts[] = {"never", "batch", NULL};
    static const char *const lasts[] = {"search", "upper", NULL};
    static const char *const places[] = {"corrected", "raw", NULL};
    is->from_input = call_choice(call, "anchor", anchors);
    is->abort_early = call_choice(call, "abort", aborts);
    is->last_upper = call_choice(call, "last", lasts);
    is->raw_epsilon = call_choice(call, "epsilon_place", places);
    is->S = call_count_or(call, "steps", 1000, 1, 1 << 20);
    is->B = call_count_or(call, "searches", 9, 1, 1 << 10);
    is->every = call_count_or(call, "every", is->S < 20 ? 1 : is->S / 10, 1, 1 << 20);
    is->growth = at_least(call, "growth", R(10.0), 1);
    is->rate = at_least(call, "rate", R(1e-2), 0);
    is->epsilon = at_least(call, "epsilon", R(1e-8), 0);
    is->beta1 = fraction(call, "beta1", R(0.9), 1);
    is->beta2 = fraction(call, "beta2", R(0.999), 1);
    is->smooth = fraction(call, "smooth", R(0.999999), 0);
    is->kappa = call_number_or(call, "kappa", R(0.0));
    if (!(is->kappa >= 0))
        call_fail(call, "number 'kappa' is negative: what succeeds would not be adversarial");
    call_bind(call, 'S', is->S);
    call_bind(call, 'B', is->B);
}

static void make_variable(struct search *is)
{
    const struct victim *victim = &is->victim;
    is->middle = (victim->low + victim->high) / 2;
    is->half = (victim->high - victim->low) / 2;
    for (size_t i = 0; i < victim->N * victim->D; i++) {
        real q = is->smooth * ((victim->x[i] - is->middle) / is->half);
        is->u[i] = (real_log1p(q) - real_log1p(-q)) / 2;
        is->a[i] = victim->x[i];
        if (!is->from_input)
            is->a[i] = is->half * real_tanh(is->u[i]) + is->middle;
    }
}

static struct search read_search(struct call *call)
{
    struct search is;
    struct victim *victim = &is.victim;
    victim_read(call, victim);
    if (victim->K < 2)
        call_fail(call, "input 'w1' ends in one logit: there is no other class to reach");
    if (!victim->boxed)
        call_fail(call, "convention 'box' is none, but the variable's range is the box");
    victim_read_goal(call, victim);
    read_conventions(call, &is);
    real **wide[] = {&is.u, &is.a, &is.v, &is.t, &is.x, &is.dx, &is.m, &is.s};
    real **narrow[] = {&is.c, &is.lower, &is.upper, &is.best, &is.square};
    for (size_t i = 0; i < 8; i++)
        *wide[i] = call_scratch(call, victim->N * victim->D);
    for (size_t i = 0; i < 5; i++)
        *narrow[i] = call_scratch(call, victim->N);
    is.succeeded = call_scratch_integers(call, victim->N);
    is.repeats = call_scratch_integers(call, victim->N);
    real c = at_least(call, "constant", R(1e-3), 0);
    for (size_t n = 0; n < victim->N; n++) {
        is.c[n] = c;
        is.upper[n] = is.best[n] = -1;
    }
    make_variable(&is);
    return is;
}

/* x', and of each sample its objective, gradient and whether it succeeded. */
static void differentiate(struct call *call, struct search *is, real *objective, real *gradient,
                          int *success)
{
    struct victim *victim = &is->victim;
    size_t N = victim->N, D = victim->D, K = victim->K;
    for (size_t i = 0; i < N * D; i++) {
        is->t[i] = real_tanh(is->u[i] + is->v[i]);
        is->x[i] = is->half * is->t[i] + is->middle;
        is->dx[i] = is->x[i] - is->a[i];
    }
    const real *z = victim_logits(victim, is->x);
    victim_decisions(call, victim);
    for (size_t n = 0; n < N; n++) {
        real gap = logit_gap(call, victim, &victim->dz[n * K], &z[n * K], n, is->c[n], is->kappa);
        is->square[n] = sum_products(0, D, &is->dx[n * D], 1, &is->dx[n * D], 1);
        objective[n] = is->square[n] + is->c[n] * (gap > 0 ? gap : 0);
        success[n] = gap < 0;
    }
    victim_pullback(victim, is->dx, victim->dz);
    for (size_t i = 0; i < N * D; i++) {
        real inner = is->half * ((1 - is->t[i]) * (1 + is->t[i]));
        gradient[i] = (2 * (is->x[i] - is->a[i]) + is->dx[i]) * inner;
    }
}

static void adam(struct search *is, const real *g, real rest1, real rest2)
{
    for (size_t i = 0; i < is->victim.N * is->victim.D; i++) {
        is->m[i] = is->beta1 * is->m[i] + (1 - is->beta1) * g[i];
        is->s[i] = is->beta2 * is->s[i] + (1 - is->beta2) * g[i] * g[i];
        real step = is->m[i] / rest1 / (real_sqrt(is->s[i] / rest2) + is->epsilon);
        if (is->raw_epsilon)
            step = real_sqrt(rest2) / rest1 * is->m[i] / (real_sqrt(is->s[i]) + is->epsilon);
        is->v[i] = is->v[i] - is->rate * step;
    }
}

/* Keeps what is the best so far. */
static void judge(struct call *call, struct search *is, real *adversarial, const int *success)
{
    size_t D = is->victim.D;
    for (size_t n = 0; n < is->victim.N; n++) {
        if (!success[n])
            continue;
        is->succeeded[n] = 1;
        real gap = is->square[n] - is->best[n];
        call_decisions(call, is->best[n] >= 0 && !is->repeats[n], &gap);
        if (is->best[n] >= 0 && !(gap < 0))
            continue;
        is->best[n] = is->square[n];
        for (size_t d = n * D; d < (n + 1) * D; d++)
            adversarial[d] = is->x[d];
    }
}

static void descend(struct call *call, struct search *is, real *iterates, real *gradients,
                    real *objectives, real *adversarial)
{
    size_t N = is->victim.N, ND = N * is->victim.D;
    int *success = call_scratch_integers(call, N);
    real power1 = 1, power2 = 1, before = 0;
    for (size_t i = 0; i < ND; i++)
        is->v[i] = is->m[i] = is->s[i] = 0;
    for (size_t s = 0; s < is->S; s++) {
        real *gradient = &gradients[s * ND], *objective = &objectives[s * N];
        differentiate(call, is, objective, gradient, success);
        for (size_t i = 0; i < ND; i++)
            iterates[s * ND + i] = is->x[i];
        power1 = power1 * is->beta1;
        power2 = power2 * is->beta2;
        adam(is, gradient, 1 - power1, 1 - power2);
        if (is->abort_early && s % is->every == 0) {
            real now = sum_samples(N, is->victim.block, objective, 1);
            real gain = R(0.9999) * before - now;
            call_decisions(call, s > 0, &gain);
            if (s > 0 && gain < 0)
                return;
            before = now;
        }
        judge(call, is, adversarial, success);
    }
}

static void choose_constants(struct search *is)
{
    for (size_t n = 0; n < is->victim.N; n++) {
        real c = is->c[n];
        if (is->succeeded[n])
            is->upper[n] = is->upper[n] >= 0 && is->upper[n] < c ? is->upper[n] : c;
        else
            is->lower[n] = c > is->lower[n] ? c : is->lower[n];
        is->c[n] = is->upper[n] >= 0 ? (is->lower[n] + is->upper[n]) / 2 : is->growth * c;
        is->succeeded[n] = 0;
    }
}

void carlini_wagner_answer(struct call *call)
{
    struct search is = read_search(call);
    size_t N = is.victim.N, D = is.victim.D, S = is.S, B = is.B;
    real *iterates = call_output(call, "iterates", "BSNa");
    real *gradient = call_output(call, "gradient", "SNa");
    real *objective = call_output(call, "objective", "BSN");
    real *constants = call_output(call, "constants", "BN");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *success = call_output_integers(call, "success", "N");
    real *later = call_scratch(call, S * N * D); /* gradients */
    for (size_t i = 0; i < N * D; i++)
        adversarial[i] = is.victim.x[i];
    for (size_t b = 0; b < B; b++) {
        for (size_t n = 0; n < N; n++) {
            is.repeats[n] = is.last_upper && b + 1 == B && is.upper[n] >= 0;
            is.c[n] = is.repeats[n] ? is.upper[n] : is.c[n];
            constants[b * N + n] = is.c[n];
        }
        descend(call, &is, &iterates[b * S * N * D], b == 0 ? gradient : later,
                &objective[b * S * N], adversarial);
        choose_constants(&is);
    }
    for (size_t n = 0; n < N; n++) {
        for (size_t d = 0; d < D; d++)
            is.dx[d] = adversarial[n * D + d] - is.victim.x[n * D + d];
        distance[n] = real_sqrt(sum_products(0, D, is.dx, 1, is.dx, 1));
        success[n] = is.best[n] >= 0;
    }
}
