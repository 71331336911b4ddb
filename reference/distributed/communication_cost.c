// SPDX-License-Identifier: MIT
#include "communication_cost.h"

static real read_positive(struct call *call, const char *name, real otherwise)
{
    real value = otherwise < 0 ? call_number(call, name) : call_number_or(call, name, otherwise);
    if (!(value >= 0))
        call_fail(call, "number '%s' must not be negative", name);
    return value;
}

void communication_cost_read(struct call *call, struct communication_cost *c)
{
    static const char *const algorithms[] = {
        "ring", "tree", "recursive_doubling", "halving_doubling", "central", NULL};
    *c = (struct communication_cost){0};
    c->algorithm = (enum communication_algorithm)call_choice(call, "algorithm", algorithms);
    c->alpha = read_positive(call, "alpha", R(-1.0));
    c->beta = read_positive(call, "beta", R(-1.0));
    c->gamma = read_positive(call, "gamma", R(0.0));
    c->bytes = call_integers(call, "bytes", "M", 0, 1 << 30);
    c->workers = call_integers(call, "workers", "M", 1, 1 << 20);
    c->bucket = call_count_or(call, "bucket", 0, 0, 1 << 30);
    c->M = call_size(call, 'M');
}

/* What follows from the number of workers alone. */
struct powers {
    size_t floor, ceiling, Q; /* of log2 P, and 2^floor */
    int folded;
};

static struct powers powers_of(size_t P)
{
    struct powers p = {.Q = 1};
    for (; p.Q * 2 <= P; p.floor++)
        p.Q *= 2;
    p.folded = P > p.Q;
    p.ceiling = p.floor + (P > p.Q ? 1 : 0);
    return p;
}

static struct communication halving_of(const struct communication_cost *c, real n, size_t P)
{
    struct powers p = powers_of(P);
    real part = n / real_count(p.Q), others = real_count(p.Q - 1), beyond = real_count(P - p.Q);
    struct communication cost = {.steps = 2 * p.floor + (p.folded ? 2 : 0),
                                 .messages = 2 * p.Q * p.floor + 2 * (P - p.Q),
                                 .volume = 2 * others * n + 2 * beyond * n};
    cost.time =
        2 * real_count(p.floor) * c->alpha + 2 * others * part * c->beta + others * part * c->gamma;
    if (p.folded)
        cost.time = cost.time + (2 * (c->alpha + n * c->beta) + n * c->gamma);
    return cost;
}

static struct communication doubling_of(const struct communication_cost *c, real n, size_t P)
{
    struct powers p = powers_of(P);
    struct communication cost = {.steps = p.floor + (p.folded ? 2 : 0),
                                 .messages = p.Q * p.floor + 2 * (P - p.Q)};
    real message = c->alpha + n * c->beta;
    cost.volume = real_count(cost.messages) * n;
    cost.time = real_count(p.ceiling) * (message + n * c->gamma);
    if (p.folded)
        cost.time = cost.time + message;
    return cost;
}

struct communication communication_of(const struct communication_cost *c, real n, size_t P)
{
    struct powers p = powers_of(P);
    real message = c->alpha + n * c->beta, others = real_count(P - 1);
    real part = n / real_count(P), rounds = real_count(p.ceiling);
    struct communication cost = {
        .steps = 2 * (P - 1), .messages = 2 * (P - 1), .volume = 2 * others * n};
    switch (c->algorithm) {
    case COST_RING:
        cost.messages = 2 * (P - 1) * P;
        cost.time = 2 * others * (c->alpha + part * c->beta) + others * part * c->gamma;
        return cost;
    case COST_TREE:
        cost.steps = 2 * p.ceiling;
        cost.time = 2 * rounds * message + rounds * n * c->gamma;
        return cost;
    case COST_DOUBLING:
        return doubling_of(c, n, P);
    case COST_HALVING:
        return halving_of(c, n, P);
    default:
        cost.time = 2 * others * message + others * n * c->gamma;
        return cost;
    }
}

/* All buckets, and the rest. */
static struct communication in_buckets(const struct communication_cost *c, size_t n, size_t P)
{
    struct communication all = {0}, one;
    size_t full = c->bucket ? n / c->bucket : 0, rest = c->bucket ? n % c->bucket : n;
    if (!c->bucket)
        return communication_of(c, real_count(n), P);
    one = communication_of(c, real_count(c->bucket), P);
    all.steps = full * one.steps;
    all.messages = full * one.messages;
    all.volume = real_count(full) * one.volume;
    all.time = real_count(full) * one.time;
    if (rest == 0)
        return all;
    one = communication_of(c, real_count(rest), P);
    all.steps += one.steps;
    all.messages += one.messages;
    all.volume = all.volume + one.volume;
    all.time = all.time + one.time;
    return all;
}

void communication_cost_answer(struct call *call)
{
    struct communication_cost c;
    communication_cost_read(call, &c);
    real *steps = call_output_integers(call, "steps", "M");
    real *messages = call_output_integers(call, "messages", "M");
    real *volume = call_output(call, "volume", "M"), *time = call_output(call, "time", "M");
    real *rate = call_output(call, "rate", "M"), *bus_rate = call_output(call, "bus_rate", "M");
    for (size_t m = 0; m < c.M; m++) {
        size_t P = (size_t)c.workers[m];
        struct communication cost = in_buckets(&c, (size_t)c.bytes[m], P);
        steps[m] = real_count(cost.steps);
        messages[m] = real_count(cost.messages);
        volume[m] = cost.volume;
        time[m] = cost.time;
        rate[m] = cost.time > 0 ? (real)c.bytes[m] / cost.time : 0;
        bus_rate[m] = rate[m] * 2 * real_count(P - 1) / real_count(P);
    }
}
