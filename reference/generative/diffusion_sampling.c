// SPDX-License-Identifier: MIT
#include "diffusion_sampling.h"

#include "named_network.h"
#include "noise_schedule.h"

struct sampler {
    struct noise_schedule schedule;
    enum diffusion_target target;
    struct perceptron net;
    size_t S, N, D;
    int ddim, large, first, derived, clipped;
    real eta, clip;
    const int *timesteps;
};

static void read_sampler(struct call *call, struct sampler *is)
{
    static const char *const samplers[] = {"ddpm", "ddim", NULL};
    static const char *const variances[] = {"small", "large", NULL};
    static const char *const finals[] = {"one", "first", NULL};
    static const char *const after[] = {"kept", "derived", NULL};
    is->schedule = noise_schedule_read(call);
    is->target = diffusion_target_read(call);
    is->ddim = call_choice(call, "sampler", samplers) == 1;
    is->large = call_choice(call, "variance", variances) == 1;
    is->first = call_choice(call, "final", finals) == 1;
    is->derived = call_choice(call, "after_clip", after) == 1;
    is->eta = call_number_or(call, "eta", R(0.0));
    is->clip = call_number_or(call, "clip", R(-1.0));
    is->clipped = call_number_or(call, "clip", R(1.0)) == is->clip;
    is->timesteps = call_integers(call, "timesteps", "S", 0, (int)is->schedule.T - 1);
    is->S = call_size(call, 'S');
    if (!(is->eta >= 0 && is->eta <= 1))
        call_fail(call, "number 'eta' must be between 0 and 1");
    if (is->clipped && !(is->clip > 0))
        call_fail(call, "number 'clip' must be above 0");
    for (size_t s = 0; s < is->S; s++) {
        real a = is->schedule.abar[is->timesteps[s]];
        if (s > 0 && is->timesteps[s] >= is->timesteps[s - 1])
            call_fail(call, "element %zu of input 'timesteps' is not below the one before it", s);
        if (!(a < 1))
            call_fail(call, "element %zu of input 'timesteps' is a step without noise", s);
        if (!(a > 0) && is->target == TARGET_EPSILON)
            call_fail(call, "element %zu of 'timesteps' has no data for 'target' = epsilon", s);
    }
}

/* What the network says at x (N,D) and step t. */
static const real *predict(struct call *call, const struct sampler *is, const real *x, int t)
{
    size_t D = is->D;
    struct perceptron_batch batch;
    real *wide = call_scratch(call, is->N * (D + 1));
    for (size_t i = 0; i < is->N * (D + 1); i++) {
        size_t n = i / (D + 1), d = i % (D + 1);
        wide[i] = d < D ? x[n * D + d] : real_count((size_t)t) / real_count(is->schedule.T);
    }
    return network_forward(call, &is->net, &batch, wide, is->N);
}

/* x_0, clipped, and epsilon, from prediction p. */
static void recover(const struct sampler *is, real a, real p, real x, real *data, real *epsilon,
                    real *gap)
{
    real kept = real_sqrt(a), lost = real_sqrt(1 - a);
    if (is->target == TARGET_EPSILON) {
        *epsilon = p;
        *data = (x - lost * p) / kept;
    } else if (is->target == TARGET_SAMPLE) {
        *data = p;
        *epsilon = (x - kept * p) / lost;
    } else {
        *data = kept * x - lost * p;
        *epsilon = kept * p + lost * x;
    }
    *gap = real_abs(*data) - is->clip;
    if (is->clipped && *gap > 0)
        *data = *data > 0 ? is->clip : -is->clip;
    if (is->derived)
        *epsilon = (x - kept * *data) / lost;
}

/* One step from x to `to`, with noise z; all (N,D). */
static void step(struct call *call, const struct sampler *is, size_t s, real *to, real *data,
                 const real *x, const real *z)
{
    int last = s + 1 == is->S, t = is->timesteps[s];
    const real *abar = is->schedule.abar, *p = predict(call, is, x, t);
    real a = abar[t], next = last ? is->first ? abar[0] : 1 : abar[is->timesteps[s + 1]];
    real ratio = a / next, share = (1 - next) / (1 - a);
    real sigma = is->ddim ? is->eta * real_sqrt(share * (1 - ratio))
                          : real_sqrt(is->large ? 1 - ratio : share * (1 - ratio));
    real of_data = real_sqrt(next) * (1 - ratio) / (1 - a), of_x = real_sqrt(ratio) * share;
    real away = real_sqrt(1 - next - sigma * sigma), epsilon;
    real *gap = call_scratch(call, is->N * is->D);
    if (last && is->large && !is->ddim)
        sigma = 0;
    for (size_t i = 0; i < is->N * is->D; i++) {
        recover(is, a, p[i], x[i], &data[i], &epsilon, &gap[i]);
        to[i] = is->ddim ? real_sqrt(next) * data[i] + away * epsilon + sigma * z[i]
                         : of_data * data[i] + of_x * x[i] + sigma * z[i];
    }
    if (is->clipped)
        call_decisions(call, is->N * is->D, gap);
}

void diffusion_sampling_answer(struct call *call)
{
    struct sampler is;
    read_sampler(call, &is);
    const real *x = call_input(call, "start", "ND"), *noise = call_input(call, "noise", "SND");
    is.N = call_size(call, 'N');
    is.D = call_size(call, 'D');
    network_read(call, &is.net, "", 'a');
    if (network_inputs(&is.net) != is.D + 1)
        call_fail(call, "input 'w1' must have a row for each feature and one for the step");
    if (network_outputs(&is.net) != is.D)
        call_fail(call, "the network of 'w1' must have as many outputs as 'start' has features");
    real *to = call_output(call, "x", "SND"), *data = call_output(call, "x_0", "SND");
    for (size_t s = 0; s < is.S; s++) {
        size_t at = s * is.N * is.D;
        step(call, &is, s, &to[at], &data[at], s == 0 ? x : &to[at - is.N * is.D], &noise[at]);
    }
}
