// SPDX-License-Identifier: MIT
/* Focal loss; definition in reference/losses/focal_loss.h.
 *
 * How it is distributed: The samples are sharded, and elements are computed alone; loss.h says what
 * crosses the network and in which order it is added.
 */
#include "loss.h"

struct focal_settings {
    const int *label;
    scalar gamma, weight[2]; /* a for the labels 0 and 1 */
};

/* Spare: e^-|z|, log1p of it, and -log(1 - p), which becomes (1 - p)^gamma. */
static void evaluate(const struct loss_view *view)
{
    const struct focal_settings *settings = view->settings;
    const struct kernels *kernels = view->team->kernels;
    const scalar *z = view->input[0], gamma = settings->gamma;
    const size_t n = view->rows * view->columns;
    scalar *e = view->spare, *l = e + n, *power = l + n;
    for (size_t i = 0; i < n; i++)
        e[i] = -scalar_absolute(z[i]);
    kernels->exponential(n, e, e);
    kernels->logarithm_one_plus(n, l, e);
    for (size_t i = 0; i < n; i++) {
        const bool wrong = (settings->label[i] != 0 ? z[i] : -z[i]) < 0;
        power[i] = -(gamma * (wrong ? l[i] : scalar_absolute(z[i]) + l[i]));
    }
    kernels->exponential(n, power, power);
    for (size_t i = 0; i < n; i++) {
        const int label = settings->label[i] != 0;
        const bool wrong = (label ? z[i] : -z[i]) < 0;
        const scalar large = 1 / (1 + e[i]), small = e[i] / (1 + e[i]);
        const scalar p = wrong ? small : large, rest = wrong ? large : small;
        const scalar u = wrong ? scalar_absolute(z[i]) + l[i] : l[i];
        const scalar w = settings->weight[label] * power[i];
        const scalar slope = w * (gamma * p * u + rest);
        view->value[i] = w * u;
        view->slope[0][i] = label ? -slope : slope;
    }
}

void focal_loss_run(struct question *q)
{
    static const struct loss_form form = {
        .evaluate = evaluate, .shape = "[N]K", .spare = 3, .input = {"z"}, .gradient = {"dz"}};
    static const char *const balances[] = {"none", "alpha", NULL};
    const scalar alpha = question_number_or(q, "alpha", (scalar)0.25);
    struct focal_settings settings = {.label = question_integers(q, "t", "[N]K", 0, 1),
                                      .gamma = question_number_or(q, "gamma", 2),
                                      .weight = {1, 1}};
    if (question_choice(q, "balance", balances) == 1) {
        settings.weight[0] = 1 - alpha;
        settings.weight[1] = alpha;
    }
    if (!(settings.gamma >= 0))
        question_refuse(q, "its 'gamma' is %g; give at least 0", (double)settings.gamma);
    if (!(alpha >= 0 && alpha <= 1))
        question_refuse(q, "its 'alpha' is %g; give 0 to 1", (double)alpha);
    loss_run(q, &form, &settings);
}
