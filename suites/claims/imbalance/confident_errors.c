// SPDX-License-Identifier: MIT
#include "../lab/ask.h"

#include <math.h>

enum { SAMPLES = 200, RIGHT = 40, WRONG = 41, LABELS = 42, SHARE = 43, POINTS = 10, METRICS = 3 };

/* Two classes: with what probability the true one was predicted. */
struct predictions {
    int label[SAMPLES];
    float probability[SAMPLES]; /* of class 1 */
};

/* A random problem in which the share of wrong predictions depends on the replica alone, and the
 * confidence of each wrong one lies between `least` and `most`. */
static void predict(const struct replica *r, double least, double most, struct predictions *to)
{
    const double wrong = 0.05 + 0.25 * lab_uniform(r, SHARE, 0);
    for (size_t n = 0; n < SAMPLES; n++) {
        const double u = lab_uniform(r, RIGHT, n), v = lab_uniform(r, WRONG, n);
        const bool is_wrong = n == 0 || lab_uniform(r, SHARE, 1 + n) < wrong; /* one at least */
        const double truth = is_wrong ? 1 - (least + v * (most - least)) : 0.51 + 0.48 * u;
        to->label[n] = (int)lab_below(r, LABELS, n, 2);
        to->probability[n] = (float)(to->label[n] == 1 ? truth : 1 - truth);
    }
}

static double ask_metric(struct replica *r, const struct predictions *of, const char *technique,
                         const char *probabilities, const char *output)
{
    const size_t N = SAMPLES;
    const struct arena mark = lab_borrow(r);
    struct ask *ask = ask_new(r, technique);
    ask_floats(ask, probabilities, 1, &N, of->probability);
    ask_integers(ask, "labels", 1, &N, of->label);
    ask_run(ask);
    const double value = (double)*ask_output(ask, output, 1);
    lab_return(r, mark);
    return value;
}

/* Logarithmic loss, Brier score, share of wrong decisions. */
static void measure(struct replica *r, const struct predictions *of, double metric[METRICS])
{
    size_t wrong = 0;
    for (size_t n = 0; n < SAMPLES; n++)
        wrong += (of->probability[n] > 0.5f) != (of->label[n] == 1);
    metric[0] = ask_metric(r, of, "log_loss", "probabilities", "log_loss");
    metric[1] = ask_metric(r, of, "brier_score", "probabilities", "brier");
    metric[2] = (double)wrong / SAMPLES;
}

void confident_errors(struct replica *r)
{
    struct predictions of;
    double modest[METRICS], confident[METRICS];
    for (size_t i = 0; i < POINTS; i++) {
        const double confidence = r->claim->curve.at[i];
        double metric[METRICS];
        predict(r, confidence, confidence, &of);
        measure(r, &of, metric);
        for (size_t m = 0; m < METRICS; m++)
            replica_point(r, m, i, metric[m]);
    }
    predict(r, 0.51, 0.7, &of);
    measure(r, &of, modest);
    predict(r, 0.9, 0.999, &of);
    measure(r, &of, confident);
    if (modest[2] != confident[2])
        replica_fail(r, "the models are wrong on %g and %g of the samples", modest[2],
                     confident[2]);
    replica_effect(r, 0, confident[0] / modest[0] - 1);
}
