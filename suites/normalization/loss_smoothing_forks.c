// SPDX-License-Identifier: MIT
#include "../../reference/normalization/loss_smoothing.h"
#include "../fork.h"

enum mistake {
    NONE,
    STATISTICS_DETACHED,
    UNBIASED,
    LOSS_HALVED,
    LOSS_SUMMED,
    STATISTICS_KEPT,
    STEP_UPHILL,
    DIRECTION_OF_LENGTH_ONE,
    SQUARED_NORMS,
    RATE_NOT_DIVIDED,
    NORM_NOT_DIVIDED,
    NORMS_SUBTRACTED,
    LARGEST_ELEMENT,
    LAST_SAMPLE_LOST
};

struct net {
    enum mistake mistake;
    size_t N, I, O, S;
    int normalized, first; /* first: at the start of the line */
    real epsilon;
    const real *x, *t, *v, *w, *rate;
    real *u, *mean, *s;
};

static struct net read(struct call *call)
{
    static const char *const normalizations[] = {"batch", "none", NULL};
    struct net net = {.mistake = (enum mistake)call_variant(call),
                      .x = call_input(call, "x", "NI"),
                      .t = call_input(call, "t", "N"),
                      .v = call_input(call, "v", "O")};
    net.w = call_input(call, "w", "IO");
    net.rate = call_input(call, "rate", "S");
    net.N = call_size(call, 'N');
    net.I = call_size(call, 'I');
    net.O = call_size(call, 'O');
    net.S = call_size(call, 'S');
    net.normalized = call_choice(call, "normalization", normalizations) == 0;
    net.epsilon = call_number_or(call, "epsilon", R(1e-5));
    net.u = call_scratch(call, net.N * net.O);
    net.mean = call_scratch(call, net.O);
    net.s = call_scratch(call, net.O);
    return net;
}

/* Column o of u, from the last sample to the first; mean and divisor too. */
static void find_column(struct net *net, const real *w, size_t o)
{
    real sum = 0, squares = 0, n = real_count(net->N);
    for (size_t k = net->N; k-- > 0;) {
        real z = 0;
        for (size_t i = net->I; i-- > 0;)
            z = z + net->x[k * net->I + i] * w[i * net->O + o];
        net->u[k * net->O + o] = z;
        sum = sum + z;
    }
    if (!net->normalized)
        return;
    for (size_t k = net->N; k-- > 0;) {
        real gap = net->u[k * net->O + o] - sum / n;
        squares = squares + gap * gap;
    }
    if (net->mistake != STATISTICS_KEPT || net->first) {
        net->mean[o] = sum / n;
        net->s[o] = real_sqrt(squares / (net->mistake == UNBIASED ? n - 1 : n) + net->epsilon);
    }
    for (size_t k = 0; k < net->N; k++)
        net->u[k * net->O + o] = (net->u[k * net->O + o] - net->mean[o]) / net->s[o];
}

/* dz of column o: du freed of its mean, then of its part along u. */
static void project(const struct net *net, real *dz, size_t o)
{
    real sum = 0, part = 0, n = real_count(net->N);
    for (size_t k = net->N; k-- > 0;)
        sum = sum + dz[k * net->O + o];
    for (size_t k = net->N; k-- > 0;) {
        dz[k * net->O + o] = dz[k * net->O + o] - sum / n;
        part = part + dz[k * net->O + o] * net->u[k * net->O + o];
    }
    for (size_t k = 0; k < net->N; k++)
        dz[k * net->O + o] = (dz[k * net->O + o] - net->u[k * net->O + o] * part / n) / net->s[o];
}

/* g (I,O) at w; dz (N,O) is scratch. Returns the loss. */
static real differentiate(struct net *net, real *g, real *dz, const real *w)
{
    size_t N = net->N - (net->mistake == LAST_SAMPLE_LOST), O = net->O;
    real loss = 0, share = net->mistake == LOSS_SUMMED ? 1 : real_count(net->N);
    real half = net->mistake == LOSS_HALVED ? 2 : 1;
    for (size_t o = 0; o < O; o++)
        find_column(net, w, o);
    for (size_t n = 0; n < net->N; n++) {
        real error = -net->t[n];
        for (size_t o = 0; o < O; o++)
            error = error + real_tanh(net->u[n * O + o]) * net->v[o];
        loss = loss + error * error;
        for (size_t o = 0; o < O; o++) {
            real a = real_tanh(net->u[n * O + o]);
            dz[n * O + o] = error * net->v[o] * (1 - a * a) * (2 / half) / share;
        }
    }
    for (size_t o = 0; o < O && net->normalized; o++) {
        if (net->mistake != STATISTICS_DETACHED && net->mistake != STATISTICS_KEPT)
            project(net, dz, o);
        for (size_t n = 0;
             n < net->N && (net->mistake == STATISTICS_DETACHED || net->mistake == STATISTICS_KEPT);
             n++)
            dz[n * O + o] = dz[n * O + o] / net->s[o];
    }
    for (size_t k = 0; k < net->I * O; k++) {
        g[k] = 0;
        for (size_t n = N; n-- > 0;)
            g[k] = g[k] + net->x[n * net->I + k / O] * dz[n * O + k % O];
    }
    return loss / share / half;
}

static real norm(const struct net *net, const real *g)
{
    real sum = 0, largest = 0;
    for (size_t k = net->I * net->O; k-- > 0;) {
        sum = sum + g[k] * g[k];
        largest = real_abs(g[k]) > largest ? real_abs(g[k]) : largest;
    }
    if (net->mistake == LARGEST_ELEMENT)
        return largest;
    return net->mistake == SQUARED_NORMS ? sum : real_sqrt(sum);
}

static void walk(struct call *call)
{
    struct net net = read(call);
    size_t size = net.I * net.O;
    real *g = call_scratch(call, size), *there = call_scratch(call, size);
    real *turned = call_scratch(call, size), *dz = call_scratch(call, net.N * net.O);
    real *loss = call_output(call, "loss", "S"), *distance = call_output(call, "distance", "S");
    real *smoothness = call_output(call, "smoothness", "S");
    net.first = 1;
    *call_output(call, "loss_before", "") = differentiate(&net, g, dz, net.w);
    real length = norm(&net, g);
    *call_output(call, "gradient_norm", "") = length;
    net.first = 0;
    for (size_t s = 0; s < net.S; s++) {
        real step = net.mistake == STEP_UPHILL ? -net.rate[s] : net.rate[s];
        if (net.mistake == DIRECTION_OF_LENGTH_ONE)
            step = step / length;
        for (size_t k = 0; k < size; k++)
            there[k] = net.w[k] - step * g[k];
        loss[s] = differentiate(&net, turned, dz, there);
        real after = norm(&net, turned);
        for (size_t k = 0; k < size; k++)
            turned[k] = g[k] - turned[k];
        distance[s] =
            net.mistake == NORMS_SUBTRACTED ? real_abs(after - length) : norm(&net, turned);
        smoothness[s] = distance[s] / (net.mistake == RATE_NOT_DIVIDED ? 1 : net.rate[s]) /
                        (net.mistake == NORM_NOT_DIVIDED ? 1 : length);
    }
}

/* clang-format off */
static const struct fork table[] = {
    {.info = {"projections", FORK_TWIN, "",
     "Gradients freed of their mean and of their part along the values; sums backwards.", NULL},
     .answer = walk},
    {.info = {"always_normalized", FORK_CONVENTION, "", "Batch normalization in both.", NULL},
     .instead = {"normalization", "batch"}},
    {.info = {"never_normalized", FORK_CONVENTION, "", "No normalization in both.", NULL},
     .instead = {"normalization", "none"}},
    {.info = {"epsilon_of_keras", FORK_CONVENTION, "126", "Epsilon is 1e-3.", NULL},
     .number = {"epsilon", 1e-3f}},
    {.info = {"statistics_detached", FORK_BUG, "128",
     "Mean and variance are constants in the gradient.", NULL},
     .answer = walk, .variant = STATISTICS_DETACHED},
    {.info = {"statistics_kept", FORK_BUG, "134",
     "The statistics of the start serve along the whole line.", NULL},
     .answer = walk, .variant = STATISTICS_KEPT},
    {.info = {"unbiased", FORK_CONVENTION, "123", "The unbiased variance.", NULL},
     .answer = walk, .variant = UNBIASED},
    {.info = {"loss_halved", FORK_CONVENTION, "44", "Half the squared error.", NULL},
     .answer = walk, .variant = LOSS_HALVED},
    {.info = {"loss_summed", FORK_CONVENTION, "44", "The sum over the samples.", NULL},
     .answer = walk, .variant = LOSS_SUMMED},
    {.info = {"step_uphill", FORK_BUG, "83", "Steps up the gradient.", NULL},
     .answer = walk, .variant = STEP_UPHILL},
    {.info = {"direction_of_length_one", FORK_CONVENTION, "", "The rate is the length of the step.",
     NULL},
     .answer = walk, .variant = DIRECTION_OF_LENGTH_ONE},
    {.info = {"squared_norms", FORK_BUG, "", "Norms without their root.", NULL},
     .answer = walk, .variant = SQUARED_NORMS},
    {.info = {"largest_element", FORK_CONVENTION, "",
     "The largest element takes the place of the norm.", NULL},
     .answer = walk, .variant = LARGEST_ELEMENT},
    {.info = {"rate_not_divided", FORK_BUG, "",
     "The turn of the gradient, not per length of the step.", NULL},
     .answer = walk, .variant = RATE_NOT_DIVIDED},
    {.info = {"norm_not_divided", FORK_BUG, "",
     "The length of the step without the gradient's norm.", NULL},
     .answer = walk, .variant = NORM_NOT_DIVIDED},
    {.info = {"norms_subtracted", FORK_BUG, "",
     "The difference of the norms, not the norm of the difference.", NULL},
     .answer = walk, .variant = NORMS_SUBTRACTED},
    {.info = {"last_sample_lost", FORK_BUG, "155", "The last sample is left out of the gradient.",
     NULL},
     .answer = walk, .variant = LAST_SAMPLE_LOST},
};
/* clang-format on */

const struct fork_list loss_smoothing_forks = {sizeof table / sizeof *table, table};
