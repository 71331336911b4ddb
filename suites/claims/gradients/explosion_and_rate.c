// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { LAYERS = 10, WIDTH = 32, TRAIN = 1000, BATCH = 32, STEPS = 50 };

static const double enormous = 1e30; /* stands for what is no longer a number */

/* The first norm of a gradient, the largest one, and whether the loss of all samples falls. */
struct run {
    double first, largest;
    bool has_learned;
};

static bool after_step(struct fit *fit)
{
    struct run *run = fit->plan->context;
    const double norm = lab_norm(fit->net->gradient, network_parameters(fit->net));
    const double known = norm < enormous ? norm : enormous;
    if (fit->step == 1)
        run->first = known;
    run->largest = fmax(run->largest, known);
    return false;
}

static struct run run_at(struct network *net, const struct samples *train, double rate)
{
    struct run run = {0, 0, false};
    const struct fit_plan how = {.rate = rate,
                                 .batch = BATCH,
                                 .epochs = STEPS,
                                 .steps = STEPS,
                                 .keep_going = true,
                                 .after_step = after_step,
                                 .context = &run};
    network_start(net);
    const double before = network_loss(net, train);
    fit_network(net, train, &how);
    run.has_learned = network_loss(net, train) < before;
    return run;
}

/* Whether some rate keeps gradients in bounds; and whether they explode at the last one. */
struct answer {
    bool explodes, is_cured;
};

static struct answer try_rates(struct replica *r, const struct samples *train, double scale,
                               size_t arm)
{
    struct network_plan plan = network_plan(train->features, LAYERS, WIDTH, train->classes);
    plan.scale = scale;
    struct network *net = network_create(r, &plan, 256);
    struct answer answer = {false, false};
    for (size_t i = 0; i < r->claim->curve.points; i++) {
        const struct run run = run_at(net, train, r->claim->curve.at[i]);
        replica_point(r, arm, i, run.first);
        replica_point(r, arm + 1, i, run.largest);
        answer.explodes = run.largest > 100 * run.first;
        answer.is_cured |= run.largest <= 10 * run.first && run.has_learned;
    }
    network_free(net);
    return answer;
}

void explosion_and_rate(struct replica *r)
{
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    const struct answer ordinary = try_rates(r, &train, 1, 0);
    const struct answer large = try_rates(r, &train, 2, 2);
    replica_effect(r, 0, ordinary.explodes);
    replica_effect(r, 1, ordinary.is_cured);
    replica_effect(r, 2, large.is_cured);
}
