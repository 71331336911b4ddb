// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>
#include <string.h>

enum { BLOCKS = 10, WIDTH = 16, TRAIN = 1000, VALIDATION = 250, TEST = 250, BATCH = 50 };
enum { STEPS = 500, EPOCHS = STEPS * BATCH / TRAIN };

static const double rates[] = {0.0003, 0.001, 0.003, 0.01, 0.03};

static const struct fit_plan usual = {.optimizer = FIT_ADAM, .batch = BATCH, .epochs = EPOCHS};

struct data {
    struct samples train, validation, test;
};

struct watch {
    const struct samples *test;
    size_t arm;
};

/* Normal inputs, which are their own targets. */
static struct samples draw_samples(struct replica *r)
{
    const size_t count = TRAIN + VALIDATION + TEST;
    struct samples samples = samples_new(r, count, WIDTH, 0, WIDTH);
    lab_normal(r, 1, samples.x, count * WIDTH);
    memcpy(samples.target, samples.x, count * WIDTH * sizeof *samples.x);
    return samples;
}

static bool after_step(struct fit *fit)
{
    const struct watch *watch = fit->plan->context;
    const size_t every = STEPS / fit->net->replica->claim->curve.points;
    if (fit->step % every == 0)
        replica_point(fit->net->replica, watch->arm, fit->step / every - 1,
                      network_loss(fit->net, watch->test));
    return false;
}

/* What is tuned: the rate and the scale of the weights. */
struct choice {
    double rate, scale, loss;
};

/* The best of the rates and of two scales of He's weights: 1, and one over the root of the number
 * of layers, which keeps the sum of so many branches small. */
static struct choice tune(struct replica *r, const struct data *data, struct network_plan plan)
{
    enum { RATES = sizeof rates / sizeof rates[0] };
    struct choice best = {0, 0, INFINITY};
    for (int is_scaled = 0; is_scaled < 2; is_scaled++) {
        double score[RATES];
        plan.scale = is_scaled ? 1 / sqrt(BLOCKS + 1.0) : 1;
        struct network *net = network_create(r, &plan, TEST);
        const size_t place =
            fit_tune(net, &data->train, &data->validation, &usual, rates, RATES, score);
        if (-score[place] < best.loss)
            best = (struct choice){rates[place], plan.scale, -score[place]};
        network_free(net);
    }
    return best;
}

/* The squared error on the test samples, tuned. */
static double error_of(struct replica *r, const struct data *data, bool has_shortcuts, size_t arm)
{
    struct watch watch = {&data->test, arm};
    struct network_plan plan = network_plan(WIDTH, BLOCKS + 1, WIDTH, WIDTH);
    struct fit_plan how = usual;
    plan.loss = LOSS_SQUARED_ERROR;
    plan.has_shortcuts = has_shortcuts;
    const struct choice best = tune(r, data, plan);
    plan.scale = best.scale;
    how.rate = best.rate;
    how.after_step = after_step;
    how.context = &watch;
    struct network *net = network_create(r, &plan, TEST);
    fit_network(net, &data->train, &how);
    const double loss = network_loss(net, &data->test);
    network_free(net);
    return loss;
}

void learning_identity(struct replica *r)
{
    const struct samples all = draw_samples(r);
    const struct data data = {samples_part(&all, 0, TRAIN), samples_part(&all, TRAIN, VALIDATION),
                              samples_part(&all, TRAIN + VALIDATION, TEST)};
    const double plain = error_of(r, &data, false, 0);
    const double residual = error_of(r, &data, true, 1);
    replica_effect(r, 0, lab_log10(r, plain / residual));
}
