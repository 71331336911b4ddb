// SPDX-License-Identifier: MIT
#include "gradient_noise.h"

struct gradient_noise gradient_noise_read(struct call *call)
{
    static const char *const yes_no[] = {"yes", "no", NULL};
    static const char *const divisors[] = {"population", "sample", NULL};
    struct gradient_noise is = {.g = call_input(call, "g", "NP")};
    is.N = call_size(call, 'N');
    is.P = call_size(call, 'P');
    is.batches = call_integers(call, "batches", "KB", 0, (int)is.N - 1);
    is.K = call_size(call, 'K');
    is.B = call_size(call, 'B');
    is.block = call_block(call);
    is.without_replacement = call_choice(call, "replacement", yes_no);
    is.of_sample = call_choice(call, "divisor", divisors);
    if (is.N < 2)
        call_fail(call, "input 'g' has fewer than two samples, which have no variance");
    for (size_t i = 0; i < is.K * is.B && is.without_replacement; i++)
        for (size_t j = i / is.B * is.B; j < i; j++)
            if (is.batches[i] == is.batches[j])
                call_fail(call, "input 'batches' holds a sample twice in batch %zu", i / is.B);
    return is;
}

real gradient_noise_predict(const struct gradient_noise *is, real variance)
{
    real mean = variance / real_count(is->B);
    if (!is->without_replacement)
        return mean;
    return mean * (real_count(is->N - is->B) / real_count(is->N - 1));
}

/* Squared distances of the batches' means of parameter p from `full`, into square (K). */
static void measure(real *square, real full, size_t p, const struct gradient_noise *is)
{
    for (size_t k = 0; k < is->K; k++) {
        real sum = 0;
        for (size_t b = 0; b < is->B; b++)
            sum = sum + is->g[(size_t)is->batches[k * is->B + b] * is->P + p];
        real d = sum / real_count(is->B) - full;
        square[k] = d * d;
    }
}

void gradient_noise_answer(struct call *call)
{
    struct gradient_noise is = gradient_noise_read(call);
    size_t N = is.N, P = is.P;
    real *full = call_output(call, "full", "P"), *variance = call_output(call, "variance", "P");
    real *measured = call_output(call, "measured", "P");
    real *predicted = call_output(call, "predicted", "P");
    real *noise_scale = call_output(call, "noise_scale", "");
    real *square = call_scratch(call, N > is.K ? N : is.K), noise = 0, signal = 0;
    for (size_t p = 0; p < P; p++) {
        full[p] = sum_samples(N, is.block, &is.g[p], P) / real_count(N);
        for (size_t n = 0; n < N; n++)
            square[n] = (is.g[n * P + p] - full[p]) * (is.g[n * P + p] - full[p]);
        real sum = sum_samples(N, is.block, square, 1);
        variance[p] = sum / real_count(is.of_sample ? N - 1 : N);
        predicted[p] = gradient_noise_predict(&is, sum / real_count(N));
        measure(square, full[p], p, &is);
        measured[p] = sum_samples(is.K, is.block, square, 1) / real_count(is.K);
        noise = noise + variance[p];
        signal = signal + full[p] * full[p];
    }
    if (!(signal > 0))
        call_fail(call, "the mean of input 'g' is 0, so there is no noise scale");
    *noise_scale = noise / signal;
}
