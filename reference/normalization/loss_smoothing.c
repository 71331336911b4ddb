// SPDX-License-Identifier: MIT
#include "loss_smoothing.h"

#include "batch_normalization.h"

static void normalize(const struct smoothing_network *net)
{
    size_t N = net->N, O = net->O;
    struct divisor_rule rule = {.epsilon = net->epsilon};
    batch_mean(net->mean, net->x_hat, net->z, N, O, net->block);
    batch_squares(net->squares, net->x_hat, N, O, net->block);
    for (size_t o = 0; o < O; o++) {
        real root;
        net->s[o] = divisor(net->squares[o] / real_count(N), &rule, &root);
        for (size_t n = 0; n < N; n++)
            net->x_hat[n * O + o] = net->x_hat[n * O + o] / net->s[o];
    }
}

/* dz from dz = du in place. */
static void normalize_backward(const struct smoothing_network *net)
{
    size_t N = net->N, O = net->O;
    for (size_t o = 0; o < O; o++) {
        net->dgamma[o] = sum_sample_products(N, net->block, &net->dz[o], O, &net->x_hat[o], O);
        net->dbeta[o] = sum_samples(N, net->block, &net->dz[o], O);
        for (size_t i = o; i < N * O; i += O) {
            real rest = net->dz[i] - net->dbeta[o] / real_count(N) -
                        net->x_hat[i] * (net->dgamma[o] / real_count(N));
            net->dz[i] = 1 / net->s[o] * rest;
        }
    }
}

real smoothing_gradient(real *g, const real *w, const struct smoothing_network *net)
{
    size_t N = net->N, I = net->I, O = net->O;
    for (size_t k = 0; k < N * O; k++)
        net->z[k] = sum_products(R(0.0), I, &net->x[k / O * I], 1, &w[k % O], O);
    if (net->normalized)
        normalize(net);
    for (size_t k = 0; k < N * O; k++)
        net->a[k] = real_tanh(net->normalized ? net->x_hat[k] : net->z[k]);
    for (size_t n = 0; n < N; n++) {
        net->p[n] = sum_products(R(0.0), O, &net->a[n * O], 1, net->v, 1) - net->t[n];
        real dp = 2 * net->p[n] / real_count(N);
        for (size_t o = 0; o < O; o++) {
            real a = net->a[n * O + o];
            net->dz[n * O + o] = dp * net->v[o] * ((1 - a) * (1 + a));
        }
    }
    if (net->normalized)
        normalize_backward(net);
    for (size_t k = 0; k < I * O; k++)
        g[k] = sum_sample_products(N, net->block, &net->x[k / O], I, &net->dz[k % O], O);
    return sum_sample_products(N, net->block, net->p, 1, net->p, 1) / real_count(N);
}

static real norm(const real *g, size_t n)
{
    return real_sqrt(sum_products(R(0.0), n, g, 1, g, 1));
}

static struct smoothing_network read_network(struct call *call)
{
    static const char *const normalizations[] = {"batch", "none", NULL};
    struct smoothing_network net = {.x = call_input(call, "x", "NI"),
                                    .t = call_input(call, "t", "N")};
    net.N = call_size(call, 'N');
    net.I = call_size(call, 'I');
    net.block = call_block(call);
    net.normalized = call_choice(call, "normalization", normalizations) == 0;
    net.epsilon = call_number_or(call, "epsilon", R(1e-5));
    net.v = call_input(call, "v", "O");
    net.O = call_size(call, 'O');
    if (net.N < 2)
        call_fail(call, "input 'x' has %zu samples, and statistics of a batch need two", net.N);
    if (!(net.epsilon > 0))
        call_fail(call, "number 'epsilon' must be above 0, for units that are constant");
    real **of_samples[] = {&net.z, &net.a, &net.x_hat, &net.dz, &net.p};
    real **of_units[] = {&net.mean, &net.squares, &net.s, &net.dgamma, &net.dbeta};
    for (size_t k = 0; k < 5; k++) {
        *of_samples[k] = call_scratch(call, net.N * net.O + net.N);
        *of_units[k] = call_scratch(call, net.O);
    }
    return net;
}

void loss_smoothing_answer(struct call *call)
{
    struct smoothing_network net = read_network(call);
    const real *w = call_input(call, "w", "IO"), *rate = call_input(call, "rate", "S");
    size_t S = call_size(call, 'S'), size = net.I * net.O;
    real *g = call_scratch(call, size), *moved = call_scratch(call, size);
    real *turned = call_scratch(call, size), *loss = call_output(call, "loss", "S");
    real *distance = call_output(call, "distance", "S");
    real *smoothness = call_output(call, "smoothness", "S");
    *call_output(call, "loss_before", "") = smoothing_gradient(g, w, &net);
    real length = norm(g, size);
    *call_output(call, "gradient_norm", "") = length;
    if (!(length > 0))
        call_fail(call,
                  "the gradient by 'w' is 0 (through 'v' or the errors), so it has no direction");
    for (size_t s = 0; s < S; s++) {
        if (!(rate[s] > 0))
            call_fail(call, "element %zu of input 'rate' must be above 0", s);
        for (size_t k = 0; k < size; k++)
            moved[k] = w[k] - rate[s] * g[k];
        loss[s] = smoothing_gradient(turned, moved, &net);
        for (size_t k = 0; k < size; k++)
            turned[k] = turned[k] - g[k];
        distance[s] = norm(turned, size);
        smoothness[s] = distance[s] / (rate[s] * length);
    }
}
