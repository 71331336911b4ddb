// SPDX-License-Identifier: MIT
#include "majority_baseline.h"

enum { MOST_FREQUENT, PRIOR, UNIFORM, CONSTANT };

static void make_outputs(struct call *call, struct baseline *is)
{
    is->prior = call_output(call, "prior", "C");
    is->prediction = call_output(call, "prediction", "C");
    is->confusion = call_output(call, "confusion", "CC");
    is->accuracy = call_output(call, "accuracy", "");
    is->recall = call_output(call, "recall", "C");
    is->precision = call_output(call, "precision", "C");
    is->f1 = call_output(call, "f1", "C");
    is->balanced = call_output(call, "balanced", "");
    is->macro_f1 = call_output(call, "macro_f1", "");
    is->geometric = call_output(call, "geometric", "");
    is->brier = call_output(call, "brier", "");
    if (is->predicted) {
        is->reached = call_output(call, "reached", "");
        is->skill = call_output(call, "skill", "");
    }
    is->support = call_scratch(call, is->C);
    for (size_t t = 0; t < is->T; t++)
        is->support[is->truth[t]] += 1;
}

struct baseline baseline_read(struct call *call)
{
    static const char *const rules[] = {"most_frequent", "prior", "uniform", "constant", NULL};
    static const char *const ties[] = {"first", "last", NULL};
    struct baseline is = {.C = call_count(call, "classes", 1, 1 << 12)};
    int last = (int)is.C - 1;
    is.label = call_integers(call, "label", "N", 0, last);
    is.truth = call_integers(call, "truth", "T", 0, last);
    is.N = call_size(call, 'N');
    is.T = call_size(call, 'T');
    if (is.N == 0 || is.T == 0)
        call_fail(call, "input '%s' is empty", is.N == 0 ? "label" : "truth");
    if (call_has(call, "predicted"))
        is.predicted = call_integers(call, "predicted", "T", 0, last);
    is.rule = call_choice(call, "rule", rules);
    is.last_wins = call_choice(call, "ties", ties);
    if (is.rule == CONSTANT)
        is.constant = (int)call_count(call, "constant", 0, is.C - 1);
    is.zero_division = call_number_or(call, "zero_division", R(0.0));
    if (!(is.zero_division == 0 || is.zero_division == 1))
        call_fail(call, "number 'zero_division' must be 0 or 1");
    call_bind(call, 'C', is.C);
    make_outputs(call, &is);
    return is;
}

void baseline_predict(struct call *call, const struct baseline *is)
{
    int *count = call_scratch_integers(call, is->C), best = 0;
    for (size_t n = 0; n < is->N; n++)
        count[is->label[n]]++;
    for (int c = 0; c < (int)is->C; c++) {
        is->prior[c] = (real)count[c] / real_count(is->N);
        if (count[c] > count[best] || (is->last_wins && count[c] == count[best]))
            best = c;
    }
    if (is->rule == CONSTANT)
        best = is->constant;
    for (int c = 0; c < (int)is->C; c++) {
        is->prediction[c] = (real)(c == best);
        if (is->rule == PRIOR)
            is->prediction[c] = is->prior[c];
        if (is->rule == UNIFORM)
            is->prediction[c] = 1 / real_count(is->C);
    }
}

static real share(real part, real whole, real otherwise)
{
    return whole > 0 ? part / whole : otherwise;
}

static void score_classes(const struct baseline *is)
{
    size_t C = is->C;
    for (size_t i = 0; i < C * C; i++)
        is->confusion[i] = is->support[i / C] * is->prediction[i % C];
    for (size_t k = 0; k < C; k++) {
        real right = is->confusion[k * C + k];
        real column = sum_features(C, &is->confusion[k], C);
        is->recall[k] = share(right, is->support[k], is->zero_division);
        is->precision[k] = share(right, column, is->zero_division);
        is->f1[k] =
            share(2 * is->precision[k] * is->recall[k], is->precision[k] + is->recall[k], R(0.0));
    }
}

static void average(const struct baseline *is)
{
    real recall = 0, f1 = 0, logarithm = 0, K = 0;
    int none = 0;
    for (size_t k = 0; k < is->C; k++) {
        if (!(is->support[k] > 0))
            continue;
        recall = recall + is->recall[k];
        f1 = f1 + is->f1[k];
        none = none || !(is->recall[k] > 0);
        logarithm = logarithm + (none ? 0 : real_log(is->recall[k]));
        K = K + 1;
    }
    *is->balanced = recall / K;
    *is->macro_f1 = f1 / K;
    *is->geometric = none ? 0 : real_exp(logarithm / K);
}

void baseline_score(struct call *call, const struct baseline *is)
{
    size_t C = is->C;
    real T = real_count(is->T), brier = 0;
    score_classes(is);
    average(is);
    *is->accuracy = sum_features(C, is->confusion, C + 1) / T;
    real squares = sum_products(R(0.0), C, is->prediction, 1, is->prediction, 1);
    for (size_t j = 0; j < C; j++)
        brier = brier + is->support[j] * (1 - 2 * is->prediction[j] + squares);
    *is->brier = brier / T;
    if (!is->predicted)
        return;
    size_t right = 0;
    for (size_t t = 0; t < is->T; t++)
        right += is->predicted[t] == is->truth[t];
    if (!(*is->accuracy < 1))
        call_fail(call, "input 'predicted' cannot be better than a baseline of accuracy 1");
    *is->reached = real_count(right) / T;
    *is->skill = (*is->reached - *is->accuracy) / (1 - *is->accuracy);
}

void majority_baseline_answer(struct call *call)
{
    struct baseline is = baseline_read(call);
    baseline_predict(call, &is);
    baseline_score(call, &is);
}
