// SPDX-License-Identifier: MIT
#include "boosted_stumps.h"

struct boosting {
    struct stump_data data;
    size_t T;
    real rate;
    int exponential, always;
    const real *class_weight;
    real *w, *feature, *threshold, *left, *right, *error, *alpha, *weights;
    int *said; /* (T,N) */
};

static struct boosting read(struct call *call)
{
    static const char *const forms[] = {"samme", "exponential", NULL};
    static const char *const costs[] = {"start", "always", NULL};
    struct boosting is = {.data = stump_read(call)};
    size_t N = is.data.N;
    is.T = call_count(call, "rounds", 1, 1000);
    is.rate = call_number_or(call, "rate", R(1.0));
    if (!(is.rate > 0))
        call_fail(call, "number 'rate' must be above 0");
    is.exponential = call_choice(call, "form", forms);
    if (is.data.C < 2 || (is.exponential && is.data.C != 2))
        call_fail(call, "number 'classes' must be 2%s", is.exponential ? "" : " or more");
    is.always = call_choice(call, "costs", costs);
    const real *start = stump_weights(call, &is.data);
    if (call_has(call, "class_weight"))
        is.class_weight = call_input(call, "class_weight", "C");
    call_bind(call, 'T', is.T);
    is.w = call_scratch(call, N);
    for (size_t n = 0; n < N; n++)
        is.w[n] = start[n] / sum_features(N, start, 1);
    is.said = call_scratch_integers(call, is.T * N);
    is.feature = call_output_integers(call, "feature", "T");
    is.threshold = call_output(call, "threshold", "T");
    is.left = call_output_integers(call, "left_label", "T");
    is.right = call_output_integers(call, "right_label", "T");
    is.error = call_output(call, "error", "T");
    is.alpha = call_output(call, "alpha", "T");
    is.weights = call_output(call, "weights", "TN");
    return is;
}

static void grow(struct call *call, const struct boosting *is, size_t t)
{
    const struct stump_data *data = &is->data;
    struct stump stump = stump_grow(call, data, is->w, call_scratch(call, data->D));
    is->feature[t] = real_count(stump.feature);
    is->threshold[t] = stump.threshold;
    is->left[t] = (real)stump.left_label;
    is->right[t] = (real)stump.right_label;
    for (size_t n = 0; n < data->N; n++) {
        int above = data->x[n * data->D + stump.feature] > stump.threshold;
        is->said[t * data->N + n] = above ? stump.right_label : stump.left_label;
    }
}

static void reweigh(struct call *call, const struct boosting *is, size_t t)
{
    size_t N = is->data.N;
    const int *said = &is->said[t * N], *label = is->data.label;
    real *wrong = call_scratch(call, N), C = real_count(is->data.C);
    for (size_t n = 0; n < N; n++)
        wrong[n] = said[n] != label[n] ? is->w[n] : 0;
    real e = sum_features(N, wrong, 1) / sum_features(N, is->w, 1);
    real margin[2] = {e, 1 - 1 / C - e};
    call_decisions(call, 1, &margin[1]);
    if (!(margin[0] > 0 && margin[1] > 0))
        call_fail(call, "number 'rounds' goes beyond a stump that errs nowhere or like a guess");
    real odds = real_log((1 - e) / e);
    real alpha = is->rate * (is->exponential ? odds / 2 : odds + real_log(C - 1));
    for (size_t n = 0; n < N; n++) {
        if (said[n] != label[n])
            is->w[n] = is->w[n] * real_exp(alpha);
        else if (is->exponential)
            is->w[n] = is->w[n] * real_exp(-alpha);
        if (is->always && is->class_weight)
            is->w[n] = is->w[n] * is->class_weight[label[n]];
    }
    real total = sum_features(N, is->w, 1);
    for (size_t n = 0; n < N; n++)
        is->weights[t * N + n] = is->w[n] = is->w[n] / total;
    is->error[t] = e;
    is->alpha[t] = alpha;
}

void boosted_stumps_answer(struct call *call)
{
    struct boosting is = read(call);
    size_t N = is.data.N, C = is.data.C;
    for (size_t t = 0; t < is.T; t++) {
        grow(call, &is, t);
        reweigh(call, &is, t);
    }
    real *score = call_output(call, "score", "NC"), *gap = call_scratch(call, C);
    real *predicted = call_output_integers(call, "predicted", "N");
    for (size_t n = 0; n < N; n++) {
        real *own = &score[n * C];
        for (size_t t = 0; t < is.T; t++)
            own[is.said[t * N + n]] += is.alpha[t];
        int best = stump_heaviest(&is.data, own);
        for (size_t k = 0; k < C; k++)
            gap[k] = (int)k == best ? 1 : own[best] - own[k];
        call_decisions(call, C, gap);
        predicted[n] = (real)best;
    }
}
