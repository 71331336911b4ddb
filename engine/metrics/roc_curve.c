// SPDX-License-Identifier: MIT
/* The receiver operating characteristic; definition in reference/metrics/roc_curve.h.
 *
 * How it is distributed: the samples are sharded and gathered; every rank sorts all of them and
 * makes the whole curve (ranking.h).
 */
#include "ranking.h"

/* Whether point t, between the first threshold and the last, continues the step before it. */
static bool continues(const scalar *count, size_t t)
{
    return count[t] - count[t - 1] == count[t - 1] - count[t - 2];
}

void roc_curve_run(struct question *q)
{
    static const char *const drops[] = {"collinear", "none", NULL};
    static const char *const firsts[] = {"infinite", "max_plus_one", "one", NULL};
    static const char *const rates[] = {"of_curve", "detection_error", NULL};
    struct ranking r = ranking_read(q);
    if (!(r.positives > 0 && r.negatives > 0))
        question_refuse(q, "its 'labels' are of one class; give both");
    bool collinear = question_choice(q, "drop", drops) == 0;
    int first = question_choice(q, "first_threshold", firsts);
    bool errors = question_choice(q, "rates", rates) == 1;
    size_t *point = arena_take(question_arena(q), r.T + 1, sizeof *point), M = 0;
    for (size_t t = 0; t <= r.T; t++)
        if (!collinear || t < 2 || t == r.T || !continues(r.true_positive, t) ||
            !continues(r.false_positive, t))
            point[M++] = t;
    question_bind(q, 'M', M);
    question_bind(q, 'R', M - (first == 0));
    scalar *x = question_output(q, "false_positive_rate", "M");
    scalar *y = question_output(q, errors ? "false_negative_rate" : "true_positive_rate", "M");
    scalar *threshold = question_output(q, "threshold", "R");
    if (first > 0)
        *threshold++ = first == 1 ? r.threshold[0] + 1 : 1;
    for (size_t m = 0; m < M; m++) {
        size_t t = point[m];
        x[m] = t > 0 ? r.false_positive[t - 1] / r.negatives : 0;
        scalar tp = t > 0 ? r.true_positive[t - 1] : 0;
        y[m] = errors ? 1 - tp / r.positives : tp / r.positives;
        if (t > 0)
            threshold[m - 1] = r.threshold[t - 1];
    }
}
