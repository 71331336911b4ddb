// SPDX-License-Identifier: MIT
#include "domain_adaptation.h"

#include "named_network.h"

struct domains {
    struct perceptron g, c;
    size_t N, M, K;
    int by_class;
};

/* The accuracy of logits (N,K); predicted (N) and right (K) may be NULL. */
static real accuracy(struct call *call, const struct domains *is, const real *logits,
                     const int *labels, size_t N, real *predicted, real *right)
{
    size_t K = is->K, all = 0, present = 0;
    int *count = call_scratch_integers(call, K), *hits = call_scratch_integers(call, K);
    real *gap = call_scratch(call, N), *share = call_scratch(call, K);
    for (size_t n = 0; n < N; n++) {
        const real *z = &logits[n * K];
        size_t best = 0;
        for (size_t k = 1; k < K; k++)
            best = z[k] > z[best] ? k : best;
        gap[n] = 1;
        for (size_t k = 0; k < K; k++)
            gap[n] = k != best && z[best] - z[k] < gap[n] ? z[best] - z[k] : gap[n];
        count[labels[n]]++;
        hits[labels[n]] += (int)best == labels[n];
        all += (int)best == labels[n];
        if (predicted)
            predicted[n] = real_count(best);
    }
    call_decisions(call, N, gap);
    for (size_t k = 0; k < K; k++) {
        if (right)
            right[k] = real_count((size_t)hits[k]);
        if (count[k] > 0)
            share[present++] = real_count((size_t)hits[k]) / real_count((size_t)count[k]);
    }
    return is->by_class ? sum_features(present, share, 1) / real_count(present)
                        : real_count(all) / real_count(N);
}

/* The mean cross-entropy of logits (N,K), and its gradient. */
static real task_loss(struct call *call, const struct domains *is, real *dz, const real *logits,
                      const int *labels, real dloss)
{
    size_t N = is->N, K = is->K;
    real *value = call_scratch(call, N), *e = call_scratch(call, K);
    for (size_t n = 0; n < N; n++) {
        const real *z = &logits[n * K];
        size_t own = (size_t)labels[n];
        real top = z[0];
        for (size_t k = 1; k < K; k++)
            top = z[k] > top ? z[k] : top;
        for (size_t k = 0; k < K; k++)
            e[k] = real_exp(z[k] - top);
        real sum = sum_features(K, e, 1);
        value[n] = real_log(sum) - (z[own] - top);
        for (size_t k = 0; k < K; k++)
            dz[n * K + k] = (e[k] / sum - (k == own ? 1 : 0)) * dloss / real_count(N);
    }
    return sum_samples(N, call_block(call), value, 1) / real_count(N);
}

static void read(struct call *call, struct domains *is)
{
    static const char *const averages[] = {"samples", "classes", NULL};
    is->by_class = call_choice(call, "average", averages) == 1;
    network_read(call, &is->g, "g", 'a');
    network_read(call, &is->c, "c", 'p');
    is->K = network_outputs(&is->c);
    if (network_inputs(&is->g) != network_outputs(&is->g) ||
        network_inputs(&is->g) != network_inputs(&is->c))
        call_fail(call, "the translator of 'gw1' must stay among the features of 'cw1'");
}

void domain_adaptation_answer(struct call *call)
{
    struct domains is;
    struct perceptron_batch use[4];
    read(call, &is);
    const real *x = call_input(call, "x", "Na"), *from = call_input(call, "x_source", "Ma");
    is.N = call_size(call, 'N');
    is.M = call_size(call, 'M');
    call_bind(call, 'K', is.K);
    const int *labels = call_integers(call, "labels", "N", 0, (int)is.K - 1);
    const int *known = call_integers(call, "labels_source", "M", 0, (int)is.K - 1);
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1;
    if (is.N == 0 || is.M == 0)
        call_fail(call, "input '%s' has no samples", is.N == 0 ? "x" : "x_source");
    const real *home = network_forward(call, &is.c, &use[0], from, is.M);
    const real *raw = network_forward(call, &is.c, &use[1], x, is.N);
    const real *made = network_forward(call, &is.g, &use[2], x, is.N);
    const real *z = network_forward(call, &is.c, &use[3], made, is.N);
    real *predicted = call_output_integers(call, "predicted", "N");
    real *right = call_output_integers(call, "right", "K");
    real source = accuracy(call, &is, home, known, is.M, NULL, NULL);
    real before = accuracy(call, &is, raw, labels, is.N, NULL, NULL);
    real after = accuracy(call, &is, z, labels, is.N, predicted, right);
    *call_output(call, "source", "") = source;
    *call_output(call, "before", "") = before;
    *call_output(call, "after", "") = after;
    *call_output(call, "gain", "") = after - before;
    real *dz = call_scratch(call, is.N * is.K);
    real *dmade = call_scratch(call, is.N * network_outputs(&is.g));
    *call_output(call, "loss", "") = task_loss(call, &is, dz, z, labels, dloss);
    network_backward(&is.c, &use[3], dmade, dz, made, is.N, call_block(call));
    network_backward(&is.g, &use[2], NULL, dmade, x, is.N, call_block(call));
    network_gradients(call, &is.g, "g", 'a', 1, &use[2]);
}
