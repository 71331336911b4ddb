// SPDX-License-Identifier: MIT
#include "loss.h"

static enum loss_reduction read_reduction(struct call *call, int per_sample)
{
    static const char *const elements[] = {"mean", "sum", "mean_of_sums", "none", NULL};
    static const char *const samples[] = {"mean", "sum", "none", NULL};
    static const enum loss_reduction of_samples[] = {LOSS_MEAN, LOSS_SUM, LOSS_NONE};
    if (per_sample)
        return of_samples[call_choice(call, "reduction", samples)];
    return (enum loss_reduction)call_choice(call, "reduction", elements);
}

static const real *read_weights(struct call *call, size_t N)
{
    const real *weight = call_input(call, "sample_weight", "N");
    for (size_t n = 0; n < N; n++) {
        if (!(weight[n] >= 0))
            call_fail(call, "element %zu of input 'sample_weight' must be at least 0", n);
    }
    return weight;
}

static real divisor(struct call *call, const struct loss *loss)
{
    static const char *const normalizers[] = {"count", "weights", NULL};
    int weighted = call_choice(call, "normalizer", normalizers);
    real samples = real_count(loss->N);
    if (loss->reduction == LOSS_SUM || loss->reduction == LOSS_NONE)
        return R(1.0);
    if (weighted && loss->weight)
        samples = sum_samples(loss->N, loss->block, loss->weight, 1);
    if (!loss->per_sample && loss->reduction == LOSS_MEAN)
        samples = samples * real_count(loss->K);
    if (!(samples > 0) && weighted && loss->weight)
        call_fail(call, "input 'sample_weight' adds to 0: its mean is 0 / 0");
    if (!(samples > 0))
        call_fail(call, "the mean of nothing is 0 / 0: give at least one sample");
    return samples;
}

static void read_upstream(struct call *call, struct loss *loss, const char *shape)
{
    if (call_has(call, "dloss")) {
        loss->dloss = call_input(call, "dloss", shape);
        return;
    }
    if (loss->reduction == LOSS_NONE)
        call_fail(call, "input 'dloss' is missing: reduction none needs one for each loss");
    real *one = call_scratch(call, 1);
    *one = R(1.0);
    loss->dloss = one;
}

struct loss loss_begin(struct call *call, const struct loss_form *form)
{
    struct loss loss = {.per_sample = form->per_sample, .block = call_block(call)};
    for (int i = 0; i < LOSS_INPUTS && form->input[i]; i++)
        loss.input[i] = call_input(call, form->input[i], form->shape);
    loss.N = call_size(call, form->shape[0]);
    loss.K = call_size(call, form->shape[1]);
    if (loss.K == 0)
        call_fail(call, "input '%s' has no elements: every loss needs at least one",
                  form->input[0]);
    loss.reduction = read_reduction(call, loss.per_sample);
    if (call_has(call, "sample_weight"))
        loss.weight = read_weights(call, loss.N);
    loss.W = divisor(call, &loss);
    const char *each = form->per_sample ? "N" : form->shape;
    const char *result = loss.reduction == LOSS_NONE ? each : "";
    read_upstream(call, &loss, result);
    loss.result = call_output(call, "loss", result);
    loss.value = call_scratch(call, loss.per_sample ? loss.N : loss.N * loss.K);
    for (int i = 0; i < LOSS_INPUTS && form->gradient[i]; i++) {
        loss.gradient[i] = call_output(call, form->gradient[i], form->shape);
        loss.slope[i] = call_scratch(call, loss.N * loss.K);
    }
    return loss;
}

void loss_finish(struct call *call, const struct loss *loss)
{
    size_t N = loss->N, K = loss->K, each = loss->per_sample ? 1 : K;
    int none = loss->reduction == LOSS_NONE;
    real *sum_n = call_scratch(call, N);
    for (size_t n = 0; n < N; n++) {
        real w = loss->weight ? loss->weight[n] : R(1.0);
        for (size_t k = 0; none && k < each; k++)
            loss->result[n * each + k] = w * loss->value[n * each + k];
        sum_n[n] = sum_features(each, &loss->value[n * each], 1) * w;
    }
    if (!none)
        *loss->result = sum_samples(N, loss->block, sum_n, 1) / loss->W;
    for (int i = 0; i < LOSS_INPUTS && loss->gradient[i]; i++) {
        for (size_t j = 0; j < N * K; j++) {
            real w = loss->weight ? loss->weight[j / K] : R(1.0);
            real upstream = loss->dloss[!none ? 0 : loss->per_sample ? j / K : j];
            loss->gradient[i][j] = loss->slope[i][j] * w * upstream / loss->W;
        }
    }
}
