// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

enum { PARTS = 3, RATES = 8, BATCH = 32, STEPS = 600, VALIDATION = 300, WRONG = 50, WIDTH = 32 };

static const size_t train_count[PARTS] = {600, 150, 300};
static const double rate[RATES] = {0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1};

/* In a straight line down to 0. */
static double fall(const struct fit *fit)
{
    const size_t *all = fit->plan->context;
    return fit->plan->rate * (double)(*all - fit->step) / (double)*all;
}

/* Test accuracy with the rate whose validation accuracy is best. */
static double accuracy(struct replica *r, const struct samples *train, const struct samples *others,
                       enum fit_optimizer optimizer, size_t arm)
{
    const struct samples validation = samples_part(others, 0, VALIDATION);
    const struct samples test = samples_part(others, VALIDATION, others->count - VALIDATION);
    struct network_plan plan = network_plan(train->features, 3, WIDTH, train->classes);
    size_t steps = STEPS;
    double best = -1, right = 0;
    struct network *net = network_create(r, &plan, 256);
    for (size_t i = 0; i < RATES; i++) {
        const struct fit_plan how = {.optimizer = optimizer,
                                     .rate = rate[i],
                                     .batch = BATCH,
                                     .epochs = STEPS,
                                     .steps = STEPS,
                                     .rate_at = fall,
                                     .context = &steps};
        network_start(net);
        const struct fit fit = fit_network(net, train, &how);
        const double now = fit.has_diverged ? 0 : network_accuracy(net, &validation);
        const double then = fit.has_diverged ? 0 : network_accuracy(net, &test);
        replica_point(r, arm, i, then);
        right = now > best ? then : right;
        best = now > best ? now : best;
    }
    network_free(net);
    return right;
}

void generalization_against_adam(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    for (size_t p = 0; p < PARTS; p++) {
        const struct samples first = samples_part(&digits, 0, train_count[p]);
        const struct samples others =
            samples_part(&digits, train_count[0], digits.count - train_count[0]);
        struct samples train = samples_copy(r, &first);
        if (p == 2)
            samples_flip_labels(r, WRONG, &train, 0.2);
        replica_effect(r, p,
                       accuracy(r, &train, &others, FIT_MOMENTUM, 2 * p) -
                           accuracy(r, &train, &others, FIT_ADAM, 2 * p + 1));
    }
}
