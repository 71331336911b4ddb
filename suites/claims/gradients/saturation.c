// SPDX-License-Identifier: MIT
#include "../lab/ask.h"
#include "../lab/fit.h"

enum { LAYERS = 4, WIDTH = 64, TRAIN = 1200, BATCH = 32, EPOCHS = 10, ROWS = 256 };

/* An activation whose derivative is at most `steepest`. */
struct kind {
    enum network_activation activation;
    enum network_initialization start;
    const char *technique;
    double steepest;
};

struct watch {
    const struct kind *kind;
    const struct samples *train;
    size_t arm;
};

/* How many of the derivatives at x (count) are below a hundredth of the steepest one. */
static size_t count_flat(struct replica *r, const struct kind *kind, const float *x, size_t count)
{
    float *dy = lab_floats(r, count);
    for (size_t i = 0; i < count; i++)
        dy[i] = 1;
    struct ask *ask = ask_new(r, kind->technique);
    ask_floats(ask, "x", 2, (size_t[]){count, 1}, x);
    ask_floats(ask, "dy", 2, (size_t[]){count, 1}, dy);
    ask_run(ask);
    const float *slope = ask_output(ask, "dx", count);
    size_t flat = 0;
    for (size_t i = 0; i < count; i++)
        flat += (double)slope[i] < 0.01 * kind->steepest;
    return flat;
}

/* The share of hidden units that are 0 on all rows. */
static double dead_share(struct network *net)
{
    double sum = 0;
    for (size_t l = 0; l + 1 < LAYERS; l++) {
        struct ask *ask = ask_new(net->replica, "dead_units");
        ask_floats(ask, "a", 2, (size_t[]){ROWS, WIDTH}, net->hidden[l]->value);
        ask_number(ask, "threshold", 0);
        ask_run(ask);
        sum += (double)ask_output(ask, "fraction", 1)[0] / (LAYERS - 1);
    }
    return sum;
}

static void look(struct network *net, struct watch *watch, size_t epoch)
{
    struct replica *r = net->replica;
    const size_t count = (size_t)ROWS * WIDTH;
    size_t flat = 0;
    network_forward(net, watch->train, 0);
    for (size_t l = 0; l + 1 < LAYERS; l++)
        flat += count_flat(r, watch->kind, net->before[l]->value, count);
    replica_point(r, watch->arm, epoch, (double)flat / (double)(count * (LAYERS - 1)));
    if (watch->kind->activation == ACTIVATION_RELU)
        replica_point(r, 3, epoch, dead_share(net));
}

static bool after_epoch(struct fit *fit)
{
    look(fit->net, fit->plan->context, fit->epoch);
    return false;
}

/* Decades by which the gradient of the first hidden layer's outputs is larger than the last's. */
static double arrives(struct network *net, const struct samples *train)
{
    const size_t count = (size_t)ROWS * WIDTH;
    network_gradient(net, train, NULL, ROWS, 0);
    const double first = lab_norm(net->hidden[0]->gradient, count);
    return lab_log10(net->replica, first / lab_norm(net->hidden[LAYERS - 2]->gradient, count));
}

/* What arrives before and after training. */
static void follow(struct replica *r, const struct samples *train, const struct kind *kind,
                   size_t arm, double decades[2])
{
    struct network_plan plan = network_plan(train->features, LAYERS, WIDTH, train->classes);
    plan.activation = kind->activation;
    plan.start = kind->start;
    struct watch watch = {.kind = kind, .train = train, .arm = arm};
    const struct fit_plan how = {.optimizer = FIT_ADAM,
                                 .rate = 0.003,
                                 .batch = BATCH,
                                 .epochs = EPOCHS,
                                 .after_epoch = after_epoch,
                                 .context = &watch};
    struct network *net = network_create(r, &plan, ROWS);
    look(net, &watch, 0);
    decades[0] = arrives(net, train);
    fit_network(net, train, &how);
    decades[1] = arrives(net, train);
    network_free(net);
}

void saturation(struct replica *r)
{
    static const struct kind kinds[] = {
        {ACTIVATION_RELU, START_HE_NORMAL, "relu", 1},
        {ACTIVATION_TANH, START_GLOROT_NORMAL, "tanh", 1},
        {ACTIVATION_SIGMOID, START_GLOROT_NORMAL, "sigmoid", 0.25},
    };
    const struct samples digits = samples_digits(r);
    const struct samples train = samples_part(&digits, 0, TRAIN);
    double decades[3][2];
    for (size_t k = 0; k < 3; k++)
        follow(r, &train, &kinds[k], k, decades[k]);
    for (size_t when = 0; when < 2; when++)
        replica_effect(r, when, decades[0][when] - decades[2][when]);
}
