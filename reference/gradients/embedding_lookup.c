// SPDX-License-Identifier: MIT
#include "embedding_lookup.h"

struct lookup lookup_read(struct call *call)
{
    static const char *const frequency[] = {"ignored", "divided", NULL};
    struct lookup k = {.divided = call_choice(call, "frequency", frequency)};
    k.w = call_input(call, "w", "VC");
    k.V = call_size(call, 'V');
    k.C = call_size(call, 'C');
    k.index = call_integers(call, "index", "N", 0, (int)k.V - 1);
    k.N = call_size(call, 'N');
    k.dy = call_input(call, "dy", "NC");
    k.block = call_block(call);
    k.padding = call_count_or(call, "padding", k.V, 0, k.V > 0 ? k.V - 1 : 0);
    k.y = call_output(call, "y", "NC");
    k.dw = call_output(call, "gradient_w", "VC");
    k.term = call_scratch(call, k.N);
    return k;
}

void lookup_forward(const struct lookup *k)
{
    for (size_t i = 0; i < k->N * k->C; i++)
        k->y[i] = k->w[(size_t)k->index[i / k->C] * k->C + i % k->C];
}

void lookup_backward(const struct lookup *k)
{
    for (size_t i = 0; i < k->V * k->C; i++) {
        size_t v = i / k->C, count = 0;
        for (size_t n = 0; n < k->N; n++) {
            int here = (size_t)k->index[n] == v;
            k->term[n] = here ? k->dy[n * k->C + i % k->C] : 0;
            count += here ? 1 : 0;
        }
        k->dw[i] = v == k->padding ? 0 : sum_samples(k->N, k->block, k->term, 1);
        if (k->divided && count > 0)
            k->dw[i] = k->dw[i] / real_count(count);
    }
}

void embedding_lookup_answer(struct call *call)
{
    struct lookup k = lookup_read(call);
    lookup_forward(&k);
    lookup_backward(&k);
}
