// SPDX-License-Identifier: MIT
#include "elastic_net_attack.h"

enum rule { ELASTIC_NET, L1, L2 };

struct net {
    struct victim victim;
    enum rule rule;
    int plain, from_one, scaled, undecayed;
    size_t S;
    real rate, beta, kappa;
    const real *c;                 /* (N) */
    real *x, *y, *g, *change, *dz; /* (N,D) three times, (D), (K) */
};

static struct net read_net(struct call *call)
{
    static const char *const descents[] = {"fista", "ista", NULL};
    static const char *const rules[] = {"elastic_net", "l1", "l2", NULL};
    static const char *const momenta[] = {"from_zero", "from_one", NULL};
    static const char *const thresholds[] = {"beta", "rate_beta", NULL};
    static const char *const decays[] = {"root", "none", NULL};
    struct net net;
    struct victim *victim = &net.victim;
    victim_read(call, victim);
    if (victim->K < 2)
        call_fail(call, "input 'w1' ends in one logit: there is no other class to reach");
    victim_read_goal(call, victim);
    net.c = call_input(call, "c", "N");
    net.plain = call_choice(call, "descent", descents);
    net.rule = (enum rule)call_choice(call, "rule", rules);
    net.from_one = call_choice(call, "momentum", momenta);
    net.scaled = call_choice(call, "threshold", thresholds);
    net.undecayed = call_choice(call, "decay", decays);
    net.S = call_count_or(call, "steps", 1000, 1, 1 << 20);
    net.rate = call_number_or(call, "rate", R(1e-2));
    net.beta = call_number_or(call, "beta", R(1e-2));
    net.kappa = call_number_or(call, "kappa", R(0.0));
    if (!(net.rate > 0))
        call_fail(call, "number 'rate' must be above 0, or nothing moves");
    if (!(net.beta >= 0))
        call_fail(call, "number 'beta' is negative: it would reward changes");
    if (!(net.kappa >= 0))
        call_fail(call, "number 'kappa' is negative: what succeeds would not be adversarial");
    size_t N = victim->N, D = victim->D;
    for (size_t n = 0; n < N; n++) {
        if (!(net.c[n] >= 0))
            call_fail(call, "element %zu of input 'c' is negative", n);
    }
    net.x = call_scratch(call, N * D);
    net.y = call_scratch(call, N * D);
    net.g = call_scratch(call, N * D);
    net.change = call_scratch(call, D);
    net.dz = call_scratch(call, victim->K);
    call_bind(call, 'S', net.S);
    return net;
}

/* change = of - x, of sample n; its square and its sum of magnitudes. */
static void measure(struct net *net, const real *of, size_t n, real *square, real *magnitude)
{
    size_t D = net->victim.D;
    for (size_t d = 0; d < D; d++)
        net->change[d] = of[n * D + d] - net->victim.x[n * D + d];
    *square = sum_products(0, D, net->change, 1, net->change, 1);
    for (size_t d = 0; d < D; d++)
        net->change[d] = real_abs(net->change[d]);
    *magnitude = sum_features(D, net->change, 1);
}

/* g (N,D) and the objectives (N) at y. */
static void differentiate(struct call *call, struct net *net, real *objective)
{
    struct victim *victim = &net->victim;
    size_t N = victim->N, D = victim->D, K = victim->K;
    const real *z = victim_logits(victim, net->y);
    victim_decisions(call, victim);
    for (size_t n = 0; n < N; n++) {
        real square, magnitude;
        real gap = logit_gap(call, victim, &victim->dz[n * K], &z[n * K], n, net->c[n], net->kappa);
        measure(net, net->y, n, &square, &magnitude);
        objective[n] = net->c[n] * (gap > 0 ? gap : 0) + square;
    }
    victim_pullback(victim, net->g, victim->dz);
    for (size_t i = 0; i < N * D; i++)
        net->g[i] = 2 * (net->y[i] - victim->x[i]) + net->g[i];
}

static real shrink(const struct net *net, real w, real x, real threshold)
{
    const struct victim *victim = &net->victim;
    real gap = w - x;
    if (gap > threshold) {
        w = w - threshold;
        return victim->boxed && w > victim->high ? victim->high : w;
    }
    if (-gap > threshold) {
        w = w + threshold;
        return victim->boxed && w < victim->low ? victim->low : w;
    }
    return x;
}

static void step(struct net *net, size_t k)
{
    real left = 1 - real_count(k) / real_count(net->S), q = real_count(k + (size_t)net->from_one);
    real rate = net->undecayed ? net->rate : net->rate * real_sqrt(left), inertia = q / (q + 3);
    real threshold = net->scaled ? rate * net->beta : net->beta;
    for (size_t i = 0; i < net->victim.N * net->victim.D; i++) {
        real before = net->x[i], w = net->y[i] - rate * net->g[i];
        net->x[i] = shrink(net, w, net->victim.x[i], threshold);
        net->y[i] = net->plain ? net->x[i] : net->x[i] + inertia * (net->x[i] - before);
    }
}

/* Keeps what is the best so far. */
static void judge(struct call *call, struct net *net, real *adversarial, real *distance,
                  real *found, size_t k)
{
    struct victim *victim = &net->victim;
    size_t D = victim->D;
    const real *z = victim_logits(victim, net->x);
    for (size_t n = 0; n < victim->N; n++) {
        real square, magnitude;
        if (!(logit_gap(call, victim, net->dz, &z[n * victim->K], n, 1, net->kappa) < 0))
            continue;
        measure(net, net->x, n, &square, &magnitude);
        real now = net->rule == L1   ? magnitude
                   : net->rule == L2 ? square
                                     : square + net->beta * magnitude;
        real gap = now - distance[n];
        call_decisions(call, found[n] > 0 && gap != 0, &gap);
        if (found[n] > 0 && !(gap < 0))
            continue;
        distance[n] = now;
        found[n] = real_count(k + 1);
        for (size_t d = n * D; d < (n + 1) * D; d++)
            adversarial[d] = net->x[d];
    }
}

void elastic_net_attack_answer(struct call *call)
{
    struct net net = read_net(call);
    size_t N = net.victim.N, ND = N * net.victim.D;
    real *iterates = call_output(call, "iterates", "SNa");
    real *slack = call_output(call, "slack", "SNa");
    real *objective = call_output(call, "objective", "SN");
    real *adversarial = call_output(call, "adversarial", "Na");
    real *distance = call_output(call, "distance", "N");
    real *found = call_output_integers(call, "found", "N");
    for (size_t i = 0; i < ND; i++)
        adversarial[i] = net.x[i] = net.y[i] = net.victim.x[i];
    for (size_t k = 0; k < net.S; k++) {
        differentiate(call, &net, &objective[k * N]);
        step(&net, k);
        for (size_t i = 0; i < ND; i++) {
            iterates[k * ND + i] = net.x[i];
            slack[k * ND + i] = net.y[i];
        }
        judge(call, &net, adversarial, distance, found, k);
    }
}
