// SPDX-License-Identifier: MIT
#include "precision_recall_curve.h"

enum area { STEP, TRAPEZOID, ENVELOPE, ELEVEN, HUNDRED };

struct points {
    size_t T;
    real *precision, *recall; /* (T), from the largest threshold */
};

static struct points find_points(struct call *call, const struct ranking *r)
{
    struct points p = {r->T, call_scratch(call, r->T), call_scratch(call, r->T)};
    for (size_t t = 0; t < r->T; t++) {
        real called = r->true_positive[t] + r->false_positive[t];
        p.precision[t] = called > 0 ? r->true_positive[t] / called : 0;
        p.recall[t] = r->positives > 0 ? r->true_positive[t] / r->positives : 1;
    }
    return p;
}

/* The largest precision from point t on. */
static real envelope(const struct points *p, size_t t)
{
    real largest = 0;
    for (; t < p->T; t++)
        largest = p->precision[t] > largest ? p->precision[t] : largest;
    return largest;
}

/* The mean of the envelope at recalls k / steps. */
static real interpolated(struct call *call, const struct ranking *r, const struct points *p,
                         size_t steps)
{
    real *value = call_scratch(call, steps + 1);
    for (size_t k = 0; k <= steps; k++) {
        size_t t = 0;
        for (; t < r->T; t++) {
            real gap = real_count(steps) * r->true_positive[t] - real_count(k) * r->positives;
            call_decisions(call, r->weight != NULL, &gap);
            if (gap >= 0)
                break;
        }
        value[k] = envelope(p, t);
    }
    return sum_features(steps + 1, value, 1) / real_count(steps + 1);
}

static real area_of(struct call *call, const struct ranking *r, const struct points *p,
                    enum area area)
{
    real *term = call_scratch(call, p->T);
    if (!(r->positives > 0))
        return 0;
    if (area == ELEVEN || area == HUNDRED)
        return interpolated(call, r, p, area == ELEVEN ? 10 : 100);
    for (size_t t = 0; t < p->T; t++) {
        real width = p->recall[t] - (t > 0 ? p->recall[t - 1] : 0), height = p->precision[t];
        if (area == TRAPEZOID)
            height = (height + (t > 0 ? p->precision[t - 1] : 1)) / 2;
        else if (area == ENVELOPE)
            height = envelope(p, t);
        term[t] = width * height;
    }
    return sum_features(p->T, term, 1);
}

void precision_recall_curve_answer(struct call *call)
{
    static const char *const areas[] = {"step",          "trapezoid",      "envelope",
                                        "eleven_points", "hundred_points", NULL};
    static const char *const cuts[] = {"kept", "cut", NULL};
    static const char *const absences[] = {"refused", "one", NULL};
    struct ranking r = ranking_read(call);
    enum area area = (enum area)call_choice(call, "area", areas);
    int cut = call_choice(call, "full_recall", cuts);
    if (!call_choice(call, "no_positives", absences) && !(r.positives > 0))
        call_fail(call, "no label is positive, and 'no_positives' is refused");
    struct points p = find_points(call, &r);
    size_t used = r.T;
    while (cut && used > 1 && r.true_positive[used - 2] == r.positives)
        used--;
    call_bind(call, 'T', used);
    call_bind(call, 'M', used + 1);
    real *precision = call_output(call, "precision", "M"),
         *recall = call_output(call, "recall", "M");
    real *threshold = call_output(call, "threshold", "T");
    for (size_t t = 0; t < used; t++) {
        precision[used - 1 - t] = p.precision[t];
        recall[used - 1 - t] = p.recall[t];
        threshold[used - 1 - t] = r.threshold[t];
    }
    precision[used] = 1;
    *call_output(call, "average_precision", "") = area_of(call, &r, &p, area);
}
