// SPDX-License-Identifier: MIT
#include "top_loss_samples.h"

struct top_losses top_loss_samples_read(struct call *call)
{
    static const char *const ties[] = {"first", "last", NULL};
    static const char *const values[] = {"loss", "excess", NULL};
    struct top_losses t = {.block = call_block(call),
                           .last = call_choice(call, "ties", ties),
                           .excess = call_choice(call, "value", values),
                           .loss = call_input(call, "loss", "N")};
    t.N = call_size(call, 'N');
    t.P = call_count(call, "top", 1, t.N);
    call_bind(call, 'P', t.P);
    for (size_t n = 0; n < t.N; n++) {
        if (!(t.loss[n] >= 0))
            call_fail(call, "input 'loss' is negative for sample %zu", n);
    }
    t.index = call_output_integers(call, "index", "P");
    t.value = call_output(call, "value", "P");
    t.share = call_output(call, "share", "");
    if (call_has(call, "labels")) {
        t.C = call_count(call, "classes", 1, 1024);
        call_bind(call, 'C', t.C);
        t.labels = call_integers(call, "labels", "N", 0, (int)t.C - 1);
        t.class_loss = call_output(call, "class_loss", "C");
        t.class_top = call_output_integers(call, "class_top", "C");
    }
    return t;
}

static void describe_classes(struct call *call, const struct top_losses *t)
{
    real *v = call_scratch(call, t->N);
    for (size_t c = 0; c < t->C; c++) {
        size_t count = 0;
        for (size_t n = 0; n < t->N; n++) {
            v[n] = t->labels[n] == (int)c ? t->loss[n] : R(0.0);
            count += t->labels[n] == (int)c;
        }
        real sum = sum_samples(t->N, t->block, v, 1);
        t->class_loss[c] = count > 0 ? sum / real_count(count) : R(0.0);
    }
    for (size_t i = 0; i < t->P; i++) {
        real *top = &t->class_top[t->labels[(size_t)t->index[i]]];
        *top = *top + 1;
    }
}

void top_loss_samples_answer(struct call *call)
{
    struct top_losses t = top_loss_samples_read(call);
    real *sorted = call_scratch(call, t.N), *gap = call_scratch(call, t.N);
    for (size_t n = 0; n < t.N; n++) {
        size_t rank = 0;
        for (size_t j = 0; j < t.N; j++)
            rank += t.loss[j] > t.loss[n] || (t.loss[j] == t.loss[n] && (t.last ? j > n : j < n));
        sorted[rank] = t.loss[n];
        if (rank < t.P)
            t.index[rank] = real_count(n);
    }
    real all = sum_samples(t.N, t.block, t.loss, 1);
    if (!(all > 0))
        call_fail(call, "input 'loss' is 0 for all samples: nobody has a share");
    for (size_t i = 0; i < t.P; i++) {
        t.value[i] = t.excess ? sorted[i] - all / real_count(t.N) : sorted[i];
        gap[i] = i + 1 < t.N ? sorted[i] - sorted[i + 1] : R(1.0);
    }
    call_decisions(call, t.P, gap);
    *t.share = sum_features(t.P, sorted, 1) / all;
    if (t.labels)
        describe_classes(call, &t);
}
