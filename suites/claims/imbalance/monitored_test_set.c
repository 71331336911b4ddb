// SPDX-License-Identifier: MIT
/* Version 2: 100 replicas, of other draws than those of version 1. The score on 100 samples has a
 * standard deviation of three points by chance alone, so the 20 replicas of version 1 could not
 * have placed it within one point, whatever is true. */
#include "../lab/fit.h"

enum {
    TRAIN = 200,
    TEST = 100,
    FRESH = 4000,
    CHOICES = 100,
    MODEL_EPOCHS = 20,
    BATCH = 20,
    POINTS = 7,
    DATA = 70,
    RATE = 72,
    WIDTH = 73,
};

/* Scores of all candidates: on the test set that is looked at, and on one that nobody has seen. */
struct scores {
    struct samples test, fresh;
    double seen[CHOICES], unseen[CHOICES];
    size_t count;
};

static void score(struct scores *scores, struct network *net)
{
    scores->seen[scores->count] = network_accuracy(net, &scores->test);
    scores->unseen[scores->count++] = network_accuracy(net, &scores->fresh);
}

static bool after_epoch(struct fit *fit)
{
    score(fit->plan->context, fit->net);
    return false;
}

/* One network, after each of its epochs. */
static void try_epochs(struct replica *r, const struct samples *train, struct scores *scores)
{
    struct network_plan plan = network_plan(2, 2, 32, 2);
    plan.stream = 4000;
    struct network *net = network_create(r, &plan, 256);
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = 0.01,
                                 .batch = BATCH,
                                 .epochs = CHOICES,
                                 .after_epoch = after_epoch,
                                 .context = scores};
    fit_network(net, train, &how);
    network_free(net);
}

/* Networks of other widths, starts and rates, each at its end. */
static void try_models(struct replica *r, const struct samples *train, struct scores *scores)
{
    for (size_t m = 0; m < CHOICES; m++) {
        struct network_plan plan = network_plan(2, 2, 8 + 8 * lab_below(r, WIDTH, m, 4), 2);
        plan.stream = 5000 + 10 * m;
        struct network *net = network_create(r, &plan, 256);
        const struct fit_plan how = {.optimizer = FIT_ADAM,
                                     .rate = 0.005 + 0.025 * lab_uniform(r, RATE, m),
                                     .batch = BATCH,
                                     .epochs = MODEL_EPOCHS};
        fit_network(net, train, &how);
        score(scores, net);
        network_free(net);
    }
}

/* By how much the best score on the looked-at set among the last `count` candidates is too good. */
static double optimism(const struct scores *scores, size_t count)
{
    size_t best = CHOICES - 1;
    for (size_t i = CHOICES; i-- > CHOICES - count;)
        best = scores->seen[i] > scores->seen[best] ? i : best;
    return scores->seen[best] - scores->unseen[best];
}

void monitored_test_set(struct replica *r)
{
    const struct samples all = samples_moons(r, DATA, TRAIN + TEST + FRESH, 0.3);
    const struct samples train = samples_part(&all, 0, TRAIN);
    for (size_t part = 0; part < 2; part++) {
        struct scores scores = {.test = samples_part(&all, TRAIN, TEST),
                                .fresh = samples_part(&all, TRAIN + TEST, FRESH)};
        (part == 0 ? try_epochs : try_models)(r, &train, &scores);
        for (size_t i = 0; i < POINTS; i++)
            replica_point(r, part, i, optimism(&scores, (size_t)r->claim->curve.at[i]));
        replica_effect(r, part, optimism(&scores, CHOICES));
    }
}
