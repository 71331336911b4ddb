// SPDX-License-Identifier: MIT
#include "temperature_scaling.h"

struct problem {
    size_t N, K, block;
    const real *z;
    const int *label;
    real *p, *loss, *first, *second, *term; /* (N,K), (N), (N), (N), (K) */
};

/* Probabilities and the three terms of sample n at b = 1 / T. */
static void find_sample(const struct problem *a, size_t n, real b)
{
    const real *z = &a->z[n * a->K];
    real *p = &a->p[n * a->K], largest = z[0] * b, at_label = z[a->label[n]];
    for (size_t k = 0; k < a->K; k++)
        largest = z[k] * b > largest ? z[k] * b : largest;
    for (size_t k = 0; k < a->K; k++)
        p[k] = real_exp(z[k] * b - largest);
    real sum = sum_features(a->K, p, 1);
    a->loss[n] = real_log(sum) - (at_label * b - largest);
    for (size_t k = 0; k < a->K; k++) {
        p[k] = p[k] / sum;
        a->term[k] = p[k] * z[k];
    }
    real mean = sum_features(a->K, a->term, 1);
    for (size_t k = 0; k < a->K; k++)
        a->term[k] = p[k] * ((z[k] - mean) * (z[k] - mean));
    a->first[n] = mean - at_label;
    a->second[n] = sum_features(a->K, a->term, 1);
}

/* The loss at b; its derivatives too. */
static real find_loss(const struct problem *a, real b, real *first, real *second)
{
    for (size_t n = 0; n < a->N; n++)
        find_sample(a, n, b);
    *first = sum_samples(a->N, a->block, a->first, 1) / real_count(a->N);
    *second = sum_samples(a->N, a->block, a->second, 1) / real_count(a->N);
    return sum_samples(a->N, a->block, a->loss, 1) / real_count(a->N);
}

static real next(struct call *call, int method, real T, real first, real second)
{
    real b = 1 / T, rate = method ? call_number(call, "rate") : 0;
    if (method && !(rate > 0))
        call_fail(call, "number 'rate' must be positive");
    if (method == 0 && !(second > 0))
        call_fail(call, "all 'logits' of each sample are equal: no temperature changes them");
    T = method == 0   ? 1 / (b - first / second)
        : method == 1 ? T + rate * (b * b * first)
                      : T * real_exp(rate * (b * first));
    if (!(T > 0))
        call_fail(call, "number 'temperature' has led to one that is not positive");
    return T;
}

void temperature_scaling_answer(struct call *call)
{
    static const char *const methods[] = {"newton", "gradient", "log_gradient", NULL};
    struct problem a = {.z = call_input(call, "logits", "NK")};
    a.N = call_size(call, 'N');
    a.K = call_size(call, 'K');
    a.block = call_block(call);
    if (a.N * a.K == 0)
        call_fail(call, "input 'logits' is empty");
    a.label = call_integers(call, "labels", "N", 0, (int)a.K - 1);
    int method = call_choice(call, "method", methods);
    size_t steps = call_count_or(call, "steps", 5, 1, 100);
    real T = call_number_or(call, "temperature", 1), first, second;
    if (!(T > 0))
        call_fail(call, "number 'temperature' must be positive");
    a.loss = call_scratch(call, a.N);
    a.first = call_scratch(call, a.N);
    a.second = call_scratch(call, a.N);
    a.term = call_scratch(call, a.K);
    call_bind(call, 'P', steps + 1);
    real *temperature = call_output(call, "temperature", "P"),
         *loss = call_output(call, "loss", "P");
    a.p = call_output(call, "probabilities", "NK");
    for (size_t s = 0; s <= steps; s++) {
        temperature[s] = T;
        loss[s] = find_loss(&a, 1 / T, &first, &second);
        T = s < steps ? next(call, method, T, first, second) : T;
    }
}
