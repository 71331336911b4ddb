// SPDX-License-Identifier: MIT
#include "replicas.h"

static void place_samples(struct call *call, struct replicas *r)
{
    int *first = call_scratch_integers(call, r->R * r->V);
    size_t total = 0;
    for (size_t i = 0; i < r->R * r->V; i++) {
        first[i] = (int)total;
        total += (size_t)r->size[i];
        if (total > r->N)
            break;
    }
    if (total != r->N)
        call_fail(call, "input 'size' does not add up to the %zu samples of 'x'", r->N);
    r->first = first;
}

void replicas_read(struct call *call, struct replicas *r, int least)
{
    *r = (struct replicas){.call = call};
    perceptron_read(call, &r->net);
    r->x = call_input(call, "x", "Na");
    r->N = call_size(call, 'N');
    perceptron_target(call, &r->labels, &r->targets);
    perceptron_allocate(call, &r->net, &r->space, r->N);
    r->block = call_block(call);
    for (size_t l = 0; l < r->net.layers; l++)
        r->P += (r->net.size[l] + 1) * r->net.size[l + 1];
    r->size = call_integers(call, "size", "RV", least, 1 << 20);
    r->R = call_size(call, 'R');
    r->V = call_size(call, 'V');
    if (r->V == 0)
        call_fail(call, "input 'size' holds no replica");
    place_samples(call, r);
}

static size_t copy(real *to, const real *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = from[i];
    return n;
}

real *replicas_start(const struct replicas *r)
{
    real *w = call_scratch(r->call, r->P);
    size_t at = 0;
    for (size_t l = 0; l < r->net.layers; l++) {
        at += copy(w + at, r->net.w[l], r->net.size[l] * r->net.size[l + 1]);
        at += copy(w + at, r->net.b[l], r->net.size[l + 1]);
    }
    return w;
}

real replicas_gradient(struct replicas *r, real *w, size_t first, size_t count, real *g)
{
    const size_t L = r->net.layers, K = r->net.size[L];
    const real *x = r->x + first * r->net.size[0];
    struct perceptron net = r->net;
    size_t at = 0;
    for (size_t l = 0; l < L; l++) {
        net.w[l] = w + at;
        net.b[l] = net.w[l] + net.size[l] * net.size[l + 1];
        at += (net.size[l] + 1) * net.size[l + 1];
    }
    perceptron_forward(&net, &r->space, x, count);
    perceptron_decisions(r->call, &net, &r->space, count);
    real loss = perceptron_loss(&net, &r->space, r->labels ? r->labels + first : NULL,
                                r->targets ? r->targets + first * K : NULL, count, r->block);
    perceptron_backward(&net, &r->space, NULL, x, count, r->block);
    at = 0;
    for (size_t l = 0; l < L; l++) {
        at += copy(g + at, r->space.dw[l], net.size[l] * net.size[l + 1]);
        at += copy(g + at, r->space.db[l], net.size[l + 1]);
    }
    return loss;
}

real replicas_row_gradient(struct replicas *r, real *w, size_t row, size_t k, real *g)
{
    size_t i = row * r->V + k;
    return replicas_gradient(r, w, (size_t)r->first[i], (size_t)r->size[i], g);
}

void replicas_sum(real *total, const real *value, size_t V, size_t P)
{
    for (size_t p = 0; p < P; p++)
        total[p] = sum_samples(V, 1, &value[p], P);
}

struct replicas_rules replicas_rules_read(struct call *call)
{
    struct replicas_rules rules = {.mu = call_number_or(call, "momentum", R(0.0)),
                                   .decay = call_number_or(call, "weight_decay", R(0.0))};
    if (!(rules.mu >= 0 && rules.mu < 1))
        call_fail(call, "number 'momentum' must be at least 0 and below 1");
    if (!(rules.decay >= 0))
        call_fail(call, "number 'weight_decay' must not be negative");
    return rules;
}

void replicas_step(const struct replicas_rules *rules, real *w, real *v, const real *g, real rate,
                   size_t P)
{
    for (size_t p = 0; p < P; p++) {
        real h = rules->decay != 0 ? g[p] + rules->decay * w[p] : g[p];
        v[p] = rules->mu * v[p] + h;
        w[p] = w[p] - rate * v[p];
    }
}

struct replicas_record replicas_record_make(const struct replicas *r, char letter)
{
    static const char names[2 * PERCEPTRON_LAYERS][9] = {
        "w1_after", "b1_after", "w2_after", "b2_after", "w3_after", "b3_after",
        "w4_after", "b4_after", "w5_after", "b5_after", "w6_after", "b6_after",
        "w7_after", "b7_after", "w8_after", "b8_after"};
    struct replicas_record record = {0};
    for (size_t l = 0; l < r->net.layers; l++) {
        const char w[] = {letter, (char)('a' + l), (char)('b' + l), 0};
        const char b[] = {letter, (char)('b' + l), 0};
        record.count[2 * l] = r->net.size[l] * r->net.size[l + 1];
        record.count[2 * l + 1] = r->net.size[l + 1];
        record.after[2 * l] = call_output(r->call, names[2 * l], w);
        record.after[2 * l + 1] = call_output(r->call, names[2 * l + 1], b);
    }
    return record;
}

void replicas_record_row(const struct replicas *r, const struct replicas_record *record, size_t i,
                         const real *w)
{
    for (size_t t = 0; t < 2 * r->net.layers; t++)
        w += copy(record->after[t] + i * record->count[t], w, record->count[t]);
}
