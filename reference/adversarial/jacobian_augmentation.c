// SPDX-License-Identifier: MIT
#include "jacobian_augmentation.h"

enum schedule { CONSTANT, ALTERNATING, ONCE };

struct augmentation {
    struct victim victim;
    enum schedule schedule;
    int probabilities, by_parent;
    size_t rounds, period;
    real lambda;
    const real *w, *b;     /* the oracle */
    real *output, *dx, *p; /* (K), (N,D), (K) */
};

static struct augmentation read_augmentation(struct call *call)
{
    static const char *const schedules[] = {"constant", "alternating", "once", NULL};
    static const char *const values[] = {"logits", "probabilities", NULL};
    static const char *const labellers[] = {"oracle", "parent", NULL};
    struct augmentation is;
    struct victim *victim = &is.victim;
    victim_read(call, victim);
    if (victim->K < 2)
        call_fail(call, "input 'w1' ends in one logit: give two or more");
    is.schedule = (enum schedule)call_choice(call, "schedule", schedules);
    is.probabilities = call_choice(call, "value", values);
    is.by_parent = call_choice(call, "labels_by", labellers);
    is.rounds = call_count_or(call, "rounds", 1, 1, 16);
    is.period = call_count_or(call, "period", 3, 1, 1 << 16);
    is.lambda = call_number_or(call, "lambda", R(0.1));
    if (!(is.lambda > 0 || is.lambda < 0))
        call_fail(call, "number 'lambda' is 0: children would be their parents");
    is.w = is.b = NULL;
    if (!is.by_parent) {
        is.w = call_input(call, "oracle_w", "aK");
        is.b = call_input(call, "oracle_b", "K");
    }
    is.output = call_scratch(call, victim->K);
    is.p = call_scratch(call, victim->K);
    is.dx = call_scratch(call, victim->N * victim->D);
    call_bind(call, 'P', (size_t)1 << is.rounds);
    call_bind(call, 'R', is.rounds);
    return is;
}

static real lambda_of(const struct augmentation *is, size_t r)
{
    if (is->schedule == ALTERNATING)
        return r / is->period % 2 == 0 ? is->lambda : -is->lambda;
    return is->schedule == ONCE && r < is->period ? -is->lambda : is->lambda;
}

static real oracle(struct call *call, const struct augmentation *is, const real *x)
{
    size_t K = is->victim.K, best = 0;
    for (size_t k = 0; k < K; k++) {
        is->output[k] = sum_products(is->b[k], is->victim.D, x, 1, &is->w[k], K);
        best = is->output[k] > is->output[best] ? k : best;
    }
    for (size_t k = 0; k < K; k++) {
        real gap = is->output[best] - is->output[k];
        call_decisions(call, k != best, &gap);
    }
    return real_count(best);
}

/* dx (N,D): the slopes of the outputs of the labels at x (N,D). */
static void differentiate(struct call *call, struct augmentation *is, const real *x,
                          const real *labels)
{
    struct victim *victim = &is->victim;
    size_t N = victim->N, K = victim->K;
    const real *z = victim_logits(victim, x);
    victim_decisions(call, victim);
    for (size_t n = 0; n < N; n++) {
        size_t y = 0;
        real m = z[n * K], *dz = &victim->dz[n * K];
        while (real_count(y) < labels[n])
            y++;
        for (size_t k = 0; k < K; k++)
            m = z[n * K + k] > m ? z[n * K + k] : m;
        for (size_t k = 0; k < K; k++)
            is->p[k] = real_exp(z[n * K + k] - m);
        real s = sum_features(K, is->p, 1);
        for (size_t k = 0; k < K; k++) {
            dz[k] = (real)(k == y);
            if (is->probabilities)
                dz[k] = is->p[y] / s * (dz[k] - is->p[k] / s);
        }
    }
    victim_pullback(victim, is->dx, victim->dz);
    call_decisions(call, N * victim->D, is->dx);
}

void jacobian_augmentation_answer(struct call *call)
{
    struct augmentation is = read_augmentation(call);
    size_t N = is.victim.N, D = is.victim.D, ND = N * D;
    const int *given = call_integers(call, "labels", "N", 0, (int)is.victim.K - 1);
    real *samples = call_output(call, "samples", "PNa");
    real *labels = call_output_integers(call, "sample_labels", "PN");
    real *lambdas = call_output(call, "lambdas", "R");
    for (size_t i = 0; i < ND; i++)
        samples[i] = is.victim.x[i];
    for (size_t n = 0; n < N; n++)
        labels[n] = (real)given[n];
    for (size_t r = 0; r < is.rounds; r++) {
        size_t parents = (size_t)1 << r;
        lambdas[r] = lambda_of(&is, r);
        for (size_t p = 0; p < parents; p++) {
            const real *x = &samples[p * ND];
            real *child = &samples[(parents + p) * ND];
            differentiate(call, &is, x, &labels[p * N]);
            for (size_t i = 0; i < ND; i++)
                child[i] = x[i] + (is.dx[i] > 0 ? lambdas[r] : is.dx[i] < 0 ? -lambdas[r] : 0);
            victim_clip(&is.victim, child, ND);
            for (size_t n = 0; n < N; n++)
                labels[(parents + p) * N + n] =
                    is.by_parent ? labels[p * N + n] : oracle(call, &is, &child[n * D]);
        }
    }
}
