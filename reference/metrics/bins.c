// SPDX-License-Identifier: MIT
#include "bins.h"

void bins_uniform(struct call *call, int *bin, const real *p, size_t N, size_t B, int closed_right)
{
    for (size_t n = 0; n < N; n++) {
        real scaled = p[n] * real_count(B);
        size_t k = 0;
        while (k + 1 < B &&
               (closed_right ? scaled > real_count(k + 1) : scaled >= real_count(k + 1)))
            k++;
        bin[n] = (int)k;
        for (size_t edge = 1; edge < B; edge++) {
            real gap = scaled - real_count(edge);
            call_decisions(call, gap > -1 && gap < 1, &gap);
        }
    }
}

struct bins bins_fill(struct call *call, const real *p, const int *event, const real *weight,
                      const int *bin, size_t N, size_t B)
{
    struct bins b = {B, call_scratch(call, B), call_scratch(call, B), call_scratch(call, B)};
    int *keep = call_scratch_integers(call, N);
    real *term = call_scratch(call, N);
    size_t block = call_block(call);
    for (size_t k = 0; k < B; k++) {
        for (size_t n = 0; n < N; n++) {
            keep[n] = (size_t)bin[n] == k;
            term[n] = keep[n] ? (weight ? weight[n] * p[n] : p[n]) : 0;
        }
        b.count[k] = confusion_sum(call, N, block, keep, weight);
        b.confidence[k] = sum_samples(N, block, term, 1);
        for (size_t n = 0; n < N; n++)
            keep[n] = keep[n] && event[n];
        b.frequency[k] = confusion_sum(call, N, block, keep, weight);
        b.confidence[k] = b.count[k] > 0 ? b.confidence[k] / b.count[k] : 0;
        b.frequency[k] = b.count[k] > 0 ? b.frequency[k] / b.count[k] : 0;
    }
    return b;
}
