// SPDX-License-Identifier: MIT
#include "trial.h"

enum { CAPACITY = 256 };

void split_standardize(struct split *split)
{
    samples_standardize(&split->train,
                        (struct samples *const[]){&split->validation, &split->test, NULL});
}

static double score(struct network *net, const struct samples *samples)
{
    return samples->label != NULL ? network_accuracy(net, samples) : network_loss(net, samples);
}

struct trial trial_run(struct network *net, const struct split *split, const struct fit_plan *how,
                       const double *rate, size_t rates)
{
    struct trial trial = {0};
    trial.best = fit_tune(net, &split->train, &split->validation, how, rate, rates, NULL);
    trial.train = score(net, &split->train);
    trial.validation = score(net, &split->validation);
    trial.test = score(net, &split->test);
    return trial;
}

struct trial trial_of(struct replica *r, const struct network_plan *plan, const struct split *split,
                      const struct fit_plan *how, const double *rate, size_t rates)
{
    struct network *net = network_create(r, plan, CAPACITY);
    const struct trial trial = trial_run(net, split, how, rate, rates);
    network_free(net);
    return trial;
}

static size_t parameters_of(const struct network_plan *plan)
{
    size_t count = 0, inputs = plan->inputs;
    for (size_t l = 0; l < plan->layers; l++) {
        count += (inputs + 1) * plan->units[l];
        inputs = plan->units[l];
    }
    return count;
}

static struct network_plan shaped(size_t inputs, size_t hidden, const double *shape, size_t outputs,
                                  double width)
{
    struct network_plan plan = network_plan(inputs, hidden + 1, 1, outputs);
    for (size_t l = 0; l < hidden; l++) {
        const size_t units = (size_t)(width * (shape != NULL ? shape[l] : 1));
        plan.units[l] = units > 0 ? units : 1;
    }
    return plan;
}

struct network_plan trial_plan(size_t inputs, size_t hidden, const double *shape, size_t outputs,
                               size_t parameters)
{
    const double step = 0.125;
    struct network_plan plan = shaped(inputs, hidden, shape, outputs, 0);
    for (double width = step; hidden > 0; width += step) {
        const struct network_plan wider = shaped(inputs, hidden, shape, outputs, width);
        if (parameters_of(&wider) > parameters)
            break;
        plan = wider;
    }
    return plan;
}
