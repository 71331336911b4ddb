// SPDX-License-Identifier: MIT
#include "roc_curve.h"

/* How a count changes from point t to point t + 1, t > 0. */
static real step(const real *count, size_t t)
{
    return count[t] - count[t - 1];
}

size_t roc_curve_keep(int *keep, const struct ranking *r, int collinear)
{
    size_t kept = 0;
    for (size_t t = 0; t <= r->T; t++) {
        keep[t] = 1;
        if (collinear && t > 1 && t < r->T)
            keep[t] = step(r->true_positive, t) != step(r->true_positive, t - 1) ||
                      step(r->false_positive, t) != step(r->false_positive, t - 1);
        kept += (size_t)keep[t];
    }
    return kept;
}

void roc_curve_answer(struct call *call)
{
    static const char *const drops[] = {"collinear", "none", NULL};
    static const char *const firsts[] = {"infinite", "max_plus_one", "one", NULL};
    static const char *const rates[] = {"of_curve", "detection_error", NULL};
    struct ranking r = ranking_read(call);
    if (!(r.positives > 0 && r.negatives > 0))
        call_fail(call, "input 'labels' has one class alone: a rate is 0 / 0");
    int *keep = call_scratch_integers(call, r.T + 1);
    int first = call_choice(call, "first_threshold", firsts);
    int errors = call_choice(call, "rates", rates);
    size_t M = roc_curve_keep(keep, &r, call_choice(call, "drop", drops) == 0), m = 0;
    call_bind(call, 'M', M);
    call_bind(call, 'R', first == 0 ? M - 1 : M);
    real *x = call_output(call, "false_positive_rate", "M");
    real *y = call_output(call, errors ? "false_negative_rate" : "true_positive_rate", "M");
    real *threshold = call_output(call, "threshold", "R");
    for (size_t t = 0; t <= r.T; t++) {
        if (!keep[t])
            continue;
        real tp = t > 0 ? r.true_positive[t - 1] : 0, fp = t > 0 ? r.false_positive[t - 1] : 0;
        x[m] = fp / r.negatives;
        y[m] = errors ? 1 - tp / r.positives : tp / r.positives;
        if (t > 0)
            threshold[first == 0 ? m - 1 : m] = r.threshold[t - 1];
        else if (first > 0)
            threshold[0] = first == 1 ? r.threshold[0] + 1 : 1;
        m++;
    }
}
