// SPDX-License-Identifier: MIT
/* Precision against recall; definition in reference/metrics/precision_recall_curve.h.
 *
 * How it is distributed: the samples are sharded and gathered; every rank sorts all of them and
 * makes the whole curve (ranking.h).
 */
#include "ranking.h"

enum area { STEP, TRAPEZOID, ENVELOPE, ELEVEN, HUNDRED };

struct points {
    scalar *precision, *recall, *envelope; /* (T), from the largest threshold */
};

static struct points find_points(struct question *q, const struct ranking *r)
{
    struct points p = {question_scratch(q, r->T), question_scratch(q, r->T),
                       question_scratch(q, r->T + 1)};
    for (size_t t = r->T; t-- > 0;) {
        scalar called = r->true_positive[t] + r->false_positive[t], next = p.envelope[t + 1];
        scalar height = called > 0 ? r->true_positive[t] / called : 0;
        p.precision[t] = height;
        p.envelope[t] = height > next ? height : next;
        p.recall[t] = r->positives > 0 ? r->true_positive[t] / r->positives : 1;
    }
    return p;
}

static scalar interpolated(const struct ranking *r, const struct points *p, size_t steps)
{
    scalar sum = 0;
    size_t t = 0;
    for (size_t k = 0; k <= steps; k++) {
        while (t < r->T && (scalar)steps * r->true_positive[t] < (scalar)k * r->positives)
            t++;
        sum += p->envelope[t];
    }
    return sum / (scalar)(steps + 1);
}

static scalar area_of(const struct ranking *r, const struct points *p, enum area area)
{
    scalar sum = 0, recall = 0, before = 1;
    if (!(r->positives > 0))
        return 0;
    if (area == ELEVEN || area == HUNDRED)
        return interpolated(r, p, area == ELEVEN ? 10 : 100);
    for (size_t t = 0; t < r->T; t++) {
        scalar height = area == ENVELOPE    ? p->envelope[t]
                        : area == TRAPEZOID ? (p->precision[t] + before) / 2
                                            : p->precision[t];
        sum += (p->recall[t] - recall) * height;
        recall = p->recall[t];
        before = p->precision[t];
    }
    return sum;
}

void precision_recall_curve_run(struct question *q)
{
    static const char *const areas[] = {"step",          "trapezoid",      "envelope",
                                        "eleven_points", "hundred_points", NULL};
    static const char *const cuts[] = {"kept", "cut", NULL};
    static const char *const absences[] = {"refused", "one", NULL};
    struct ranking r = ranking_read(q);
    enum area area = (enum area)question_choice(q, "area", areas);
    bool cut = question_choice(q, "full_recall", cuts) == 1;
    if (question_choice(q, "no_positives", absences) == 0 && !(r.positives > 0))
        question_refuse(q, "none of its labels is positive; give one, or state 'no_positives'");
    struct points p = find_points(q, &r);
    size_t used = r.T;
    while (cut && used > 1 && r.true_positive[used - 2] == r.positives)
        used--;
    question_bind(q, 'T', used);
    question_bind(q, 'M', used + 1);
    scalar *precision = question_output(q, "precision", "M");
    scalar *recall = question_output(q, "recall", "M");
    scalar *threshold = question_output(q, "threshold", "T");
    for (size_t t = 0; t < used; t++) {
        precision[t] = p.precision[used - 1 - t];
        recall[t] = p.recall[used - 1 - t];
        threshold[t] = r.threshold[used - 1 - t];
    }
    precision[used] = 1;
    *question_output(q, "average_precision", "") = area_of(&r, &p, area);
}
