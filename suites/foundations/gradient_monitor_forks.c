// SPDX-License-Identifier: MIT
#include "../../reference/foundations/gradient_monitor.h"
#include "../fork.h"

enum change {
    SCALED,
    NOT_RESET,
    AFTER_STEP,
    FIRST_STEP_KEPT,
    ROOT_FORGOTTEN,
    OF_THE_UPDATE,
    OF_THE_WEIGHTS,
    LOSS_SUMMED,
    FROM_THE_OUTPUT,
    BIASES_FIXED,
    LAST_SAMPLES_LOST,
    FLAGS_TURNED,
    FLAG_OF_ALL
};

static real dot(const real *x, const real *y, size_t n)
{
    real sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i] * y[i];
    return sum;
}

/* Gradients of layer l, added to dw and db from the last of N samples to the first. */
static void add_samples(const struct sweep *train, size_t l, size_t N)
{
    size_t I = train->net.size[l], O = train->net.size[l + 1];
    const real *a = l == 0 ? train->x : train->batch.a[l - 1], *dz = train->batch.dz[l];
    for (size_t n = N; n-- > 0;) {
        for (size_t o = 0; o < O; o++) {
            train->batch.db[l][o] += dz[n * O + o];
            for (size_t i = 0; i < I; i++)
                train->batch.dw[l][i * O + o] += a[n * I + i] * dz[n * O + o];
        }
    }
}

static real larger(real most, const real *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        most = real_abs(x[i]) > most ? real_abs(x[i]) : most;
    return most;
}

static real squares_over(const real *x, size_t n, real most)
{
    real sum = 0;
    for (size_t i = n; i-- > 0;)
        sum += x[i] / most * (x[i] / most);
    return sum;
}

/* The largest magnitude times the norm of what is left when all are divided by it, as a library
 * does that must not overflow. */
static real scaled_norm(const struct monitor *monitor, size_t l)
{
    const struct sweep *train = &monitor->train;
    size_t O = train->net.size[l + 1], IO = train->net.size[l] * O;
    size_t biases = monitor->with_biases ? O : 0;
    const real *dw = train->batch.dw[l], *db = train->batch.db[l];
    real most = larger(larger(0, dw, IO), db, biases);
    if (most <= 0)
        return 0;
    return most * real_sqrt(squares_over(dw, IO, most) + squares_over(db, biases, most));
}

static real norm_of(const struct monitor *monitor, enum change change, size_t l)
{
    const struct sweep *train = &monitor->train;
    size_t O = train->net.size[l + 1], IO = train->net.size[l] * O;
    const real *dw = train->batch.dw[l], *db = train->batch.db[l], *w = train->net.w[l];
    if (change == SCALED)
        return scaled_norm(monitor, l);
    if (change == OF_THE_WEIGHTS)
        return real_sqrt(dot(w, w, IO));
    real squares = dot(dw, dw, IO) + (monitor->with_biases ? dot(db, db, O) : 0);
    real norm = change == ROOT_FORGOTTEN ? squares : real_sqrt(squares);
    if (change == LOSS_SUMMED)
        norm *= real_count(train->N);
    return change == OF_THE_UPDATE ? norm * monitor->rate : norm;
}

/* Loss and gradients at a step. */
static real find_gradients(struct call *call, struct monitor *monitor, enum change change,
                           real *old[2 * PERCEPTRON_LAYERS])
{
    struct sweep *train = &monitor->train;
    real loss = sweep_gradient(call, train);
    size_t N = train->N;
    if (change == LAST_SAMPLES_LOST && N > train->block)
        N = (N - 1) / train->block * train->block;
    for (size_t l = 0; l < monitor->L; l++) {
        size_t O = train->net.size[l + 1], IO = train->net.size[l] * O;
        for (size_t i = 0; i < IO; i++)
            train->batch.dw[l][i] = change == NOT_RESET ? old[2 * l][i] : 0;
        for (size_t o = 0; o < O; o++)
            train->batch.db[l][o] = change == NOT_RESET ? old[2 * l + 1][o] : 0;
        add_samples(train, l, N);
        for (size_t i = 0; i < IO; i++)
            old[2 * l][i] = train->batch.dw[l][i];
        for (size_t o = 0; o < O; o++)
            old[2 * l + 1][o] = train->batch.db[l][o];
    }
    return loss;
}

static void step(struct monitor *monitor, enum change change)
{
    struct sweep *train = &monitor->train;
    for (size_t l = 0; l < monitor->L && change == BIASES_FIXED; l++) {
        for (size_t o = 0; o < train->net.size[l + 1]; o++)
            train->batch.db[l][o] = 0;
    }
    sweep_step(train, monitor->rate);
}

static void run(struct call *call)
{
    enum change change = (enum change)call_variant(call);
    struct monitor monitor = monitor_read(call);
    size_t S = monitor.S, L = monitor.L;
    real *loss = call_output(call, "loss", "S"), *norm = call_output(call, "norm", "SL");
    real *flag = call_output_integers(call, "flag", "SL"), *old[2 * PERCEPTRON_LAYERS];
    for (size_t l = 0; l < L; l++) {
        size_t O = monitor.train.net.size[l + 1];
        old[2 * l] = call_scratch(call, monitor.train.net.size[l] * O);
        old[2 * l + 1] = call_scratch(call, O);
    }
    for (size_t s = 0; s < S; s++) {
        loss[s] = find_gradients(call, &monitor, change, old);
        if (change == AFTER_STEP) {
            step(&monitor, change);
            find_gradients(call, &monitor, change, old);
        }
        for (size_t l = 0; l < L; l++) {
            size_t from = change == FROM_THE_OUTPUT ? L - 1 - l : l;
            real is = norm_of(&monitor, change, from);
            norm[s * L + l] = change == FIRST_STEP_KEPT && s > 0 ? norm[l] : is;
            int above = is > monitor.exploded, below = is < monitor.vanished;
            if (change == FLAG_OF_ALL)
                below = norm[s * L] < monitor.vanished;
            flag[s * L + l] = (real)(change == FLAGS_TURNED ? below - above : above - below);
        }
        if (change != AFTER_STEP)
            step(&monitor, change);
    }
}

static const struct fork table[] = {
    {.info = {"scaled", FORK_TWIN, "",
              "Gradients from the last sample to the first; norms divided by the largest first.",
              NULL},
     .answer = run},
    {.info = {"not_reset", FORK_BUG, "", "Gradients are added to those of the steps before.", NULL},
     .answer = run,
     .variant = NOT_RESET},
    {.info = {"after_step", FORK_BUG, "", "Norms are taken after the step.", NULL},
     .answer = run,
     .variant = AFTER_STEP},
    {.info = {"first_step_kept", FORK_BUG, "", "The norms of the first step are logged for all.",
              NULL},
     .answer = run,
     .variant = FIRST_STEP_KEPT},
    {.info = {"root_forgotten", FORK_BUG, "", "Squared norms.", NULL},
     .answer = run,
     .variant = ROOT_FORGOTTEN},
    {.info = {"of_the_update", FORK_CONVENTION, "", "Norms of rate times the gradient.", NULL},
     .answer = run,
     .variant = OF_THE_UPDATE},
    {.info = {"of_the_weights", FORK_BUG, "", "Norms of the weights, not of gradients.", NULL},
     .answer = run,
     .variant = OF_THE_WEIGHTS},
    {.info = {"loss_summed", FORK_CONVENTION, "", "Norms for the summed, not the mean loss.", NULL},
     .answer = run,
     .variant = LOSS_SUMMED},
    {.info = {"from_the_output", FORK_BUG, "", "Layers are counted from the output.", NULL},
     .answer = run,
     .variant = FROM_THE_OUTPUT},
    {.info = {"biases_fixed", FORK_BUG, "", "Biases do not learn.", NULL},
     .answer = run,
     .variant = BIASES_FIXED},
    {.info = {"last_samples_lost", FORK_BUG, "", "The last block of samples is left out.", NULL},
     .answer = run,
     .variant = LAST_SAMPLES_LOST},
    {.info = {"flags_turned", FORK_BUG, "", "1 stands for vanished.", NULL},
     .answer = run,
     .variant = FLAGS_TURNED},
    {.info = {"flag_of_first_layer", FORK_BUG, "", "All layers vanish with the first.", NULL},
     .answer = run,
     .variant = FLAG_OF_ALL},
    {.info = {"biases_counted", FORK_CONVENTION, "", "The biases belong to a layer.", NULL},
     .instead = {"of", "layer"}},
    {.info = {"biases_not_counted", FORK_CONVENTION, "", "The weights alone.", NULL},
     .instead = {"of", "weights"}},
};

const struct fork_list gradient_monitor_forks = {sizeof table / sizeof *table, table};
