// SPDX-License-Identifier: MIT
#include "glorot.h"
#include "initialization.h"

/* Standard deviation of a standard normal variable that was cut at +-2, to 17 digits. */
#define TRUNCATED_DEVIATION R(0.87962566103423978)

real truncated_normal_correction(enum initial_distribution distribution)
{
    return distribution == INITIAL_TRUNCATED_NORMAL ? TRUNCATED_DEVIATION : R(1.0);
}

real glorot_scale(enum initial_distribution distribution, real gain, size_t fan_in, size_t fan_out)
{
    real variance = distribution == INITIAL_UNIFORM ? R(6.0) : R(2.0);
    real scale = gain * real_sqrt(variance / real_count(fan_in + fan_out));
    return scale / truncated_normal_correction(distribution);
}

struct initial_weights initial_weights_read(struct call *call)
{
    static const char *const dense = "IO", *const convolution = "HWIO";
    struct initial_weights weights = {0};
    int flat = call_rank(call, "deviate") == 2;
    const char *shape = flat ? dense : convolution;
    weights.deviate = call_input(call, "deviate", shape);
    size_t I = call_size(call, 'I'), O = call_size(call, 'O');
    size_t area = flat ? 1 : call_size(call, 'H') * call_size(call, 'W');
    weights.fan_in = area * I;
    weights.fan_out = area * O;
    weights.count = area * I * O;
    if (weights.count == 0)
        call_fail(call, "input 'deviate' is empty, so its fans are 0");
    weights.w = call_output(call, "w", shape);
    return weights;
}

void initial_weights_scale(const struct initial_weights *weights, real scale)
{
    for (size_t i = 0; i < weights->count; i++)
        weights->w[i] = scale * weights->deviate[i];
}

void glorot_answer(struct call *call)
{
    static const char *const distributions[] = {"uniform", "normal", "truncated_normal", NULL};
    enum initial_distribution distribution =
        (enum initial_distribution)call_choice(call, "distribution", distributions);
    struct initial_weights weights = initial_weights_read(call);
    real gain = call_number_or(call, "gain", R(1.0));
    if (!(gain > 0))
        call_fail(call, "number 'gain' must be above 0");
    initial_weights_scale(&weights,
                          glorot_scale(distribution, gain, weights.fan_in, weights.fan_out));
}
