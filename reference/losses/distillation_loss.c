// SPDX-License-Identifier: MIT
#include "distillation_loss.h"

struct distillation {
    real T, F, w;
    int hard;
};

/* p and log p (C) of logits x / T. */
static void soften(real *p, real *log_p, const real *x, real T, size_t C)
{
    real m = x[0] / T;
    for (size_t k = 1; k < C; k++)
        m = x[k] / T > m ? x[k] / T : m;
    for (size_t k = 0; k < C; k++) {
        log_p[k] = x[k] / T - m;
        p[k] = real_exp(log_p[k]);
    }
    real s = sum_features(C, p, 1), l = real_log(s);
    for (size_t k = 0; k < C; k++) {
        log_p[k] = log_p[k] - l;
        p[k] = p[k] / s;
    }
}

/* The loss of a sample and slope (C); scratch (5,C). */
static real sample(real *slope, const real *z, const real *v, int label,
                   const struct distillation *how, real *scratch, size_t C)
{
    real *p = scratch, *log_p = p + C, *q = log_p + C, *log_q = q + C, *gap = log_q + C;
    soften(p, log_p, v, how->T, C);
    soften(q, log_q, z, how->T, C);
    for (size_t k = 0; k < C; k++) {
        gap[k] = log_p[k] - log_q[k];
        slope[k] = how->F / how->T * (q[k] - p[k]);
    }
    real soft = sum_products(R(0.0), C, p, 1, gap, 1) * how->F;
    if (!how->hard)
        return soft;
    soften(q, log_q, z, R(1.0), C);
    for (size_t k = 0; k < C; k++) {
        real target = k == (size_t)label ? R(1.0) : R(0.0);
        slope[k] = how->w * slope[k] + (1 - how->w) * (q[k] - target);
    }
    return how->w * soft + (1 - how->w) * -log_q[label];
}

void distillation_loss_answer(struct call *call)
{
    static const struct loss_form form = {
        .shape = "NC", .per_sample = 1, .input = {"z"}, .gradient = {"dz"}};
    static const char *const scales[] = {"squared", "none", NULL};
    static const char *const no_yes[] = {"no", "yes", NULL};
    struct loss loss = loss_begin(call, &form);
    size_t C = loss.K;
    const real *v = call_input(call, "v", "NC");
    struct distillation how = {.T = call_number_or(call, "temperature", R(2.0)),
                               .w = call_number_or(call, "soft_weight", R(0.5)),
                               .hard = call_choice(call, "hard", no_yes)};
    if (!(how.T > 0))
        call_fail(call, "number 'temperature' must be above 0");
    if (!(how.w >= 0 && how.w <= 1))
        call_fail(call, "number 'soft_weight' must be in [0, 1]");
    how.F = call_choice(call, "scale", scales) ? R(1.0) : how.T * how.T;
    const int *labels = how.hard ? call_integers(call, "labels", "N", 0, (int)C - 1) : NULL;
    real *scratch = call_scratch(call, 5 * C);
    for (size_t n = 0; n < loss.N; n++)
        loss.value[n] = sample(&loss.slope[0][n * C], &loss.input[0][n * C], &v[n * C],
                               labels ? labels[n] : 0, &how, scratch, C);
    loss_finish(call, &loss);
}
