// SPDX-License-Identifier: MIT
/* Where learning curves part; definition in reference/metrics/learning_curve_divergence.h.
 *
 * How it is distributed: the runs are sharded, each whole on its rank, because an epoch depends on
 * those before. Nothing crosses the network.
 */
#include "../techniques.h"

struct watch {
    size_t E, limit;
    bool corrected, relative;
    scalar b, delta;
};

static void smooth(const struct watch *w, scalar *s, const scalar *v)
{
    scalar state = 0, power = 1;
    for (size_t e = 0; e < w->E; e++) {
        state = e == 0 && !w->corrected ? v[0] : w->b * state + (1 - w->b) * v[e];
        power *= w->b;
        s[e] = w->corrected ? state / (1 - power) : state;
    }
}

/* What one run comes to. */
struct verdict {
    size_t best, stop;
    int kind;
};

static struct verdict follow(const struct watch *w, const scalar *validation,
                             const scalar *training, scalar *wait)
{
    struct verdict v = {0, w->E, 0};
    for (size_t e = 1; e < w->E && v.stop == w->E; e++) {
        const scalar best = validation[v.best];
        const scalar margin = w->relative ? best * w->delta : w->delta;
        if (best - margin - validation[e] > 0)
            v.best = e;
        wait[e] = (scalar)(e - v.best);
        if (e > v.best && e - v.best >= w->limit)
            v.stop = e;
    }
    if (v.stop < w->E)
        v.kind = training[v.stop] - training[v.best] < 0 ? 1 : 2;
    return v;
}

void learning_curve_divergence_run(struct question *q)
{
    static const char *const corrections[] = {"none", "bias", NULL};
    static const char *const thresholds[] = {"absolute", "relative", NULL};
    static const char *const counts[] = {"reached", "exceeded", NULL};
    struct watch w = {.corrected = question_choice(q, "correction", corrections) == 1,
                      .relative = question_choice(q, "threshold", thresholds) == 1,
                      .b = question_number_or(q, "smoothing", 0),
                      .delta = question_number_or(q, "delta", 0)};
    w.limit = question_count_or(q, "patience", 1, 0, 1 << 20);
    w.limit += question_choice(q, "patience_counts", counts) == 1 ? 1 : 0;
    const scalar *training = question_input(q, "training", "[R]E");
    const size_t E = w.E = question_size(q, 'E');
    if (E == 0)
        question_refuse(q, "its input 'training' has no epochs");
    const scalar *validation = question_input(q, "validation", "[R]E");
    if (!(w.b >= 0 && w.b < 1))
        question_refuse(q, "its number 'smoothing' must be in [0, 1)");
    if (!(w.delta >= 0))
        question_refuse(q, "its number 'delta' is negative");
    scalar *smooth_training = question_output(q, "smooth_training", "[R]E");
    scalar *smooth_validation = question_output(q, "smooth_validation", "[R]E");
    scalar *gap = question_output(q, "gap", "[R]E"), *wait = question_output(q, "wait", "[R]E");
    scalar *best = question_output(q, "best", "[R]");
    scalar *best_epoch = question_output(q, "best_epoch", "[R]");
    scalar *stop_epoch = question_output(q, "stop_epoch", "[R]");
    scalar *kind = question_output(q, "verdict", "[R]");
    for (size_t r = 0; r < question_part(q, 'R'); r++) {
        scalar *t = smooth_training + r * E, *v = smooth_validation + r * E;
        smooth(&w, t, training + r * E);
        smooth(&w, v, validation + r * E);
        for (size_t e = 0; e < E; e++)
            gap[r * E + e] = v[e] - t[e];
        const struct verdict verdict = follow(&w, v, t, wait + r * E);
        best[r] = v[verdict.best];
        best_epoch[r] = (scalar)verdict.best;
        stop_epoch[r] = (scalar)verdict.stop;
        kind[r] = (scalar)verdict.kind;
    }
}
