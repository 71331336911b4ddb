// SPDX-License-Identifier: MIT
#include "../lab/fit.h"

#include <math.h>

enum { LAYERS = 3, HIDDEN = LAYERS - 1, WIDTH = 32, SAMPLES = 300, BATCH = 32, EPOCHS = 20 };

/* Shares of hidden units: those that are negative or 0 on all samples before their activation, and
 * of these those whose incoming weights and bias have a gradient of exactly 0 over all samples (a
 * unit in front of a dead layer may have none either, and yet is not dead itself). NaN when the
 * network has overflown. */
struct shares {
    double dead, negative;
};

static bool is_without_gradient(const struct network *net, size_t l, size_t unit)
{
    const size_t O = net->plan.units[l];
    bool is_zero = net->gradient[net->bias[l] + unit] == 0;
    for (size_t i = net->weight[l] + unit; i < net->bias[l]; i += O)
        is_zero &= net->gradient[i] == 0;
    return is_zero;
}

static bool is_negative(const struct network *net, size_t l, size_t unit)
{
    bool is_below = true;
    for (size_t n = 0; n < SAMPLES; n++)
        is_below &= net->before[l]->value[n * WIDTH + unit] <= 0;
    return is_below;
}

static struct shares count_units(struct network *net, const struct samples *train)
{
    struct shares shares = {0, 0};
    if (!isfinite(network_gradient(net, train, NULL, SAMPLES, 0)))
        return (struct shares){NAN, NAN};
    for (size_t l = 0; l < HIDDEN; l++)
        for (size_t unit = 0; unit < WIDTH; unit++) {
            const bool is_below = is_negative(net, l, unit);
            shares.dead += is_below && is_without_gradient(net, l, unit);
            shares.negative += is_below;
        }
    return (struct shares){shares.dead / (HIDDEN * WIDTH), shares.negative / (HIDDEN * WIDTH)};
}

/* After epochs at the rate and as many at a small one, in which units recover that can. */
static struct shares train_at(struct replica *r, const struct samples *train,
                              const struct samples *test, enum network_activation activation,
                              size_t place)
{
    const size_t arm = activation == ACTIVATION_RELU ? 0 : 1;
    struct network_plan plan = network_plan(2, LAYERS, WIDTH, 2);
    plan.activation = activation;
    struct fit_plan how = {
        .rate = r->claim->curve.at[place], .batch = BATCH, .epochs = EPOCHS, .keep_going = true};
    struct network *net = network_create(r, &plan, SAMPLES);
    fit_network(net, train, &how);
    how.rate = 0.01;
    how.order_stream = EPOCHS;
    fit_network(net, train, &how);
    const struct shares shares = count_units(net, train);
    if (!isnan(shares.dead)) {
        replica_point(r, arm, place, shares.dead);
        replica_point(r, arm + 2, place, shares.negative);
        replica_point(r, arm + 4, place, network_accuracy(net, test));
    }
    network_free(net);
    return shares;
}

void dying_units(struct replica *r)
{
    const struct samples train = samples_moons(r, 1, SAMPLES, 0.2);
    const struct samples test = samples_moons(r, 3, SAMPLES, 0.2);
    double most = 0, most_of_both = 0, leaky_there = 0;
    for (size_t place = 0; place < r->claim->curve.points; place++) {
        const struct shares relu = train_at(r, &train, &test, ACTIVATION_RELU, place);
        const struct shares leaky = train_at(r, &train, &test, ACTIVATION_LEAKY_RELU, place);
        if (isnan(relu.dead))
            continue;
        most = fmax(most, relu.dead);
        if (relu.dead > most_of_both && !isnan(leaky.dead)) {
            most_of_both = relu.dead;
            leaky_there = leaky.dead;
        }
    }
    replica_effect(r, 0, most);
    replica_effect(r, 1, most_of_both - leaky_there);
}
