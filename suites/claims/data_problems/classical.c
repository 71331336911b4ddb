// SPDX-License-Identifier: MIT
#include "classical.h"

#include <math.h>

enum { SETTINGS = 5, MOST = 15, WIDTH = 32, BATCH = 32 };

static const size_t neighbours[SETTINGS] = {1, 3, 5, 9, MOST};

struct tried classical_better(struct tried one, struct tried other)
{
    return other.validation > one.validation ? other : one;
}

/* ---- nearest neighbours ---------------------------------------------------------------------- */

/* label (MOST): those of the training samples nearest to x, the nearest first; of equals the one
 * with the smaller number. Returns how many there are. */
static size_t find_nearest(const struct samples *train, const float *x, int label[MOST])
{
    double square[MOST];
    size_t found = 0;
    for (size_t n = 0; n < train->count; n++) {
        double d = 0;
        for (size_t i = 0; i < train->features; i++) {
            const double off = (double)train->x[n * train->features + i] - (double)x[i];
            d += off * off;
        }
        if (found == MOST && d >= square[MOST - 1])
            continue;
        size_t k = found < MOST ? found++ : MOST - 1;
        for (; k > 0 && square[k - 1] > d; k--) {
            square[k] = square[k - 1];
            label[k] = label[k - 1];
        }
        square[k] = d;
        label[k] = train->label[n];
    }
    return found;
}

static int vote(const int label[MOST], size_t count)
{
    int votes[CLASSICAL_CLASSES] = {0}, best = 0;
    for (size_t k = 0; k < count; k++)
        votes[label[k]]++;
    for (int c = 1; c < CLASSICAL_CLASSES; c++)
        best = votes[c] > votes[best] ? c : best;
    return best;
}

/* Accuracy on `samples` for each number of neighbours. */
static void judge(const struct samples *train, const struct samples *samples,
                  double accuracy[SETTINGS])
{
    size_t right[SETTINGS] = {0};
    for (size_t n = 0; n < samples->count; n++) {
        int label[MOST];
        const size_t found = find_nearest(train, samples->x + n * samples->features, label);
        for (size_t i = 0; i < SETTINGS; i++)
            right[i] +=
                vote(label, neighbours[i] < found ? neighbours[i] : found) == samples->label[n];
    }
    for (size_t i = 0; i < SETTINGS; i++)
        accuracy[i] = (double)right[i] / (double)samples->count;
}

struct tried classical_neighbours(struct replica *r, const struct split *split)
{
    double validation[SETTINGS], test[SETTINGS];
    struct tried best = {-1, 0};
    if (split->train.classes > CLASSICAL_CLASSES)
        replica_fail(r, "votes are counted for at most %d classes", CLASSICAL_CLASSES);
    judge(&split->train, &split->validation, validation);
    judge(&split->train, &split->test, test);
    for (size_t i = 0; i < SETTINGS; i++)
        best = classical_better(best, (struct tried){validation[i], test[i]});
    return best;
}

/* ---- what is trained by gradients ------------------------------------------------------------ */

static struct tried trained(struct replica *r, const struct split *split, size_t layers,
                            size_t steps, const double *rate, size_t rates)
{
    const struct network_plan plan =
        network_plan(split->train.features, layers, WIDTH, split->train.classes);
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .batch = BATCH,
                                 .steps = steps,
                                 .epochs = steps,
                                 .validation = &split->validation,
                                 .restore = true};
    const struct trial trial = trial_of(r, &plan, split, &how, rate, rates);
    return (struct tried){trial.validation, trial.test};
}

struct tried classical_logistic(struct replica *r, const struct split *split, size_t steps)
{
    static const double rate[] = {0.003, 0.01, 0.03, 0.1};
    return trained(r, split, 1, steps, rate, sizeof rate / sizeof rate[0]);
}

struct tried classical_network(struct replica *r, const struct split *split, size_t hidden,
                               size_t steps)
{
    static const double rate[] = {0.001, 0.003, 0.01};
    return trained(r, split, hidden + 1, steps, rate, sizeof rate / sizeof rate[0]);
}
