// SPDX-License-Identifier: MIT
#include "ranking.h"

/* order (N): indices by falling score, equal scores by rising index. */
static void sort_indices(int *order, const real *score, size_t N)
{
    for (size_t n = 0; n < N; n++) {
        size_t k = n;
        for (; k > 0 && score[order[k - 1]] < score[n]; k--)
            order[k] = order[k - 1];
        order[k] = (int)n;
    }
}

/* The weight, or the number, of the samples begin .. end - 1 with this label. */
static real weight_of(const struct ranking *r, int label, size_t begin, size_t end, real *scratch)
{
    size_t count = 0;
    for (size_t n = begin; n < end; n++) {
        scratch[n - begin] = r->weight && r->label[n] == label ? r->weight[n] : 0;
        count += r->label[n] == label;
    }
    return r->weight ? sum_features(end - begin, scratch, 1) : real_count(count);
}

/* Sets what belongs to each threshold. */
static void group(struct call *call, struct ranking *r)
{
    real *scratch = call_scratch(call, r->N);
    r->end = call_scratch_integers(call, r->N);
    r->threshold = call_scratch(call, r->N);
    r->true_positive = call_scratch(call, r->N);
    r->false_positive = call_scratch(call, r->N);
    for (size_t n = 0; n < r->N; n++) {
        if (n + 1 < r->N && r->score[n + 1] == r->score[n])
            continue;
        r->end[r->T] = (int)n + 1;
        r->threshold[r->T] = r->score[n];
        r->true_positive[r->T] = weight_of(r, 1, 0, n + 1, scratch);
        r->false_positive[r->T] = weight_of(r, 0, 0, n + 1, scratch);
        r->T++;
    }
    r->positives = r->T > 0 ? r->true_positive[r->T - 1] : 0;
    r->negatives = r->T > 0 ? r->false_positive[r->T - 1] : 0;
}

struct ranking ranking_create(struct call *call, const real *score, const int *label,
                              const real *weight, size_t N)
{
    struct ranking r = {.N = N};
    real *sorted = call_scratch(call, N), *weights = call_scratch(call, N);
    int *labels = call_scratch_integers(call, N);
    int *order = call_scratch_integers(call, N);
    sort_indices(order, score, N);
    for (size_t n = 0; n < N; n++) {
        sorted[n] = score[order[n]];
        labels[n] = label[order[n]];
        weights[n] = weight ? weight[order[n]] : 1;
        real gap = n > 0 ? sorted[n - 1] - sorted[n] : 1;
        call_decisions(call, n > 0, &gap);
    }
    r.score = sorted;
    r.label = labels;
    r.weight = weight ? weights : NULL;
    group(call, &r);
    return r;
}

struct ranking ranking_read(struct call *call)
{
    const real *score = call_input(call, "scores", "N");
    size_t N = call_size(call, 'N');
    if (N == 0)
        call_fail(call, "input 'scores' has no samples");
    const int *label = call_integers(call, "labels", "N", 0, 1);
    return ranking_create(call, score, label, confusion_weights(call, N), N);
}

real ranking_weight_at(struct call *call, const struct ranking *r, int label, size_t t)
{
    size_t begin = t > 0 ? (size_t)r->end[t - 1] : 0, end = (size_t)r->end[t];
    return weight_of(r, label, begin, end, call_scratch(call, end - begin));
}
