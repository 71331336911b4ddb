// SPDX-License-Identifier: MIT
#include "confusion.h"

const real *confusion_weights(struct call *call, size_t N)
{
    if (!call_has(call, "weight"))
        return NULL;
    const real *weight = call_input(call, "weight", "N");
    int positive = 0;
    for (size_t n = 0; n < N; n++) {
        if (weight[n] < 0)
            call_fail(call, "input 'weight' is negative at sample %zu", n);
        positive |= weight[n] > 0;
    }
    if (!positive)
        call_fail(call, "input 'weight' is 0 everywhere: there is nothing to measure");
    return weight;
}

real confusion_sum(struct call *call, size_t N, size_t block, const int *keep, const real *weight)
{
    real *term = call_scratch(call, N);
    size_t count = 0;
    for (size_t n = 0; n < N; n++) {
        term[n] = weight && keep[n] ? weight[n] : 0;
        count += keep[n] != 0;
    }
    return weight ? sum_samples(N, block, term, 1) : real_count(count);
}

void confusion_count(struct call *call, struct confusion *c)
{
    int *keep = call_scratch_integers(call, c->N);
    c->matrix = call_scratch(call, c->K * c->K);
    c->truly = call_scratch(call, c->K);
    c->called = call_scratch(call, c->K);
    for (size_t k = 0; k < c->K * c->K; k++) {
        for (size_t n = 0; n < c->N; n++)
            keep[n] = (size_t)c->labels[n] == k / c->K && (size_t)c->predicted[n] == k % c->K;
        c->matrix[k] = confusion_sum(call, c->N, c->block, keep, c->weight);
    }
    c->total = 0;
    for (size_t k = 0; k < c->K; k++) {
        for (size_t j = 0; j < c->K; j++) {
            c->truly[k] = c->truly[k] + c->matrix[k * c->K + j];
            c->called[k] = c->called[k] + c->matrix[j * c->K + k];
        }
        c->total = c->total + c->truly[k];
    }
}

struct confusion confusion_read(struct call *call)
{
    struct confusion c = {.K = call_count(call, "classes", 1, 1000)};
    c.labels = call_integers(call, "labels", "N", 0, (int)c.K - 1);
    c.N = call_size(call, 'N');
    if (c.N == 0)
        call_fail(call, "input 'labels' has no samples");
    c.predicted = call_integers(call, "predicted", "N", 0, (int)c.K - 1);
    c.weight = confusion_weights(call, c.N);
    c.block = call_block(call);
    confusion_count(call, &c);
    return c;
}
