// SPDX-License-Identifier: MIT
#include "../../reference/regularization/gaussian_noise.h"
#include "../fork.h"

/* What a fork does differently; all 0 is the definition. */
struct oddity {
    int by_signal;   /* (correct) x + x noise, fused, from the last element on */
    int variance;    /* the deviation is taken for a variance */
    int rate_itself; /* p is taken for the deviation */
    int odds;        /* without the root of p / (1 - p) */
    int of_rate;     /* sqrt(p (1 - p)) */
    int other_form, at_inference, inference_scaled;
    int plain_gradient, noisy_gradient, without_one, first_row, subtracted;
};

static real deviation_of(struct call *call, const struct oddity *odd)
{
    real given = call_number_or(call, "deviation", -1), p = call_number_or(call, "p", 0);
    if (given != -1)
        return odd->variance ? real_sqrt(given) : given;
    real share = odd->of_rate ? p * (1 - p) : p / (1 - p);
    return odd->rate_itself ? p : odd->odds ? share : real_sqrt(share);
}

static void run(struct call *call, struct oddity odd)
{
    static const char *const forms[] = {"add", "multiply", NULL};
    int multiply = call_choice(call, "form", forms) ^ odd.other_form;
    real deviation = deviation_of(call, &odd);
    const real *x = call_input(call, "x", "NC"), *noise = call_input(call, "noise", "NC");
    size_t C = call_size(call, 'C'), n = call_size(call, 'N') * C;
    real *y = call_output(call, "y", "NC"), *y_inference = call_output(call, "y_inference", "NC");
    const real *dy = call_has(call, "dy") ? call_input(call, "dy", "NC") : call_scratch(call, n);
    real *dx = call_has(call, "dy") ? call_output(call, "dx", "NC") : call_scratch(call, n);
    for (size_t i = n; i-- > 0;) {
        real e = deviation * noise[odd.first_row ? i % C : i];
        e = odd.subtracted ? -e : e;
        real factor = odd.without_one ? e : 1 + e;
        y[i] = multiply ? factor * x[i] : x[i] + e;
        dx[i] = multiply ? factor * dy[i] : dy[i];
        if (odd.by_signal) {
            y[i] = multiply ? real_fma(x[i] * deviation, noise[i], x[i])
                            : real_fma(deviation, noise[i], x[i]);
            dx[i] = multiply ? real_fma(dy[i] * deviation, noise[i], dy[i]) : dy[i];
        }
        if (odd.plain_gradient)
            dx[i] = dy[i];
        if (odd.noisy_gradient && !multiply)
            dx[i] = dy[i] + e;
        y_inference[i] = odd.at_inference       ? y[i]
                         : odd.inference_scaled ? (1 + deviation) * x[i]
                                                : x[i];
    }
}

static void noise_times_signal(struct call *call)
{
    run(call, (struct oddity){.by_signal = 1});
}

static void variance_for_deviation(struct call *call)
{
    run(call, (struct oddity){.variance = 1});
}

static void rate_for_deviation(struct call *call)
{
    run(call, (struct oddity){.rate_itself = 1});
}

static void root_forgotten(struct call *call)
{
    run(call, (struct oddity){.odds = 1});
}

static void deviation_of_mask(struct call *call)
{
    run(call, (struct oddity){.of_rate = 1});
}

static void other_form_used(struct call *call)
{
    run(call, (struct oddity){.other_form = 1});
}

static void noise_at_inference(struct call *call)
{
    run(call, (struct oddity){.at_inference = 1});
}

static void scaled_at_inference(struct call *call)
{
    run(call, (struct oddity){.inference_scaled = 1});
}

static void gradient_without_noise(struct call *call)
{
    run(call, (struct oddity){.plain_gradient = 1});
}

static void noise_in_gradient(struct call *call)
{
    run(call, (struct oddity){.noisy_gradient = 1});
}

static void noise_around_zero(struct call *call)
{
    run(call, (struct oddity){.without_one = 1});
}

static void noise_of_first_sample(struct call *call)
{
    run(call, (struct oddity){.first_row = 1});
}

static void noise_subtracted(struct call *call)
{
    run(call, (struct oddity){.subtracted = 1});
}

static const struct fork table[] = {
    /* clang-format off */
    {.info = {"noise_times_signal", FORK_TWIN, "",
     "The signal plus signal times noise, fused, the last element first.", NULL},
     .answer = noise_times_signal},
    {.info = {"variance_for_deviation", FORK_CONVENTION, "",
     "The deviation is taken for a variance (skimage's var).", NULL},
     .answer = variance_for_deviation},
    {.info = {"rate_for_deviation", FORK_BUG, "",
     "The rate of the dropout is taken for the deviation of the noise.", NULL},
     .answer = rate_for_deviation},
    {.info = {"root_forgotten", FORK_BUG, "",
     "p / (1 - p), the variance, is taken for the deviation.", NULL}, .answer = root_forgotten},
    {.info = {"deviation_of_mask", FORK_BUG, "",
     "sqrt(p (1 - p)), the deviation of the mask before its scaling.", NULL},
     .answer = deviation_of_mask},
    {.info = {"other_form_used", FORK_CONVENTION, "",
     "Adds where it should multiply, or multiplies where it should add.", NULL},
     .answer = other_form_used},
    {.info = {"noise_at_inference", FORK_BUG, "230", "Noise at inference too.", NULL},
     .answer = noise_at_inference},
    {.info = {"scaled_at_inference", FORK_BUG, "222",
     "Inference is scaled, which should be the identity.", NULL}, .answer = scaled_at_inference},
    {.info = {"gradient_without_noise", FORK_BUG, "230",
     "The gradient lacks the factor that the value had.", NULL}, .answer = gradient_without_noise},
    {.info = {"noise_in_gradient", FORK_BUG, "", "Added noise is added to the gradient too.", NULL},
     .answer = noise_in_gradient},
    {.info = {"noise_around_zero", FORK_BUG, "",
     "Multiplies by noise around 0 instead of around 1.", NULL}, .answer = noise_around_zero},
    {.info = {"noise_of_first_sample", FORK_BUG, "", "All samples share the noise of the first.",
     NULL}, .answer = noise_of_first_sample},
    {.info = {"noise_subtracted", FORK_BUG, "", "The noise has the wrong sign.", NULL},
     .answer = noise_subtracted},
    /* clang-format on */
};

const struct fork_list gaussian_noise_forks = {sizeof table / sizeof *table, table};
