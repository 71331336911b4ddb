// SPDX-License-Identifier: MIT
#include "diffusion_noising.h"

#include "noise_schedule.h"

enum { SIMPLE, BOUND, MIN_SNR };

struct weights {
    int kind;
    real gamma;
    real *gap; /* (N): snr - gamma */
};

static struct weights read_weights(struct call *call, enum diffusion_target target, size_t N)
{
    static const char *const kinds[] = {"simple", "bound", "min_snr", NULL};
    static const char *const terminals[] = {"kept", "zero", NULL};
    struct weights w = {.kind = call_choice(call, "weighting", kinds)};
    w.gamma = call_number_or(call, "gamma", R(5.0));
    w.gap = call_scratch(call, N);
    if (!(w.gamma > 0))
        call_fail(call, "number 'gamma' must be above 0");
    int stretched = call_choice(call, "terminal", terminals) == 1;
    if (w.kind == BOUND && (target != TARGET_EPSILON || stretched))
        call_fail(call, "convention 'weighting' = bound is of epsilon and unchanged steps alone");
    return w;
}

static real weight_of(struct call *call, const struct weights *w, enum diffusion_target target,
                      real beta, real abar, real *gap)
{
    if (w->kind == SIMPLE)
        return 1;
    if (!(abar > 0 && abar < 1 && beta < 1))
        call_fail(call, "convention 'weighting' makes a weight without a value");
    if (w->kind == BOUND)
        return beta / ((1 - beta) * (1 - abar) * 2);
    real snr = abar / (1 - abar);
    *gap = snr - w->gamma;
    real least = *gap > 0 ? w->gamma : snr;
    if (target == TARGET_SAMPLE)
        return least;
    return least / (target == TARGET_V ? snr + 1 : snr);
}

/* The loss of prediction (N,D), and its gradient. */
static void judge(struct call *call, const struct noise_schedule *schedule, const int *t,
                  const real *wanted, enum diffusion_target target)
{
    static const char *const reductions[] = {"mean", "sample", NULL};
    size_t N = call_size(call, 'N'), D = call_size(call, 'D');
    const real *prediction = call_input(call, "prediction", "ND");
    real dloss = call_has(call, "dloss") ? *call_input(call, "dloss", "") : 1;
    real *gradient = call_output(call, "dprediction", "ND"), *value = call_scratch(call, N);
    real *error = call_scratch(call, D);
    struct weights w = read_weights(call, target, N);
    real W = call_choice(call, "reduction", reductions) == 0 ? real_count(N * D) : real_count(N);
    for (size_t n = 0; n < N; n++) {
        real weight =
            weight_of(call, &w, target, schedule->beta[t[n]], schedule->abar[t[n]], &w.gap[n]);
        for (size_t d = 0; d < D; d++) {
            error[d] = prediction[n * D + d] - wanted[n * D + d];
            gradient[n * D + d] = 2 * dloss * weight / W * error[d];
        }
        value[n] = weight * sum_products(R(0.0), D, error, 1, error, 1);
    }
    if (w.kind == MIN_SNR)
        call_decisions(call, N, w.gap);
    *call_output(call, "loss", "") = sum_samples(N, call_block(call), value, 1) / W;
}

void diffusion_noising_answer(struct call *call)
{
    static const char *const starts[] = {"zero", "one", NULL};
    struct noise_schedule schedule = noise_schedule_read(call);
    enum diffusion_target target = diffusion_target_read(call);
    const real *x = call_input(call, "x", "ND"), *noise = call_input(call, "noise", "ND");
    size_t N = call_size(call, 'N'), D = call_size(call, 'D');
    int first = call_choice(call, "index", starts);
    const int *stated = call_integers(call, "t", "N", first, (int)schedule.T - 1 + first);
    int *t = call_scratch_integers(call, N);
    if (N == 0 || D == 0)
        call_fail(call, "input 'x' has no elements, so the mean is 0 / 0");
    real *abar = call_output(call, "abar", "T");
    for (size_t i = 0; i < schedule.T; i++)
        abar[i] = schedule.abar[i];
    real *mixed = call_output(call, "x_t", "ND"), *wanted = call_output(call, "target", "ND");
    for (size_t i = 0; i < N * D; i++) {
        t[i / D] = stated[i / D] - first;
        real kept = real_sqrt(abar[t[i / D]]), lost = real_sqrt(1 - abar[t[i / D]]);
        mixed[i] = kept * x[i] + lost * noise[i];
        wanted[i] = target == TARGET_EPSILON  ? noise[i]
                    : target == TARGET_SAMPLE ? x[i]
                                              : kept * noise[i] - lost * x[i];
    }
    if (call_has(call, "prediction"))
        judge(call, &schedule, t, wanted, target);
}
