// SPDX-License-Identifier: MIT
#include "expectation_over_transformation.h"

enum average { AVERAGE_GRADIENT, AVERAGE_SIGN, AVERAGE_LOGITS };

struct expectation {
    struct victim victim;
    struct attack attack;
    enum average average;
    size_t N, D, K, R, S;
    int every_step;
    const int *index;           /* (T,R,D), or NULL */
    const real *mask, *noise;   /* (T,R,D), (T,R,N,D), or NULL */
    real *t, *du, *loss, *mean; /* (N,D), (N,D), (N), (N,K) */
};

/* The shape of an input with or without the axis of steps, and with the axis of samples. */
static const char *shape_of(const struct expectation *is, int samples)
{
    if (samples)
        return is->every_step ? "SRNa" : "RNa";
    return is->every_step ? "SRa" : "Ra";
}

static void read(struct call *call, struct expectation *is)
{
    static const char *const averages[] = {"gradient", "sign", "logits", NULL};
    struct victim *victim = &is->victim;
    victim_read(call, victim);
    victim_read_goal(call, victim);
    attack_read(call, &is->attack, victim);
    is->N = victim->N;
    is->D = victim->D;
    is->K = victim->K;
    is->S = is->attack.steps;
    is->average = (enum average)call_choice(call, "average", averages);
    call_bind(call, 'S', is->S);
    int indexed = call_has(call, "index"), masked = call_has(call, "mask");
    int noisy = call_has(call, "noise");
    if (!indexed && !masked && !noisy)
        call_fail(call, "inputs 'index', 'mask' and 'noise' are all missing");
    is->every_step = indexed  ? call_rank(call, "index") == 3
                     : masked ? call_rank(call, "mask") == 3
                              : call_rank(call, "noise") == 4;
    if (indexed)
        is->index = call_integers(call, "index", shape_of(is, 0), 0, (int)is->D - 1);
    is->mask = masked ? call_input(call, "mask", shape_of(is, 0)) : NULL;
    is->noise = noisy ? call_input(call, "noise", shape_of(is, 1)) : NULL;
    is->R = call_size(call, 'R');
    if (is->R == 0)
        call_fail(call, "input '%s' has no draw", indexed ? "index" : masked ? "mask" : "noise");
    is->t = call_scratch(call, is->N * is->D);
    is->du = call_scratch(call, is->N * is->D);
    is->loss = call_scratch(call, is->N);
    is->mean = call_scratch(call, is->N * is->K);
}

/* The row of draw r in step s. */
static size_t row_of(const struct expectation *is, size_t s, size_t r)
{
    return is->every_step ? s * is->R + r : r;
}

static size_t source_of(const struct expectation *is, size_t row, size_t d)
{
    return is->index ? (size_t)is->index[row * is->D + d] : d;
}

/* The logits of t_r(x). */
static const real *transform(struct expectation *is, const real *x, size_t row)
{
    size_t D = is->D;
    for (size_t i = 0; i < is->N * D; i++) {
        size_t n = i / D, d = i % D;
        real value = x[n * D + source_of(is, row, d)];
        if (is->mask)
            value = is->mask[row * D + d] * value;
        is->t[i] = is->noise ? value + is->noise[row * is->N * D + i] : value;
    }
    return victim_logits(&is->victim, is->t);
}

/* Adds to g (N,D) what dz of the last logits is with respect to x. */
static void pull_back(struct call *call, struct expectation *is, real *g, const real *dz,
                      size_t row)
{
    size_t D = is->D;
    real *own = is->attack.direction;
    victim_pullback(&is->victim, is->du, dz);
    for (size_t i = 0; i < is->N * D; i++)
        own[i] = 0;
    for (size_t i = 0; i < is->N * D; i++) {
        size_t to = i / D * D + source_of(is, row, i % D);
        own[to] = own[to] + (is->mask ? is->mask[row * D + i % D] * is->du[i] : is->du[i]);
    }
    if (is->average == AVERAGE_SIGN)
        call_decisions(call, is->N * D, own);
    for (size_t i = 0; i < is->N * D; i++) {
        real part = own[i];
        if (is->average == AVERAGE_SIGN)
            part = part > 0 ? 1 : part < 0 ? R(-1.0) : 0;
        g[i] = g[i] + part;
    }
}

/* g (N,D) and losses (N) at x in step s, where the slope comes from each draw's own logits. */
static void of_losses(struct call *call, struct expectation *is, real *g, real *losses,
                      const real *x, size_t s)
{
    struct victim *victim = &is->victim;
    for (size_t r = 0; r < is->R; r++) {
        const real *z = transform(is, x, row_of(is, s, r));
        victim_loss(victim, is->loss, victim->dz, z, victim->answer);
        victim_decisions(call, victim);
        victim_rival_decisions(call, victim, z, victim->answer);
        pull_back(call, is, g, victim->dz, row_of(is, s, r));
        for (size_t n = 0; n < is->N; n++)
            losses[n] = losses[n] + is->loss[n];
    }
    for (size_t n = 0; n < is->N; n++)
        losses[n] = losses[n] / real_count(is->R);
}

static void of_logits(struct call *call, struct expectation *is, real *g, real *losses,
                      const real *x, size_t s)
{
    struct victim *victim = &is->victim;
    size_t all = is->N * is->K;
    for (size_t i = 0; i < all; i++)
        is->mean[i] = 0;
    for (size_t r = 0; r < is->R; r++) {
        const real *z = transform(is, x, row_of(is, s, r));
        for (size_t i = 0; i < all; i++)
            is->mean[i] = is->mean[i] + z[i];
    }
    for (size_t i = 0; i < all; i++)
        is->mean[i] = is->mean[i] / real_count(is->R);
    victim_loss(victim, losses, victim->dz, is->mean, victim->answer);
    victim_rival_decisions(call, victim, is->mean, victim->answer);
    for (size_t r = 0; r < is->R; r++) {
        transform(is, x, row_of(is, s, r));
        victim_decisions(call, victim);
        pull_back(call, is, g, victim->dz, row_of(is, s, r));
    }
}

void expectation_over_transformation_answer(struct call *call)
{
    struct expectation is = {0};
    read(call, &is);
    struct attack *attack = &is.attack;
    size_t N = is.N, n = N * is.D;
    real *iterates = call_output(call, "iterates", "SNa");
    real *gradients = call_output(call, "gradients", "SNa");
    real *losses = call_output(call, "losses", "SN");
    real *success = call_output_integers(call, "success", "RN");
    const real *x = is.victim.x;
    for (size_t s = 0; s < is.S; s++) {
        real *g = &gradients[s * n];
        if (is.average == AVERAGE_LOGITS)
            of_logits(call, &is, g, &losses[s * N], x, s);
        else
            of_losses(call, &is, g, &losses[s * N], x, s);
        for (size_t i = 0; i < n; i++)
            g[i] = g[i] / real_count(is.R);
        perturbation_decisions(call, &attack->rules, g, N);
        perturbation_direction(&attack->rules, attack->direction, g, N);
        attack_step(attack, &iterates[s * n], x, attack->direction, NULL);
        x = &iterates[s * n];
    }
    int *reached = call_scratch_integers(call, N);
    for (size_t r = 0; r < is.R; r++) {
        const real *z = transform(&is, x, row_of(&is, is.S - 1, r));
        attack_reached(attack, reached, z);
        victim_prediction_decisions(call, &is.victim, z);
        for (size_t i = 0; i < N; i++)
            success[r * N + i] = reached[i] ? 1 : 0;
    }
}
