// SPDX-License-Identifier: MIT
#include "class_forks.h"

struct class_walk class_read(struct call *call)
{
    struct class_walk w = {.mistake = call_variant(call),
                           .K = call_count(call, "classes", 1, 1000)};
    w.labels = call_integers(call, "labels", "N", 0, (int)w.K - 1);
    w.predicted = call_integers(call, "predicted", "N", 0, (int)w.K - 1);
    w.weight = call_has(call, "weight") ? call_input(call, "weight", "N") : NULL;
    w.N = call_size(call, 'N');
    w.block = call_block(call);
    w.m = call_scratch(call, w.K * w.K);
    return w;
}

size_t class_count(struct class_walk *w, size_t begin, size_t end)
{
    for (size_t k = 0; k < w->K * w->K; k++)
        w->m[k] = 0;
    for (size_t n = end; n-- > begin;) {
        size_t label = (size_t)w->labels[w->mistake == CLASS_MISALIGNED ? (n + 1) % w->N : n];
        size_t predicted = (size_t)w->predicted[n];
        size_t k =
            w->mistake == CLASS_SWAPPED ? predicted * w->K + label : label * w->K + predicted;
        w->m[k] = w->m[k] + (w->weight && w->mistake != CLASS_UNWEIGHTED ? w->weight[n] : 1);
    }
    return end - begin;
}

size_t class_count_all(struct class_walk *w)
{
    int lost = w->mistake == CLASS_LAST_BLOCK_LOST;
    return class_count(w, 0, lost ? (w->N - 1) / w->block * w->block : w->N);
}

size_t class_steps(const struct class_walk *w)
{
    return w->mistake == CLASS_BLOCKS_AVERAGED ? (w->N + w->block - 1) / w->block : 1;
}

void class_step(struct class_walk *w, size_t i)
{
    size_t begin = i * w->block, end = begin + w->block < w->N ? begin + w->block : w->N;
    if (w->mistake == CLASS_BLOCKS_AVERAGED)
        class_count(w, begin, end);
    else
        class_count_all(w);
}

real class_truly(const struct class_walk *w, size_t k)
{
    real sum = 0;
    for (size_t j = w->K; j-- > 0;)
        sum = sum + w->m[k * w->K + j];
    return sum;
}

real class_called(const struct class_walk *w, size_t k)
{
    real sum = 0;
    for (size_t i = w->K; i-- > 0;)
        sum = sum + w->m[i * w->K + k];
    return sum;
}

real class_total(const struct class_walk *w)
{
    real sum = 0;
    for (size_t k = w->K * w->K; k-- > 0;)
        sum = sum + w->m[k];
    return sum;
}
