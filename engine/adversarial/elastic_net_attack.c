// SPDX-License-Identifier: MIT
/* Elastic-net attack; definition in reference/adversarial/elastic_net_attack.h.
 *
 * How it is distributed: the samples are sharded, the model is whole on every rank. Each sample has
 * its own iterates and its own constant; nothing crosses the network but the count of constants
 * that are impossible.
 */
#include "logit_gap.h"

#include <string.h>

enum { BY_ELASTIC_NET, BY_L1, BY_L2 };

struct net {
    struct victim *victim;
    int rule;
    bool plain, from_one, scaled, undecayed;
    size_t S, size;
    scalar rate, beta, kappa;
    const scalar *c;
    scalar *x, *y, *g, *change; /* (rows,D) three times, (D) */
};

static void read_rules(struct question *q, struct net *net)
{
    static const char *const descents[] = {"fista", "ista", NULL};
    static const char *const rules[] = {"elastic_net", "l1", "l2", NULL};
    static const char *const momenta[] = {"from_zero", "from_one", NULL};
    static const char *const thresholds[] = {"beta", "rate_beta", NULL};
    static const char *const decays[] = {"root", "none", NULL};
    net->plain = question_choice(q, "descent", descents) == 1;
    net->rule = question_choice(q, "rule", rules);
    net->from_one = question_choice(q, "momentum", momenta) == 1;
    net->scaled = question_choice(q, "threshold", thresholds) == 1;
    net->undecayed = question_choice(q, "decay", decays) == 1;
    net->S = question_count_or(q, "steps", 1000, 1, 1 << 20);
    net->rate = question_number_or(q, "rate", (scalar)1e-2);
    net->beta = question_number_or(q, "beta", (scalar)1e-2);
    net->kappa = question_number_or(q, "kappa", 0);
    if (!(net->rate > 0))
        question_refuse(q, "its number 'rate' must be above 0");
    if (!(net->beta >= 0))
        question_refuse(q, "its number 'beta' must not be negative");
    if (!(net->kappa >= 0))
        question_refuse(q, "its number 'kappa' must not be negative");
    question_bind(q, 'S', net->S);
}

static struct net read_net(struct question *q)
{
    struct net net = {.victim = victim_read(q)};
    struct victim *victim = net.victim;
    if (victim->K < 2)
        question_refuse(q, "its input 'w1' leads to one logit; give two or more");
    victim_read_goal(q, victim);
    net.c = question_input(q, "c", "[N]");
    read_rules(q, &net);
    long long negative = 0;
    for (size_t n = 0; n < victim->rows; n++)
        negative += !(net.c[n] >= 0);
    reduce_integers(victim->team, &negative, 1);
    if (negative > 0)
        question_refuse(q, "%lld elements of its input 'c' are negative", negative);
    net.size = victim->rows * victim->D;
    net.x = question_scratch(q, net.size);
    net.y = question_scratch(q, net.size);
    net.g = question_scratch(q, net.size);
    net.change = question_scratch(q, victim->D);
    return net;
}

/* change = of - x of sample n; returns its square. */
static scalar measure(const struct net *net, const scalar *of, size_t n)
{
    const size_t D = net->victim->D;
    scalar square;
    for (size_t d = 0; d < D; d++)
        net->change[d] = of[n * D + d] - net->victim->x[n * D + d];
    team_row_products(net->victim->team, 1, D, net->change, net->change, &square);
    return square;
}

static scalar magnitude(const struct net *net)
{
    scalar sum = 0;
    for (size_t d = 0; d < net->victim->D; d++)
        sum += scalar_absolute(net->change[d]);
    return sum;
}

static void differentiate(struct net *net, scalar *objective)
{
    struct victim *victim = net->victim;
    const size_t K = victim->K;
    const scalar *z = victim_logits(victim, net->y);
    for (size_t n = 0; n < victim->rows; n++) {
        const scalar gap = logit_gap(victim, victim->dz + n * K, z + n * K, victim->answer[n],
                                     net->c[n], net->kappa);
        objective[n] = net->c[n] * (gap > 0 ? gap : 0) + measure(net, net->y, n);
    }
    victim_pullback(victim, net->g, victim->dz);
    for (size_t i = 0; i < net->size; i++)
        net->g[i] = 2 * (net->y[i] - victim->x[i]) + net->g[i];
}

static void step(struct net *net, size_t k)
{
    const struct victim *victim = net->victim;
    const scalar left = 1 - (scalar)k / (scalar)net->S, q = (scalar)(k + net->from_one);
    const scalar rate = net->undecayed ? net->rate : net->rate * scalar_sqrt(left);
    const scalar threshold = net->scaled ? rate * net->beta : net->beta;
    for (size_t i = 0; i < net->size; i++) {
        const scalar old = net->x[i], x = victim->x[i], w = net->y[i] - rate * net->g[i];
        if (w - x > threshold) {
            net->x[i] = w - threshold;
            if (victim->boxed && net->x[i] > victim->high)
                net->x[i] = victim->high;
        } else if (x - w > threshold) {
            net->x[i] = w + threshold;
            if (victim->boxed && net->x[i] < victim->low)
                net->x[i] = victim->low;
        } else {
            net->x[i] = x;
        }
        net->y[i] = net->x[i];
        if (!net->plain)
            net->y[i] += q / (q + 3) * (net->x[i] - old);
    }
}

static void judge(struct net *net, scalar *adversarial, scalar *distance, scalar *found, size_t k)
{
    struct victim *victim = net->victim;
    const size_t D = victim->D, K = victim->K;
    const scalar *z = victim_logits(victim, net->x);
    for (size_t n = 0; n < victim->rows; n++) {
        if (!(logit_gap(victim, victim->dz + n * K, z + n * K, victim->answer[n], 1, net->kappa) <
              0))
            continue;
        scalar now = measure(net, net->x, n);
        if (net->rule == BY_ELASTIC_NET)
            now += net->beta * magnitude(net);
        else if (net->rule == BY_L1)
            now = magnitude(net);
        if (found[n] > 0 && !(now < distance[n]))
            continue;
        distance[n] = now;
        found[n] = (scalar)(k + 1);
        memcpy(adversarial + n * D, net->x + n * D, D * sizeof *adversarial);
    }
}

void elastic_net_attack_run(struct question *q)
{
    struct net net = read_net(q);
    const size_t rows = net.victim->rows, bytes = net.size * sizeof(scalar);
    scalar *iterates = question_output(q, "iterates", "S[N]A");
    scalar *slack = question_output(q, "slack", "S[N]A");
    scalar *objective = question_output(q, "objective", "S[N]");
    scalar *adversarial = question_output(q, "adversarial", "[N]A");
    scalar *distance = question_output(q, "distance", "[N]");
    scalar *found = question_output(q, "found", "[N]");
    memcpy(net.x, net.victim->x, bytes);
    memcpy(net.y, net.victim->x, bytes);
    memcpy(adversarial, net.victim->x, bytes);
    for (size_t k = 0; k < net.S; k++) {
        differentiate(&net, objective + k * rows);
        step(&net, k);
        memcpy(iterates + k * net.size, net.x, bytes);
        memcpy(slack + k * net.size, net.y, bytes);
        judge(&net, adversarial, distance, found, k);
    }
}
