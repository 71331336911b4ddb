// SPDX-License-Identifier: MIT
#include "precision_recall_f_score.h"

enum { EACH, BINARY, MICRO, MACRO, WEIGHTED, SAMPLES };
enum { PRECISION, RECALL, F };
static const char *const names[] = {"precision", "recall", "f"};

/* Counts of `units`: classes, labels or samples. */
struct tally {
    size_t units;
    real *right, *truly, *called;
    enum undefined undefined;
    real beta;
    int from_rates;
};

struct score {
    real value[3];
    int defined[3];
};

static real f_of(const struct tally *t, real right, real truly, real called,
                 const struct score *rates, int *defined)
{
    real b = t->beta * t->beta;
    if (!t->from_rates)
        return undefined_ratio((1 + b) * right, b * truly + called, t->undefined, defined);
    real f = undefined_ratio((1 + b) * rates->value[PRECISION] * rates->value[RECALL],
                             b * rates->value[PRECISION] + rates->value[RECALL], UNDEFINED_ZERO,
                             defined);
    *defined = rates->defined[PRECISION] && rates->defined[RECALL];
    return *defined ? f : 0;
}

static struct score score_of(const struct tally *t, real right, real truly, real called)
{
    struct score s;
    s.value[PRECISION] = undefined_ratio(right, called, t->undefined, &s.defined[PRECISION]);
    s.value[RECALL] = undefined_ratio(right, truly, t->undefined, &s.defined[RECALL]);
    s.value[F] = f_of(t, right, truly, called, &s, &s.defined[F]);
    return s;
}

static struct tally take(struct call *call, size_t units)
{
    static const char *const ways[] = {"counts", "rates", NULL};
    struct tally t = {.units = units, .undefined = undefined_read(call)};
    t.right = call_scratch(call, units);
    t.truly = call_scratch(call, units);
    t.called = call_scratch(call, units);
    t.from_rates = call_choice(call, "f_from", ways);
    t.beta = call_number_or(call, "beta", 1);
    if (t.beta < 0)
        call_fail(call, "number 'beta' is negative");
    return t;
}

/* Of every class of a confusion matrix. */
static struct tally count_classes(struct call *call)
{
    struct confusion c = confusion_read(call);
    struct tally t = take(call, c.K);
    for (size_t k = 0; k < c.K; k++) {
        t.right[k] = c.matrix[k * c.K + k];
        t.truly[k] = c.truly[k];
        t.called[k] = c.called[k];
    }
    call_bind(call, 'K', c.K);
    return t;
}

/* Sets of labels. */
struct sets {
    const int *labels, *predicted;
    size_t N, L;
    const real *weight;
};

static struct sets read_sets(struct call *call)
{
    struct sets s = {.labels = call_integers(call, "labels", "NK", 0, 1)};
    s.N = call_size(call, 'N');
    s.L = call_size(call, 'K');
    if (s.N == 0 || s.L == 0)
        call_fail(call, "input 'labels' has no samples or no columns");
    s.predicted = call_integers(call, "predicted", "NK", 0, 1);
    s.weight = confusion_weights(call, s.N);
    return s;
}

static struct tally count_labels(struct call *call, const struct sets *s)
{
    struct tally t = take(call, s->L);
    size_t block = call_block(call);
    int *keep = call_scratch_integers(call, s->N);
    for (size_t k = 0; k < 3 * s->L; k++) {
        for (size_t n = 0; n < s->N; n++) {
            int label = s->labels[n * s->L + k / 3], predicted = s->predicted[n * s->L + k / 3];
            keep[n] = k % 3 == 0 ? label && predicted : k % 3 == 1 ? label : predicted;
        }
        real *to = k % 3 == 0 ? t.right : k % 3 == 1 ? t.truly : t.called;
        to[k / 3] = confusion_sum(call, s->N, block, keep, s->weight);
    }
    return t;
}

static struct tally count_samples(struct call *call, const struct sets *s)
{
    struct tally t = take(call, s->N);
    for (size_t i = 0; i < s->N * s->L; i++) {
        size_t n = i / s->L;
        t.right[n] = t.right[n] + (s->labels[i] && s->predicted[i]);
        t.truly[n] = t.truly[n] + (real)s->labels[i];
        t.called[n] = t.called[n] + (real)s->predicted[i];
    }
    return t;
}

static void answer_each(struct call *call, const struct tally *t)
{
    real *out[3];
    for (int m = 0; m < 3; m++)
        out[m] = call_output(call, names[m], "K");
    for (size_t k = 0; k < t->units; k++) {
        struct score s = score_of(t, t->right[k], t->truly[k], t->called[k]);
        for (int m = 0; m < 3; m++)
            out[m][k] = s.value[m];
    }
}

static void answer_samples(struct call *call, const struct sets *sets)
{
    struct tally t = count_samples(call, sets);
    size_t N = sets->N, block = call_block(call);
    for (int m = 0; m < 3; m++) {
        real *product = call_scratch(call, N), *share = call_scratch(call, N);
        int any = 0;
        for (size_t n = 0; n < N; n++) {
            struct score s = score_of(&t, t.right[n], t.truly[n], t.called[n]);
            share[n] = s.defined[m] ? (sets->weight ? sets->weight[n] : 1) : 0;
            product[n] = s.value[m] * share[n];
            any |= share[n] > 0;
        }
        if (!any)
            call_fail(call, "nothing is left to average when what is 'undefined' is excluded");
        *call_output(call, names[m], "") =
            sum_samples(N, block, product, 1) / sum_samples(N, block, share, 1);
    }
}

/* One set of scores for all classes, or for one. */
static void answer_one(struct call *call, const struct tally *t, int average)
{
    real right = 0, truly = 0, called = 0;
    size_t positive = 0;
    if (average == BINARY)
        positive = call_count_or(call, "positive", 1, 0, t->units - 1);
    for (size_t k = 0; k < t->units; k++) {
        if (average == BINARY && k != positive)
            continue;
        right = right + t->right[k];
        truly = truly + t->truly[k];
        called = called + t->called[k];
    }
    struct score s = score_of(t, right, truly, called);
    for (int m = 0; m < 3; m++)
        *call_output(call, names[m], "") = s.value[m];
}

static void answer_mean(struct call *call, const struct tally *t, int average)
{
    static const char *const ways[] = {"mean_of_f", "f_of_means", NULL};
    static const char *const absences[] = {"counted", "skipped", NULL};
    int of_means = call_choice(call, "macro_f", ways) && average == MACRO;
    int skipped = call_choice(call, "absent", absences);
    real mean[3];
    for (int m = 0; m < 3; m++) {
        real *value = call_scratch(call, t->units);
        int *defined = call_scratch_integers(call, t->units);
        for (size_t k = 0; k < t->units; k++) {
            struct score s = score_of(t, t->right[k], t->truly[k], t->called[k]);
            value[k] = s.value[m];
            defined[k] = s.defined[m] && !(skipped && t->truly[k] == 0 && t->called[k] == 0);
        }
        mean[m] = average_of(call, t->units, value, average == WEIGHTED ? t->truly : NULL, defined);
    }
    if (of_means) {
        int defined;
        real b = t->beta * t->beta;
        mean[F] = undefined_ratio((1 + b) * mean[PRECISION] * mean[RECALL],
                                  b * mean[PRECISION] + mean[RECALL], UNDEFINED_ZERO, &defined);
    }
    for (int m = 0; m < 3; m++)
        *call_output(call, names[m], "") = mean[m];
}

void precision_recall_f_score_answer(struct call *call)
{
    static const char *const averages[] = {"none",     "binary",  "micro", "macro",
                                           "weighted", "samples", NULL};
    int average = call_choice(call, "average", averages);
    int in_sets = call_rank(call, "labels") == 2;
    struct sets sets = in_sets ? read_sets(call) : (struct sets){0};
    if (average == SAMPLES && !in_sets)
        call_fail(call, "convention 'average' is samples, but they have no sets of labels");
    if (average == SAMPLES) {
        answer_samples(call, &sets);
        return;
    }
    struct tally t = in_sets ? count_labels(call, &sets) : count_classes(call);
    if (average == EACH)
        answer_each(call, &t);
    else if (average == BINARY || average == MICRO)
        answer_one(call, &t, average);
    else
        answer_mean(call, &t, average);
}
