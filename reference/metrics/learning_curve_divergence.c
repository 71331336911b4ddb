// SPDX-License-Identifier: MIT
#include "learning_curve_divergence.h"

struct divergence learning_curve_divergence_read(struct call *call)
{
    static const char *const corrections[] = {"none", "bias", NULL};
    static const char *const thresholds[] = {"absolute", "relative", NULL};
    static const char *const counts[] = {"reached", "exceeded", NULL};
    struct divergence d = {.corrected = call_choice(call, "correction", corrections),
                           .relative = call_choice(call, "threshold", thresholds),
                           .exceeded = call_choice(call, "patience_counts", counts),
                           .patience = call_count_or(call, "patience", 1, 0, 1 << 20),
                           .smoothing = call_number_or(call, "smoothing", R(0.0)),
                           .delta = call_number_or(call, "delta", R(0.0)),
                           .training = call_input(call, "training", "RE")};
    d.R = call_size(call, 'R');
    d.E = call_size(call, 'E');
    if (d.E == 0)
        call_fail(call, "input 'training' has no epochs");
    d.validation = call_input(call, "validation", "RE");
    if (!(d.smoothing >= 0 && d.smoothing < 1))
        call_fail(call, "number 'smoothing' is not in [0, 1)");
    if (!(d.delta >= 0))
        call_fail(call, "number 'delta' is negative: a rise would be an improvement");
    d.smooth_training = call_output(call, "smooth_training", "RE");
    d.smooth_validation = call_output(call, "smooth_validation", "RE");
    d.gap = call_output(call, "gap", "RE");
    d.wait = call_output_integers(call, "wait", "RE");
    d.best = call_output(call, "best", "R");
    d.best_epoch = call_output_integers(call, "best_epoch", "R");
    d.stop_epoch = call_output_integers(call, "stop_epoch", "R");
    d.verdict = call_output_integers(call, "verdict", "R");
    return d;
}

static void smooth(real *s, const real *v, const struct divergence *d)
{
    real b = d->smoothing, power = R(1.0), kept = d->corrected ? R(0.0) : v[0];
    for (size_t e = 0; e < d->E; e++) {
        if (e > 0 || d->corrected)
            kept = b * kept + (1 - b) * v[e];
        power = power * b;
        s[e] = d->corrected ? kept / (1 - power) : kept;
    }
}

static void watch(struct call *call, const struct divergence *d, size_t r)
{
    const real *s = &d->smooth_validation[r * d->E], *t = &d->smooth_training[r * d->E];
    size_t best_epoch = 0, waited = 0, limit = d->patience + (d->exceeded ? 1 : 0);
    real best = s[0];
    d->stop_epoch[r] = real_count(d->E);
    for (size_t e = 1; e < d->E; e++) {
        real fall = (d->relative ? best - best * d->delta : best - d->delta) - s[e];
        call_decisions(call, 1, &fall);
        waited++;
        if (fall > 0) {
            best = s[e];
            best_epoch = e;
            waited = 0;
        }
        d->wait[r * d->E + e] = real_count(waited);
        if (waited > 0 && waited >= limit) {
            real change = t[e] - t[best_epoch];
            call_decisions(call, 1, &change);
            d->stop_epoch[r] = real_count(e);
            d->verdict[r] = change < 0 ? R(1.0) : R(2.0);
            break;
        }
    }
    d->best[r] = best;
    d->best_epoch[r] = real_count(best_epoch);
}

void learning_curve_divergence_answer(struct call *call)
{
    struct divergence d = learning_curve_divergence_read(call);
    for (size_t r = 0; r < d.R; r++) {
        smooth(&d.smooth_training[r * d.E], &d.training[r * d.E], &d);
        smooth(&d.smooth_validation[r * d.E], &d.validation[r * d.E], &d);
    }
    for (size_t i = 0; i < d.R * d.E; i++)
        d.gap[i] = d.smooth_validation[i] - d.smooth_training[i];
    for (size_t r = 0; r < d.R; r++)
        watch(call, &d, r);
}
