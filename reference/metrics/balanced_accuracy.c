// SPDX-License-Identifier: MIT
#include "balanced_accuracy.h"

/* TN / (TN + FP) of class k. */
static real specificity(const struct confusion *c, size_t k)
{
    real right = 0, wrong = 0;
    for (size_t i = 0; i < c->K; i++) {
        for (size_t j = 0; i != k && j < c->K; j++) {
            if (j == k)
                wrong = wrong + c->matrix[i * c->K + j];
            else
                right = right + c->matrix[i * c->K + j];
        }
    }
    return right + wrong > 0 ? right / (right + wrong) : 0;
}

/* The mean and the geometric mean of the recalls of C classes. */
static void average(struct call *call, const real *recall, size_t C, real correction)
{
    static const char *const adjustments[] = {"no", "yes", NULL};
    real *logarithm = call_scratch(call, C), mean = sum_features(C, recall, 1) / real_count(C);
    int zero = 0;
    if (call_choice(call, "adjusted", adjustments)) {
        if (C == 1)
            call_fail(call, "convention 'adjusted' needs two classes with labels");
        real chance = 1 / real_count(C);
        mean = (mean - chance) / (1 - chance);
    }
    *call_output(call, "balanced_accuracy", "") = mean;
    for (size_t k = 0; k < C; k++) {
        real r = recall[k] == 0 ? correction : recall[k];
        zero |= r == 0;
        logarithm[k] = zero ? 0 : real_log(r);
    }
    *call_output(call, "geometric_mean", "") =
        zero ? 0 : real_exp(sum_features(C, logarithm, 1) / real_count(C));
}

void balanced_accuracy_answer(struct call *call)
{
    static const char *const absences[] = {"skipped", "zero", NULL};
    struct confusion c = confusion_read(call);
    int all = call_choice(call, "absent", absences);
    real correction = call_number_or(call, "correction", 0), *kept = call_scratch(call, c.K);
    size_t C = 0;
    if (correction < 0)
        call_fail(call, "number 'correction' is negative");
    call_bind(call, 'K', c.K);
    real *recall = call_output(call, "recall", "K"), *other = call_output(call, "specificity", "K");
    real *youden = call_output(call, "youden", "K");
    for (size_t k = 0; k < c.K; k++) {
        recall[k] = c.truly[k] > 0 ? c.matrix[k * c.K + k] / c.truly[k] : 0;
        other[k] = specificity(&c, k);
        youden[k] = recall[k] + other[k] - 1;
        if (c.truly[k] > 0 || all)
            kept[C++] = recall[k];
    }
    average(call, kept, C, correction);
}
