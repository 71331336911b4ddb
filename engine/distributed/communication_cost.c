// SPDX-License-Identifier: MIT
/* Communication cost; definition in reference/distributed/communication_cost.h.
 *
 * How it is distributed: the rows are dealt to the ranks; each is computed alone, nothing crosses
 * the network and nothing is added.
 */
#include "../techniques.h"

enum algorithm { RING, TREE, DOUBLING, HALVING, CENTRAL };

struct model {
    enum algorithm algorithm;
    scalar alpha, beta, gamma;
    size_t bucket;
};

struct cost {
    size_t steps, messages;
    scalar volume, time;
};

static scalar read_positive(struct question *q, const char *name)
{
    const scalar value = question_number(q, name);
    if (!(value >= 0))
        question_refuse(q, "its number '%s' is negative", name);
    return value;
}

static struct model read_model(struct question *q)
{
    static const char *const algorithms[] = {
        "ring", "tree", "recursive_doubling", "halving_doubling", "central", NULL};
    struct model model = {.algorithm = (enum algorithm)question_choice(q, "algorithm", algorithms),
                          .alpha = read_positive(q, "alpha"),
                          .beta = read_positive(q, "beta"),
                          .gamma = question_number_or(q, "gamma", 0),
                          .bucket = question_count_or(q, "bucket", 0, 0, 1 << 30)};
    if (!(model.gamma >= 0))
        question_refuse(q, "its number 'gamma' is negative");
    return model;
}

/* One all-reduce of n bytes on P workers. */
static struct cost reduce_once(const struct model *model, scalar n, size_t P)
{
    size_t l = 0;
    while ((size_t)2 << l <= P)
        l++;
    const size_t Q = (size_t)1 << l, beyond = P - Q, up = l + (beyond > 0);
    const scalar message = model->alpha + n * model->beta, add = n * model->gamma;
    const scalar others = (scalar)(P - 1), rounds = (scalar)up;
    struct cost cost = {2 * (P - 1), 2 * (P - 1), 2 * others * n, 0};
    if (model->algorithm == RING) {
        const scalar part = n / (scalar)P;
        cost.messages *= P;
        cost.time = 2 * others * (model->alpha + part * model->beta) + others * part * model->gamma;
    } else if (model->algorithm == TREE) {
        cost.steps = 2 * up;
        cost.time = 2 * rounds * message + rounds * n * model->gamma;
    } else if (model->algorithm == DOUBLING) {
        cost.steps = l + (beyond > 0 ? 2 : 0);
        cost.messages = Q * l + 2 * beyond;
        cost.volume = (scalar)cost.messages * n;
        cost.time = rounds * (message + add) + (beyond > 0 ? message : 0);
    } else if (model->algorithm == HALVING) {
        const scalar part = n / (scalar)Q, half = (scalar)(Q - 1);
        cost.steps = 2 * up;
        cost.messages = 2 * Q * l + 2 * beyond;
        cost.volume = 2 * half * n + 2 * (scalar)beyond * n;
        cost.time = 2 * (scalar)l * model->alpha + 2 * half * part * model->beta +
                    half * part * model->gamma;
        cost.time += beyond > 0 ? 2 * message + add : 0;
    } else {
        cost.time = 2 * others * message + others * n * model->gamma;
    }
    return cost;
}

static void add_times(struct cost *all, const struct cost *one, size_t times)
{
    all->steps += times * one->steps;
    all->messages += times * one->messages;
    all->volume += (scalar)times * one->volume;
    all->time += (scalar)times * one->time;
}

static struct cost reduce_all(const struct model *model, size_t n, size_t P)
{
    struct cost all = {0}, one;
    if (model->bucket == 0)
        return reduce_once(model, (scalar)n, P);
    one = reduce_once(model, (scalar)model->bucket, P);
    add_times(&all, &one, n / model->bucket);
    if (n % model->bucket == 0)
        return all;
    one = reduce_once(model, (scalar)(n % model->bucket), P);
    add_times(&all, &one, 1);
    return all;
}

void communication_cost_run(struct question *q)
{
    const struct model model = read_model(q);
    question_split_evenly(q, 'M');
    question_integers(q, "bytes", "M", 0, 1 << 30); /* whole, so that all ranks refuse alike */
    question_integers(q, "workers", "M", 1, 1 << 20);
    const int *bytes = question_integers(q, "bytes", "[M]", 0, 1 << 30);
    const int *workers = question_integers(q, "workers", "[M]", 1, 1 << 20);
    scalar *steps = question_output(q, "steps", "[M]");
    scalar *messages = question_output(q, "messages", "[M]");
    scalar *volume = question_output(q, "volume", "[M]"), *time = question_output(q, "time", "[M]");
    scalar *rate = question_output(q, "rate", "[M]");
    scalar *bus_rate = question_output(q, "bus_rate", "[M]");
    for (size_t m = 0; m < question_part(q, 'M'); m++) {
        const size_t P = (size_t)workers[m];
        const struct cost cost = reduce_all(&model, (size_t)bytes[m], P);
        steps[m] = (scalar)cost.steps;
        messages[m] = (scalar)cost.messages;
        volume[m] = cost.volume;
        time[m] = cost.time;
        rate[m] = cost.time > 0 ? (scalar)bytes[m] / cost.time : 0;
        bus_rate[m] = rate[m] * 2 * (scalar)(P - 1) / (scalar)P;
    }
}
